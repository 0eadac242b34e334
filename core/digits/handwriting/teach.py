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
from core.digits.network.backward import backward
from core.digits.network.forward import convolutional_layers, dense_layers
from core.digits.network.model import Card, Model
from core.digits.network.temperature import softmax
from core.digits.network.weights import Weights, is_convolutional
from core.digits.train.warp import warp
from core.messages import N_, require

N_UPDATES, N_UPDATES_WITH_MAPS = 150, 100
"""Of a dense network, and of a convolutional one, which takes far longer over each image."""
BATCH, BATCH_WITH_MAPS = 64, 32
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
    n_updates: int,
    *,
    learning_rate: float = LEARNING_RATE,
) -> Weights:
    """Go on training a network on own digits.

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
    has_maps = is_convolutional(weights)
    run, batch = (convolutional_layers, BATCH_WITH_MAPS) if has_maps else (dense_layers, BATCH)
    for update in range(1, n_updates + 1):
        mine = rng.integers(len(own.labels), size=batch)
        images = own.images[mine]
        if beside is not None:
            theirs = rng.integers(len(beside.labels), size=batch)
            images = np.concatenate([images, beside.images[theirs]])
        x = warp(images, rng)
        layers = run(x, learned, activation)
        d_z = softmax(layers[-1]).astype(np.float32)
        d_z[np.arange(batch), own.labels[mine]] -= 1
        before = run(x[batch:], weights, activation)[-1]
        d_z[batch:] = HOLD * (layers[-1][batch:] - before)
        d_z /= len(x)
        gradients, _first = backward(layers, learned, activation, d_z)
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
        If there is no own digit.

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
    own = Digits(
        np.stack([sample.pixels for sample in samples]),
        np.array([sample.label for sample in samples], np.uint8),
    )
    rng = np.random.default_rng(seed)
    n = n_updates(model.card)
    weights = fine_tune(model.weights, model.card.activation, own, beside, rng, n)
    for array in weights.values():
        array.flags.writeable = False
    return dataclasses.replace(model, weights=weights)


def n_updates(card: Card) -> int:
    """Tell how many updates it takes to teach a network.

    Examples
    --------
    >>> from core.digits.network import files
    >>> n_updates(files.read_model(files.FOLDER / "sketch.safetensors").card)
    150
    """
    return N_UPDATES_WITH_MAPS if card.is_convolutional else N_UPDATES
