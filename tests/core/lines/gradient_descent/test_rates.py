from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import Samples, noisy_line
from core.history import History
from core.lines.gradient_descent import Config, rates, train
from core.lines.normal_equation import solve
from core.lines.one_weight import overshoot_learning_rate

DATA = {
    f"{variant}, {n} samples{', bad last' if bad else ''}, x times {scale}": Samples(
        noisy_line(n, variant=variant, bad_last_sample=bad).x * scale,
        noisy_line(n, variant=variant, bad_last_sample=bad).y,
    )
    for variant, n, bad, scale in [
        ("plain", 100, False, 1),
        ("negated", 100, False, 1),
        ("reversed", 100, False, 1),
        ("plain", 100, True, 1),
        ("plain", 100, False, 10),
        ("reversed", 100, True, 0.1),
        ("plain", 3, False, 1),
        ("reversed", 5, True, 10),
        ("negated", 20, True, 1),
        ("plain", 1, False, 1),
        ("plain", 1000, False, 1),
    ]
}
data = pytest.mark.parametrize("samples", DATA.values(), ids=DATA.keys())
BATCHES = [(1, False), (1, True), (10, False), (10, True), (None, True)]


def run(samples: Samples, config: Config, learning_rate: float, start: float = 0.1) -> History:
    config = replace(config, learning_rate=learning_rate, record_every=1)
    return train(*samples, config, start=[start])


def inside(band: rates.Band) -> list[float]:
    """Three rates in the band, two of them near its ends."""
    width = band.high - band.low
    return [band.low + share * width for share in (0.02, 0.5, 0.98)]


def left(samples: Samples, config: Config, learning_rate: float) -> float:
    """Which part of the distance of two runs is left at the end."""
    runs = [run(samples, config, learning_rate, start).column("weight") for start in (0.0, 1.0)]
    return abs(runs[1][-1] - runs[0][-1])


def passes(samples: Samples, config: Config, learning_rate: float) -> tuple[float, float]:
    """The smallest and the largest factor on the distance to the batch's minimum in a run.

    Below 0, the update lands on the other side; beyond ±1, farther away.
    """
    history = run(samples, config, learning_rate)
    a, b = history.column("batch_a"), history.column("batch_b")
    weights = history.column("weight")
    distances = weights[:-1] + b[:-1] / (2 * a[:-1])
    after = weights[1:] + b[:-1] / (2 * a[:-1])
    seen = np.abs(distances) > 1e-6 * np.abs(weights[:-1])
    factors = (after[seen] / distances[seen]).tolist()
    return min(factors), max(factors)


def check_zones(samples: Samples, config: Config) -> None:
    """Run with rates from every zone, and see whether each does there what the zone says."""
    bands = {}
    for band in rates.zones(samples.x, config):
        bands.setdefault(band.zone, band)
    # The whole run's product is the part of two starts' distance that is left.
    for rate in inside(bands["creeping"]):
        assert rates.zone(samples.x, replace(config, learning_rate=rate)) == "creeping"
        assert left(samples, config, rate) > rates.CREEPING
        assert passes(samples, config, rate)[0] >= -1e-6
    for rate in inside(bands["good"]):
        assert rates.zone(samples.x, replace(config, learning_rate=rate)) == "good"
        assert left(samples, config, rate) < rates.CREEPING
        assert passes(samples, config, rate)[0] >= -1e-6
    for rate in inside(bands["oscillating"]):
        assert rates.zone(samples.x, replace(config, learning_rate=rate)) == "oscillating"
        assert -1 < passes(samples, config, rate)[0] < 0
        assert not run(samples, config, rate).diverged
    if "overshooting" in bands:
        low, high = bands["overshooting"][1:]
        for rate in (low * 1.01, (low + 0.9 * high) / 2, 0.9 * high):
            if low < rate < high:
                assert rates.zone(samples.x, replace(config, learning_rate=rate)) == "overshooting"
                assert passes(samples, config, rate)[0] < -1
                assert not run(samples, config, rate).diverged
                assert left(samples, config, rate) < 1
    limit = bands["diverging"].low
    long = replace(config, n_epochs=500)  # long enough to count as diverged
    diverging = [
        rate
        for rate in np.array([1.25, 1.5, 2.5]) * limit
        if rates.zone(samples.x, replace(config, learning_rate=rate)) == "diverging"
    ]
    assert diverging
    for rate in diverging:
        assert run(samples, long, rate).diverged


@data
def test_each_zone_is_what_a_real_run_does(samples: Samples) -> None:
    for batch_size, shuffle in BATCHES:
        check_zones(samples, Config(batch_size=batch_size, shuffle=shuffle))


@data
def test_the_full_batch_alternates_sides_when_oscillating(samples: Samples) -> None:
    config, best = Config(batch_size=None), solve(*samples)
    a = float(np.mean(samples.x**2))
    assert rates.stable_limit(samples.x, config) == pytest.approx(1 / a, rel=1e-12)
    for share, zone in ((0.3, "good"), (0.6, "oscillating"), (0.95, "oscillating")):
        rate = share / a
        assert rates.zone(samples.x, replace(config, learning_rate=rate)) == zone
        history = run(samples, replace(config, n_epochs=8), rate, best + 1)
        distances = history.column("weight") - best
        sides = np.sign(distances[:-1] * distances[1:])
        assert (sides == (-1 if zone == "oscillating" else 1)).all()
        assert (np.diff(history.loss) < 0).all()
    away = run(samples, replace(config, n_epochs=8), 1.01 / a, best + 1)
    assert (np.diff(away.loss) > 0).all()
    assert rates.zone(samples.x, replace(config, learning_rate=1.0001 / a)) == "diverging"


@data
def test_the_epoch_factor_is_how_much_closer_two_runs_come(samples: Samples) -> None:
    for (batch_size, shuffle), share in product(BATCHES, [0.05, 0.4]):
        rate = share / float(np.max(samples.x**2))
        config = Config(batch_size=batch_size, shuffle=shuffle, learning_rate=rate, n_epochs=2)
        expected = left(samples, config, rate) ** (1 / 2)
        factor = rates.epoch_factor(samples.x, config)
        assert factor == pytest.approx(expected, rel=1e-5, abs=1e-5), config


def test_a_single_pass_multiplies_every_samples_factor() -> None:
    x, _ = noisy_line(10)
    for shuffle in (False, True):
        config = Config(batch_size=1, learning_rate=0.7, shuffle=shuffle)
        expected = abs(np.prod(1 - 2 * 0.7 * x**2))
        assert rates.epoch_factor(x, config) == pytest.approx(expected, rel=1e-12)


def test_single_samples_overshoot_where_one_weight_says() -> None:
    x, _ = noisy_line()
    bands = rates.zones(x, Config(batch_size=1))
    assert [band.zone for band in bands][:4] == ["creeping", "good", "oscillating", "overshooting"]
    assert bands[3].low == pytest.approx(overshoot_learning_rate(x), rel=1e-12)


def test_two_samples_diverge_where_their_product_reaches_1() -> None:
    # (2η − 1)·(1 − 0.2η) = 1, that is 0.4·η² − 2.2·η + 2 = 0, at its smaller root
    limit = (2.2 - np.sqrt(2.2**2 - 4 * 0.4 * 2)) / (2 * 0.4)
    x = [1.0, np.sqrt(0.1)]
    config = Config(batch_size=1, shuffle=False)
    assert rates.stable_limit(x, config) == pytest.approx(limit, rel=1e-6)
    # At η = 5 the second sample lands on its own weight each time, and the run converges again.
    assert rates.zone(x, replace(config, learning_rate=5.0)) == "overshooting"
    assert not train(x, [1.0, 2.0], replace(config, learning_rate=5.0)).diverged
    zones = [band.zone for band in rates.zones(x, config)]
    assert zones[3:] == ["overshooting", "diverging", "overshooting", "diverging"]


def test_a_longer_run_creeps_less() -> None:
    x, _ = noisy_line()
    ends = [rates.zones(x, Config(batch_size=None, n_epochs=n))[0].high for n in (10, 100, 1000)]
    assert ends[0] > 5 * ends[1] > 25 * ends[2]


@pytest.mark.parametrize("batch_size", [1, 10, None])
def test_the_batches_are_those_of_the_run(batch_size: int | None) -> None:
    x, y = noisy_line(95)
    config = Config(batch_size=batch_size, n_epochs=4, seed=7, record_every=1)
    drawn = np.resize(rates.curvatures(x, config), train(x, y, config).update[-1])
    assert np.array_equal(drawn, train(x, y, config).column("batch_a")[:-1])


@pytest.mark.parametrize("batch_size", [1, 10, None])
def test_all_zero_x_never_moves_at_any_rate(batch_size: int | None) -> None:
    config = Config(batch_size=batch_size, learning_rate=100)
    assert rates.stable_limit([0.0, 0.0], config) == np.inf
    assert rates.zone([0.0, 0.0], config) == "creeping"
    assert rates.zones([0.0, 0.0], config) == [("creeping", 0, np.inf)]
    assert rates.epoch_factor([0.0, 0.0], config) == 1


@pytest.mark.parametrize("batch_size", [1, 10, None])
def test_learning_rate_0_creeps(batch_size: int | None) -> None:
    assert rates.zone(noisy_line().x, Config(batch_size=batch_size, learning_rate=0)) == "creeping"


def test_100_000_samples_are_told_too() -> None:
    x, _ = noisy_line(100_000)
    limit = rates.stable_limit(x, Config(batch_size=1, n_epochs=1000))
    assert overshoot_learning_rate(x) < limit < 3.2  # where the mean of log|1 − 2ηx²| passes 0


@given(
    arrays(np.float64, st.integers(1, 8), elements=st.floats(-1e50, 1e50)),
    st.none() | st.integers(1, 10),
    st.booleans(),
    st.floats(0, 1e300),
)
def test_the_bands_cover_every_rate_for_any_data(
    x: np.ndarray, batch_size: int | None, shuffle: bool, learning_rate: float
) -> None:
    config = Config(batch_size=batch_size, shuffle=shuffle, n_epochs=3, learning_rate=learning_rate)
    bands = rates.zones(x, config)
    assert bands[0].low == 0
    assert bands[-1].high == np.inf
    for band, following in pairwise(bands):
        assert band.low <= band.high == following.low
        assert band.zone != following.zone
    limit = rates.stable_limit(x, config)
    if limit < np.inf:
        assert rates.zone(x, replace(config, learning_rate=limit)) == "diverging"
        assert limit >= overshoot_learning_rate(x) * (1 - 1e-9)
    assert rates.epoch_factor(x, config) >= 0
