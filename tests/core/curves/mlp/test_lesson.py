import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.curves import mlp as lesson
from core.datasets import two_steps
from core.hyperparameters import size_of_batch

x, y = two_steps()
BATCHES = [(1, True), (8, False), (8, True), (50, True), (1000, True), (None, True)]


def sigmoid(t: float) -> float:
    return 1 / (1 + math.exp(-t))


def plain_python(config: lesson.Config) -> np.ndarray:
    """Backpropagation number by number, with the partial derivatives by their names."""
    h = config.n_hidden
    rng = np.random.default_rng(config.seed)
    w, b = rng.uniform(-1, 1, h), rng.uniform(-1, 1, h)
    v, c = rng.uniform(-1, 1, h) / math.sqrt(h), rng.uniform(-1, 1) / math.sqrt(h)
    size = size_of_batch(config.batch_size, x.size)
    params = [np.array([*w, *b, *v, c])]
    for _ in range(config.n_epochs):
        order = rng.permutation(x.size) if config.shuffle and size < x.size else range(x.size)
        for first in range(0, x.size, size):
            batch = order[first : first + size]
            dw, db, dv, dc = np.zeros(h), np.zeros(h), np.zeros(h), 0.0
            for i in batch:
                k = [sigmoid(w[j] * x[i] + b[j]) for j in range(h)]
                y_hat = sigmoid(sum(v[j] * k[j] for j in range(h)) + c)
                de_dt = -2 * (y[i] - y_hat) * y_hat * (1 - y_hat)
                for j in range(h):
                    dv[j] += de_dt * k[j] / len(batch)
                    db[j] += de_dt * v[j] * k[j] * (1 - k[j]) / len(batch)
                    dw[j] += de_dt * v[j] * k[j] * (1 - k[j]) * x[i] / len(batch)
                dc += de_dt / len(batch)
            rate = config.learning_rate
            w, b, v, c = w - rate * dw, b - rate * db, v - rate * dv, c - rate * dc
            params.append(np.array([*w, *b, *v, c]))
    return np.array(params)


def with_torch(params: np.ndarray, n_hidden: int) -> tuple[float, list[float]]:
    """The loss and its gradient, with the formulas left to autograd."""
    leaf = torch.tensor(params, requires_grad=True)
    w, b, v, c = torch.split(leaf, [n_hidden, n_hidden, n_hidden, 1])
    k = torch.sigmoid(torch.outer(torch.tensor(x), w) + b)
    loss = torch.mean((torch.tensor(y) - torch.sigmoid(k @ v + c)) ** 2)
    loss.backward()
    return loss.item(), leaf.grad.tolist()


# The loop


@pytest.mark.parametrize(("batch_size", "shuffle"), BATCHES)
def test_equals_a_plain_loop_over_the_formulas(batch_size: int | None, shuffle: bool) -> None:
    for n_hidden in (1, 3):
        config = lesson.Config(
            n_hidden=n_hidden,
            n_epochs=3,
            batch_size=batch_size,
            shuffle=shuffle,
            seed=4,
            record_every=1,
        )
        history, expected = lesson.train(x, y, config), plain_python(config)
        np.testing.assert_allclose(history.params, expected, 0, 1e-12, err_msg=str(config))
        losses = [lesson.loss(x, y, params) for params in history.params]
        np.testing.assert_allclose(history.loss, losses, 0, 1e-14, err_msg=str(config))


def test_the_defaults_learn_both_steps() -> None:
    history = lesson.train(x, y, lesson.Config())
    assert (history.update[-1], history.epoch[-1]) == (140_000, 20_000)
    assert history.param_names[:1] + history.param_names[-1:] == ("hidden_weight_1", "output_bias")
    assert history.loss[-1] < 0.001 < 0.2 < history.loss[0]
    assert not history.diverged
    y_hat = lesson.predict(x, history.params[-1])
    assert np.array_equal(y_hat > 0.5, y == 1)


# The start


@pytest.mark.parametrize("n_hidden", [1, 2, 32])
def test_the_start_is_uniform_within_one_over_the_root_of_the_inputs(n_hidden: int) -> None:
    starts = np.array(
        [lesson.initial_params(lesson.Config(n_hidden=n_hidden, seed=s)) for s in range(400)]
    )
    hidden, output = starts[:, : 2 * n_hidden], starts[:, 2 * n_hidden :]
    for values, bound in ((hidden, 1), (output, 1 / math.sqrt(n_hidden))):
        assert bound * 0.97 < np.abs(values).max() <= bound
        assert values.std() == pytest.approx(bound / math.sqrt(3), rel=0.1)
    drawn = np.random.default_rng(7).uniform(-1, 1, 2 * n_hidden)
    assert np.array_equal(
        lesson.initial_params(lesson.Config(n_hidden=n_hidden, seed=7))[: 2 * n_hidden], drawn
    )


def test_the_initial_parameters_are_those_it_begins_with() -> None:
    config = lesson.Config(n_epochs=1, seed=2)
    drawn = lesson.train(x, y, config)
    assert np.array_equal(lesson.initial_params(config), drawn.params[0])


# The gradient


@given(st.integers(1, 6).flatmap(lambda h: arrays(float, 3 * h + 1, elements=st.floats(-5, 5))))
def test_loss_and_gradient_are_those_of_autograd_and_of_central_differences(
    params: np.ndarray,
) -> None:
    n_hidden = (params.size - 1) // 3
    gradient = lesson.gradient(x, y, params)
    loss, by_torch = with_torch(params, n_hidden)
    assert lesson.loss(x, y, params) == pytest.approx(loss, rel=1e-12)
    np.testing.assert_allclose(gradient, by_torch, rtol=1e-6, atol=1e-12)
    step = 1e-5 * np.eye(params.size)
    slopes = [(lesson.loss(x, y, params + d) - lesson.loss(x, y, params - d)) / 2e-5 for d in step]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-8)


@given(st.integers(1, 5), st.integers(1, 20), st.integers(0, 2**32))
def test_the_gradient_of_a_batch_is_the_mean_of_its_samples(
    n_hidden: int, n_samples: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    inputs, targets = rng.normal(size=n_samples), rng.normal(size=n_samples)
    params = rng.normal(0, 2, 3 * n_hidden + 1)
    each = [
        lesson.gradient(inputs[i : i + 1], targets[i : i + 1], params) for i in range(n_samples)
    ]
    whole = lesson.gradient(inputs, targets, params)
    np.testing.assert_allclose(whole, np.mean(each, axis=0), rtol=1e-12, atol=1e-15)


def test_the_curve_is_the_weighted_sum_of_the_hidden_outputs() -> None:
    params = lesson.initial_params(lesson.Config(n_hidden=5))
    k = lesson.hidden_outputs(x, params)
    assert k.shape == (50, 5)
    t = k @ params[10:15] + params[15]
    np.testing.assert_allclose(lesson.predict(x, params), 1 / (1 + np.exp(-t)), rtol=1e-14)


# Records


def test_a_long_run_is_recorded_at_the_ends_of_epochs() -> None:
    history = lesson.train(x, y, lesson.Config(n_epochs=1000))
    assert 200 <= history.n_records <= 300
    assert np.array_equal(history.update, 7 * history.epoch)
    assert np.unique(np.diff(history.epoch)[:-1]).tolist() == [4]


# Edges


def test_a_large_learning_rate_saturates_and_does_not_diverge() -> None:
    history = lesson.train(x, y, lesson.Config(learning_rate=1e4, n_epochs=100))
    assert not history.diverged
    assert history.update[-1] == 700
    assert history.loss.max() <= 1
    y_hat = lesson.predict(x, history.params[-1])
    assert (y_hat * (1 - y_hat)).max() < 1e-6  # flat: nothing is left to learn with
    assert np.abs(lesson.gradient(x, y, history.params[-1])).max() < 1e-6


def test_a_run_beyond_the_range_of_floats_has_diverged_and_keeps_what_is_finite() -> None:
    config = lesson.Config(learning_rate=1.7e308, n_epochs=2, record_every=1)
    history = lesson.train(x, 1e6 * y, config)
    assert history.diverged
    assert np.isfinite(history.params).all()
    assert np.isfinite(history.loss).all()
    assert 0 <= history.update[-1] < 14
