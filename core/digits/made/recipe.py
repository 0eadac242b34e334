"""The recipes that learn from made pictures too: SKETCH, the default network, and CNN."""

from dataclasses import dataclass, field
from typing import ClassVar

from core.digits.recipe import (
    LAYER_SIZES,
    check_choice,
    check_fields,
    check_network,
    check_whole_number,
    is_number,
    n_parameters,
)
from core.messages import N_, require

NETWORKS = ("dense", "convolutional")
SOURCES = ("styled", "traced", "no digit")
"""Where made pictures come from: see `core.digits.made.pool`."""
MAX_MADE = 200_000
"""Of each source."""
CONVOLUTIONAL_SIZES = (784, 16 * 14**2, 32 * 7**2, 48, 10)
"""Numbers of neurons of the convolutional network, after pooling."""


@dataclass(frozen=True)
class MadeRecipe:
    """How to train a network on MNIST and on made pictures.

    Cross-entropy and AdamW, a learning rate that rises for a moment and then falls along half a
    cosine, every picture distorted anew each epoch. What is kept is an average over the last
    updates' weights.

    Parameters
    ----------
    name : str
        What to call it, at most 100 characters.
    network : {"dense", "convolutional"}
        Which network of `core.digits.train.torch_network`.
    learning_rate : float
        Above 0, at most 1000.
    batch_size : int
        Pictures per update, 1 to 10,000.
    n_epochs : int
        Passes through the training images of MNIST, 1 to 1000.
    made : dict
        How many pictures to make from each of `SOURCES`, at most 200,000; rounded up to whole
        chunks of `core.digits.made.pool.CHUNK`.
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
    layer_sizes : tuple of int, optional
        Of the dense network, as a `Recipe` has them; the convolutional one has its own.
    activation : {"relu", "leaky_relu", "tanh", "sigmoid"}
        What each hidden neuron does to its sum; the convolutional network's do "relu".

    Raises
    ------
    InputError
        If a value is not allowed.

    Examples
    --------
    >>> SKETCH.network, SKETCH.layer_sizes
    ('dense', (784, 200, 200, 200, 10))
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
    layer_sizes: tuple[int, ...] = ()
    activation: str = "relu"

    def __post_init__(self) -> None:
        if self.layer_sizes == ():
            own = CONVOLUTIONAL_SIZES if self.network == "convolutional" else LAYER_SIZES
            object.__setattr__(self, "layer_sizes", own)
        check_fields(self)
        check_choice("network", self.network, NETWORKS)
        check_whole_number("turns", self.turns, 1, 100)
        if self.network == "dense":
            check_network(self.layer_sizes)
        else:
            require(
                (self.layer_sizes, self.activation) == (CONVOLUTIONAL_SIZES, "relu"),
                N_("The convolutional network has layers of its own and the activation relu."),
            )
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
            check_whole_number(source, n, 1, MAX_MADE)

    @property
    def n_parameters(self) -> int:
        """The weights and biases of the network.

        Examples
        --------
        >>> SKETCH.n_parameters, CNN.n_parameters
        (239410, 80602)
        """
        if self.network == "dense":
            return n_parameters(self.layer_sizes)
        convolutions = 16 * (9 + 1) + 32 * (16 * 9 + 1)
        return convolutions + n_parameters(CONVOLUTIONAL_SIZES[2:])


SKETCH = MadeRecipe("sketch", "dense", 0.002, batch_size=256, n_epochs=100)
"""The default network's recipe."""

CNN = MadeRecipe("cnn", "convolutional", 0.002, batch_size=128, n_epochs=6, averages_shifts=False)
"""A small convolutional network, for comparison."""

MADE_PRESETS = {recipe.name: recipe for recipe in (SKETCH, CNN)}
"""The recipes by name."""
