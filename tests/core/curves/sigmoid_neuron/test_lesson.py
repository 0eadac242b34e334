import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.curves import sigmoid_neuron as lesson
from core.curves.sigmoid_neuron import Loss
from core.datasets import step
from core.messages import InputError

LOSSES: list[Loss] = ["mean_squared_error", "binary_cross_entropy"]

both_losses = pytest.mark.parametrize("loss", LOSSES)
targets = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))


@st.composite
def samples(draw: st.DrawFn, most: float = 10.0, n: int = 6) -> tuple[np.ndarray, np.ndarray]:
    x = draw(arrays(np.float64, st.integers(1, n), elements=st.floats(-most, most)))
    return x, draw(arrays(np.float64, x.shape, elements=targets))


def plain_python(x: np.ndarray, y: np.ndarray, config: lesson.Config) -> np.ndarray:
    """The links of the chain, sample by sample, from the formulas as they are taught."""
    w, b = config.start_weight, config.start_bias
    rng = np.random.default_rng(config.seed)
    size = x.size if config.batch_size is None else config.batch_size
    params = [(w, b)]
    for _ in range(config.n_epochs):
        order = rng.permutation(x.size) if config.shuffle and size < x.size else range(x.size)
        for first in range(0, x.size, size):
            batch = order[first : first + size]
            dw = db = 0.0
            for i in batch:
                k = 1 / (1 + math.exp(-(w * x[i] + b)))
                de_dk = -2 * (y[i] - k)
                if config.loss == "binary_cross_entropy":
                    de_dk = (k - y[i]) / (k * (1 - k))
                dw += de_dk * k * (1 - k) * x[i] / len(batch)
                db += de_dk * k * (1 - k) / len(batch)
            w, b = w - config.learning_rate * dw, b - config.learning_rate * db
            params.append((w, b))
    return np.array(params)


@both_losses
@pytest.mark.parametrize(
    ("batch_size", "shuffle"),
    [(1, False), (1, True), (7, False), (7, True), (None, False), (1000, True)],
)
def test_equals_a_plain_loop_over_the_formulas(
    loss: Loss, batch_size: int | None, shuffle: bool
) -> None:
    x, y = step(40)
    for learning_rate in (0.0, 0.1, 2.0):
        config = lesson.Config(
            loss=loss,
            learning_rate=learning_rate,
            n_epochs=10,
            batch_size=batch_size,
            shuffle=shuffle,
            seed=3,
            record_every=1,
        )
        history, expected = lesson.train(x, y, config), plain_python(x, y, config)
        np.testing.assert_allclose(history.params, expected, 0, 1e-9, err_msg=str(config))
        losses = [lesson.loss(x, y, w, b, loss) for w, b in history.params]
        np.testing.assert_allclose(history.loss, losses, 1e-12, err_msg=str(config))


def test_the_defaults_are_the_tutorial_s() -> None:
    x, y = step()
    history = lesson.train(x, y, lesson.Config())
    assert history.update[-1] == 100_000
    assert history.params[0].tolist() == [0.1, 0.1]
    assert history.params[-1] == pytest.approx([20.436, -11.721], abs=1e-3)
    assert lesson.accuracy(x, y, *history.params[-1]) == 0.99


@both_losses
@pytest.mark.parametrize("batch_size", [1, 20])
def test_the_next_sample_begins_the_batch_of_the_next_gradient(loss: Loss, batch_size: int) -> None:
    x, y = step(60)
    history = lesson.train(
        x, y, lesson.Config(loss=loss, n_epochs=2, batch_size=batch_size, record_every=1)
    )
    firsts = history.column("next_sample").astype(int)
    assert firsts.tolist() == [*range(0, 60, batch_size)] * 2 + [-1]
    for row, i in enumerate(firsts[:-1]):
        batch = slice(i, i + batch_size)
        expected = lesson.gradient(x[batch], y[batch], *history.params[row], loss)
        assert history.column("gradient_weight")[row] == pytest.approx(expected[0], rel=1e-9)
        assert history.column("gradient_bias")[row] == pytest.approx(expected[1], rel=1e-9)


def test_shuffled_epochs_see_every_sample_once() -> None:
    x, y = step(30)
    history = lesson.train(x, y, lesson.Config(n_epochs=2, shuffle=True, record_every=1))
    seen = history.column("next_sample")[:-1].astype(int)
    assert sorted(seen[:30]) == sorted(seen[30:]) == list(range(30))
    assert seen[:30].tolist() != seen[30:].tolist()


# The chain rule


@both_losses
@given(samples(), st.floats(-5, 5), st.floats(-5, 5))
def test_gradient_is_the_slope_of_the_displayed_loss(
    loss: Loss, data: tuple[np.ndarray, np.ndarray], weight: float, bias: float
) -> None:
    x, y = data
    params = torch.tensor([weight, bias], dtype=torch.float64, requires_grad=True)
    t = params[0] * torch.tensor(x) + params[1]
    if loss == "mean_squared_error":
        value = torch.mean((torch.tensor(y) - torch.sigmoid(t)) ** 2)
    else:
        value = torch.nn.functional.binary_cross_entropy_with_logits(t, torch.tensor(y))
    value.backward()  # type: ignore[no-untyped-call]
    assert params.grad is not None
    assert lesson.loss(x, y, weight, bias, loss) == pytest.approx(value.item(), rel=1e-9, abs=1e-12)
    gradient = lesson.gradient(x, y, weight, bias, loss)
    assert gradient == pytest.approx(params.grad.tolist(), rel=1e-6, abs=1e-12)
    h = 1e-5

    def slope(dw: float, db: float) -> float:
        ahead = lesson.loss(x, y, weight + dw, bias + db, loss)
        return (ahead - lesson.loss(x, y, weight - dw, bias - db, loss)) / (2 * h)

    assert gradient == pytest.approx((slope(h, 0), slope(0, h)), rel=1e-6, abs=1e-6)


@both_losses
@given(samples(), st.floats(-50, 50), st.floats(-50, 50))
def test_the_links_multiply_to_the_gradient(
    loss: Loss, data: tuple[np.ndarray, np.ndarray], weight: float, bias: float
) -> None:
    links = lesson.chain(*data, weight, bias, loss)
    product = links.d_y_hat * links.dy_hat_dz
    np.testing.assert_allclose(product, links.d_b, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(product * links.dz_dw, links.d_w, rtol=1e-9, atol=1e-11)
    np.testing.assert_array_equal(links.y_hat, lesson.predict(data[0], weight, bias))


@pytest.mark.parametrize("t", [-800.0, -40.0, -1.0, 0.0, 1.0, 40.0, 800.0])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_cross_entropy_keeps_its_digits_however_far_t_is(t: float, y: float) -> None:
    expected = float(np.logaddexp(0, t)) - y * t
    if (y == 1 and t > 1) or (y == 0 and t < -1):  # where that difference would lose them
        expected = math.exp(-abs(t)) if abs(t) > 30 else math.log1p(math.exp(-abs(t)))
    assert lesson.loss(1, y, t, 0, "binary_cross_entropy") == pytest.approx(expected, rel=1e-12)
    assert lesson.losses([1], [y], [[t, 0]], "binary_cross_entropy")[0] == pytest.approx(
        expected, rel=1e-12
    )
    if abs(t) < 30:
        k = lesson.predict(1, t, 0)
        textbook = -y * math.log(k) - (1 - y) * math.log(1 - k)
        assert expected == pytest.approx(textbook, rel=1e-12)


@both_losses
def test_a_table_of_losses_is_each_loss(loss: Loss) -> None:
    x, y = step(20)
    params = np.random.default_rng(0).normal(0, 10, (30, 2))
    expected = [lesson.loss(x, y, w, b, loss) for w, b in params]
    np.testing.assert_allclose(lesson.losses(x, y, params, loss), expected, rtol=1e-12)


# Saturation


@pytest.mark.parametrize("start_weight", [-20.0, -15.0, -10.0])
def test_a_saturated_start_learns_nothing_with_the_one_and_recovers_with_the_other(
    start_weight: float,
) -> None:
    x, y = step()
    squared, cross = (
        lesson.train(x, y, lesson.Config(loss=loss, start_weight=start_weight)) for loss in LOSSES
    )
    assert abs(squared.params[-1, 0] - start_weight) < 0.2
    assert lesson.accuracy(x, y, *squared.params[-1]) == 0.5
    assert cross.params[-1, 0] > 30
    assert lesson.accuracy(x, y, *cross.params[-1]) == 0.99


# The learning rate up to which no full-batch step raises the loss


@both_losses
def test_the_steepest_curvature_is_the_largest_there_is(loss: Loss) -> None:
    t, h = np.linspace(-10, 10, 40_001), 1e-4
    for y in (0.0, 0.5, 1.0):
        slopes = [lesson.chain(1.0, y, t + d, 0, loss).d_b for d in (-h, h)]
        curvature = np.abs((slopes[1] - slopes[0]) / (2 * h)).max()
        assert curvature <= lesson.STEEPEST[loss] * (1 + 1e-6)
        if y != 0.5:
            assert curvature == pytest.approx(lesson.STEEPEST[loss], rel=1e-6)


@both_losses
@given(samples(), st.floats(-20, 20), st.floats(-20, 20))
@settings(max_examples=50)
def test_up_to_the_safe_rate_no_full_batch_step_raises_the_loss(
    loss: Loss, data: tuple[np.ndarray, np.ndarray], weight: float, bias: float
) -> None:
    config = lesson.Config(
        loss=loss,
        learning_rate=lesson.safe_learning_rate(data[0], loss),
        n_epochs=30,
        batch_size=None,
        record_every=1,
    )
    losses = lesson.train(*data, config, start=[weight, bias]).loss
    assert (np.diff(losses) <= 1e-12 * (1 + losses[:-1])).all()


@both_losses
def test_the_safe_rate_is_2_over_the_bound_of_the_hessian(loss: Loss) -> None:
    x, _ = step()
    inputs = np.column_stack([x, np.ones_like(x)])
    largest = np.linalg.eigvalsh(inputs.T @ inputs / x.size).max()
    assert lesson.safe_learning_rate(x, loss) == pytest.approx(
        2 / (lesson.STEEPEST[loss] * largest)
    )


# Edges


def test_a_squared_error_diverges_only_beyond_all_floats() -> None:
    x = np.array([1e50, -1e50, 1e50])
    history = lesson.train(x, [1, 1, 0], lesson.Config(learning_rate=1e305, start_weight=0))
    assert history.diverged
    assert np.isfinite(history.params).all()
    assert (history.loss <= 1).all()
    calm = lesson.train(x, [1, 1, 0], lesson.Config(learning_rate=100.0))
    assert not calm.diverged


@pytest.mark.parametrize(
    ("y", "told"), [([0, -0.1], "Sample 2 has y = -0.1"), ([2, 3], "Sample 1")]
)
def test_a_target_no_neuron_can_give_is_told_in_one_sentence(y: list[float], told: str) -> None:
    with pytest.raises(InputError, match=rf"^{told}.*from 0 to 1\.$"):
        lesson.train([1, 2], y, lesson.Config())
