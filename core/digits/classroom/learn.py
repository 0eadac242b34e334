"""What a network learns of a class: it goes on from what it knew, or begins with nothing."""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

from core.digits.handwriting import teach
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.teach import fine_tune
from core.digits.mnist import Digits
from core.digits.network.model import Card, Model
from core.digits.network.shapes import parameter_shapes
from core.digits.network.weights import Weights
from core.messages import N_, require

N_FROM_NOTHING, N_FROM_NOTHING_WITH_MAPS = 400, 100
"""Updates of a network that begins with nothing: of a dense one, and of a convolutional one."""

RATE_FROM_NOTHING = 0.001
"""Its learning rate: there is nothing yet that larger steps could spoil."""


def learn(
    model: Model,
    samples: Sequence[Sample],
    beside: Digits | None,
    *,
    from_nothing: bool = False,
    seed: int = 0,
) -> Model:
    """Let a network learn the digits of a class.

    Parameters
    ----------
    model : Model
    samples : sequence of Sample
        What it learns from, at least one.
    beside : Digits or None
        MNIST's training images, of which it is to go on saying what it said; None: the class alone.
    from_nothing : bool, default=False
        It begins with weights drawn by chance, and learns from the class alone.
    seed : int, default=0

    Returns
    -------
    Model
        A new network. One that began with nothing refuses nothing: what it would have to doubt is
        not known.

    Raises
    ------
    InputError
        If there is no digit.

    Examples
    --------
    >>> from core.digits.network import files
    >>> old = files.read_model(files.FOLDER / "article.safetensors")
    >>> five = Sample(5, (255 * np.eye(28)).astype(np.uint8))  # a class that writes its 5 like this
    >>> new = learn(old, [five], None)
    >>> int(new.scores(np.eye(28, dtype=np.float32)[None]).argmax())
    5
    """
    require(len(samples) > 0, N_("There is no digit to learn from yet."))
    rng = np.random.default_rng(seed)
    own = Digits(
        np.stack([sample.pixels for sample in samples]),
        np.array([sample.label for sample in samples], np.uint8),
    )
    card, activation = model.card, model.card.activation
    updates = n_updates(card, from_nothing=from_nothing)
    if from_nothing:
        weights: Weights = drawn_weights(card, rng)
        weights = fine_tune(
            weights, activation, own, None, rng, updates, learning_rate=RATE_FROM_NOTHING
        )
        card = dataclasses.replace(
            card, temperature=1.0, least_probability=0.0, least_evidence=None, averages_shifts=False
        )
    else:
        weights = fine_tune(model.weights, activation, own, beside, rng, updates)
    for array in weights.values():
        array.flags.writeable = False
    return Model(weights, card)


def drawn_weights(card: Card, rng: np.random.Generator) -> Weights:
    """Draw the weights of a network that knows nothing, as He et al. do; its biases are 0.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, arXiv:1502.01852.
    """
    drawn = {}
    shapes = parameter_shapes(card.layer_sizes, card.channels, card.kernel_size)
    for name, shape in shapes.items():
        scale = np.sqrt(2 / math.prod(shape[1:])) if len(shape) > 1 else 0.0
        drawn[name] = (scale * rng.standard_normal(shape)).astype(np.float32)
    return drawn


def n_updates(card: Card, *, from_nothing: bool) -> int:
    """Tell how many updates it takes."""
    if not from_nothing:
        return teach.n_updates(card)
    return N_FROM_NOTHING_WITH_MAPS if card.is_convolutional else N_FROM_NOTHING
