import dataclasses
import itertools

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.curves import mlp
from core.curves.activations.functions import ACTIVATIONS
from core.curves.mlp import torch_lesson as lesson
from core.curves.mlp.layers import layer_sizes, split
from core.datasets import two_steps
from core.history import DIVERGED_AT, History
from core.messages import InputError

x, y = two_steps()
configs = st.builds(
    lesson.Config,
    n_hidden=st.integers(1, 5),
    learning_rate=st.floats(0, 10),
    n_epochs=st.integers(1, 3),
    batch_size=st.one_of(st.none(), st.integers(10, 60)),
    shuffle=st.booleans(),
    seed=st.integers(0, 2**32),
    record_every=st.one_of(st.none(), st.integers(1, 30)),
    n_hidden_layers=st.sampled_from([1, 2]),
    activation=st.sampled_from(list(lesson.ACTIVATIONS)),
    loss=st.sampled_from(list(lesson.LOSSES)),
    optimiser=st.sampled_from(list(lesson.OPTIMISERS)),
)


def scratch(config: lesson.Config) -> mlp.Config:
    """The same hyperparameters for the loop from scratch."""
    names = [field.name for field in dataclasses.fields(mlp.Config)]
    return mlp.Config(**{name: getattr(config, name) for name in names})


def loss_in_numpy(params: np.ndarray, config: lesson.Config) -> float:
    """The configured loss over all samples, from the curve that numpy draws."""
    y_hat = lesson.predict(x, params, config)
    if config.loss == "mean_squared_error":
        return float(np.mean((y - y_hat) ** 2))
    return float(-np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)))


def same(one: History, other: History) -> bool:
    columns = ("update", "epoch", "params", "loss")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in columns)


# Two engines, one network


@pytest.mark.long
def test_400_epochs_give_the_losses_of_the_loop_from_scratch() -> None:
    config = lesson.Config(n_epochs=400)
    ours, theirs = mlp.train(x, y, scratch(config)), lesson.train(x, y, config)
    assert lesson.largest_difference(ours, theirs) < 1e-9
    assert ours.n_records == theirs.n_records > 200
    assert np.array_equal(ours.epoch, theirs.epoch)
    assert ours.param_names == theirs.param_names
    np.testing.assert_allclose(ours.params, theirs.params, rtol=0, atol=1e-9)
    assert theirs.loss[-1] < 0.9 * theirs.loss[0]


@settings(max_examples=50)
@given(
    st.builds(
        lesson.Config,
        n_hidden=st.integers(1, 32),
        learning_rate=st.floats(0, 5),
        n_epochs=st.integers(1, 3),
        batch_size=st.one_of(st.none(), st.integers(5, 60)),
        shuffle=st.booleans(),
        seed=st.integers(0, 2**32),
        record_every=st.one_of(st.none(), st.integers(1, 30)),
    ),
    st.integers(1, 50),
)
def test_any_hyperparameters_give_the_records_of_the_loop_from_scratch(
    config: lesson.Config, n_samples: int
) -> None:
    ours = mlp.train(x[:n_samples], y[:n_samples], scratch(config))
    theirs = lesson.train(x[:n_samples], y[:n_samples], config)
    assert lesson.largest_difference(ours, theirs) < 1e-12
    assert np.array_equal(ours.epoch, theirs.epoch)
    assert np.array_equal(ours.params[0], theirs.params[0])


def test_runs_with_other_records_cannot_be_compared() -> None:
    one, other = (lesson.train(x, y, lesson.Config(n_epochs=n)) for n in (1, 2))
    with pytest.raises(InputError, match=r"\.$"):
        lesson.largest_difference(one, other)


def test_the_difference_is_the_largest() -> None:
    one = History([0, 1, 2], [0, 0, 1], [[0.0]] * 3, [1.0, 2.0, 3.0], ("w",))
    other = History([0, 1, 2], [0, 0, 1], [[0.0]] * 3, [1.0, 2.5, 2.9], ("w",))
    assert lesson.largest_difference(one, other) == 0.5


# The network


@pytest.mark.parametrize("n_hidden_layers", [1, 2])
@pytest.mark.parametrize("activation", list(lesson.ACTIVATIONS))
def test_numpy_draws_what_torch_computes(activation: str, n_hidden_layers: int) -> None:
    config = lesson.Config(n_hidden=5, activation=activation, n_hidden_layers=n_hidden_layers)
    params = 3 * lesson.initial_params(config)
    model = lesson.make_model(config)
    lesson.load_params(model, params)
    assert np.array_equal(lesson.params_of(model), params)
    inputs = np.linspace(-3, 3, 41)
    with torch.no_grad():
        column = torch.tensor(inputs).unsqueeze(1)
        y_hat, hidden = model(column)[:, 0], model.layers[:-2](column)
    close = 1e-8 if activation == "softplus" else 1e-13  # PyTorch's is a line from t = 20 on
    np.testing.assert_allclose(lesson.predict(inputs, params, config), y_hat, atol=close)
    outputs = lesson.hidden_outputs(inputs, params, config)
    np.testing.assert_allclose(outputs, hidden, rtol=0, atol=close)


@given(configs)
def test_loss_and_gradient_are_those_of_the_displayed_curve(config: lesson.Config) -> None:
    params = lesson.initial_params(config)
    layers = split(params, layer_sizes(config))
    outputs = x[:, np.newaxis]
    for weights, biases in layers[:-1]:
        sums = outputs @ weights.T + biases
        assume(np.abs(sums).min() > 1e-3)  # no central difference across a kink
        outputs = ACTIVATIONS[config.activation].function(sums)
    model = lesson.make_model(config)
    lesson.load_params(model, params)
    criterion = lesson.LOSSES[config.loss][1]()
    loss = criterion(model(torch.tensor(x).unsqueeze(1)), torch.tensor(y).unsqueeze(1))
    loss.backward()
    assert loss.item() == pytest.approx(loss_in_numpy(params, config), rel=1e-12)
    gradient = np.concatenate([p.grad.numpy().ravel() for p in model.parameters()])
    slopes = [
        (loss_in_numpy(params + step, config) - loss_in_numpy(params - step, config)) / 2e-5
        for step in 1e-5 * np.eye(params.size)
    ]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-9)


def test_a_saturated_neuron_still_learns_from_cross_entropy() -> None:
    start = [0.0] * 9 + [-60.0]  # ŷ = e⁻⁶⁰ for every sample
    config = lesson.Config(n_epochs=1, batch_size=None, loss="binary_cross_entropy")
    history = lesson.train(x, y, config, start=start)
    assert history.loss[0] == pytest.approx(60 * y.mean())
    assert history.params[1, -1] == pytest.approx(-60 + y.mean())
    squared = dataclasses.replace(config, loss="mean_squared_error")
    assert lesson.train(x, y, squared, start=start).params[1, -1] == -60


# The optimisers, by their formulas


def by_formula(config: lesson.Config) -> list[np.ndarray]:
    """Full-batch steps of each optimiser, with the gradient worked by hand."""
    params, rate = lesson.initial_params(config).copy(), config.learning_rate
    velocity, mean, square = (np.zeros_like(params) for _ in range(3))
    states = [params.copy()]
    for update in range(1, config.n_epochs + 1):
        gradient = mlp.gradient(x, y, params)
        if config.optimiser == "sgd":
            params -= rate * gradient
        elif config.optimiser == "momentum":
            velocity = 0.9 * velocity + gradient
            params -= rate * velocity
        else:
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient**2
            size = np.sqrt(square / (1 - 0.999**update)) + 1e-8
            params -= rate * mean / (1 - 0.9**update) / size
        states.append(params.copy())
    return states


@pytest.mark.parametrize("optimiser", list(lesson.OPTIMISERS))
def test_every_optimiser_takes_its_steps(optimiser: str) -> None:
    config = lesson.Config(
        n_epochs=20, batch_size=None, optimiser=optimiser, learning_rate=0.05, record_every=1
    )
    params = lesson.train(x, y, config).params
    np.testing.assert_allclose(params, by_formula(config), rtol=0, atol=1e-12)


# Streams


def test_a_stream_works_only_when_asked() -> None:
    run = lesson.stream(x, y, lesson.Config(n_epochs=10**9, record_every=10))
    assert [(c.update, c.epoch) for c in itertools.islice(run, 3)] == [(0, 0), (10, 1), (20, 2)]


@pytest.mark.parametrize("optimiser", list(lesson.OPTIMISERS))
@pytest.mark.parametrize(("batch_size", "record_every"), [(8, 3), (15, 1), (None, 2)])
def test_a_resumed_run_is_the_uninterrupted_one_to_the_last_bit(
    optimiser: str, batch_size: int | None, record_every: int | None
) -> None:
    config = lesson.Config(
        n_hidden=4,
        n_hidden_layers=2,
        n_epochs=5,
        batch_size=batch_size,
        record_every=record_every,
        optimiser=optimiser,
        learning_rate=0.1,
    )
    whole = list(lesson.stream(x, y, config))
    for stop in (0, 1, len(whole) // 2):
        rest = list(lesson.stream(x, y, config, resume_from=whole[stop]))
        resumed = lesson.to_history(whole[: stop + 1] + rest, config)
        assert same(resumed, lesson.to_history(whole, config))


def test_going_on_leaves_earlier_checkpoints_alone() -> None:
    config = lesson.Config(n_epochs=4, optimiser="adam", learning_rate=0.01, record_every=5)
    run = lesson.stream(x, y, config)
    second = next(itertools.islice(run, 1, None))
    once = list(run)
    for _ in range(2):
        again = list(lesson.stream(x, y, config, resume_from=second))
        assert [c.loss for c in again] == [c.loss for c in once]
    assert not second.params.flags.writeable


def test_nothing_is_left_to_resume_after_the_end() -> None:
    config = lesson.Config(n_epochs=2)
    *_, last = lesson.stream(x, y, config)
    assert list(lesson.stream(x, y, config, resume_from=last)) == []


def test_the_state_of_another_network_is_refused() -> None:
    first = next(lesson.stream(x, y, lesson.Config()))
    with pytest.raises(InputError, match=r"another network\.$"):
        lesson.stream(x, y, lesson.Config(n_hidden=4), resume_from=first)


def test_a_history_can_be_made_of_a_part() -> None:
    config = lesson.Config(n_epochs=3, record_every=1)
    checkpoints = list(lesson.stream(x, y, config))
    part = lesson.to_history(checkpoints[:5], config)
    assert part.update.tolist() == [0, 1, 2, 3, 4]
    assert lesson.to_history([], config).n_records == 0
    assert same(lesson.to_history(checkpoints, config), lesson.train(x, y, config))


def test_the_same_seed_gives_the_same_history_whatever_torch_s_own_generator() -> None:
    config = lesson.Config(n_epochs=3, n_hidden_layers=2)
    torch.manual_seed(1)
    one = lesson.train(x, y, config)
    torch.manual_seed(2)
    assert same(one, lesson.train(x, y, config))
    other = lesson.train(x, y, dataclasses.replace(config, seed=1))
    assert not np.isin(other.params, one.params).any()


def test_a_given_start_leaves_the_orders_alone() -> None:
    config = lesson.Config(n_epochs=3, n_hidden_layers=2, seed=3)
    start = lesson.initial_params(config)
    assert same(lesson.train(x, y, config), lesson.train(x, y, config, start=start))


# Divergence


def test_divergence_stops_the_run_where_the_loss_passes_the_bound() -> None:
    config = lesson.Config(
        n_hidden=8,
        n_hidden_layers=2,
        n_epochs=30,
        learning_rate=1e3,
        activation="relu",
        loss="binary_cross_entropy",
        optimiser="adam",
        record_every=7,
    )
    checkpoints = list(lesson.stream(x, y, config))
    history = lesson.to_history(checkpoints, config)
    assert history.diverged
    assert history.loss[-1] > DIVERGED_AT * max(history.loss[0], 1)
    assert history.update.tolist() == [0, 2]  # not only at the next planned record
    assert list(lesson.stream(x, y, config, resume_from=checkpoints[-1])) == []


def test_a_large_learning_rate_saturates_and_does_not_diverge() -> None:
    history = lesson.train(x, y, lesson.Config(learning_rate=1e4, n_epochs=30, n_hidden_layers=2))
    assert not history.diverged
    assert history.update[-1] == 210
    assert history.loss.max() <= 1


def test_beyond_the_range_of_floats_both_engines_keep_what_is_finite() -> None:
    config = lesson.Config(learning_rate=1.7e308, n_epochs=2, record_every=1)
    ours = mlp.train(x, 1e6 * y, scratch(config))
    theirs = lesson.train(x, 1e6 * y, config)
    assert ours.diverged
    assert theirs.diverged
    assert np.array_equal(ours.update, theirs.update)
    assert np.isfinite(theirs.params).all()


# Bad input


def test_a_stream_refuses_a_bad_start_before_it_is_asked_for_anything() -> None:
    with pytest.raises(InputError, match=r"^start must hold 10 numbers .*\.$"):
        lesson.stream(x, y, lesson.Config(), start=[1.0])


@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_cross_entropy_wants_targets_between_0_and_1(bad: float) -> None:
    config = lesson.Config(loss="binary_cross_entropy", n_epochs=1)
    with pytest.raises(InputError, match=r"between 0 and 1\.$"):
        lesson.stream([0, 1], [0, bad], config)
    assert lesson.train([0, 1], [0.25, 1], config).update[-1] == 1
    assert lesson.train([0, 1], [0, bad], lesson.Config(n_epochs=1)).update[-1] == 1
