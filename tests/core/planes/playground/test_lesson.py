import dataclasses
import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.messages import InputError
from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.data import make, split
from core.planes.playground.slopes import central_differences
from core.planes.points import Points

SHAPES = {
    "binary_cross_entropy": "circle",
    "cross_entropy": "three",
    "mean_squared_error": "bump",
}
every_loss = pytest.mark.parametrize("loss", net.LOSSES)


@st.composite
def networks(draw: st.DrawFn, loss: str) -> lesson.Config:
    sizes = draw(st.lists(st.integers(1, 5), max_size=4).map(tuple))
    bend = st.sampled_from(net.ACTIVATIONS)
    neurons = [(i, j) for i, size in enumerate(sizes) for j in range(size)]
    return lesson.Config(
        inputs=tuple(
            draw(st.lists(st.sampled_from(list(net.INPUTS)), min_size=1, max_size=7, unique=True))
        ),
        hidden_sizes=sizes,
        activation=draw(st.tuples(*[bend] * len(sizes))),
        loss=loss,
        n_classes=draw(st.integers(2, 4)),
        silenced=tuple(draw(st.lists(st.sampled_from(neurons), max_size=2))) if neurons else (),
    )


def samples(draw: st.DrawFn, config: lesson.Config) -> Points:
    n = draw(st.integers(1, 5))
    most = {"cross_entropy": config.n_classes - 1, "binary_cross_entropy": 1}.get(config.loss, 3)
    x = draw(arrays(float, (n, 2), elements=st.floats(-3, 3)))
    return Points(x, draw(arrays(float, n, elements=st.integers(0, most).map(float))))


def by_autograd(points: Points, params: np.ndarray, config: lesson.Config) -> tuple[float, list]:
    """Loss and slopes by PyTorch, from the formulas as they are taught."""
    bends = {
        "linear": lambda z: z,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky_relu": torch.nn.functional.leaky_relu,
        "softplus": lambda z: torch.logaddexp(z, torch.zeros(())),
        "gelu": torch.nn.functional.gelu,
    }
    row = torch.tensor(params, requires_grad=True)
    a = torch.tensor(net.features(points.x, config.inputs))
    sizes, first = net.layer_sizes(config), 0
    for i, (n, m) in enumerate(itertools.pairwise(sizes)):
        weights = row[first : first + n * m].reshape(m, n)
        biases = row[first + n * m : first + (n + 1) * m]
        first += (n + 1) * m
        z = a @ weights.T + biases
        if i < len(sizes) - 2:
            mask = [0.0 if (i, j) in config.silenced else 1.0 for j in range(m)]
            a = bends[net.activations(config)[i]](z) * torch.tensor(mask)
    y = torch.tensor(points.y)
    functions = torch.nn.functional
    if config.loss == "binary_cross_entropy":
        value = functions.binary_cross_entropy_with_logits(z[:, 0], y)
    elif config.loss == "cross_entropy":
        value = functions.cross_entropy(z, y.long())
    else:
        value = functions.mse_loss(z[:, 0], y)
    value.backward()
    return value.item(), row.grad.tolist()


# The chain rule


@every_loss
@given(st.data())
@settings(max_examples=60)
def test_the_gradient_is_autograd_s_and_the_loop_steps_against_it(
    loss: str, data: st.DataObject
) -> None:
    config = data.draw(networks(loss))
    points = samples(data.draw, config)
    params = data.draw(
        arrays(float, net.count_params(config), elements=st.floats(-2, 2)), label="params"
    )
    value, slopes = by_autograd(points, params, config)
    assert lesson.loss(*points, params, config) == pytest.approx(value, rel=1e-9, abs=1e-12)
    gradient = lesson.gradient(*points, params, config)
    assert gradient == pytest.approx(slopes, rel=1e-8, abs=1e-10)
    once = dataclasses.replace(config, n_epochs=1, batch_size=None, learning_rate=1.0)
    run = lesson.train(*points, once, start=params)
    assert run.loss[0] == pytest.approx(value, rel=1e-9, abs=1e-12)
    assert run.params[0] - run.params[-1] == pytest.approx(slopes, rel=1e-8, abs=1e-10)


SMOOTH = ("linear", "sigmoid", "tanh", "softplus", "gelu")


@every_loss
@given(st.data())
@settings(max_examples=30)
def test_the_gradient_is_the_slope_of_the_displayed_loss(loss: str, data: st.DataObject) -> None:
    config = data.draw(networks(loss))
    smooth = st.tuples(*[st.sampled_from(SMOOTH)] * len(config.hidden_sizes))
    config = dataclasses.replace(config, activation=data.draw(smooth))
    points = samples(data.draw, config)
    params = data.draw(
        arrays(float, net.count_params(config), elements=st.floats(-1, 1)), label="params"
    )
    central = central_differences(*points, params, config)
    assert lesson.gradient(*points, params, config) == pytest.approx(central, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
def test_at_the_kink_of_a_relu_the_slope_is_the_left_one(name: str) -> None:
    config = lesson.Config(hidden_sizes=(1,), activation=name)
    params = [0.0, 0.0, 0.0, 1.0, 0.0]  # z = 0 whatever x is
    left = {"relu": 0.0, "leaky_relu": 0.01}[name]
    assert lesson.gradient([[2, 4]], [1], params, config)[:3].tolist() == [
        -0.5 * left * 2,
        -0.5 * left * 4,
        -0.5 * left,
    ]
    run = lesson.train([[2, 4]], [1], dataclasses.replace(config, n_epochs=1), start=params)
    assert (run.params[-1][:2] != 0).all() == (left > 0)


def test_central_differences_and_the_chain_rule_part_only_at_a_kink() -> None:
    config = lesson.Config(hidden_sizes=(1,), activation="relu")
    params = [0.0, 0.0, 0.0, 1.0, 0.0]
    central = central_differences([[2, 4]], [1], params, config)
    assert central[2] == pytest.approx(-0.25, abs=1e-6)  # half the slope on the right
    assert lesson.gradient([[2, 4]], [1], params, config)[2] == 0


# One update by hand


def test_the_optimisers_steps_by_hand() -> None:
    """One weight w = 1 on x₁ = 1, target 3, no bias to speak of: slope 2 (w + b − 3)."""
    config = lesson.Config(
        hidden_sizes=(), inputs=("x1",), loss="mean_squared_error", learning_rate=0.1, n_epochs=2
    )
    data, start = ([[1.0, 0.0]], [3.0]), [1.0, 0.0]
    # w + b: 1, then each loses 0.1 · 2 · (1 − 3) = −0.4: 1.8, then 0.1 · 2 · (1.8 − 3) = −0.24.
    run = lesson.train(*data, config, start=start)
    np.testing.assert_allclose(run.params[:, 0], [1, 1.4, 1.64], rtol=1e-14)
    run = lesson.train(*data, dataclasses.replace(config, optimiser="momentum"), start=start)
    np.testing.assert_allclose(run.params[:, 0], [1, 1.4, 1.4 + 0.1 * (0.9 * 4 + 2.4)], rtol=1e-14)
    run = lesson.train(*data, dataclasses.replace(config, optimiser="adam"), start=start)
    np.testing.assert_allclose(run.params[1, 0], 1.1, rtol=1e-8)  # the first step is η
    # L2: the slope −4 gets 0.5 · 1 for the weight, and nothing for the bias.
    run = lesson.train(*data, dataclasses.replace(config, l2=0.5, n_epochs=1), start=start)
    np.testing.assert_allclose(run.params[1], [1 + 0.35, 0.4], rtol=1e-14)
    # L1: after the step the weight moves 0.1 · 2 towards 0, the bias does not.
    run = lesson.train(*data, dataclasses.replace(config, l1=2.0, n_epochs=1), start=start)
    np.testing.assert_allclose(run.params[1], [1.4 - 0.2, 0.4], rtol=1e-14)
    run = lesson.train(*data, dataclasses.replace(config, l1=10.0, n_epochs=1), start=[-1.0, 0])
    assert run.params[1, 0] == 0, "L1 stops at 0"


def test_the_cosine_brings_the_rate_to_nothing() -> None:
    config = lesson.Config(schedule="cosine", n_epochs=10, batch_size=None, record_every=1)
    run = lesson.train(*make(n_samples=20), config)
    rates = [0.03 * (1 + math.cos(math.pi * t / 10)) / 2 for t in range(11)]
    np.testing.assert_allclose(run.extra["learning_rate"], rates, rtol=1e-12, atol=1e-18)
    for t in range(10):
        step = run.params[t] - run.params[t + 1]
        slopes = lesson.gradient(*make(n_samples=20), run.params[t], config)
        np.testing.assert_allclose(step, rates[t] * slopes, rtol=1e-7, atol=1e-12)


def test_dropout_silences_that_share_and_is_off_in_what_is_measured() -> None:
    config = lesson.Config(
        hidden_sizes=(16,), dropout=0.5, n_epochs=1, batch_size=1, record_every=1
    )
    points = make(n_samples=400)
    run = lesson.train(*points, config)
    moved = np.diff(run.params[:, :16], axis=0) != 0  # the first hidden weights
    assert moved.mean() == pytest.approx(0.5, abs=0.05)
    assert run.loss[-1] == pytest.approx(lesson.loss(*points, run.params[-1], config), rel=1e-12)


def test_a_silenced_neuron_gives_nothing_and_learns_nothing() -> None:
    config = lesson.Config(silenced=((0, 1),), n_epochs=5)
    run = lesson.train(*make(), config)
    weights = [i for i, name in enumerate(run.param_names) if name.startswith("hidden1_weight_2_")]
    of_it = [i for i, name in enumerate(run.param_names) if name.endswith("_2") and "2_w" in name]
    assert len(weights) == len(of_it) == 2
    assert (run.params[:, weights + of_it] == run.params[0, weights + of_it]).all()
    changed = run.params[-1].copy()
    changed[weights] += 7
    assert lesson.loss(*make(), changed, config) == pytest.approx(run.loss[-1], rel=1e-12)


def test_the_loop_is_compiled_for_one_kind_of_arguments() -> None:
    train, test = split(*make("three", 50))
    config = lesson.Config(loss="cross_entropy", n_epochs=2, batch_size=None)
    lesson.train(*train, config)
    more = dataclasses.replace(config, patience=3, dropout=0.1, hidden_sizes=(), inputs=("x1",))
    lesson.train(*train, more, test=test, after=lesson.train(*train, config, test=test))
    lesson.train(train.x.tolist(), train.y.tolist(), config, test=Points(*map(np.copy, test)))
    assert len(lesson.descend.signatures) == len(lesson.evaluate.signatures) == 1


# What is recorded


@every_loss
def test_the_columns_are_what_the_functions_say(loss: str) -> None:
    config = lesson.Config(loss=loss, activation="relu", n_epochs=3, hidden_sizes=(6, 3))
    train, test = split(*make(SHAPES[loss], 80))
    run = lesson.train(*train, config, test=test)
    for row, params in enumerate(run.params):
        for name, points in (("", train), ("test_", test)):
            expected = lesson.loss(*points, params, config)
            column = run.extra["test_loss"] if name else run.loss
            assert column[row] == pytest.approx(expected, rel=1e-12)
            answers = lesson.predict(points.x, params, config)
            if loss == "mean_squared_error":
                assert f"{name}accuracy" not in run.extra
                continue
            told = answers.argmax(axis=1) if loss == "cross_entropy" else answers[:, 0] >= 0.5
            assert run.extra[f"{name}accuracy"][row] == np.mean(told == points.y)
        dead = net.dead_neurons(train.x, params, config)
        assert run.extra["n_dead"][row] == sum(layer.sum() for layer in dead)


def test_early_stopping_ends_where_the_test_loss_has_not_fallen_for_so_long() -> None:
    train, test = split(*make("circle", 30, noise=1.0), test_share=0.5)
    config = lesson.Config(
        hidden_sizes=(16,), learning_rate=0.3, n_epochs=2000, batch_size=None, record_every=1
    )
    whole = lesson.train(*train, config, test=test).extra["test_loss"][1:]
    run = lesson.train(*train, dataclasses.replace(config, patience=20), test=test)
    assert run.stopped_early
    assert not run.diverged
    waits = np.arange(1, whole.size + 1) - [whole[: i + 1].argmin() + 1 for i in range(whole.size)]
    assert run.update[-1] == run.ended_at == np.argmax(waits >= 20) + 1 < 2000
    with pytest.raises(InputError, match="Early stopping needs test samples"):
        lesson.train(*train, dataclasses.replace(config, patience=20))


def test_a_run_that_leaves_the_floats_says_at_which_update() -> None:
    config = lesson.Config(
        hidden_sizes=(), loss="mean_squared_error", learning_rate=1e100, n_epochs=9, batch_size=None
    )
    run = lesson.train([[1, 1]], [1], config, start=[1, 1, 1])
    assert run.diverged
    assert (run.update[-1], run.ended_at) == (1, 1)  # finite parameters, and a loss that is none
    run = lesson.train([[1e40, 1]], [1], config, start=[1e40, 1, 1])
    assert (run.diverged, run.update[-1], run.ended_at) == (True, 0, 1)


# Training on


@pytest.mark.parametrize("optimiser", lesson.OPTIMISERS)
def test_to_train_on_with_the_same_settings_is_one_longer_run(optimiser: str) -> None:
    config = lesson.Config(optimiser=optimiser, n_epochs=20, dropout=0.2, record_every=1)
    whole = lesson.train(*make(), config)
    first = lesson.train(*make(), dataclasses.replace(config, n_epochs=8))
    then = lesson.train(*make(), dataclasses.replace(config, n_epochs=12), after=first)
    assert np.array_equal(np.concatenate([first.update, then.update[1:]]), whole.update)
    assert np.array_equal(np.concatenate([first.epoch, then.epoch[1:]]), whole.epoch)
    assert np.array_equal(np.concatenate([first.params, then.params[1:]]), whole.params)
    again = lesson.train(*make(), dataclasses.replace(config, n_epochs=12), after=first)
    assert np.array_equal(again.params, then.params), "a run was changed by training on"


def test_a_weight_turned_by_hand_is_where_it_goes_on() -> None:
    first = lesson.train(*make(), lesson.Config(n_epochs=5, optimiser="adam"))
    turned = first.params[-1].copy()
    turned[3] = -2.5
    then = lesson.train(*make(), first.config, start=turned, after=first)
    assert then.params[0].tolist() == turned.tolist()
    assert then.update[0] == first.update[-1]
    assert then.state.n_steps == then.update[-1] - first.update[-1], "Adam begins anew"


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"inputs": ("x1", "x1")}, "inputs must be one or more of x1, x2, .+ each once"),
        ({"activation": ("tanh",)}, "activation must be one for each of 2 hidden layers"),
        ({"silenced": ((0, 4),)}, "silenced must be hidden neurons of this network"),
    ],
)
def test_a_network_that_cannot_be_is_told(wish: dict, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        lesson.Config(**wish)


@pytest.mark.parametrize(
    ("loss", "y", "sentence"),
    [
        ("cross_entropy", 3, "Sample 2 has y = 3; with 3 classes"),
        ("cross_entropy", 0.5, "Sample 2 has y = 0.5; with 3 classes"),
        ("binary_cross_entropy", 2, "Sample 2 has y = 2; the neuron needs"),
    ],
)
def test_a_target_that_the_loss_does_not_know_is_told(loss: str, y: float, sentence: str) -> None:
    points = Points(np.zeros((2, 2)), np.array([0.0, y]))
    with pytest.raises(InputError, match=sentence):
        lesson.train(*points, lesson.Config(loss=loss))
    with pytest.raises(InputError, match=sentence):
        lesson.train([[0, 0]], [0], lesson.Config(loss=loss), test=points)
