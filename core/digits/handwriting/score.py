"""How well a network reads a reader's own digits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.handwriting.asking import Sample
from core.digits.image.preparation import FIELD
from core.digits.network.temperature import softmax
from core.digits.recognise import Recogniser

UNSURE = 10
"""The column of `Score.confusion` for the digits that got no label."""


@dataclass(frozen=True, eq=False)
class Score:
    """How a network reads some written digits; the arrays are read-only."""

    labels: npt.NDArray[np.intp]
    """(n,) the digits that were asked for."""
    read_as: npt.NDArray[np.intp]
    """(n,) what the network read: 0 to 9, or `UNSURE`."""
    probabilities: npt.NDArray[np.float64]
    """(n, 10) for the digits 0 to 9."""

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """(n,) which were read as what they are; an unsure one was not."""
        return np.equal(self.labels, self.read_as, dtype=np.bool_)

    @property
    def confusion(self) -> npt.NDArray[np.intp]:
        """(10, 11) how often the digit of the row was read as the digit of the column, or unsure.

        Examples
        --------
        >>> labels, read_as = np.array([3, 3, 7]), np.array([3, 8, UNSURE])
        >>> score = Score(labels, read_as, np.full((3, 10), 0.1))
        >>> np.argwhere(score.confusion).tolist()
        [[3, 3], [3, 8], [7, 10]]
        """
        table = np.zeros((10, 11), np.intp)
        np.add.at(table, (self.labels, self.read_as), 1)
        return table


def score(recogniser: Recogniser, samples: Sequence[Sample]) -> Score:
    """Let a network read written digits.

    Parameters
    ----------
    recogniser : Recogniser
    samples : sequence of Sample

    Returns
    -------
    Score
        One entry for each sample, in the same order.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recognise import load_recogniser
    >>> five = Sample(5, mnist.load("train").images[0])
    >>> score(load_recogniser(), [five]).read_as
    array([5])
    """
    pixels = np.zeros((len(samples), FIELD, FIELD), np.float32)
    for number, sample in enumerate(samples):
        pixels[number] = sample.pixels / np.float32(255)
    logits = recogniser.model.scores(pixels)
    probabilities = softmax(logits, recogniser.card.temperature)
    doubtful = [
        recogniser.doubt(*row) is not None for row in zip(logits, probabilities, strict=True)
    ]
    labels = np.array([sample.label for sample in samples], np.intp)
    read_as = np.where(doubtful, UNSURE, probabilities.argmax(axis=1)).astype(np.intp)
    for array in (labels, read_as, probabilities):
        array.flags.writeable = False
    return Score(labels, read_as, probabilities)


def plausible_accuracy(n_right: int, n: int) -> tuple[float, float]:
    r"""Give the accuracies that so few digits cannot rule out: Wilson's 95 % interval.

    .. math:: \frac{p + z^2/2n \pm z\sqrt{p(1 - p)/n + z^2/4n^2}}{1 + z^2/n}, \quad z = 1.96

    Parameters
    ----------
    n_right : int
        Digits read right, from 0 to n.
    n : int
        All digits, at least 1.

    Returns
    -------
    low, high : float
        From 0 to 1.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.

    Examples
    --------
    >>> [round(end, 2) for end in plausible_accuracy(10, 10)]
    [0.72, 1.0]
    """
    z = 1.96
    p = n_right / n
    middle = p + z**2 / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    return max((middle - spread) / scale, 0.0), min((middle + spread) / scale, 1.0)
