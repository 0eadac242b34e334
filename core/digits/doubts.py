"""Why no digit is named: each reason as a sentence for the reader, and how it is found out.

The likeliest of ten digits is named for anything that is drawn; what follows holds it back. Numbers
for which a network's evidence decides are in units of its card's `least_evidence`, which differs
from one network to the next.
"""

import numpy as np
import numpy.typing as npt

from core.digits.image.ink import Grey
from core.digits.image.parts import has_hole, side_by_side
from core.digits.image.preparation import prepare, stroke_width
from core.digits.network.model import Model
from core.messages import N_

BLANK = N_("Nothing is drawn.")
NO_INK = N_("No ink stands out from the paper. Go nearer, or use a darker pen.")
TWO_DIGITS = N_("These look like two digits side by side. The network reads one at a time.")
BLOB = N_(
    "This is almost a blob: so thick a pen leaves no room for the shape of so small a digit. "
    "Draw it larger, or with a thinner pen."
)
SIDEWAYS = N_("This looks like a digit that lies on its side. Turn it upright.")
UNLIKE = N_("This looks like no digit that the network has seen.")
SPLIT = N_("It is not clear where one digit ends and the next begins.")
UNDECIDED = N_("This could be several digits, and none of them is likely enough.")

THICK = 0.24
"""Width of a stroke, as a share of the longest side, from which an 8 has no holes."""
WITH_HOLES = (0, 8)
"""Digits that one tells by their holes alone; a 6 or a 9 has a bay, too."""
CLEAR = 4
"""With so much evidence, in units of the least, a digit stands upright."""
TURNED_BY = 3.25
"""So much more evidence an answer must have upright to be taken for one that lies on its side."""
TURNED_LEAST = 3
"""So much evidence a drawing that has no answer must have upright to be called a digit."""


def are_two_digits(
    model: Model, ink: Grey, beside: Grey | None, logits: npt.NDArray[np.float32]
) -> bool:
    """Tell whether a drawing is read better as two digits than as one.

    Its two largest parts are, if each alone has more evidence than both together: as much more as a
    digit needs at least. The halves of a broken stroke have less. What stands beside the digit on a
    photo was not read together with it: it is a second digit if it is one.

    Parameters
    ----------
    model : Model
    ink : ndarray of float32
        (h, w), from 0 to 1, cropped to the ink.
    beside : ndarray of float32, optional
        What stands beside it on a photo.
    logits : ndarray of float32
        (10,) the raw scores of `ink`.
    """
    least = model.card.least_evidence
    if least is None:  # it has not learned to doubt: its evidence has no scale
        least = 0.2 * logits.max()
    if beside is not None and model.scores(prepare(beside)[None]).max() >= least:
        return True
    parts = side_by_side(ink)
    if parts is None:
        return False
    apart = model.scores(np.stack([prepare(part) for part in parts])).max(axis=1)
    return bool(apart.min() >= logits.max() + least)


def lies_on_its_side(model: Model, pixels: Grey, logits: npt.NDArray[np.float32]) -> bool:
    """Tell whether a picture would be another digit, and a far clearer one, if it were turned.

    A network that has not learned to doubt cannot tell.

    Parameters
    ----------
    model : Model
    pixels : ndarray of float32
        (28, 28), what the network sees.
    logits : ndarray of float32
        (10,) the raw scores of it.
    """
    least, evidence = model.card.least_evidence, logits.max()
    if least is None or evidence >= CLEAR * least:
        return False
    turned = model.scores(np.stack([np.rot90(pixels), np.rot90(pixels, 3)]))
    clearest = turned[turned.max(axis=1).argmax()]
    if evidence < least:
        return bool(clearest.max() >= TURNED_LEAST * least)
    is_another = clearest.argmax() != logits.argmax()  # a 0 may lie
    return bool(is_another and clearest.max() >= evidence + TURNED_BY * least)


def is_blob(ink: Grey, label: int | None) -> bool:
    """Tell whether the pen is so thick that it has filled the holes which the answer needs.

    Parameters
    ----------
    ink : ndarray of float32
        (h, w), from 0 to 1, cropped to the ink.
    label : int, optional
        The digit that the network reads; None if it reads none.

    Examples
    --------
    >>> disc = np.ones((60, 50), np.float32)
    >>> is_blob(disc, 8), is_blob(disc, None), is_blob(disc, 1)
    (True, True, False)
    """
    may_be = label is None or label in WITH_HOLES
    return may_be and stroke_width(ink) >= THICK and not has_hole(ink)
