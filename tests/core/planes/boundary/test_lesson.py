import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.curves import sigmoid_neuron
from core.messages import InputError
from core.planes import boundary as lesson
from core.planes.boundary import Loss
from core.planes.points import two_classes

LOSSES: list[Loss] = ["mean_squared_error", "binary_cross_entropy"]

both_losses = pytest.mark.parametrize("loss", LOSSES)
targets = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
Pair = tuple[np.ndarray, np.ndarray]


@st.composite
def samples(draw: st.DrawFn, most: float = 10.0) -> Pair:
    n = draw(st.integers(1, 6))
    x = draw(arrays(np.float64, (n, 2), elements=st.floats(-most, most)))
    return x, draw(arrays(np.float64, n, elements=targets))


def plain_python(x: np.ndarray, y: np.ndarray, config: lesson.Config) -> np.ndarray:
    """The links of the chain, sample by sample, from the formulas as they are taught."""
    w1, w2, b = config.start_weight_1, config.start_weight_2, config.start_bias
    rng = np.random.default_rng(config.seed)
    size = y.size if config.batch_size is None else config.batch_size
    params = [(w1, w2, b)]
    for _ in range(config.n_epochs):
        order = rng.permutation(y.size) if config.shuffle and size < y.size else range(y.size)
        for first in range(0, y.size, size):
            batch = order[first : first + size]
            slopes = np.zeros(3)
            for i in batch:
                y_hat = 1 / (1 + math.exp(-(w1 * x[i, 0] + w2 * x[i, 1] + b)))
                link = -2 * (y[i] - y_hat)
                if config.loss == "binary_cross_entropy":
                    link = (y_hat - y[i]) / (y_hat * (1 - y_hat))
                slopes += link * y_hat * (1 - y_hat) * np.array([*x[i], 1.0]) / len(batch)
            w1, w2, b = np.array([w1, w2, b]) - config.learning_rate * slopes
            params.append((w1, w2, b))
    return np.array(params)


@both_losses
@pytest.mark.parametrize(
    ("batch_size", "shuffle"), [(1, False), (1, True), (7, True), (None, False), (1000, True)]
)
def test_equals_a_plain_loop_over_the_formulas(
    loss: Loss, batch_size: int | None, shuffle: bool
) -> None:
    points = two_classes("slanted", 40)
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
        history, expected = lesson.train(*points, config), plain_python(*points, config)
        np.testing.assert_allclose(history.params, expected, 0, 1e-9, err_msg=str(config))
        losses = [lesson.loss(*points, *params, loss) for params in history.params]
        np.testing.assert_allclose(history.loss, losses, 1e-12, err_msg=str(config))


@both_losses
def test_it_is_the_sigmoid_neuron_where_the_second_input_is_0(loss: Loss) -> None:
    x, y = two_classes("slanted", 40)
    config = lesson.Config(loss=loss, n_epochs=5, batch_size=7, record_every=1)
    ours = lesson.train(np.column_stack([x[:, 0], np.zeros(y.size)]), y, config)
    theirs = sigmoid_neuron.train(
        x[:, 0],
        y,
        sigmoid_neuron.Config(
            loss=loss,
            n_epochs=5,
            batch_size=7,
            shuffle=True,
            record_every=1,
            start_weight=config.start_weight_1,
            start_bias=config.start_bias,
        ),
    )
    np.testing.assert_allclose(ours.params[:, [0, 2]], theirs.params, rtol=1e-12)
    assert (ours.params[:, 1] == config.start_weight_2).all()


@both_losses
@pytest.mark.parametrize("batch_size", [1, 20])
def test_the_next_sample_begins_the_batch_of_the_next_gradient(loss: Loss, batch_size: int) -> None:
    x, y = two_classes(n_samples=60)
    config = lesson.Config(
        loss=loss, n_epochs=2, batch_size=batch_size, shuffle=False, record_every=1
    )
    history = lesson.train(x, y, config)
    firsts = history.column("next_sample").astype(int)
    assert firsts.tolist() == [*range(0, 60, batch_size)] * 2 + [-1]
    for row, i in enumerate(firsts[:-1]):
        batch = slice(i, i + batch_size)
        expected = lesson.gradient(x[batch], y[batch], *history.params[row], loss)
        recorded = [history.column(f"gradient_{name}")[row] for name in history.param_names]
        assert recorded == pytest.approx(expected, rel=1e-9)


# The chain rule


@both_losses
@given(samples(), st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3))
def test_gradient_is_the_slope_of_the_displayed_loss(
    loss: Loss, data: Pair, weight_1: float, weight_2: float, bias: float
) -> None:
    x, y = data
    at = np.array([weight_1, weight_2, bias])
    params = torch.tensor(at, requires_grad=True)
    z = torch.tensor(x) @ params[:2] + params[2]
    if loss == "mean_squared_error":
        value = torch.mean((torch.tensor(y) - torch.sigmoid(z)) ** 2)
    else:
        value = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor(y))
    value.backward()  # type: ignore[no-untyped-call]
    assert params.grad is not None
    assert lesson.loss(x, y, *at, loss) == pytest.approx(value.item(), rel=1e-9, abs=1e-12)
    gradient = lesson.gradient(x, y, *at, loss)
    assert gradient == pytest.approx(params.grad.tolist(), rel=1e-6, abs=1e-12)
    h = 1e-5
    central = [
        (lesson.loss(x, y, *(at + step), loss) - lesson.loss(x, y, *(at - step), loss)) / (2 * h)
        for step in h * np.eye(3)
    ]
    assert gradient == pytest.approx(central, rel=1e-5, abs=1e-6)


@both_losses
@given(st.floats(-30, 30), targets)
def test_the_first_two_links_multiply_as_the_page_says(loss: Loss, z: float, y: float) -> None:
    y_hat = 1 / (1 + math.exp(-z))
    flat = y_hat * (1 / (1 + math.exp(z)))  # 1 − ŷ, with all its digits
    link = -2 * (y - y_hat) * flat if loss == "mean_squared_error" else y_hat - y
    assert float(lesson.slopes(z, y, loss)) == pytest.approx(link, rel=1e-9, abs=1e-15)


# The line


@given(st.floats(0.1, 5), st.floats(0, 2 * math.pi), st.floats(-5, 5), st.floats(-10, 10))
def test_the_weights_stand_perpendicular_to_the_line_where_the_answer_is_a_half(
    length: float, angle: float, bias: float, along: float
) -> None:
    weights = length * np.array([math.cos(angle), math.sin(angle)])
    foot = -bias / length**2 * weights
    on_the_line = foot + along * np.array([-math.sin(angle), math.cos(angle)])
    assert lesson.predict(on_the_line, *weights, bias) == pytest.approx(0.5, abs=1e-9)
    beyond = lesson.predict(on_the_line + weights, *weights, bias)
    assert beyond == pytest.approx(1 / (1 + math.exp(-(length**2))), rel=1e-9)


# The learning rate up to which no full-batch step raises the loss


def test_the_steepest_curvature_is_the_sigmoid_neurons() -> None:
    assert lesson.STEEPEST == sigmoid_neuron.STEEPEST


@both_losses
@given(samples(), arrays(float, 3, elements=st.floats(-20, 20)))
@settings(max_examples=50)
def test_up_to_the_safe_rate_no_full_batch_step_raises_the_loss(
    loss: Loss, data: Pair, start: np.ndarray
) -> None:
    config = lesson.Config(
        loss=loss,
        learning_rate=lesson.safe_learning_rate(data[0], loss),
        n_epochs=30,
        batch_size=None,
        record_every=1,
    )
    losses = lesson.train(*data, config, start=start).loss
    assert (np.diff(losses) <= 1e-12 * (1 + losses[:-1])).all()


@pytest.mark.parametrize(
    ("y", "told"), [([0, -0.1], "Sample 2 has y = -0.1"), ([2, 3], "Sample 1")]
)
def test_a_target_no_neuron_can_give_is_told_in_one_sentence(y: list[float], told: str) -> None:
    with pytest.raises(InputError, match=rf"^{told}.*from 0 to 1\.$"):
        lesson.train([[1, 2], [3, 4]], y, lesson.Config())
