"""How well a trained network reads labelled images: what it gets right, what it confuses.

The ten thousand test images go through the network at once. They are 28×28 pixels already, so
nothing is prepared, and every image gets its likeliest digit: the doubt of
`core.digits.recognise` is left aside.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from core.digits.mnist import Digits
from core.digits.network.model import Model
from core.digits.network.temperature import softmax
from core.messages import N_, require

Array = TypeVar("Array", bound=npt.NDArray[np.generic])


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a network says about labelled images; the arrays are read-only."""

    labels: npt.NDArray[np.uint8]
    """(n,) the right digits."""
    probabilities: npt.NDArray[np.float64]
    """(n, 10) the network's, each row with sum 1."""

    @cached_property
    def answers(self) -> npt.NDArray[np.intp]:
        """(n,) the likeliest digits."""
        return frozen(self.probabilities.argmax(axis=1))

    @cached_property
    def is_right(self) -> npt.NDArray[np.bool_]:
        """(n,) where the answer is the label."""
        return frozen(self.answers == self.labels)

    @property
    def accuracy(self) -> float:
        """The share of right answers, from 0 to 1."""
        return float(self.is_right.mean())

    @cached_property
    def confusion(self) -> npt.NDArray[np.intp]:
        """(10, 10) how many images of the row's digit were read as the column's."""
        counts = np.zeros((10, 10), np.intp)
        np.add.at(counts, (self.labels, self.answers), 1)
        return frozen(counts)

    @property
    def accuracy_per_digit(self) -> npt.NDArray[np.float64]:
        """(10,) the share of each digit's images that are read right; NaN for a digit without."""
        per_digit = self.confusion.sum(axis=1)
        right = np.diagonal(self.confusion)
        return np.where(per_digit > 0, right / np.maximum(per_digit, 1), np.nan)

    @property
    def probability_of_right(self) -> npt.NDArray[np.float64]:
        """(n,) the probability that the network gives to the right digit."""
        return np.take_along_axis(self.probabilities, self.labels[:, None], axis=1)[:, 0]

    def worst_mistakes(self, n: int) -> npt.NDArray[np.intp]:
        """Return the rows of at most `n` wrong answers, the least likely right digit first."""
        wrong = np.flatnonzero(~self.is_right)
        order = np.argsort(self.probability_of_right[wrong], kind="stable")
        return wrong[order[:n]]

    def in_cell(self, label: int, answer: int) -> npt.NDArray[np.intp]:
        """Return the rows of one cell of the confusion matrix, the surest answer first.

        Parameters
        ----------
        label, answer : int
            The right digit and the network's, 0 to 9.

        Raises
        ------
        InputError
            If one of them is no digit.
        """
        for name, digit in (("label", label), ("answer", answer)):
            require(
                0 <= digit <= 9,
                N_("{name} must be a digit from 0 to 9, not {value}."),
                name=name,
                value=digit,
            )
        rows = np.flatnonzero((self.labels == label) & (self.answers == answer))
        return rows[np.argsort(-self.probabilities[rows, answer], kind="stable")]


def evaluate(model: Model, digits: Digits) -> Evaluation:
    """Let a network read labelled images.

    Parameters
    ----------
    model : Model
        A network whose card says so reads each image in five places and averages
        (`Model.scores`); a convolutional one reads it once, for it takes far longer.
    digits : Digits
        Images (n, 28, 28) and labels (n,), at least one.

    Returns
    -------
    Evaluation

    Raises
    ------
    InputError
        If there are no images.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "article.safetensors")
    >>> test = evaluate(model, mnist.load("test"))
    >>> test.accuracy, test.confusion[9, 4]
    (0.9696, np.int64(11))
    >>> worst = test.worst_mistakes(1)[0]
    >>> int(test.labels[worst]), int(test.answers[worst])
    (5, 6)
    """
    require(len(digits.labels) > 0, N_("There must be at least one image to read."))
    run = model.logits if model.card.is_convolutional else model.scores
    probabilities = softmax(run(digits.pixels()), model.card.temperature)
    return Evaluation(digits.labels, frozen(probabilities))


def frozen(array: Array) -> Array:
    """Return the array, read-only from now on."""
    array.flags.writeable = False
    return array
