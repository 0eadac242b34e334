r"""Why one digit and not another: what each pixel of ink adds to the lead of one score.

With ReLU between its layers, a network is a plane as long as no unit switches on or off. So around
one picture x, the lead of one score over another is exactly

.. math:: z_d - z_j = \sum_i x_i \, \frac{\partial (z_d - z_j)}{\partial x_i} + c

The terms of the sum, input times gradient, are what each pixel adds; c is what the biases add. The
gradient is found as in training, by going back through the layers; but it is the gradient for the
pixels, not for the weights.

Tanh and sigmoid bend everywhere, and are flat where a unit is sure: the gradient at the picture
says little there. So it is averaged on the way from blank paper to the picture,

.. math:: z_d - z_j = \sum_i x_i
          \int_0^1 \frac{\partial (z_d - z_j)}{\partial x_i} (\alpha x) \, d\alpha + c

and c is the lead on blank paper: what the biases add there too.
"""

from typing import NamedTuple

import numpy as np

from core.digits.network.activation import ACTIVATION_FUNCTIONS, Floats
from core.digits.network.backward import backward, passed_down
from core.digits.network.model import SHIFTS, Model
from core.messages import N_, InputError


class Evidence(NamedTuple):
    """What speaks for one digit and against another."""

    ink: Floats
    """(28, 28) what each pixel adds to the lead: above 0 for the one, below 0 for the other."""
    biases: float
    """What the biases add; where the activation function is a curve, the lead on blank paper."""
    lead: float
    """The one's score minus the other's: the sum of all the above."""


def evidence(model: Model, pixels: Floats, one: int, other: int) -> Evidence:
    """Split the lead of one digit's score over another's into what each pixel adds.

    Parameters
    ----------
    model : Model
        If it averages over five views of the picture, so does this.
    pixels : ndarray of float32
        (28, 28), from 0 (paper) to 1 (ink); the border is empty.
    one, other : int
        The digits.

    Returns
    -------
    Evidence

    Raises
    ------
    InputError
        If both digits are the same.

    References
    ----------
    A. Shrikumar et al., "Not just a black box: learning important features through propagating
    activation differences", 2016 (gradient × input). M. Sundararajan, A. Taly, Q. Yan, "Axiomatic
    attribution for deep networks", ICML 2017 (its average on the way).

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "modern.safetensors")
    >>> five = mnist.load("train").images[0] / np.float32(255)
    >>> parts = evidence(model, five, 5, 3)
    >>> parts.lead > 0, bool(np.isclose(parts.ink.sum() + parts.biases, parts.lead))
    (True, True)
    """
    if one == other:
        raise InputError(N_("Choose two different digits."))
    direction = np.zeros(10, np.float32)
    direction[one], direction[other] = 1, -1
    leads, gradients = [], []
    for down, right in SHIFTS if model.card.averages_shifts else SHIFTS[:1]:
        view = np.roll(pixels, (down, right), axis=(0, 1))[None]
        leads.append(float(model.logits(view)[0] @ direction))
        gradient = input_gradient(model, on_the_way(model, view), direction).mean(axis=0)
        gradients.append(np.roll(gradient, (-down, -right), axis=(0, 1)))
    ink = np.asarray(pixels * np.mean(gradients, axis=0), np.float32)
    lead = float(np.mean(leads))
    return Evidence(ink, lead - float(ink.sum(dtype=np.float64)), lead)


def on_the_way(model: Model, picture: Floats) -> Floats:
    """Give the pictures at which the gradient for one picture is taken.

    Parameters
    ----------
    model : Model
    picture : ndarray of float32
        (1, 28, 28).

    Returns
    -------
    ndarray of float32
        (1, 28, 28) the picture itself, or (`N_STEPS`, 28, 28) from fainter to fuller ink.
    """
    if ACTIVATION_FUNCTIONS[model.card.activation].is_straight:
        return picture
    ink = (np.arange(N_STEPS, dtype=np.float32) + np.float32(0.5)) / N_STEPS
    return np.asarray(ink[:, None, None] * picture)


N_STEPS = 50
"""Pictures between blank paper and the drawing."""


def input_gradient(model: Model, images: Floats, direction: Floats) -> Floats:
    """Give how a weighted sum of the scores changes with each pixel.

    Parameters
    ----------
    model : Model
    images : ndarray of float32
        (n, 28, 28).
    direction : ndarray of float32
        (10,) the weights of the scores in the sum.

    Returns
    -------
    ndarray of float32
        (n, 28, 28), the gradient of ``direction @ scores`` at each image.
    """
    layers, activation = model.layers(images), model.card.activation
    d_z = np.broadcast_to(direction, (len(images), direction.size))
    _gradients, d_z = backward(layers, model.weights, activation, d_z)
    pixels = passed_down(d_z, model.weights["1.weight"])
    return np.asarray(pixels.reshape(images.shape), np.float32)
