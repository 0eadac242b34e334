import dataclasses

import numpy as np
import pytest
import torch

from core.digits.image.preparation import to_mnist
from core.digits.network.forward import dense_layers
from core.digits.network.model import Model
from core.digits.sketch.why import evidence, input_gradient
from core.messages import InputError
from tests.core.digits.networks import (
    SHAPES,
    WITH_CONVOLUTIONS,
    as_torch,
    random_convolutional,
    random_dense,
)
from tests.core.digits.strokes import draw


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_the_gradient_is_autograds_for_any_activation_and_layers(activation, hidden, images):
    check_gradient(random_dense(*hidden, activation=activation, seed=3), images, atol=1e-5)


@pytest.mark.parametrize("changes", WITH_CONVOLUTIONS, ids=str)
def test_the_gradient_is_autograds_through_convolutions(changes, images):
    """On MNIST's images blank paper gives equal values to pool: of those the first gets all."""
    check_gradient(random_convolutional(**changes), images, atol=2e-5)


def check_gradient(model, images, atol):
    direction = np.zeros(10, np.float32)
    direction[7], direction[1] = 1, -1
    x = torch.from_numpy(images.copy()).requires_grad_()
    (as_torch(model)(x) @ torch.from_numpy(direction)).sum().backward()
    ours = input_gradient(model, images, direction)
    assert np.abs(ours).max() > 1e-4
    np.testing.assert_allclose(ours, x.grad.numpy(), atol=atol)


@pytest.mark.parametrize("shifts", [False, True])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_with_a_curve_ink_adds_up_to_what_the_drawing_changed(activation, hidden, shifts, images):
    """The lead is what it is on blank paper, and what the ink adds on the way to the drawing."""
    model = random_dense(*hidden, activation=activation, averages_shifts=shifts, spread=3)
    blank = model.logits(np.zeros((1, 28, 28), np.float32))[0]
    for pixels in images[:3]:
        scores = model.scores(pixels[None])[0]
        parts = evidence(model, pixels, 7, 1)
        assert parts.lead == pytest.approx(scores[7] - scores[1], abs=1e-4)
        assert parts.ink.sum() + parts.biases == pytest.approx(parts.lead, abs=1e-4)
        assert parts.biases == pytest.approx(blank[7] - blank[1], abs=0.02 * (1 + abs(parts.lead)))
        assert not parts.ink[pixels == 0].any()


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_with_straight_pieces_the_biases_are_all_that_ink_leaves(activation, images):
    """Without biases, such a network of twice the ink gives twice the scores: ink is all."""
    model = random_dense(20, 20, activation=activation)
    weights = {name: v * np.float32("weight" in name) for name, v in model.weights.items()}
    parts = evidence(Model(weights, model.card), images[0], 7, 1)
    assert abs(parts.lead) > 0.01
    assert parts.biases == pytest.approx(0, abs=1e-4)


def test_ink_and_biases_add_up_to_the_lead_of_the_averaged_scores(model, images):
    assert model.card.averages_shifts
    for pixels in images[:3]:
        scores = model.scores(pixels[None])[0]
        parts = evidence(model, pixels, 7, 1)
        assert parts.lead == pytest.approx(scores[7] - scores[1], abs=1e-4)
        assert parts.ink.sum() + parts.biases == pytest.approx(parts.lead, abs=1e-4)
        assert not parts.ink[pixels == 0].any()
        turned = evidence(model, pixels, 1, 7)
        np.testing.assert_allclose(turned.ink, -parts.ink, atol=1e-6)


def test_without_biases_ink_is_all(dense, images):
    silent = {name: v * ("weight" in name) for name, v in dense.weights.items()}
    parts = evidence(Model(silent, dense.card), images[0], 7, 1)
    assert parts.biases == pytest.approx(0, abs=1e-4)


def test_a_pixel_adds_what_a_little_less_ink_takes_away(dense):
    model = Model(dense.weights, dataclasses.replace(dense.card, averages_shifts=False))
    pixels = to_mnist(draw(7))
    parts = evidence(model, pixels, 7, 1)
    row, column = np.unravel_index(np.abs(parts.ink).argmax(), (28, 28))
    less = pixels.astype(np.float64)
    less[row, column] *= 1 - 1e-3
    wide = {name: value.astype(np.float64) for name, value in model.weights.items()}
    before, after = (dense_layers(x[None].astype(np.float64), wide)[-1][0] for x in (pixels, less))
    lost = (before[7] - before[1]) - (after[7] - after[1])
    assert lost == pytest.approx(1e-3 * parts.ink[row, column], rel=1e-2)


def test_two_equal_digits_are_refused(dense, images):
    with pytest.raises(InputError, match="two different digits"):
        evidence(dense, images[0], 3, 3)
