import dataclasses
import io
from itertools import islice, pairwise

import numpy as np
import pytest
import torch

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network.temperature import negative_log_likelihood
from core.digits.recipe import ARTICLE, MODERN, learning_rate_at
from core.digits.train.loop import Training, epochs, make_optimiser
from core.digits.train.progress import Epoch, Measure, TrainingProgress
from core.digits.train.torch_network import make_network
from core.messages import InputError
from core.one_thread import one_thread


@pytest.fixture(scope="module")
def digits():
    test = mnist.load("test")
    return Digits(test.images[:700], test.labels[:700])


@pytest.fixture(autouse=True)
def alone():
    """Such small products only wait for a second thread."""
    with one_thread():
        yield


def small(recipe, **changes):
    values = {"batch_size": 50, "n_epochs": 2, "n_validation": 100, "layer_sizes": (784, 30, 10)}
    return dataclasses.replace(recipe, **(values | changes))


def records_of(recipe, digits, **options):
    return list(Training(recipe, digits, digits, **options).records())


def epochs_of(recipe, digits):
    return list(epochs(Training(recipe, digits, digits)))


def plain(records):
    """The records without what differs from run to run: the clock; arrays as bytes."""
    return [
        dataclasses.astuple(dataclasses.replace(record, seconds=0, **without_arrays(record)))
        for record in records
    ]


def without_arrays(record):
    if isinstance(record, TrainingProgress):
        return {}
    return {"weights": {name: array.tobytes() for name, array in record.weights.items()}}


CHOICES = [
    {"optimiser": "sgd", "learning_rate": 0.5},
    {"optimiser": "momentum", "learning_rate": 0.05},
    {"optimiser": "adam", "schedule": "cosine"},
    {"optimiser": "adamw", "weight_decay": 0.1},
    {"optimiser": "momentum", "learning_rate": 0.05, "weight_decay": 0.01, "schedule": "cosine"},
    {"dropout": 0.3, "activation": "tanh"},
    {"distortion": 0.2, "activation": "sigmoid", "schedule": "cosine"},
    {"dropout": 0.5, "distortion": 0.1, "loss": "mean_squared_error", "activation": "leaky_relu"},
    {"layer_sizes": (784, 10)},
    {"layer_sizes": (784, 9, 8, 7, 6, 10), "dropout": 0.1},
    {"channels": (3,), "dropout": 0.2},
    {"channels": (2, 3, 4), "kernel_size": 5, "layer_sizes": (784, 10), "distortion": 0.1},
]
BASE = dataclasses.replace(MODERN, schedule="constant", distortion=0, batch_size=37)


def choice(**changes):
    return small(
        BASE, **({"n_images": 150, "batch_size": 37, "layer_sizes": (784, 12, 10)} | changes)
    )


@pytest.mark.long
@pytest.mark.parametrize("recipe", [ARTICLE, MODERN], ids=lambda recipe: recipe.name)
def test_it_learns(recipe, digits):
    first, *_, last = epochs_of(small(recipe, n_epochs=8), digits)
    assert last.loss < first.loss * 0.9
    assert last.train_accuracy > 0.5
    assert last.train_loss < first.train_loss
    assert 0 < last.validation_accuracy < 1


@pytest.mark.parametrize("changes", CHOICES, ids=str)
def test_every_choice_learns(changes, digits):
    first, *_, last = epochs_of(choice(n_images=600, n_epochs=4, **changes), digits)
    assert last.train_loss < first.train_loss


def test_every_choice_is_another_training(digits):
    recipes = [choice(n_epochs=1), *(choice(n_epochs=1, **changes) for changes in CHOICES)]
    losses = [epochs_of(recipe, digits)[0].train_loss for recipe in recipes]
    assert len(set(losses)) == len(losses)


@pytest.mark.parametrize("recipe", [ARTICLE, MODERN], ids=lambda recipe: recipe.name)
def test_same_seed_same_records(recipe, digits):
    same, again, other = (plain(records_of(small(recipe, seed=seed), digits)) for seed in (1, 1, 2))
    assert same == again
    assert same != other


@pytest.mark.parametrize("changes", CHOICES, ids=str)
def test_it_goes_on_bit_equal_from_any_record(changes, digits):
    """Each record of two epochs: the checkpoint made there leads to the very same rest."""
    recipe = choice(**changes)
    training = Training(recipe, digits, digits)
    whole, checkpoints = [], []
    for record in training.records():
        whole.append(record)
        checkpoints.append(training.checkpoint())
    assert len(whole) == 2 * (5 + 1)
    torch.manual_seed(0)
    np.random.seed(0)  # noqa: NPY002 - the chance of others has no part in it
    for done in (0, 2, 4, 5, 8, 10, 11):
        rest = records_of(recipe, digits, checkpoint=checkpoints[done])
        assert plain(rest) == plain(whole[done + 1 :])


def test_the_first_checkpoint_is_the_start(digits):
    recipe = choice(dropout=0.2)
    checkpoint = Training(recipe, digits, digits).checkpoint()
    resumed = records_of(recipe, digits, checkpoint=checkpoint)
    assert plain(resumed) == plain(records_of(recipe, digits))


def test_a_training_that_was_left_goes_on_when_asked_again(digits):
    recipe = choice()
    training = Training(recipe, digits, digits)
    first = list(islice(training.records(), 3))
    assert plain([*first, *training.records()]) == plain(records_of(recipe, digits))
    assert list(training.records()) == []


def test_a_checkpoint_counts_the_seconds_before_it(digits):
    training = Training(choice(), digits, digits)
    for record in training.records():
        before = record.seconds
        break
    (after, *_) = records_of(choice(), digits, checkpoint=training.checkpoint())
    assert 0 < before < after.seconds


def test_progress_tells_of_every_update(digits):
    records = records_of(choice(n_epochs=2), digits)
    kinds = [type(record) for record in records]
    assert kinds == [*[TrainingProgress] * 5, Epoch] * 2
    progress = [record for record in records if isinstance(record, TrainingProgress)]
    assert [(p.done, p.total) for p in progress] == [(n, 10) for n in range(1, 11)]
    assert [(p.epoch, p.images) for p in progress] == [
        (epoch, images) for epoch in (1, 2) for images in (37, 74, 111, 148, 150)
    ]
    assert {(p.stage, p.n_images) for p in progress} == {("learning", 150)}
    seconds = [record.seconds for record in records]
    assert seconds == sorted(seconds)
    assert [(e.epoch, e.images) for e in records if isinstance(e, Epoch)] == [(1, 150), (2, 300)]
    assert records[5].loss == records[4].loss
    assert records[5].seconds == records[4].seconds


def test_weights_of_a_record_stay_as_they_were(digits):
    records = epochs(Training(small(ARTICLE, n_epochs=3), digits, digits))
    first = next(records)
    kept = {name: array.copy() for name, array in first.weights.items()}
    rest = list(records)
    assert all(np.array_equal(first.weights[name], kept[name]) for name in kept)
    assert not np.array_equal(rest[-1].weights["1.weight"], kept["1.weight"])


def test_parameters_are_named_by_their_layer_whatever_the_dropout(digits):
    names = {"1.weight", "1.bias", "3.weight", "3.bias", "5.weight", "5.bias"}
    for dropout in (0, 0.5):
        recipe = choice(layer_sizes=(784, 5, 4, 10), dropout=dropout)
        assert set(Training(recipe, digits, digits).weights()) == names


@pytest.mark.parametrize("loss", ["mean_squared_error", "cross_entropy"])
def test_measures_are_those_of_the_recorded_weights(loss, digits):
    recipe = small(MODERN, loss=loss, activation="tanh", dropout=0.4)
    record = epochs_of(recipe, digits)[-1]
    network = make_network((784, 30, 10), activation="tanh").eval()
    network.load_state_dict({name: torch.tensor(w) for name, w in record.weights.items()})
    logits = network(torch.tensor(digits.pixels())).detach().numpy()
    right = logits.argmax(1) == digits.labels
    assert record.test_accuracy == pytest.approx(right.mean())
    assert record.train_accuracy == pytest.approx(right[:600].mean())
    assert record.validation_accuracy == pytest.approx(right[600:].mean())

    def expected(some):
        if loss == "cross_entropy":
            return negative_log_likelihood(logits[some], digits.labels[some], 1)
        return np.mean((logits[some] - np.eye(10)[digits.labels[some]]) ** 2)

    assert record.test_loss == pytest.approx(expected(slice(None)), rel=1e-5)
    assert record.train_loss == pytest.approx(expected(slice(600)), rel=1e-5)


def test_a_point_on_the_curve_is_measured_on_the_first_images(digits):
    training = Training(choice(), digits, digits)
    measured = training.measure(70)
    assert isinstance(measured, Measure)
    first = Digits(digits.images[:70], digits.labels[:70])
    assert training.measure(700)[2:] != measured[2:]
    assert Training(choice(), digits, first).measure(700)[2:] == measured[2:]
    assert measured[:2] == measured[2:]  # here the training images are the test images


def test_measuring_changes_nothing(digits):
    recipe = choice(dropout=0.3)
    training, measured = Training(recipe, digits, digits), []
    for record in training.records():
        measured.append(record)
        training.measure(50)
        training.checkpoint()
    assert plain(measured) == plain(records_of(recipe, digits))


def test_one_sgd_step_by_hand(digits):
    """One full-batch epoch is one step: the gradient of the mean squared error, worked out here."""
    recipe = small(ARTICLE, batch_size=600, n_epochs=1, layer_sizes=(784, 10), seed=5)
    (record,) = epochs_of(recipe, digits)
    network = make_network((784, 10), torch.Generator().manual_seed(5))
    weight = network[1].weight.detach().double().numpy()
    bias = network[1].bias.detach().double().numpy()
    x = digits.pixels()[:600].reshape(600, 784).astype(float)
    error = x @ weight.T + bias - np.eye(10)[digits.labels[:600]]
    assert record.loss == pytest.approx(np.mean(error**2), rel=1e-5)
    expected = weight - 1.0 * (2 / error.size) * error.T @ x
    np.testing.assert_allclose(record.weights["1.weight"], expected, atol=1e-6)
    np.testing.assert_allclose(
        record.weights["1.bias"], bias - 1.0 * 2 * error.sum(0) / error.size, atol=1e-6
    )


@pytest.mark.parametrize(
    ("optimiser", "expected"),
    [
        ("sgd", [-0.1 * (1 + 0.5 * 2), -0.1 * (1 + 0.5 * 1.8)]),
        ("momentum", [-0.1 * 2, -0.1 * (0.9 * 2 + 1 + 0.5 * 1.8)]),
        ("adamw", [-0.1 * 0.5 * 2 - 0.1, -0.1 * 0.5 * 1.8 - 0.1]),
        ("adam", [-0.1, -0.1]),
    ],
)
def test_optimisers_by_hand(optimiser, expected):
    """Twice the gradient 1, a weight that starts at 2, weight decay 0.5, learning rate 0.1."""
    recipe = choice(optimiser=optimiser, learning_rate=0.1, weight_decay=0.5)
    network = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(network.weight, 2)
    steps, made = [], make_optimiser(recipe, network)
    for _ in range(2):
        before = network.weight.item()
        network.weight.grad = torch.ones(1, 1)
        made.step()
        steps.append(network.weight.item() - before)
        torch.nn.init.constant_(network.weight, 1.8)
    assert steps == pytest.approx(expected, abs=1e-3)


def test_held_out_images_are_not_learned_from(digits):
    changed = Digits(digits.images.copy(), digits.labels)
    changed.images[600:] = 255 - changed.images[600:]
    one, other = (epochs(Training(small(ARTICLE), d, digits)) for d in (digits, changed))
    assert np.array_equal(list(one)[-1].weights["1.weight"], list(other)[-1].weights["1.weight"])


def test_only_the_first_images_are_learned_from(digits):
    changed = Digits(digits.images.copy(), digits.labels)
    changed.images[150:600] = 0
    one, other = (records_of(choice(n_images=150), d) for d in (digits, changed))
    assert [r.loss for r in one] == [r.loss for r in other]


def test_the_last_smaller_batch_counts_by_its_images(digits):
    """Loss is the mean over images: with an idle learning rate, batches cannot change it."""
    losses = [
        epochs_of(small(ARTICLE, batch_size=size, learning_rate=1e-12), digits)[0].loss
        for size in (600, 70)
    ]
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)


def test_each_epoch_has_an_order_of_its_own(digits):
    """With an idle learning rate, the running loss tells which images came first."""
    records = records_of(choice(learning_rate=1e-12, n_epochs=3), digits)
    firsts = [record.loss for record in records if record.images == 37]
    assert len(set(firsts)) == 3


def test_cosine_schedule_ends_near_rest(digits):
    recipe = small(MODERN, n_epochs=6, distortion=0)
    weights = [record.weights["1.weight"] for record in epochs_of(recipe, digits)]
    steps = [np.abs(after - before).mean() for before, after in pairwise(weights)]
    assert steps[-1] < steps[0] / 4


def test_each_update_has_its_learning_rate(digits):
    """Plain SGD on one image: each step is its learning rate times what the first would be."""
    one = Digits(digits.images[:2], digits.labels[:2])
    recipe = choice(
        optimiser="sgd", learning_rate=1e-3, schedule="cosine", n_validation=1, n_images=1,
        n_epochs=4, layer_sizes=(784, 10), loss="mean_squared_error",
    )  # fmt: skip
    start = Training(recipe, one, one).weights()["1.bias"]
    biases = [start, *(record.weights["1.bias"] for record in epochs_of(recipe, one))]
    steps = [np.abs(after - before).sum() for before, after in pairwise(biases)]
    rates = [learning_rate_at(recipe, update, 4) for update in range(4)]
    np.testing.assert_allclose(np.array(steps) / steps[0], np.array(rates) / 1e-3, rtol=0.05)


def test_a_loss_that_is_not_finite_ends_the_run(digits):
    recipe = choice(optimiser="sgd", learning_rate=1000, loss="mean_squared_error", n_epochs=50)
    training = Training(recipe, digits, digits)
    records = list(training.records())
    assert training.diverged
    assert len(records) < 50
    assert all(np.isfinite(record.loss) for record in records)
    assert list(training.records()) == []
    again = Training(recipe, digits, digits, checkpoint=training.checkpoint())
    assert (list(again.records()), again.diverged) == ([], True)
    assert not Training(choice(), digits, digits).diverged


def test_weights_that_are_not_finite_end_the_run(digits, monkeypatch):
    """The last update of an epoch may break what no later loss can tell."""
    training = Training(choice(n_epochs=1), digits, digits)
    broken = {name: array * np.nan for name, array in training.weights().items()}
    monkeypatch.setattr(training, "weights", lambda: broken)
    records = list(training.records())
    assert training.diverged
    assert {type(record) for record in records} == {TrainingProgress}


def test_too_few_images(digits):
    with pytest.raises(InputError, match=r"n_validation must be below .* 700, not 700"):
        Training(small(ARTICLE, n_validation=700), digits, digits)


def test_a_checkpoint_of_another_recipe(digits):
    checkpoint = Training(choice(), digits, digits).checkpoint()
    renamed = dataclasses.replace(choice(), name="another name")
    assert records_of(renamed, digits, checkpoint=checkpoint)
    with pytest.raises(InputError, match="checkpoint is of another recipe"):
        Training(choice(seed=1), digits, digits, checkpoint=checkpoint)


def changed(checkpoint, **changes):
    state = torch.load(io.BytesIO(checkpoint), weights_only=True)
    file = io.BytesIO()
    torch.save(state | changes, file)
    return file.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",  # noqa: ARG005
        lambda data: data[: len(data) // 2],
        lambda data: b"x" + data[1:],
        lambda data: changed(data, recipe=None),
        lambda data: changed(data, network={}),
        lambda data: changed(data, optimiser={}),
        lambda data: changed(data, epoch="one"),
    ],
)
def test_a_damaged_checkpoint(damage, digits):
    checkpoint = damage(Training(choice(), digits, digits).checkpoint())
    with pytest.raises(InputError, match="checkpoint is damaged"):
        Training(choice(), digits, digits, checkpoint=checkpoint)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
@pytest.mark.parametrize("changes", CHOICES, ids=str)
def test_on_a_cuda_device_it_learns_as_on_the_processor(changes, digits, monkeypatch):
    training = Training(choice(**changes), digits, digits)
    found = list(epochs(training))
    checkpoint = training.checkpoint()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    expected = epochs_of(choice(**changes), digits)
    np.testing.assert_allclose(
        [epoch.test_loss for epoch in found], [epoch.test_loss for epoch in expected], rtol=0.01
    )
    again = Training(choice(**changes), digits, digits, checkpoint)  # a checkpoint goes anywhere
    np.testing.assert_array_equal(again.weights()["1.weight"], found[-1].weights["1.weight"])
