import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import LARGEST, noisy_line
from core.history import DIVERGED_AT
from core.hyperparameters import size_of_batch
from core.lines import weight_and_bias as lesson
from core.lines.weight_and_bias import bowl
from core.messages import InputError
from tests.core.lines.weight_and_bias.samples import BATCHES, DATA

floats = st.floats(-100, 100)


def plain_python(x: np.ndarray, y: np.ndarray, config: lesson.Config) -> np.ndarray:
    """The formulas of the tutorial, sample by sample, without a matrix in sight."""
    w, b = config.start_weight, config.start_bias
    rng = np.random.default_rng(config.seed)
    size = x.size if config.batch_size is None else config.batch_size
    params = [(w, b)]
    for _ in range(config.n_epochs):
        order = rng.permutation(x.size) if config.shuffle and size < x.size else range(x.size)
        for first in range(0, x.size, size):
            batch = order[first : first + size]
            dw = sum(2 * x[i] ** 2 * w + 2 * x[i] * (b - y[i]) for i in batch) / len(batch)
            db = sum(2 * b - 2 * (y[i] - w * x[i]) for i in batch) / len(batch)
            w, b = w - config.learning_rate * dw, b - config.learning_rate * db
            params.append((w, b))
    return np.array(params)


@pytest.mark.parametrize(("batch_size", "shuffle"), [*BATCHES, (1000, True)])
@pytest.mark.parametrize("learning_rate", [0.0, 0.1, 0.5])
def test_equals_a_plain_loop_over_the_formulas(
    batch_size: int | None, shuffle: bool, learning_rate: float
) -> None:
    x, y = noisy_line(variant="reversed")
    config = lesson.Config(
        learning_rate=learning_rate, batch_size=batch_size, shuffle=shuffle, seed=3, record_every=1
    )
    history = lesson.train(x, y, config)
    expected = plain_python(x, y, config)
    np.testing.assert_allclose(history.params, expected, rtol=0, atol=1e-12)
    losses = [np.mean((y - w * x - b) ** 2) for w, b in expected]
    np.testing.assert_allclose(history.loss, losses, rtol=0, atol=1e-12)
    n_batches = (len(expected) - 1) // config.n_epochs
    assert np.array_equal(history.update, np.arange(len(expected)))
    assert np.array_equal(history.epoch, history.update // n_batches)


def test_the_defaults_are_the_tutorial_s() -> None:
    x, y = noisy_line(variant="reversed")
    history = lesson.train(x, y, lesson.Config())
    assert history.update[-1] == 1500
    assert history.params[0].tolist() == [0.1, 0.1]
    assert history.loss[-1] < 0.03 < 0.3 < history.loss[0]


def test_sorted_samples_lead_past_the_minimum_however_long_the_run() -> None:
    x, y = noisy_line(variant="reversed")
    best = bowl.least_squares(x, y)
    sorted_run = lesson.train(x, y, lesson.Config(n_epochs=1000))
    assert sorted_run.params[-1] != pytest.approx(best, abs=0.3)
    shuffled = lesson.train(x, y, lesson.Config(n_epochs=1000, shuffle=True))
    assert shuffled.params[-1] == pytest.approx(best, abs=0.1)


@pytest.mark.parametrize(("batch_size", "shuffle"), BATCHES)
def test_each_recorded_step_replays_exactly(batch_size: int | None, shuffle: bool) -> None:
    x, y = noisy_line(variant="reversed", bad_last_sample=True)
    config = lesson.Config(batch_size=batch_size, shuffle=shuffle, record_every=1)
    history = lesson.train(x, y, config)
    gradients = np.column_stack([history.column(f"gradient_{p}") for p in history.param_names])
    assert np.array_equal(history.params[1:], history.params[:-1] - 0.1 * gradients[:-1])
    assert np.isnan(gradients[-1]).all()
    again = lesson.train(x, y, config)
    assert np.array_equal(again.params, history.params)


@pytest.mark.parametrize("shuffle", [False, True])
def test_the_next_sample_gives_the_next_gradient(shuffle: bool) -> None:
    x, y = noisy_line(variant="reversed")
    history = lesson.train(x, y, lesson.Config(shuffle=shuffle, n_epochs=2, record_every=1))
    samples = history.column("next_sample").astype(int)
    assert samples[-1] == -1
    assert sorted(samples[:100]) == sorted(samples[100:200]) == list(range(100))
    assert (samples[:100].tolist() == list(range(100))) is not shuffle
    for row, i in enumerate(samples[:-1]):
        expected = lesson.gradient(x[i], y[i], *history.params[row])
        assert history.column("gradient_weight")[row] == expected[0]
        assert history.column("gradient_bias")[row] == expected[1]


def test_the_next_sample_of_a_batch_is_its_first() -> None:
    x, y = noisy_line(10)
    history = lesson.train(x, y, lesson.Config(batch_size=4, n_epochs=2, record_every=1))
    assert history.column("next_sample").tolist() == [0, 4, 8, 0, 4, 8, -1]
    last_batch = lesson.gradient(x[8:], y[8:], *history.params[2])
    assert history.column("gradient_weight")[2] == pytest.approx(last_batch[0], rel=1e-14)


@given(
    arrays(np.float64, st.tuples(st.just(2), st.integers(1, 5)), elements=floats), floats, floats
)
def test_gradient_is_the_slope_of_the_displayed_loss(
    samples: np.ndarray, weight: float, bias: float
) -> None:
    x, y = samples
    params = torch.tensor([weight, bias], dtype=torch.float64, requires_grad=True)
    loss = torch.mean((torch.tensor(y) - params[0] * torch.tensor(x) - params[1]) ** 2)
    loss.backward()  # type: ignore[no-untyped-call]
    assert params.grad is not None
    gradient = lesson.gradient(x, y, weight, bias)
    assert gradient == pytest.approx(params.grad.tolist(), rel=1e-6, abs=1e-6)
    h = 1e-4
    by_weight = lesson.loss(x, y, weight + h, bias) - lesson.loss(x, y, weight - h, bias)
    by_bias = lesson.loss(x, y, weight, bias + h) - lesson.loss(x, y, weight, bias - h)
    assert gradient == pytest.approx((by_weight / (2 * h), by_bias / (2 * h)), rel=1e-6, abs=1e-2)


@pytest.mark.parametrize("name", ["five", "hundred", "bad last sample", "spread out", "wave"])
def test_full_batch_reaches_least_squares(name: str) -> None:
    x, y = DATA[name]
    rate = 1 / bowl.eigenvalues(x)[1]
    config = lesson.Config(learning_rate=rate, batch_size=None, n_epochs=2000)
    params = lesson.train(x, y, config).params[-1]
    expected = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y)[0]
    np.testing.assert_allclose(params, expected, rtol=0, atol=1e-9)


# Edges


def test_divergence_stops_the_run_where_the_loss_passes_the_bound() -> None:
    x, y = noisy_line()
    history = lesson.train(x, y, lesson.Config(learning_rate=2.0, record_every=1))
    bound = DIVERGED_AT * max(history.loss[0], 1)
    assert history.diverged
    assert history.loss[-1] > bound
    assert (history.loss[:-1] <= bound).all()
    assert history.update[-1] == history.n_records - 1 < 1500


@pytest.mark.parametrize("record_every", [1, 3, 7, 100, 1000, 5000])
def test_thinning_keeps_the_states_of_the_full_record(record_every: int) -> None:
    x, y = noisy_line()
    full = lesson.train(x, y, lesson.Config(shuffle=True, record_every=1))
    thin = lesson.train(x, y, lesson.Config(shuffle=True, record_every=record_every))
    assert thin.update[0] == 0
    assert thin.update[-1] == 1500
    for name in ("weight", "bias", "gradient_weight", "gradient_bias", "next_sample"):
        assert np.array_equal(thin.column(name), full.column(name)[thin.update], equal_nan=True)
    assert np.array_equal(thin.epoch, thin.update // 100)


def test_a_long_run_keeps_a_few_hundred_records() -> None:
    x, y = noisy_line(100_000)
    history = lesson.train(x, y, lesson.Config(n_epochs=2, shuffle=True))
    assert 250 <= history.n_records <= 300
    assert history.update[-1] == 200_000
    assert history.epoch[-1] == 2


def test_start_replaces_the_configured_parameters() -> None:
    x, y = noisy_line()
    history = lesson.train(x, y, lesson.Config(start_weight=9), start=[0.25, -1])
    assert history.params[0].tolist() == [0.25, -1]


def test_starting_at_the_minimum_stays_there() -> None:
    x, y = noisy_line()
    best = bowl.least_squares(x, y)
    history = lesson.train(x, y, lesson.Config(batch_size=None, n_epochs=100), start=best)
    np.testing.assert_allclose(history.params, [best] * history.n_records, atol=1e-14)
    exact = lesson.train([0, 1, 2], [1, 3, 5], lesson.Config(), start=[2, 1])
    assert (exact.params == [2, 1]).all()
    assert (exact.loss == 0).all()


@pytest.mark.parametrize("batch_size", [1, 2, None])
@pytest.mark.parametrize(
    ("x", "y"),
    [([0.0] * 3, [1.0, 2.0, 4.0]), ([0.1] * 3, [1.0, 2.0, 4.0]), ([3.0], [6.0]), ([0.0], [0.0])],
    ids=["all x zero", "all x equal", "one sample", "one empty sample"],
)
def test_x_without_spread(x: list[float], y: list[float], batch_size: int | None) -> None:
    assert bowl.eigenvalues(x)[0] == 0
    assert bowl.condition_number(x) == np.inf
    rate = 0.01 / (x[0] ** 2 + 1)
    config = lesson.Config(learning_rate=rate, batch_size=batch_size, n_epochs=400, record_every=1)
    history = lesson.train(x, y, config)
    lowest = lesson.loss(x, y, *bowl.least_squares(x, y))
    assert history.loss[-1] == pytest.approx(lowest, abs=0.2)  # a smaller last batch weighs more
    along = history.params @ [1.0, -x[0]]  # along the valley nothing ever moves
    np.testing.assert_allclose(along, along[0], atol=1e-13)


@pytest.mark.parametrize("x", [[0, 1e-200], [0, 5e-324], [1e50, -1e50], [1, 1 + 2**-52]])
def test_x_of_any_size_has_a_finite_loss(x: list[float]) -> None:
    y = [1.0, 2.0]
    history = lesson.train(x, y, lesson.Config(record_every=1))
    exact = [lesson.loss(x, y, *params) for params in history.params]
    np.testing.assert_allclose(history.loss, exact, rtol=1e-6, atol=1e-12)
    assert np.isfinite(bowl.least_squares(x, y)).all()
    assert np.isfinite(bowl.contour(x, y, 1.0)).any()


@pytest.mark.parametrize(
    "values",
    [
        {"learning_rate": -1.0},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"start_weight": float("nan")},
        {"start_bias": 1e51},
        {"n_epochs": 0},
        {"batch_size": 0},
        {"seed": -1},
        {"record_every": 0},
    ],
)
def test_bad_configurations_are_told_in_one_sentence(values: dict[str, float]) -> None:
    with pytest.raises(InputError, match=f"^{next(iter(values))} must be .*\\.$"):
        lesson.Config(**values)  # type: ignore[arg-type]


@given(
    st.data(),
    st.builds(
        lesson.Config,
        start_weight=st.floats(-LARGEST, LARGEST),
        start_bias=st.floats(-LARGEST, LARGEST),
        learning_rate=st.one_of(st.floats(0, 1), st.floats(0, 1e300)),
        n_epochs=st.integers(1, 5),
        batch_size=st.one_of(st.none(), st.integers(1, 30)),
        shuffle=st.booleans(),
        seed=st.integers(0, 2**32),
        record_every=st.one_of(st.none(), st.integers(1, 30)),
    ),
)
def test_any_run_is_finite_or_honestly_diverged(data: st.DataObject, config: lesson.Config) -> None:
    size = st.one_of(floats, st.floats(-LARGEST, LARGEST))
    x, y = data.draw(arrays(np.float64, st.tuples(st.just(2), st.integers(1, 20)), elements=size))
    history = lesson.train(x, y, config)
    assert history.update[0] == 0
    assert np.isfinite(history.params).all()
    assert np.isfinite(history.loss).all()
    assert np.isfinite(history.column("gradient_weight")[:-1]).all()
    assert (history.loss[:-1] <= DIVERGED_AT * max(history.loss[0], 1)).all()
    n_updates = config.n_epochs * -(-x.size // size_of_batch(config.batch_size, x.size))
    assert history.diverged or history.update[-1] == n_updates
