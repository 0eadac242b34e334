"""A reader's own digits: which one to write next, how well a network reads them, and files of them.

A digit is kept as the 28×28 pixels that the network sees, with the label that was asked for: small,
and scored by each network in the same way as MNIST is.
"""

import csv
import io
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from core.digits.image.preparation import FIELD, to_mnist
from core.digits.network.temperature import softmax
from core.digits.recognise import Recogniser
from core.messages import N_, require

ROUNDS = (1, 3)
"""How often each digit may be asked for."""
MOST = 10 * max(ROUNDS)
"""So many digits are kept at most."""
UNSURE = 10
"""The column of `Score.confusion` for the digits that got no label."""


@dataclass(frozen=True, eq=False)
class Sample:
    """One written digit."""

    label: int
    """The digit that was asked for, 0 to 9."""
    pixels: npt.NDArray[np.uint8]
    """(28, 28) what the network sees, 0 is paper and 255 is ink; read-only."""


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
    blank = np.zeros(len(samples), np.bool_)
    answers = [
        recogniser.answer(*row).label
        for row in zip(blank, logits, probabilities, pixels, strict=True)
    ]
    labels = np.array([sample.label for sample in samples], np.intp)
    read_as = np.array([UNSURE if answer is None else answer for answer in answers], np.intp)
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


def to_csv(samples: Sequence[Sample], result: Score) -> str:
    r"""Write the digits as a table.

    Parameters
    ----------
    samples : sequence of Sample
    result : Score
        What a network reads in them.

    Returns
    -------
    str
        A row for each digit: label, read_as (empty if unsure), probability of the likeliest digit,
        and pixel_0 to pixel_783, row by row from the top left, 0 for paper and 255 for ink.

    Examples
    --------
    >>> one = Sample(1, np.eye(28, dtype=np.uint8))
    >>> table = to_csv([one], Score(np.array([1]), np.array([UNSURE]), np.full((1, 10), 0.1)))
    >>> header, row = table.splitlines()
    >>> header[:48], row[:14], row.count(",")
    ('label,read_as,probability,pixel_0,pixel_1,pixel_', '1,,0.1000,1,0,', 786)
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = [f"pixel_{number}" for number in range(FIELD * FIELD)]
    writer.writerow(["label", "read_as", "probability", *names])
    rows = zip(samples, result.read_as, result.probabilities.max(axis=1), strict=True)
    for sample, read_as, probability in rows:
        answer = "" if read_as == UNSURE else int(read_as)
        writer.writerow([sample.label, answer, f"{probability:.4f}", *sample.pixels.ravel()])
    return file.getvalue()


def contact_sheet(
    samples: Sequence[Sample], result: Score, *, columns: int = 10, zoom: int = 3
) -> npt.NDArray[np.uint8]:
    """Put the digits beside each other on one sheet, black on white, each with what was read.

    Those that were not read right have a frame. They stand in the order of their labels.

    Parameters
    ----------
    samples : sequence of Sample
    result : Score
        What a network reads in them.
    columns : int, default=10
        Digits beside each other, at least 1.
    zoom : int, default=3
        Each pixel becomes a square of so many, at least 1.

    Returns
    -------
    ndarray of uint8
        (H, W), 255 is paper.

    Raises
    ------
    InputError
        If there is no digit.

    Examples
    --------
    >>> one = Sample(1, np.eye(28, dtype=np.uint8))
    >>> read = Score(np.array([1]), np.array([1]), np.full((1, 10), 0.1))
    >>> contact_sheet([one], read, columns=1, zoom=1).shape
    (58, 40)
    """
    require(len(samples) > 0, N_("There is no digit yet."))
    side, gap = FIELD * zoom, 6
    width, height = side + 2 * gap, side + 2 * gap + CAPTION
    n_rows = -(-len(samples) // columns)
    sheet = Image.new("L", (min(columns, len(samples)) * width, n_rows * height), 255)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(13)
    for place, number in enumerate(np.argsort(result.labels, kind="stable")):
        left, top = place % columns * width, place // columns * height
        picture = 255 - samples[number].pixels.repeat(zoom, axis=0).repeat(zoom, axis=1)
        sheet.paste(Image.fromarray(picture), (left + gap, top + gap))
        label, read_as = int(result.labels[number]), int(result.read_as[number])
        if label != read_as:
            frame = left + 2, top + 2, left + width - 3, top + height - 3
            pen.rectangle(frame, outline=0, width=2)
        x, y = left + width // 2, top + gap + side + CAPTION // 2
        pen.text((x - 13, y), str(label), fill=0, font=font, anchor="mm")
        pen.line([(x - 6, y), (x + 5, y)], fill=0)  # the font has no arrow
        pen.line([(x + 2, y - 3), (x + 5, y), (x + 2, y + 3)], fill=0)
        answer = "?" if read_as == UNSURE else str(read_as)
        pen.text((x + 13, y), answer, fill=0, font=font, anchor="mm")
    return np.asarray(sheet)


def to_png(sheet: npt.NDArray[np.uint8]) -> bytes:
    """Write a grey picture as a PNG file.

    Examples
    --------
    >>> to_png(np.zeros((2, 2), np.uint8))[1:4]
    b'PNG'
    """
    file = io.BytesIO()
    Image.fromarray(sheet).save(file, "PNG", optimize=True)
    return file.getvalue()


CAPTION = 18
"""Height in pixels of the line below a digit on the contact sheet."""
