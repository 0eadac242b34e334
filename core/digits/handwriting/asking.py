"""Ask a reader for digits: which one to write next, and what is kept of it.

A digit is kept as the 28×28 pixels that the network sees, with the label that was asked for: small,
and scored by each network in the same way as MNIST is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.image.preparation import to_mnist
from core.messages import N_, require

ROUNDS = (1, 3)
"""How often each digit may be asked for."""
MOST = 10 * max(ROUNDS)
"""So many digits are kept at most."""


@dataclass(frozen=True, eq=False)
class Sample:
    """One written digit."""

    label: int
    """The digit that was asked for, 0 to 9."""
    pixels: npt.NDArray[np.uint8]
    """(28, 28) what the network sees, 0 is paper and 255 is ink; read-only."""


def to_ask(rounds: int, *, shuffled: bool = False, seed: int = 0) -> list[int]:
    """List the digits to ask for, one after another.

    Parameters
    ----------
    rounds : {1, 3}
        How often each digit is asked for.
    shuffled : bool, default=False
        Each round in an order of its own; else from 0 to 9.
    seed : int, default=0
        Of the orders.

    Returns
    -------
    list of int
        10 · rounds digits.

    Raises
    ------
    InputError
        If `rounds` is another number.

    Examples
    --------
    >>> to_ask(1)
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    >>> sorted(to_ask(3, shuffled=True)) == sorted(3 * to_ask(1))
    True
    """
    require(rounds in ROUNDS, N_("Each digit is asked for once or three times, not {n}."), n=rounds)
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(10) if shuffled else np.arange(10) for _ in range(rounds)]
    return [int(digit) for order in orders for digit in order]


def next_digit(asked: Sequence[int], written: Sequence[int]) -> int | None:
    """Give the first digit of `asked` that is not among the `written` ones yet, each counted once.

    So the order and the number of rounds may change in the middle, and a digit may be taken back.

    Examples
    --------
    >>> next_digit([0, 1, 2], written=[0, 2])
    1
    >>> next_digit([0, 1, 2], written=[2, 1, 0]) is None
    True
    """
    done = Counter(written)
    for digit in asked:
        if not done[digit]:
            return digit
        done[digit] -= 1
    return None


def take(label: int, drawing: npt.NDArray[np.uint8]) -> Sample | None:
    """Prepare a drawing for the network, and keep that with its label; None if nothing is drawn.

    Parameters
    ----------
    label : int
        0 to 9.
    drawing : ndarray of uint8
        As `core.digits.image.preparation.to_mnist` takes it.

    Returns
    -------
    Sample or None

    Raises
    ------
    InputError
        If `label` is no digit, or the array has another type or shape.

    Examples
    --------
    >>> drawing = np.zeros((280, 280), np.uint8)
    >>> take(1, drawing) is None
    True
    >>> drawing[40:240, 130:150] = 255
    >>> take(1, drawing).pixels.max()
    np.uint8(255)
    """
    require(
        label in range(10), N_("A label must be a digit from 0 to 9, not {value}."), value=label
    )
    prepared = to_mnist(drawing)
    if prepared is None:
        return None
    pixels = np.round(255 * prepared).astype(np.uint8)
    pixels.flags.writeable = False
    return Sample(label, pixels)
