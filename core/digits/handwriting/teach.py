r"""Teach a network a reader's hand: go on training it for a few seconds, on a few own digits.

Each update takes a batch of the own digits, each distorted anew so that ten of them are more than
ten, and as many images of MNIST. Of its own digits the network learns which ones they are, by
cross-entropy; of MNIST's images to go on saying what it said before, by the squared distance to its
old scores:

.. math:: \frac{\partial L}{\partial z_d} = p_d - y_d \qquad\text{or}\qquad
          \frac{\partial L}{\partial z_d} = c \, (z_d - z_d^\text{before})

Taught MNIST's labels instead, its scores grow, and of scribbles it says digits that it refused
before. Adam takes the steps. Numpy is enough, so nobody waits for torch.

References
----------
Z. Li, D. Hoiem, "Learning without forgetting", ECCV 2016, arXiv:1606.09282.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from core.digits.handwriting.asking import Sample
from core.digits.mnist import Digits
from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.forward import dense_layers
from core.digits.network.model import Model
from core.digits.network.temperature import softmax
from core.digits.network.weights import Weights, parameter_names
from core.digits.train.warp import warp
from core.messages import N_, require

N_UPDATES = 150
BATCH = 64
"""Own digits of an update, and as many of MNIST."""
LEARNING_RATE = 0.0003
HOLD = 0.1
"""How much the old scores count: c above."""
MEMORY, MEMORY_OF_SQUARES, TINY = 0.9, 0.999, 1e-8
"""Adam's usual numbers."""


def fine_tune(
    weights: Weights,
    activation: str,
    own: Digits,
    beside: Digits | None,
    rng: np.random.Generator,
    n_updates: int = N_UPDATES,
    *,
    learning_rate: float = LEARNING_RATE,
) -> Weights:
    """Go on training a dense network on own digits.

    Parameters
    ----------
    weights : mapping
        Of the network; they stay as they are.
    activation : str
        A key of `core.digits.network.activation.ACTIVATION_FUNCTIONS`.
    own : Digits
        (n, 28, 28) the own digits and their labels.
    beside : Digits or None
        Images of MNIST to learn again beside them; without any, it may forget.
    rng : Generator
    n_updates : int
    learning_rate : float

    Returns
    -------
    mapping
        The new weights.
    """
    learned = {name: array.copy() for name, array in weights.items()}
    average = {name: np.zeros_like(array) for name, array in weights.items()}
    squares = {name: np.zeros_like(array) for name, array in weights.items()}
    slope = ACTIVATION_FUNCTIONS[activation].slope
    n_layers = len(weights) // 2
    for update in range(1, n_updates + 1):
        mine = rng.integers(len(own.labels), size=BATCH)
        images = own.images[mine]
        if beside is not None:
            theirs = rng.integers(len(beside.labels), size=BATCH)
            images = np.concatenate([images, beside.images[theirs]])
        x = warp(images, rng)
        layers = dense_layers(x, learned, activation)
        d_z = softmax(layers[-1]).astype(np.float32)
        d_z[np.arange(BATCH), own.labels[mine]] -= 1
        before = dense_layers(x[BATCH:], weights, activation)[-1]
        d_z[BATCH:] = HOLD * (layers[-1][BATCH:] - before)
        d_z /= len(x)
        for layer in reversed(range(n_layers)):
            weight, bias = parameter_names(layer)
            gradients = {weight: d_z.T @ layers[layer], bias: d_z.sum(axis=0)}
            if layer > 0:
                d_z = (d_z @ learned[weight]) * slope(layers[layer])
            for name, gradient in gradients.items():
                average[name] += (1 - MEMORY) * (gradient - average[name])
                squares[name] += (1 - MEMORY_OF_SQUARES) * (gradient**2 - squares[name])
                step = average[name] / (1 - MEMORY**update)
                scale = np.sqrt(squares[name] / (1 - MEMORY_OF_SQUARES**update)) + TINY
                learned[name] -= learning_rate * step / scale
    return learned


def teach(
    model: Model, samples: Sequence[Sample], beside: Digits | None, *, seed: int = 0
) -> Model:
    """Teach a network a reader's hand.

    Parameters
    ----------
    model : Model
        A dense network.
    samples : sequence of Sample
        The own digits, at least one.
    beside : Digits or None
        MNIST's training images, or None to learn from the own digits alone.
    seed : int, default=0

    Returns
    -------
    Model
        A new network; temperature and doubts are those of the old one.

    Raises
    ------
    InputError
        If there is no own digit, or the network is a convolutional one.

    Examples
    --------
    >>> from core.digits.network import files
    >>> from core.digits.handwriting.asking import Sample
    >>> old = files.read_model(files.FOLDER / "sketch.safetensors")
    >>> five = Sample(5, (255 * np.eye(28)).astype(np.uint8))  # a hand that writes its 5 like this
    >>> taught = teach(old, [five], None)
    >>> image = np.eye(28, dtype=np.float32)[None]
    >>> int(old.scores(image).argmax()) == 5, int(taught.scores(image).argmax())
    (False, 5)
    """
    require(len(samples) > 0, N_("There is no digit yet."))
    require(
        not model.card.is_convolutional,
        N_("Only a network of dense layers can be taught here: choose another one."),
    )
    own = Digits(
        np.stack([sample.pixels for sample in samples]),
        np.array([sample.label for sample in samples], np.uint8),
    )
    rng = np.random.default_rng(seed)
    weights = fine_tune(model.weights, model.card.activation, own, beside, rng)
    for array in weights.values():
        array.flags.writeable = False
    return dataclasses.replace(model, weights=weights)
