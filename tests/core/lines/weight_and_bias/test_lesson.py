import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import noisy_line
from core.lines import weight_and_bias as lesson
from core.lines.weight_and_bias import bowl
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
def test_equals_a_plain_loop_over_the_formulas(batch_size: int | None, shuffle: bool) -> None:
    x, y = noisy_line(variant="reversed")
    for learning_rate in (0.0, 0.1, 0.5):
        config = lesson.Config(
            learning_rate=learning_rate,
            batch_size=batch_size,
            shuffle=shuffle,
            seed=3,
            record_every=1,
        )
        history, expected = lesson.train(x, y, config), plain_python(x, y, config)
        np.testing.assert_allclose(history.params, expected, 0, 1e-12, err_msg=str(config))
        losses = [np.mean((y - w * x - b) ** 2) for w, b in expected]
        np.testing.assert_allclose(history.loss, losses, 0, 1e-12, err_msg=str(config))


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
