"""How long a training may take, in words that say what is not known."""

import os

from core.digits.duration import is_slow, load, span
from pages.shared.i18n import _
from pages.shared.runs.run_words import between, duration

BUSY = 2.0
"""A computer is called busy where its cores are wanted by so many times as many."""


def expected(sentence: str, seconds: float, n_at_once: int) -> str:
    """Say how long an estimate means, and that the computer is busy if it is.

    Parameters
    ----------
    sentence : str
        Has a place ``{time}``, and perhaps ``{n}``.
    seconds : float
        The estimate, for an idle computer.
    n_at_once : int
        How many cores the training will use: ``{n}``.
    """
    n_cores, wanted = os.cpu_count() or 1, load()
    time = between(*span(seconds, wanted, n_at_once, n_cores))
    text = sentence.format(time=time, n=n_at_once)
    if wanted + n_at_once >= BUSY * n_cores:
        text += " " + _("(the upper end, if other programs stay as busy as now)")
    return text


def slow(seconds: float, expected: float | None) -> str | None:
    """Say that something takes far longer than it would on an idle computer, where it does.

    Parameters
    ----------
    seconds : float
        What it will take at its present pace.
    expected : float or None
        What it would take on this computer with nothing else at work.
    """
    if expected is None or not is_slow(seconds, expected):
        return None
    return _(
        "This is slower than expected: by its measured speed, this computer would need about "
        "{time} if nothing else were at work on it."
    ).format(time=duration(expected))
