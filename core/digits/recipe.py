"""A recipe: everything that decides how a network is trained. Two are ready: ARTICLE and MODERN."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.messages import N_, require

LAYER_SIZES = (784, 200, 200, 200, 10)
"""28 · 28 pixels, three hidden layers, ten digits."""


@dataclass(frozen=True)
class Recipe:
    """How to train a network on MNIST.

    Parameters
    ----------
    name : str
        What to call it.
    loss : {"mean_squared_error", "cross_entropy"}
        The first compares the ten scores with a one-hot target, averaged over all scores.
    optimiser : {"sgd", "adam"}
        Plain stochastic gradient descent, or Adam.
    learning_rate : float
        Above 0; where `schedule` is "cosine", the rate of the first update.
    batch_size : int
        Images per update, at least 1; the last batch of an epoch may be smaller.
    n_epochs : int
        Passes through the training images, at least 1.
    schedule : {"constant", "cosine"}
        Keep the learning rate, or let it fall to 0 along half a cosine.
    distortion : float
        From 0 to 0.5: how far each training image is shifted, turned, sheared and scaled at random,
        anew each epoch. 0.1 means up to about 0.1 radians and 10 % of the size; 0 leaves it alone.
    n_validation : int
        The last so many training images are held out: they choose the best epoch.
    seed : int
        Of the start, the shuffling and the distortion; at least 0.
    layer_sizes : tuple of int
        The network, from 784 pixels to 10 scores.

    Raises
    ------
    InputError
        If a value is not allowed.

    Examples
    --------
    >>> ARTICLE.learning_rate, ARTICLE.batch_size, ARTICLE.n_epochs
    (1.0, 6000, 200)
    """

    name: str
    loss: str
    optimiser: str
    learning_rate: float
    batch_size: int
    n_epochs: int
    schedule: str = "constant"
    distortion: float = 0.0
    n_validation: int = 5_000
    seed: int = 0
    layer_sizes: tuple[int, ...] = LAYER_SIZES

    def __post_init__(self) -> None:
        for field, allowed in CHOICES.items():
            value = getattr(self, field)
            require(
                value in allowed,
                N_("{name} must be one of {allowed}, not {value}."),
                name=field,
                allowed=", ".join(allowed),
                value=value,
            )
        for field, least in MINIMA.items():
            value = getattr(self, field)
            require(
                isinstance(value, int) and value >= least,
                N_("{name} must be a whole number of at least {least}, not {value}."),
                name=field,
                least=least,
                value=value,
            )
        require(
            self.seed < 2**63,
            N_("{name} must be below 2⁶³, not {value}."),
            name="seed",
            value=self.seed,
        )
        require(
            0 < self.learning_rate < math.inf,
            N_("learning_rate must be a number above 0, not {value}."),
            value=self.learning_rate,
        )
        require(
            0 <= self.distortion <= 0.5,
            N_("distortion must be from 0 to 0.5, not {value}."),
            value=self.distortion,
        )
        check_layer_sizes(self.layer_sizes)
        require(
            (self.layer_sizes[0], self.layer_sizes[-1]) == (784, 10),
            N_("layer_sizes must start with 784 pixels and end with 10 scores, not {value}."),
            value=self.layer_sizes,
        )


CHOICES = {
    "loss": ("mean_squared_error", "cross_entropy"),
    "optimiser": ("sgd", "adam"),
    "schedule": ("constant", "cosine"),
}
MINIMA = {"batch_size": 1, "n_epochs": 1, "n_validation": 1, "seed": 0}


def check_layer_sizes(layer_sizes: Sequence[int]) -> None:
    """Raise an InputError unless there are at least two sizes, each a whole number above 0.

    Examples
    --------
    >>> check_layer_sizes((784, 10))
    """
    require(
        len(layer_sizes) >= 2 and all(isinstance(n, int) and n >= 1 for n in layer_sizes),
        N_("layer_sizes must be two or more whole numbers of at least 1, not {value}."),
        value=tuple(layer_sizes),
    )


ARTICLE = Recipe("article", "mean_squared_error", "sgd", 1.0, batch_size=6000, n_epochs=200)
"""The article's recipe: the squared distance to a one-hot target, and plain SGD."""

MODERN = Recipe(
    "modern",
    "cross_entropy",
    "adam",
    0.002,
    batch_size=256,
    n_epochs=30,
    schedule="cosine",
    distortion=0.1,
)
"""What one would choose today for the same network."""

PRESETS = {recipe.name: recipe for recipe in (ARTICLE, MODERN)}
"""The recipes by name."""
