import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import noisy_line
from core.history import History
from core.hyperparameters import LARGEST
from core.lines.gradient_descent.rates import CREEPING
from core.lines.weight_and_bias import Config, rates, train
from core.lines.weight_and_bias.bowl import eigenvalues
from tests.core.lines.weight_and_bias.samples import BATCHES, DATA


def with_rate(config: Config, learning_rate: float) -> Config:
    return dataclasses.replace(config, learning_rate=learning_rate)


def distances(one: History, other: History) -> np.ndarray:
    return np.hypot(*(one.params - other.params).T)


@pytest.mark.parametrize("name", DATA)
def test_the_stable_limit_is_where_real_runs_begin_to_diverge(name: str) -> None:
    x, y = DATA[name]
    for batch_size, shuffle in BATCHES:
        config = Config(batch_size=batch_size, shuffle=shuffle, n_epochs=500)
        limit = rates.stable_limit(x, config)
        for factor in (0.5, 0.9, 0.98, 1.2, 1.5, 3.0):
            run = with_rate(config, factor * limit)
            assert train(x, y, run).diverged is (factor > 1), run
        if not shuffle:  # here every epoch is the same, and the limit is sharp
            for factor in (0.999, 1.002):
                run = with_rate(dataclasses.replace(config, n_epochs=20_000), factor * limit)
                assert train(x, y, run).diverged is (factor > 1), run


@pytest.mark.parametrize("variant", ["plain", "negated", "reversed"])
def test_sorted_single_samples_diverge_far_below_the_full_batch_limit(variant: str) -> None:
    x, y = noisy_line(variant=variant)  # type: ignore[arg-type]
    single, full = Config(learning_rate=0.7), Config(learning_rate=0.7, batch_size=None)
    assert rates.stable_limit(x, single) < 0.61 < 0.7 < 2 / eigenvalues(x)[1]
    assert rates.epoch_factor(x, single) > 10_000  # an epoch makes distances that much longer
    assert train(x, y, single).diverged
    assert not train(x, y, full).diverged


def test_many_sorted_samples_swing_too_far_within_an_epoch_that_shrinks() -> None:
    x, y = noisy_line(100_000)
    config = Config()
    limit = rates.stable_limit(x, config)
    assert rates.epoch_factor(x, with_rate(config, 1.001 * limit)) < 1
    assert train(x, y, with_rate(config, 1.01 * limit)).diverged
    assert not train(x, y, with_rate(config, 0.99 * limit)).diverged


@pytest.mark.parametrize("name", DATA)
def test_the_epoch_factor_is_how_fast_real_runs_come_together(name: str) -> None:
    x, y = DATA[name]
    for batch_size, shuffle in BATCHES:
        config = Config(batch_size=batch_size, shuffle=shuffle, n_epochs=30)
        config = with_rate(config, 0.8 * rates.overshoot_learning_rate(x, config))
        origin, *ends = (
            train(x, y, config, start=start).params[-1] for start in ([0, 0], [1, 0], [0, 1])
        )
        product = np.column_stack([end - origin for end in ends])
        radius = np.abs(np.linalg.eigvals(product)).max()
        factor = rates.epoch_factor(x, config) ** 30
        assert factor == pytest.approx(radius, rel=1e-6, abs=1e-9), config


def check_zones(x: np.ndarray, y: np.ndarray, config: Config) -> None:
    """Run with a rate from every zone, and see whether it does there what the zone says."""
    bands = rates.zones(x, config)
    assert bands[0].low == 0
    assert bands[-1].high == np.inf
    assert all(one.high == next_one.low for one, next_one in pairwise(bands))
    order = ["creeping", "good", "oscillating", "overshooting", "diverging"]
    assert [band.zone for band in bands] == [
        zone for zone in order if zone in {band.zone for band in bands}
    ]
    for zone, low, high in bands:
        if high / max(low, 1e-300) < 1.001:
            continue  # no rate to speak of lies between
        rate = 1.5 * low if high == np.inf else (low + high) / 2
        run = with_rate(config, rate)
        assert rates.zone(x, run) == zone
        history = train(x, y, run)
        if zone == "diverging":
            assert train(x, y, dataclasses.replace(run, n_epochs=4000)).diverged
            continue
        assert not history.diverged
        left = rates.epoch_factor(x, run) ** run.n_epochs
        assert (zone != "creeping") or left > CREEPING
        assert (zone != "good") or left <= CREEPING
        # What an update does to its own batch's mean distance, between two runs:
        other = train(x, y, run, start=[1.1, -0.7])
        steps = np.hypot(*np.diff(history.params - other.params, axis=0).T)
        before = distances(history, other)[:-1]
        after = distances(history, other)[1:]
        grows = (after > before * (1 + 1e-9) + 1e-12).any()
        assert not (zone != "overshooting" and grows), "only overshooting makes a distance longer"
        jumps = steps > before * (1 + 1e-9) + 1e-12
        assert not (zone in ("creeping", "good") and jumps.any()), "a minimum was passed"


@pytest.mark.parametrize("name", DATA)
def test_the_zones_do_what_they_say(name: str) -> None:
    for batch_size, shuffle in BATCHES:
        config = Config(batch_size=batch_size, shuffle=shuffle, n_epochs=40, record_every=1)
        check_zones(*DATA[name], config)


@pytest.mark.parametrize("shuffle", [False, True])
def test_a_single_sample_s_error_oscillates_and_overshoots_where_told(shuffle: bool) -> None:
    x, y = noisy_line(variant="reversed")
    config = Config(shuffle=shuffle, record_every=1)
    seen = {}
    for rate in (0.1, 0.3, 0.55):
        run = with_rate(config, rate)
        history = train(x, y, run)
        i = history.column("next_sample")[:-1].astype(int)
        (w_old, b_old), (w_new, b_new) = history.params[:-1].T, history.params[1:].T
        before, after = y[i] - w_old * x[i] - b_old, y[i] - w_new * x[i] - b_new
        flips = (before * after < 0).any()
        grows = (np.abs(after) > np.abs(before) + 1e-12).any()
        seen[rates.zone(x, run)] = (bool(flips), bool(grows))
    assert seen == {
        "good": (False, False),
        "oscillating": (True, False),
        "overshooting": (True, True),
    }


def test_learning_rate_zero_creeps_and_stays() -> None:
    x, y = noisy_line()
    config = Config(learning_rate=0)
    assert rates.zone(x, config) == "creeping"
    assert rates.epoch_factor(x, config) == 1
    assert (train(x, y, config).params == 0.1).all()


# Edges


@pytest.mark.parametrize("batch_size", [1, 2, None])
@pytest.mark.parametrize(
    ("x", "y"),
    [([0.0] * 3, [1.0, 2.0, 4.0]), ([0.1] * 3, [1.0, 2.0, 4.0]), ([3.0], [6.0]), ([0.0], [0.0])],
    ids=["all x zero", "all x equal", "one sample", "one empty sample"],
)
def test_x_without_spread_only_the_way_across_the_valley_counts(
    x: list[float], y: list[float], batch_size: int | None
) -> None:
    config = Config(batch_size=batch_size, n_epochs=400, record_every=1)
    limit = rates.stable_limit(x, config)
    assert limit == pytest.approx(1 / (x[0] ** 2 + 1), rel=1e-12)
    bands = [band.zone for band in rates.zones(x, config)]
    assert bands == ["creeping", "good", "oscillating", "diverging"]
    assert rates.zone(x, with_rate(config, 0.01 / (x[0] ** 2 + 1))) == "good"
    if any(y):
        assert train(x, y, with_rate(config, 1.1 * limit)).diverged
    assert not train(x, y, with_rate(config, 0.99 * limit)).diverged


@pytest.mark.parametrize("x", [[0, 1e-200], [0, 5e-324], [1e50, -1e50], [1, 1 + 2**-52]])
def test_x_of_any_size_has_a_finite_limit(x: list[float]) -> None:
    assert 0 < rates.stable_limit(x, Config()) <= 1.01


@given(
    arrays(
        np.float64,
        st.integers(1, 20),
        elements=st.one_of(st.floats(-100, 100), st.floats(-LARGEST, LARGEST)),
    ),
    st.builds(
        Config,
        learning_rate=st.one_of(st.floats(0, 1), st.floats(0, 1e300)),
        n_epochs=st.integers(1, 5),
        batch_size=st.one_of(st.none(), st.integers(1, 30)),
        shuffle=st.booleans(),
        seed=st.integers(0, 2**32),
    ),
)
def test_any_run_has_a_zone_and_a_finite_limit(x: np.ndarray, config: Config) -> None:
    bands = rates.zones(x, config)
    assert rates.zone(x, config) in [band.zone for band in bands]
    assert 0 < bands[-1].low < np.inf
