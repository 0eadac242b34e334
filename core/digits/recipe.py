"""A recipe: everything that decides how a network is trained.

A `Recipe` learns from MNIST; three are ready: ARTICLE, MODERN and CONVOLUTIONAL. A `MadeRecipe`
learns from made pictures too: SKETCH, the default network, and CNN.
"""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from core.digits.network.shapes import (
    LAYER_SIZES,
    check_network,
    in_words,
    n_parameters,
    n_products,
)
from core.hyperparameters import check_choice, check_number, check_whole, is_number
from core.messages import N_, require

CHOICES = {
    "loss": ("mean_squared_error", "cross_entropy"),
    "activation": ("relu", "leaky_relu", "tanh", "sigmoid"),
    "optimiser": ("sgd", "momentum", "adam", "adamw"),
    "schedule": ("constant", "cosine"),
}
"""What the words of a recipe may be."""

WHOLE_NUMBERS = {
    "batch_size": (1, 10_000),
    "n_epochs": (1, 1_000),
    "n_images": (1, 60_000),
    "n_validation": (1, 59_999),
    "seed": (0, 2**63 - 1),
}
"""The least and the most of its whole numbers: no update takes more than a few seconds."""

NUMBERS: dict[str, tuple[float, float]] = {
    "weight_decay": (0, 10),
    "dropout": (0, 0.9),
    "distortion": (0, 0.5),
}
"""The least and the most of its other numbers."""

MAX_LEARNING_RATE = 1_000

SOURCES = ("styled", "traced", "no digit")
"""Where made pictures come from: see `core.digits.train.made.pool`."""
MAX_MADE = 200_000
"""Of each source."""


class OfNetwork:
    """What both kinds of recipe tell of their network."""

    layer_sizes: tuple[int, ...]
    channels: tuple[int, ...]
    kernel_size: int

    @property
    def is_convolutional(self) -> bool:
        """Whether the first layers slide the same few weights over the picture."""
        return len(self.channels) > 0

    @property
    def n_parameters(self) -> int:
        """The weights and biases of the network.

        Examples
        --------
        >>> ARTICLE.n_parameters, CNN.n_parameters
        (239410, 80602)
        """
        return n_parameters(self.layer_sizes, self.channels, self.kernel_size)

    @property
    def n_products(self) -> list[int]:
        """Products of a weight with an input for one image, layer by layer.

        Examples
        --------
        >>> ARTICLE.n_products
        [156800, 40000, 40000, 2000]
        """
        return n_products(self.layer_sizes, self.channels, self.kernel_size)

    @property
    def network(self) -> str:
        """The network's layers as the field writes them.

        Examples
        --------
        >>> ARTICLE.network, CNN.network
        ('784-200-200-200-10', '784-16@14×14-32@7×7-48-10 (3×3)')
        """
        return in_words(self.layer_sizes, self.channels, self.kernel_size)


@dataclass(frozen=True)
class Recipe(OfNetwork):
    """How to train a network on MNIST.

    Parameters
    ----------
    name : str
        What to call it, at most 100 characters.
    loss : {"mean_squared_error", "cross_entropy"}
        The first compares the ten scores with a one-hot target, averaged over all scores.
    optimiser : {"sgd", "momentum", "adam", "adamw"}
        Plain stochastic gradient descent, the same with a momentum of 0.9, Adam, or AdamW.
    learning_rate : float
        Above 0, at most 1000; where `schedule` is "cosine", the rate of the first update.
    batch_size : int
        Images per update, 1 to 10,000; the last batch of an epoch may be smaller.
    n_epochs : int
        Passes through the training images, 1 to 1000.
    schedule : {"constant", "cosine"}
        Keep the learning rate, or let it fall to 0 along half a cosine.
    distortion : float
        From 0 to 0.5: how far each training image is shifted, turned, sheared and scaled at random,
        anew each epoch. 0.1 means up to about 0.1 radians and 10 % of the size; 0 leaves it alone.
    n_validation : int
        The last so many training images are held out, 1 to 59,999: they choose the best epoch.
    seed : int
        Of all chance, from 0 to below 2⁶³.
    layer_sizes : tuple of int
        The network: 784 pixels, up to four hidden layers of 1 to 1024 neurons, 10 scores.
        After convolutions these are the dense layers at the end, and the first reads the last maps.
    activation : {"relu", "leaky_relu", "tanh", "sigmoid"}
        What each hidden neuron does to its sum.
    weight_decay : float
        From 0 to 10. AdamW shrinks weights and biases by this share of the learning rate at each
        update; the others add it times the parameter to the gradient.
    dropout : float
        From 0 to 0.9: the share of what a dense layer reads, pixels excepted, that is set to 0 at
        random in each update.
    n_images : int
        Learn from the first so many of the images that are not held out, 1 to 60,000; from all of
        them where there are fewer.
    channels : tuple of int
        Of up to three blocks, each a convolution and a pooling that halves each side: 1 to 64
        channels. Without any, the network is dense.
    kernel_size : {3, 5, 7}
        The side of the convolutions' kernels; zeros around a picture keep its size.

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
    activation: str = "relu"
    weight_decay: float = 0.0
    dropout: float = 0.0
    n_images: int = 60_000
    channels: tuple[int, ...] = ()
    kernel_size: int = 3

    averaging: ClassVar[float] = 0.0
    """What is kept are the weights themselves, not an average as in a `MadeRecipe`."""
    warm_up: ClassVar[int] = 0

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True)
class MadeRecipe(OfNetwork):
    """How to train a network on MNIST and on made pictures.

    Cross-entropy and AdamW, a learning rate that rises for a moment and then falls along half a
    cosine, every picture distorted anew each epoch. What is kept is an average over the last
    updates' weights.

    Parameters
    ----------
    name : str
        What to call it, at most 100 characters.
    learning_rate : float
        Above 0, at most 1000.
    batch_size : int
        Pictures per update, 1 to 10,000.
    n_epochs : int
        Passes through the training images of MNIST, 1 to 1000.
    made : dict
        How many pictures to make from each of `SOURCES`, at most 200,000; rounded up to whole
        chunks of `core.digits.train.made.pool.CHUNK`.
    turns : int
        The made pictures take turns: each epoch shows one in `turns` of them; 1 to 100.
    averaging : float
        The average of the weights keeps this share of itself at each update, less during the first
        ones; from 0 to below 1.
    averages_shifts : bool
        Whether to average the scores over small shifts when reading: see `Model.scores`.
    n_validation : int
        The last so many training images of MNIST are held out, 1 to 59,999.
    seed : int
        Of all chance but that which makes the pictures, from 0 to below 2⁶³.
    layer_sizes : tuple of int
    activation : {"relu", "leaky_relu", "tanh", "sigmoid"}
    channels : tuple of int
    kernel_size : {3, 5, 7}
        The network, as a `Recipe` has it.

    Raises
    ------
    InputError
        If a value is not allowed.

    Examples
    --------
    >>> SKETCH.layer_sizes, CNN.channels
    ((784, 200, 200, 200, 10), (16, 32))
    """

    loss: ClassVar[str] = "cross_entropy"
    optimiser: ClassVar[str] = "adamw"
    schedule: ClassVar[str] = "cosine"
    warm_up: ClassVar[int] = 500
    """Updates during which the learning rate rises."""
    weight_decay: ClassVar[float] = 0.01
    dropout: ClassVar[float] = 0.0
    n_images: ClassVar[int] = 60_000

    name: str
    learning_rate: float
    batch_size: int
    n_epochs: int
    made: dict[str, int] = dataclasses.field(
        default_factory=lambda: {"styled": 48_000, "traced": 48_000, "no digit": 42_000}
    )
    turns: int = 3
    averaging: float = 0.999
    averages_shifts: bool = True
    n_validation: int = 5_000
    seed: int = 0
    layer_sizes: tuple[int, ...] = LAYER_SIZES
    activation: str = "relu"
    channels: tuple[int, ...] = ()
    kernel_size: int = 3

    def __post_init__(self) -> None:
        check_fields(self)
        check_whole("turns", self.turns, 1, 100)
        require(
            is_number(self.averaging) and 0 <= self.averaging < 1,
            N_("averaging must be at least 0 and below 1, not {value}."),
            value=self.averaging,
        )
        require(
            isinstance(self.averages_shifts, bool),
            N_("averages_shifts must be true or false, not {value}."),
            value=self.averages_shifts,
        )
        require(
            isinstance(self.made, dict) and len(self.made) > 0,
            N_("made must say how many pictures to make, not {value}."),
            value=self.made,
        )
        for source, n in self.made.items():
            check_choice("made", source, SOURCES)
            check_whole(source, n, 1, MAX_MADE)


def check_fields(recipe: Recipe | MadeRecipe) -> None:
    """Raise an InputError unless every field that the two kinds of recipe share is allowed."""
    require(
        isinstance(recipe.name, str) and 1 <= len(recipe.name) <= 100,
        N_("A recipe's name must be a text of 1 to 100 characters."),
    )
    require(
        is_number(recipe.learning_rate) and 0 < recipe.learning_rate <= MAX_LEARNING_RATE,
        N_("learning_rate must be a number above 0, at most {most}, not {value}."),
        most=MAX_LEARNING_RATE,
        value=recipe.learning_rate,
    )
    values = {field.name: getattr(recipe, field.name) for field in dataclasses.fields(recipe)}
    for name, allowed in CHOICES.items():
        if name in values:
            check_choice(name, values[name], allowed)
    for name, (least, most) in WHOLE_NUMBERS.items():
        if name in values:
            check_whole(name, values[name], least, most)
    for name, limits in NUMBERS.items():
        if name in values:
            check_number(name, values[name], *limits)
    check_network(recipe.layer_sizes, recipe.channels, recipe.kernel_size, recipe.batch_size)


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

CONVOLUTIONAL = Recipe(
    "convolutional",
    "cross_entropy",
    "adam",
    0.003,
    batch_size=64,
    n_epochs=3,
    schedule="cosine",
    distortion=0.1,
    layer_sizes=(784, 10),
    channels=(8, 16),
    kernel_size=5,
)
"""Few numbers, used at every place of the picture: a small convolutional network."""

PRESETS = {recipe.name: recipe for recipe in (ARTICLE, MODERN, CONVOLUTIONAL)}
"""The recipes that learn from MNIST, by name."""

SKETCH = MadeRecipe("sketch", 0.002, batch_size=256, n_epochs=100)
"""The default network's recipe."""

CNN = MadeRecipe(
    "cnn",
    0.002,
    batch_size=128,
    n_epochs=6,
    averages_shifts=False,
    layer_sizes=(784, 48, 10),
    channels=(16, 32),
)
"""A small convolutional network, for comparison."""

MADE_PRESETS = {recipe.name: recipe for recipe in (SKETCH, CNN)}
"""Those that learn from made pictures too."""


def learning_rate_at(recipe: Recipe | MadeRecipe, update: int, n_updates: int) -> float:
    """Give the learning rate of one update.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    update : int
        0 for the first.
    n_updates : int
        Of the whole run.

    Returns
    -------
    float

    Examples
    --------
    >>> [learning_rate_at(ARTICLE, update, 2000) for update in (0, 1000, 1999)]
    [1.0, 1.0, 1.0]
    >>> [round(learning_rate_at(MODERN, update, 2000), 6) for update in (0, 1000, 1999)]
    [0.002, 0.001, 0.0]
    """
    rate = recipe.learning_rate
    if update < recipe.warm_up:
        rate *= (update + 1) / recipe.warm_up
    if recipe.schedule == "cosine":
        rate *= (1 + math.cos(math.pi * update / n_updates)) / 2
    return rate


def to_dict(recipe: Recipe | MadeRecipe) -> dict[str, object]:
    """Give a recipe as JSON can hold it; a dense network's has no word of convolutions.

    Examples
    --------
    >>> to_dict(ARTICLE)["layer_sizes"]
    [784, 200, 200, 200, 10]
    >>> to_dict(CNN)["channels"], "channels" in to_dict(ARTICLE)
    ([16, 32], False)
    """
    values = {name: plain(value) for name, value in dataclasses.asdict(recipe).items()}
    if not recipe.is_convolutional:
        del values["channels"], values["kernel_size"]
    return values


def plain(value: object) -> object:
    """Give a field's value as JSON can hold it: a list for a tuple, Python's numbers for numpy's.

    Examples
    --------
    >>> plain((784, 10)), plain({"styled": np.int64(500)})
    ([784, 10], {'styled': 500})
    """
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def from_dict(data: object) -> Recipe | MadeRecipe:
    """Make a recipe of what `to_dict` gave; a field that is missing gets its default.

    Parameters
    ----------
    data : object
        What JSON held: by right a mapping. One that names made pictures is a MadeRecipe.

    Returns
    -------
    Recipe or MadeRecipe

    Raises
    ------
    InputError
        If it is no recipe.

    Examples
    --------
    >>> from_dict(to_dict(MODERN)) == MODERN
    True
    """
    require(isinstance(data, Mapping), N_("A recipe must be an object with named values."))
    assert isinstance(data, Mapping)
    kind = MadeRecipe if "made" in data else Recipe
    if kind is MadeRecipe:
        data = without_kind(data)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for name in data:
        require(name in fields, N_("A recipe has no value named {name}."), name=name)
    for name, field in fields.items():
        has_default = not (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        require(name in data or has_default, N_("A recipe must have a {name}."), name=name)
    values = dict(data)
    for name in ("layer_sizes", "channels"):
        if isinstance(values.get(name), list):
            values[name] = tuple(values[name])
    return kind(**values)


def without_kind(data: Mapping[str, Any]) -> dict[str, Any]:
    """Say by its channels what a recipe of 0.1 with made pictures said by a kind of network."""
    values = dict(data)
    if values.pop("network", "dense") == "convolutional":
        values |= {"layer_sizes": CNN.layer_sizes, "channels": CNN.channels}
    return values
