"""What Curves → MLP says about its networks, asked of the networks."""

import dataclasses

import numpy as np
import pytest

from core.curves import mlp
from core.curves.mlp.many_starts import flattest_neuron, train_many
from core.datasets import two_steps

x, y = two_steps()

STUCK = (3, 12, 34, 39)
"""The seeds of the defaults' fifty starts that miss a step after 20,000 epochs."""


def ends(seed: int, **changes: int) -> np.ndarray:
    return mlp.train(x, y, mlp.Config(seed=seed, record_every=10**7, **changes)).params[-1]


def is_right(params: np.ndarray) -> bool:
    return np.array_equal(mlp.predict(x, params) > 0.5, y == 1)


@pytest.fixture(scope="module")
def starts() -> dict[int, np.ndarray]:
    """The ends of the stuck starts, and of some others, after the page's usual run."""
    return {seed: ends(seed) for seed in (*STUCK, 0, 1, 2, 4)}


def test_a_stuck_start_misses_a_step_and_one_of_its_neurons_is_saturated_on_all_samples(
    starts: dict[int, np.ndarray],
) -> None:
    for seed, params in starts.items():
        steepest = flattest_neuron(x, params)
        assert is_right(params) is (seed not in STUCK)
        assert steepest < 0.065 if seed in STUCK else steepest > 0.18


def test_a_stuck_start_stands_in_no_minimum(starts: dict[int, np.ndarray]) -> None:
    """The slope is almost 0, there is a way down, and the full batch goes it."""
    for seed in STUCK:
        config = mlp.Config(n_epochs=500, batch_size=None, record_every=1)
        flow = mlp.train(x, y, config, start=starts[seed])
        assert (np.diff(flow.loss) < 0).all()
        slope = flow.column("gradient_norm")[-1]
        assert (
            slope < mlp.gradient_norms(x, y, mlp.initial_params(mlp.Config(seed=seed))[None]) / 100
        )


def test_one_stuck_start_finds_the_curve_after_50_000_epochs(starts: dict[int, np.ndarray]) -> None:
    assert not is_right(starts[39])
    assert is_right(ends(39, n_epochs=50_000))


@pytest.mark.proof
def test_three_of_four_stuck_starts_find_the_curve_after_500_000_epochs() -> None:
    found = [is_right(ends(seed, n_epochs=500_000)) for seed in STUCK]
    assert found == [True, True, False, True]


def test_training_on_is_the_same_run() -> None:
    short = mlp.train(x, y, mlp.Config(n_epochs=100, record_every=70))
    long = mlp.train(x, y, mlp.Config(n_epochs=200, record_every=70))
    assert np.array_equal(long.params[: short.n_records], short.params)


def test_two_neurons_can_learn_three_steps_from_some_starts() -> None:
    assert is_right(ends(0, n_hidden=2))
    assert not is_right(ends(1, n_hidden=2))
    hidden = mlp.hidden_outputs(x, ends(0, n_hidden=2))
    rises = np.abs(np.diff(hidden, axis=0)).max(axis=0)
    assert rises[0] < 0.2 < 0.5 < rises[1]  # one slowly over all x, one at a blow


def test_one_neuron_cannot_for_it_rises_or_falls_once() -> None:
    """The best curve that never falls, or never rises, leaves half of a constant's loss."""
    rising, falling = (best_monotone_loss(values) for values in (y, y[::-1]))
    assert min(rising, falling) > 0.5 * y.var()
    for seed in range(3):
        assert min(rising, falling) < mlp.loss(x, y, ends(seed, n_hidden=1)) < 0.15


def best_monotone_loss(values: np.ndarray) -> float:
    """The mean squared error of the best curve that never falls (isotonic regression)."""
    means = np.array(
        [
            [values[i : j + 1].mean() if j >= i else np.inf for j in range(values.size)]
            for i in range(values.size)
        ]
    )
    lowest = np.minimum.accumulate(means[:, ::-1], axis=1)[:, ::-1]  # over all ends from k on
    best = [lowest[: k + 1, k].max() for k in range(values.size)]
    return float(np.mean((values - best) ** 2))


@pytest.mark.proof
def test_of_fifty_starts_most_find_the_curve_with_three_neurons_and_few_with_two() -> None:
    found = []
    for n_hidden in (1, 2, 3):
        many = train_many(x, y, mlp.Config(n_hidden=n_hidden), 50)
        found.append(sum(is_right(params) for params in many.params))
    assert found == [0, 19, 46]


def test_with_16_neurons_the_first_starts_all_find_the_curve() -> None:
    assert all(is_right(ends(seed, n_hidden=16, n_epochs=5000)) for seed in range(5))


def test_the_length_of_the_gradient_is_that_of_the_gradient() -> None:
    config = dataclasses.replace(mlp.Config(), n_epochs=3)
    history = mlp.train(x, y, config)
    by_hand = [np.linalg.norm(mlp.gradient(x, y, params)) for params in history.params]
    np.testing.assert_allclose(history.column("gradient_norm"), by_hand, rtol=1e-12)
