"""The recipes that learn from made pictures too: SKETCH, the default network, and CNN."""

import math
from dataclasses import dataclass, field

from core.digits.made.pool import SOURCES
from core.digits.recipe import LAYER_SIZES, MINIMA
from core.messages import N_, require

NETWORKS = ("dense", "convolutional")


@dataclass(frozen=True)
class MadeRecipe:
    """How to train a network on MNIST and on made pictures.

    Cross-entropy and AdamW, a learning rate that falls along half a cosine, every picture distorted
    anew each epoch. What is kept is an average over the last updates' weights.

    Parameters
    ----------
    name : str
        What to call it.
    network : {"dense", "convolutional"}
        Which network of `core.digits.net`.
    learning_rate : float
        Above 0, of the first updates.
    batch_size : int
        Pictures per update, at least 1.
    n_epochs : int
        Passes through the training images of MNIST, at least 1.
    made : dict
        How many pictures to make from each source of `core.digits.made.pool.SOURCES`.
    turns : int
        The made pictures take turns: each epoch shows one in `turns` of them.
    averaging : float
        The average of the weights keeps this share of itself at each update; from 0 to below 1.
    averages_shifts : bool
        Whether to average the scores over small shifts when reading: see `Model.scores`.
    n_validation : int
        The last so many training images of MNIST are held out.
    seed : int
        Of all chance, at least 0.

    Raises
    ------
    InputError
        If a value is not allowed.

    Examples
    --------
    >>> SKETCH.network, SKETCH.layer_sizes
    ('dense', (784, 200, 200, 200, 10))
    """

    name: str
    network: str
    learning_rate: float
    batch_size: int
    n_epochs: int
    made: dict[str, int] = field(
        default_factory=lambda: {"styled": 48_000, "traced": 48_000, "no digit": 42_000}
    )
    turns: int = 3
    averaging: float = 0.999
    averages_shifts: bool = True
    n_validation: int = 5_000
    seed: int = 0

    def __post_init__(self) -> None:
        require(
            self.network in NETWORKS,
            N_("{name} must be one of {allowed}, not {value}."),
            name="network",
            allowed=", ".join(NETWORKS),
            value=self.network,
        )
        for name, least in {**MINIMA, "turns": 1}.items():
            value = getattr(self, name)
            require(
                isinstance(value, int) and value >= least,
                N_("{name} must be a whole number of at least {least}, not {value}."),
                name=name,
                least=least,
                value=value,
            )

        require(
            0 < self.learning_rate < math.inf,
            N_("learning_rate must be a number above 0, not {value}."),
            value=self.learning_rate,
        )
        require(
            0 <= self.averaging < 1,
            N_("averaging must be at least 0 and below 1, not {value}."),
            value=self.averaging,
        )
        require(
            len(self.made) > 0
            and set(self.made) <= set(SOURCES)
            and all(isinstance(n, int) and n >= 1 for n in self.made.values()),
            N_(
                "made must name sources among {allowed}, each with a whole number of at least 1,"
                " not {value}."
            ),
            allowed=", ".join(SOURCES),
            value=self.made,
        )

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """Numbers of neurons, layer by layer; of the convolutional network, after pooling."""
        return LAYER_SIZES if self.network == "dense" else (784, 16 * 14**2, 32 * 7**2, 48, 10)


SKETCH = MadeRecipe("sketch", "dense", 0.002, batch_size=256, n_epochs=100)
"""The default network's recipe."""

CNN = MadeRecipe("cnn", "convolutional", 0.002, batch_size=128, n_epochs=6, averages_shifts=False)
"""A small convolutional network, for comparison."""

MADE_PRESETS = {recipe.name: recipe for recipe in (SKETCH, CNN)}
"""The recipes by name."""
