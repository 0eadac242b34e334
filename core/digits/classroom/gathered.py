"""What a class has written, as one data set: whose digit each is, and which are held back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.handwriting.asking import Sample
from core.digits.image.preparation import FIELD
from core.store.records import ClassDigit

EVERY = 5
"""One digit of so many is held back from learning."""


@dataclass(frozen=True, eq=False)
class Gathered:
    """The digits of a class, by hand and label."""

    hands: npt.NDArray[np.intp]
    """(n,) the number of whose each is; read-only."""
    samples: tuple[Sample, ...]
    """n digits, in the same order."""

    @property
    def labels(self) -> npt.NDArray[np.intp]:
        """(n,) the digits that were asked for."""
        return np.array([sample.label for sample in self.samples], np.intp)

    @property
    def is_held_back(self) -> npt.NDArray[np.bool_]:
        """(n,) which ones are not learned from, so that they can tell what was learned.

        Of ten digits that a hand writes these are two, and other ones for the next hand.

        Examples
        --------
        >>> gathered = Gathered(np.array([1, 1, 2]), (sample(1), sample(2), sample(7)))
        >>> gathered.is_held_back.tolist()
        [True, False, True]
        """
        return np.asarray((self.labels - self.hands) % EVERY == 0)

    def part(self, which: npt.NDArray[np.bool_]) -> tuple[Sample, ...]:
        """Give the digits of a mask (n,)."""
        return tuple(self.samples[number] for number in np.flatnonzero(which))


def gather(rows: Sequence[ClassDigit]) -> Gathered:
    """Read the digits of a class as the store has them.

    Examples
    --------
    >>> gathered = gather([ClassDigit(3, 7, 0.0, bytes(784))])
    >>> gathered.hands.tolist(), gathered.labels.tolist(), gathered.samples[0].pixels.shape
    ([3], [7], (28, 28))
    """
    hands = np.array([row.hand for row in rows], np.intp)
    hands.flags.writeable = False
    return Gathered(hands, tuple(sample(row.label, row.pixels) for row in rows))


def sample(label: int, pixels: bytes = bytes(FIELD * FIELD)) -> Sample:
    """Give one digit, of 28·28 bytes."""
    return Sample(label, np.frombuffer(pixels, np.uint8).reshape(FIELD, FIELD))


@dataclass(frozen=True, eq=False)
class HandCounts:
    """How many digits of each hand are read right; arrays of (m,) for m hands."""

    hands: npt.NDArray[np.intp]
    n: npt.NDArray[np.intp]
    n_right: npt.NDArray[np.intp]

    @property
    def share(self) -> npt.NDArray[np.float64]:
        """(m,) the share of each hand's digits that is read right."""
        return self.n_right / self.n

    @property
    def worst_first(self) -> npt.NDArray[np.intp]:
        """(m,) the places of the hands, that which is read worst first; alike by their number."""
        return np.lexsort((self.hands, self.share))


def by_hand(hands: npt.NDArray[np.intp], right: npt.NDArray[np.bool_]) -> HandCounts:
    """Count for each hand how many of its digits are read right.

    Examples
    --------
    >>> counts = by_hand(np.array([2, 2, 5]), np.array([True, False, False]))
    >>> counts.hands.tolist(), counts.n_right.tolist(), counts.n.tolist()
    ([2, 5], [1, 0], [2, 1])
    >>> counts.hands[counts.worst_first].tolist()
    [5, 2]
    """
    numbers, place = np.unique(hands, return_inverse=True)
    n = np.bincount(place, minlength=len(numbers))
    n_right = np.bincount(place, weights=right, minlength=len(numbers)).astype(np.intp)
    return HandCounts(numbers, n, n_right)
