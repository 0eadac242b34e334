"""Files of a reader's own digits: a table, and a sheet with all of them."""

import csv
import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from core.digits.handwriting.asking import Sample
from core.digits.handwriting.score import UNSURE, Score
from core.digits.image.preparation import FIELD
from core.messages import N_, require

CAPTION = 18
"""Height in pixels of the line below a digit on the contact sheet."""


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
