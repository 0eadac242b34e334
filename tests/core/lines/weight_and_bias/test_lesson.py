import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import LARGEST, Samples, noisy_line
from core.history import DIVERGED_AT
from core.hyperparameters import size_of_batch
from core.lines import weight_and_bias as lesson
from core.messages import InputError

floats = st.floats(-100, 100)
rng = np.random.default_rng(1)
spread_out = rng.normal(3, 2, 50)

DATA = {
    "five": noisy_line(5),
    "twenty": noisy_line(20, variant="reversed"),
    "hundred": noisy_line(100, variant="reversed"),
    "bad last sample": noisy_line(100, bad_last_sample=True),
    "spread out": Samples(spread_out, 2 * spread_out + 1 + rng.normal(0, 0.3, 50)),
    "offset": Samples(100 + np.linspace(0, 1, 30), np.cos(np.arange(30))),
    "wave": Samples(np.sin(np.arange(60)), np.cos(np.arange(60))),
}
BATCHES = [(1, False), (1, True), (7, False), (7, True), (None, False)]


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
    best = lesson.least_squares(x, y)
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


@pytest.mark.parametrize("name", DATA)
def test_least_squares_is_numpy_s(name: str) -> None:
    x, y = DATA[name]
    expected = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y)[0]
    assert lesson.least_squares(x, y) == pytest.approx(tuple(expected), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("x", [0.0, 0.1, -3.0])
def test_least_squares_without_spread_is_the_smallest_solution(x: float) -> None:
    y = [1.0, 2.0, 4.0]
    expected = np.linalg.lstsq(np.array([[x, 1.0]] * 3), np.array(y))[0]
    assert lesson.least_squares([x] * 3, y) == pytest.approx(tuple(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["five", "hundred", "bad last sample", "spread out", "wave"])
def test_full_batch_reaches_least_squares(name: str) -> None:
    x, y = DATA[name]
    rate = 1 / lesson.eigenvalues(x)[1]
    config = lesson.Config(learning_rate=rate, batch_size=None, n_epochs=2000)
    params = lesson.train(x, y, config).params[-1]
    expected = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y)[0]
    np.testing.assert_allclose(params, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", DATA)
def test_the_hessian_is_the_change_of_the_gradient(name: str) -> None:
    x, y = DATA[name]
    at_zero = lesson.gradient(x, y, 0, 0)
    columns = [
        np.subtract(lesson.gradient(x, y, 1, 0), at_zero),
        np.subtract(lesson.gradient(x, y, 0, 1), at_zero),
    ]
    hessian = lesson.hessian(x)
    np.testing.assert_allclose(hessian, np.column_stack(columns), rtol=1e-9)
    expected = np.linalg.eigvalsh(hessian)
    assert lesson.eigenvalues(x) == pytest.approx(tuple(expected), rel=1e-9, abs=1e-11)
    assert lesson.condition_number(x) == pytest.approx(np.linalg.cond(hessian), rel=1e-5)


def test_far_from_zero_the_small_eigenvalue_keeps_its_digits() -> None:
    x = 1e6 + np.array([-1.0, 1.0])  # det H = 4·variance = 4, trace = 2·(mean² + variance + 1)
    smallest, largest = lesson.eigenvalues(x)
    assert largest == pytest.approx(2e12 + 4, rel=1e-12)
    assert smallest == pytest.approx(4 / largest, rel=1e-12)


# Standardising x, and the ellipses


@pytest.mark.parametrize("name", DATA)
def test_standardised_x_makes_a_round_bowl_and_the_same_line(name: str) -> None:
    x, y = DATA[name]
    z, mean, deviation = lesson.standardise(x)
    assert (mean, deviation) == pytest.approx((x.mean(), x.std()))
    np.testing.assert_allclose(lesson.hessian(z), 2 * np.eye(2), atol=1e-12)
    assert lesson.condition_number(z) == pytest.approx(1, abs=1e-6)
    assert lesson.condition_number(x) > 1.001
    weight, bias = lesson.least_squares(z, y)
    line = (weight / deviation, bias - weight / deviation * mean)
    assert line == pytest.approx(lesson.least_squares(x, y), rel=1e-9)


def test_x_without_spread_cannot_be_standardised() -> None:
    with pytest.raises(InputError, match=r"^All x are equal: .*\.$"):
        lesson.standardise([0.1, 0.1, 0.1])


@pytest.mark.parametrize("level", [0.0, 1e-6, 0.3, 1e4])
@pytest.mark.parametrize("name", DATA)
def test_a_contour_lies_at_its_level(name: str, level: float) -> None:
    x, y = DATA[name]
    weights, biases = lesson.contour(x, y, level, 50)
    lowest = lesson.loss(x, y, *lesson.least_squares(x, y))
    losses = [lesson.loss(x, y, w, b) for w, b in zip(weights, biases, strict=True)]
    np.testing.assert_allclose(losses, lowest + level, rtol=1e-9)
    assert weights.shape == biases.shape == (50,)
    assert (weights[-1], biases[-1]) == pytest.approx((weights[0], biases[0]), rel=1e-9)


@pytest.mark.parametrize("x", [[0.0, 0.0], [3.0, 3.0], [-0.5]])
def test_without_spread_the_contour_is_two_parallel_lines(x: list[float]) -> None:
    y = [1.0, 2.0][: len(x)]
    weights, biases = lesson.contour(x, y, 0.25, reach=4.0)
    assert np.isnan(weights).tolist() == np.isnan(biases).tolist() == [0, 0, 1, 0, 0]
    lowest = lesson.loss(x, y, *lesson.least_squares(x, y))
    for i in (0, 1, 3, 4):
        assert lesson.loss(x, y, weights[i], biases[i]) == pytest.approx(lowest + 0.25)
    assert np.hypot(weights[1] - weights[0], biases[1] - biases[0]) == pytest.approx(8)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((-1.0,), "level"), ((float("nan"),), "level"), ((1.0, 1), "n_points")],
)
def test_bad_contours_are_told_in_one_sentence(arguments: tuple[float, ...], name: str) -> None:
    with pytest.raises(InputError, match=f"^{name} must be .*\\.$"):
        lesson.contour([0, 1], [0, 1], *arguments)  # type: ignore[arg-type]


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


@pytest.mark.parametrize("start", [[1.0], [1.0, 2.0, 3.0], ["a", "b"], [np.nan, 0], [0, 1e51]])
def test_a_bad_start_is_told_in_one_sentence(start: list[object]) -> None:
    with pytest.raises(InputError, match=r"^start must hold 2 numbers .*\.$"):
        lesson.train([1], [1], lesson.Config(), start=start)


def test_starting_at_the_minimum_stays_there() -> None:
    x, y = noisy_line()
    best = lesson.least_squares(x, y)
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
    assert lesson.eigenvalues(x)[0] == 0
    assert lesson.condition_number(x) == np.inf
    rate = 0.01 / (x[0] ** 2 + 1)
    config = lesson.Config(learning_rate=rate, batch_size=batch_size, n_epochs=400, record_every=1)
    history = lesson.train(x, y, config)
    lowest = lesson.loss(x, y, *lesson.least_squares(x, y))
    assert history.loss[-1] == pytest.approx(lowest, abs=0.2)  # a smaller last batch weighs more
    along = history.params @ [1.0, -x[0]]  # along the valley nothing ever moves
    np.testing.assert_allclose(along, along[0], atol=1e-13)


@pytest.mark.parametrize("x", [[0, 1e-200], [0, 5e-324], [1e50, -1e50], [1, 1 + 2**-52]])
def test_x_of_any_size_has_a_finite_loss(x: list[float]) -> None:
    y = [1.0, 2.0]
    history = lesson.train(x, y, lesson.Config(record_every=1))
    exact = [lesson.loss(x, y, *params) for params in history.params]
    np.testing.assert_allclose(history.loss, exact, rtol=1e-6, atol=1e-12)
    assert np.isfinite(lesson.least_squares(x, y)).all()
    assert np.isfinite(lesson.contour(x, y, 1.0)).any()


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
