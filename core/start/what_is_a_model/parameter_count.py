r"""How many parameters a network has: counted layer by layer.

In a fully connected layer each of the :math:`n_\text{out}` neurons has a weight for each of the
:math:`n_\text{in}` numbers that come in, and one bias:

.. math:: n_\text{in} \cdot n_\text{out} + n_\text{out}

The count is fixed, as a rule, when the architecture is chosen; training changes the values only.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from core.messages import N_, require

FORMULAS = {
    "layer": r"n_\text{in} \cdot n_\text{out} + n_\text{out}",
    "network": r"\sum_l \left( n_{l-1} \cdot n_l + n_l \right)",
}
"""The formulas in LaTeX, of one layer and of the network."""

MAX_SIZES = 20
"""The most sizes a network may have here, the input's included."""

MAX_SIZE = 1_000_000
"""The most neurons in a layer here."""

MAX_LETTERS = 200
"""The longest text with sizes."""

SEPARATORS = re.compile(r"->|[-–—−→,，、;；×*\s]|(?<=\d)[xX](?=\d)")
"""What may stand between two sizes."""


class Layer(NamedTuple):
    """One layer of a fully connected network."""

    n_in: int
    """How many numbers come in."""
    n_out: int
    """How many neurons it has, and so how many numbers go out."""

    @property
    def n_weights(self) -> int:
        """One weight for each arrow."""
        return self.n_in * self.n_out

    @property
    def n_params(self) -> int:
        """All weights, and a bias for each neuron."""
        return self.n_weights + self.n_out


def read_sizes(text: str) -> tuple[int, ...]:
    """Read layer sizes as people write them.

    Parameters
    ----------
    text : str
        Whole numbers from the input to the output, between them hyphens, commas, arrows, × or
        blanks; at most 200 letters.

    Returns
    -------
    tuple of int

    Raises
    ------
    InputError
        If something else stands there, or there are too few, too many or too large numbers.

    Examples
    --------
    >>> read_sizes("784-200-200-200-10")
    (784, 200, 200, 200, 10)
    >>> read_sizes("784-many-10")
    Traceback (most recent call last):
    core.messages.InputError: “many” is not a whole number; write sizes such as 784-200-10.
    """
    require(len(text) <= MAX_LETTERS, N_("These sizes have more than {n} letters."), n=MAX_LETTERS)
    words = [word for word in SEPARATORS.split(text) if word]
    for word in words:
        require(
            word.isdecimal(),
            N_("“{word}” is not a whole number; write sizes such as 784-200-10."),
            word=word[:20],
        )
    require(
        2 <= len(words) <= MAX_SIZES,
        N_("A network needs 2 to {limit} sizes, from the input to the output, not {n}."),
        limit=MAX_SIZES,
        n=len(words),
    )
    for word in words:
        require(
            1 <= int(word) <= MAX_SIZE,
            N_("A layer has 1 to {limit} neurons, not {size}."),
            limit=f"{MAX_SIZE:,}",
            size=word[:20],
        )
    return tuple(int(word) for word in words)


def layers(sizes: Sequence[int]) -> list[Layer]:
    """Return the fully connected layers between the sizes.

    Examples
    --------
    >>> [layer.n_params for layer in layers((784, 200, 200, 200, 10))]
    [157000, 40200, 40200, 2010]
    """
    return [Layer(n_in, n_out) for n_in, n_out in pairwise(sizes)]


def count(sizes: Sequence[int]) -> int:
    """Return the number of parameters of a fully connected network.

    Examples
    --------
    >>> count((1, 2, 1)), count((784, 200, 200, 200, 10))
    (7, 239410)
    """
    return sum(layer.n_params for layer in layers(sizes))
