"""Recognise a drawn digit: the one door to the classifier.

From the command line::

    python -m core.digits.recognise IMAGE...
"""

from core.command import run

if __name__ == "__main__":  # here, since what is imported below takes a moment
    run("core.digits.recognise")

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.digits.doubts import (
    BLANK,
    BLOB,
    NO_INK,
    SIDEWAYS,
    SPLIT,
    TWO_DIGITS,
    UNDECIDED,
    UNLIKE,
    are_two_digits,
    is_blob,
    lies_on_its_side,
)
from core.digits.image.files import read_image
from core.digits.image.ink import Box
from core.digits.image.preparation import FIELD, prepare
from core.digits.image.search import Seen, search
from core.digits.network import files
from core.digits.network.model import Card, Model
from core.digits.network.temperature import softmax
from core.digits.number.digit_rows import Row, rows_of
from core.digits.number.separate import Part, separate
from core.digits.number.sheet import ink_of
from core.messages import InputError

MODELS = files.FOLDER
"""The folder of the trained networks that come with the project."""
DEFAULT_MODEL = MODELS / "sketch.safetensors"
LEAST_IN_NUMBER = 0.6
"""A digit of a number that is less likely is in doubt, if the network has learned to doubt: of the
numbers made of drawings, two in a hundred are then wrong and told as sure."""


@dataclass(frozen=True, eq=False)
class Recognition:
    """What the network reads in one image; the arrays are read-only."""

    label: int | None
    """The likeliest digit; None if there is a reason to give none."""
    probabilities: npt.NDArray[np.float64]
    """(10,) for the digits 0 to 9, with sum 1; all 0.1 if there is no ink."""
    pixels: npt.NDArray[np.float32]
    """(28, 28) what the network saw, from 0 for paper to 1 for ink."""
    reason: str | None = None
    """Why there is no label: a sentence of `core.digits.doubts`, marked for translation."""
    box: Box | None = None
    """Where the digit is on a photo, or in a number; None where all of the image was read, or
    nothing was found."""

    @property
    def has_ink(self) -> bool:
        """Whether there was anything for the network to see."""
        return self.reason not in (BLANK, NO_INK)


@dataclass(frozen=True, eq=False)
class Reading:
    """A number: its digits from left to right, row by row."""

    rows: tuple[tuple[Recognition, ...], ...]
    """Each digit with its place on the image; none if nothing is drawn."""
    alone: Recognition
    """What `Recogniser.classify` says of the whole image, as if it were one digit."""

    @property
    def digits(self) -> tuple[Recognition, ...]:
        """All digits, in the order in which one reads them."""
        return tuple(digit for row in self.rows for digit in row)

    @property
    def text(self) -> str:
        """The digits as one writes them, a line for each row; "?" for one that is doubted."""
        return "\n".join(
            "".join("?" if digit.label is None else str(digit.label) for digit in row)
            for row in self.rows
        )

    @property
    def number(self) -> str | None:
        """The same, but None if a digit is doubted or there is none."""
        return self.text if self.digits and "?" not in self.text else None


@dataclass(frozen=True, eq=False)
class Recogniser:
    """A trained network that reads drawings; it never changes, so threads may share it."""

    model: Model

    @property
    def card(self) -> Card:
        """The network's model card."""
        return self.model.card

    def classify(self, image: npt.NDArray[np.uint8]) -> Recognition:
        """Read the digit in one image: a sketch, a scan or a photo of paper.

        Parameters
        ----------
        image : ndarray of uint8
            (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, any size; light ink on dark or dark on
            light.

        Returns
        -------
        Recognition

        Raises
        ------
        InputError
            If the array has another type or shape.

        Examples
        --------
        >>> from core.digits import mnist
        >>> recogniser = load_recogniser()
        >>> recogniser.classify(mnist.load("train").images[0]).label
        5
        >>> recogniser.classify(np.zeros((280, 280), np.uint8)).label is None
        True
        """
        return self.classify_many([image])[0]

    def read(self, image: npt.NDArray[np.uint8]) -> Reading:
        """Read a number: several digits in one image, beside each other, in one row or more.

        A single digit is read as `classify` reads it, and so is what has no digit in most of its
        parts. A digit's probabilities know of the doubt where it begins and ends: were it split
        wrongly, each of the ten would be equally likely.

        Parameters
        ----------
        image : ndarray of uint8
            As `classify` takes it.

        Returns
        -------
        Reading

        Raises
        ------
        InputError
            If the array has another type or shape.

        Examples
        --------
        >>> from core.digits import mnist
        >>> five, nought = mnist.load("train").images[:2]
        >>> recogniser = load_recogniser()
        >>> recogniser.read(np.hstack([five, nought])).number
        '50'
        >>> recogniser.read(np.tile(five, (2, 2))).text.splitlines()
        ['55', '55']
        >>> recogniser.read(five).number
        '5'
        """
        alone = self.classify(image)
        is_one = alone.label is not None and alone.box is None  # on a photo there may be more
        sheet = None if is_one or not alone.has_ink else ink_of(image)
        if sheet is None:
            return Reading(((alone,),) if alone.has_ink else (), alone)
        rows = tuple(
            tuple(self.in_row(part, row, sheet.zoom) for part in separate(self.model, row.ink))
            for row in rows_of(sheet.ink)
        )
        digits = [digit for row in rows for digit in row]
        n_doubted = sum(digit.label is None for digit in digits)
        is_number = len(digits) > 1 and 2 * n_doubted <= len(digits)  # else a scribble, a letter
        return Reading(tuple(filter(None, rows)) if is_number else ((alone,),), alone)

    def in_row(self, part: Part, row: Row, zoom: int) -> Recognition:
        """Say of one digit of a number what it is, and where on the image."""
        reason = self.doubt(part.logits, part.probabilities)
        doubts = self.card.least_probability > 0
        if reason != UNLIKE and doubts and part.probabilities.max() < LEAST_IN_NUMBER:
            reason = SPLIT if part.certain < LEAST_IN_NUMBER else UNDECIDED
        left, top, right, bottom = part.box
        box = (row.left + left, row.top + top, row.left + right, row.top + bottom)
        place = (zoom * box[0], zoom * box[1], zoom * box[2], zoom * box[3])
        for array in (part.pixels, part.probabilities):
            array.flags.writeable = False
        return named(part.probabilities, part.pixels, reason, place)

    def classify_many(self, images: Sequence[npt.NDArray[np.uint8]]) -> list[Recognition]:
        """Read the digits in many images, all through the network at once.

        Parameters
        ----------
        images : sequence of ndarray of uint8
            As `classify` takes them; they may differ in size.

        Returns
        -------
        list of Recognition
            One for each image, in the same order.

        Raises
        ------
        InputError
            If an array has another type or shape.
        """
        seen = [search(image) for image in images]
        pixels = np.zeros((len(images), FIELD, FIELD), np.float32)
        for number, (ink, *_) in enumerate(seen):
            if ink is not None:
                pixels[number] = prepare(ink)
        logits = self.model.scores(pixels)
        probabilities = softmax(logits, self.card.temperature)
        probabilities[[ink is None for ink, *_ in seen]] = 0.1
        pixels.flags.writeable = False
        probabilities.flags.writeable = False
        return [
            named(one[1], small, self.reason(image, small, *one), image.box)
            for image, small, *one in zip(seen, pixels, logits, probabilities, strict=True)
        ]

    def reason(
        self,
        seen: Seen,
        pixels: npt.NDArray[np.float32],
        logits: npt.NDArray[np.float32],
        probabilities: npt.NDArray[np.float64],
    ) -> str | None:
        """Give the reason not to name a digit, if there is one: the one that tells what to do."""
        if seen.ink is None:
            return NO_INK if seen.is_photo else BLANK
        if are_two_digits(self.model, seen.ink, seen.beside, logits):
            return TWO_DIGITS
        doubt = self.doubt(logits, probabilities)
        if is_blob(seen.ink, int(logits.argmax()) if doubt is None else None):
            return BLOB
        if lies_on_its_side(self.model, pixels, logits):
            return SIDEWAYS
        return doubt

    def doubt(
        self, logits: npt.NDArray[np.float32], probabilities: npt.NDArray[np.float64]
    ) -> str | None:
        """Give the reason not to name the likeliest digit, if there is one.

        The highest raw score says how much the drawing has of a digit that was learned: it is low
        where all scores are low. A probability compares the ten digits only with one another.
        """
        if self.card.least_evidence is not None and logits.max() < self.card.least_evidence:
            return UNLIKE
        if probabilities.max() < self.card.least_probability:
            return UNDECIDED
        return None


def named(
    probabilities: npt.NDArray[np.float64],
    pixels: npt.NDArray[np.float32],
    reason: str | None,
    box: Box | None = None,
) -> Recognition:
    """Name the likeliest digit, unless there is a reason not to."""
    label = int(probabilities.argmax()) if reason is None else None
    return Recognition(label, probabilities, pixels, reason, box)


def shipped_models() -> dict[str, Path]:
    """List the trained networks that come with the project.

    Returns
    -------
    dict
        The path of the weights by the network's name.

    Examples
    --------
    >>> list(shipped_models())
    ['article', 'cnn', 'modern', 'sketch']
    """
    return {path.stem: path for path in sorted(MODELS.glob("*.safetensors"))}


def load_recogniser(path: str | Path = DEFAULT_MODEL) -> Recogniser:
    """Load a trained network.

    Parameters
    ----------
    path : str or Path
        The weights, ending in ``.safetensors``, with the model card beside them.

    Returns
    -------
    Recogniser

    Raises
    ------
    InputError
        If a file is missing or damaged.

    Examples
    --------
    >>> load_recogniser(shipped_models()["article"]).card.epochs_done
    200
    """
    return Recogniser(files.read_model(Path(path)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print path, number and least probability of a digit of each image file, and every doubt.

    The exit code is 2 if a file could not be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m core.digits.recognise", description="Read handwritten digits and numbers."
    )
    parser.add_argument(
        "images", nargs="+", metavar="IMAGE", help="a PNG, JPEG, WebP, GIF, BMP or TIFF file"
    )
    paths: list[str] = parser.parse_args(arguments).images
    try:
        recogniser = load_recogniser()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    exit_code = 0
    for path in paths:
        try:
            reading = recogniser.read(read_image(path))
        except InputError as error:
            print(f"{path}: {error}", file=sys.stderr)
            exit_code = 2
            continue
        digits = reading.digits or (reading.alone,)
        is_none = len(digits) == 1 and digits[0].label is None
        number = "none" if is_none else reading.text.replace("\n", " ")
        least = min(digit.probabilities.max() for digit in digits)
        why = dict.fromkeys(digit.reason for digit in digits if digit.reason is not None)
        print(path, number, f"{least:.4f}", *why, sep="\t")
    return exit_code
