"""Split a row into digits: the way that looks most like digits, and how sure each part of it is."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.image.ink import Box, Grey
from core.digits.network.model import Model
from core.digits.network.temperature import softmax
from core.digits.number.candidates import Candidates, candidates_of
from core.digits.number.cuts import cuts_through
from core.digits.number.lattice import best_way

HEIGHT = 64
"""A row is cut at this height, in pixels, or its own if that is less."""
MOST_EVIDENCE = 5.0
"""In units of the network's least evidence: more makes a part no more of a digit."""
USUAL_LEAST = 1.9
"""The least evidence of a network that has not learned to doubt, in units of its temperature."""
FLOOR = 1e-4
"""A probability counts as this at least: one odd digit does not decide how a row is split."""
PART, EVIDENCE, LACKING, PROBABLE = -3.72, 1.06, -4.09, 0.94
"""What a part scores for being one, for each unit of evidence, for each that it lacks to one, and
for ln p of the digit that it is read as."""
SHAPE = (-1.98, -5.57, -7.79, -5.45, -3.68)
"""The same for each of `Candidates.shapes`. All were fitted to numbers of made digits, in the way
of ``python -m benchmarks.numbers.fit``."""


class Part(NamedTuple):
    """One digit of a row."""

    pixels: npt.NDArray[np.float32]
    """(28, 28) as the network sees it."""
    logits: npt.NDArray[np.float32]
    """(10,) the raw scores."""
    probabilities: npt.NDArray[np.float64]
    """(10,) for the digits 0 to 9, with sum 1; if it is split wrongly, each is equally likely."""
    certain: float
    """The probability that the row is split here, at both sides, and not in between."""
    box: Box
    """Where it is in the row."""


def separate(model: Model, row: Grey) -> list[Part]:
    """Split a row into digits and read each of them.

    Parameters
    ----------
    model : Model
        The network that reads.
    row : ndarray of float32
        (h, w), from 0 for paper to 1 for ink, cropped to the ink.

    Returns
    -------
    list of Part
        From left to right; empty if no way leads through the row.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> five, nought = mnist.load("train").pixels()[:2, 4:24, 4:24]
    >>> model = files.read_model(files.FOLDER / "sketch.safetensors")
    >>> [int(part.logits.argmax()) for part in separate(model, np.hstack([five, nought]))]
    [5, 0]
    """
    shrunk = min(1.0, HEIGHT / len(row))
    small = scaled(row, shrunk)
    cuts = cuts_through(small)
    candidates = candidates_of(small, cuts)
    if not len(candidates.starts):
        return []
    logits = model.scores(candidates.pixels)
    scores = score(model, candidates, logits)
    of_any = np.logaddexp.reduce(scores, axis=1)
    best = best_way(len(cuts.crossed), candidates.starts, candidates.ends, of_any)
    parts = []
    for k in best.parts:
        certain = float(np.clip(best.probabilities[k], 0, 1))
        left, top, right, bottom = (round(side / shrunk) for side in candidates.boxes[k].tolist())
        parts.append(
            Part(
                candidates.pixels[k],
                logits[k],
                certain * softmax(scores[k]) + (1 - certain) / 10,
                certain,
                (left, top, min(right, row.shape[1]), min(bottom, row.shape[0])),
            )
        )
    return parts


def score(
    model: Model, candidates: Candidates, logits: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """Score each candidate as each digit: how much it looks like one.

    Parameters
    ----------
    model : Model
    candidates : Candidates
        n of them.
    logits : ndarray of float32
        (n, 10) their raw scores.

    Returns
    -------
    ndarray
        (n, 10)
    """
    weights = [PART, EVIDENCE, LACKING, PROBABLE, *SHAPE]
    return np.asarray(features(model, candidates, logits) @ weights)


def features(
    model: Model, candidates: Candidates, logits: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """Give what is known of each candidate as each digit, (n, 10, 9), in the order of weights."""
    card = model.card
    least = card.least_evidence or USUAL_LEAST * card.temperature
    evidence = logits.max(axis=1) / least
    of_part = np.column_stack(
        [
            np.ones_like(evidence),
            np.minimum(evidence, MOST_EVIDENCE),
            np.maximum(0, 1 - evidence),
        ]
    )
    as_digit = np.log(softmax(logits, card.temperature) + FLOOR)
    return np.concatenate(
        [
            of_part[:, None].repeat(10, axis=1),
            as_digit[:, :, None],
            candidates.shapes[:, None].repeat(10, axis=1),
        ],
        axis=2,
    )


def scaled(ink: Grey, factor: float) -> Grey:
    """Scale ink; at least a pixel is left."""
    height, width = (max(1, round(side * factor)) for side in ink.shape)
    image = Image.fromarray(np.ascontiguousarray(ink))
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
