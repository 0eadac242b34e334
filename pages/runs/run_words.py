"""What pages say about runs: their state and their times, in words."""

import os
import re
from typing import Literal, NamedTuple

from core.digits.duration import is_slow, load, span
from core.messages import N_
from core.store.records import Run
from pages.shared.i18n import _


class State(NamedTuple):
    """How the page shows a run's status."""

    name: str
    icon: str
    colour: Literal["blue", "gray", "green", "orange", "red"]


STATES = {
    "queued": State(N_("waiting"), ":material/hourglass_top:", "orange"),
    "running": State(N_("training"), ":material/play_circle:", "blue"),
    "paused": State(N_("paused"), ":material/pause_circle:", "gray"),
    "stopped": State(N_("stopped"), ":material/stop_circle:", "gray"),
    "done": State(N_("done"), ":material/check_circle:", "green"),
    "diverged": State(N_("diverged"), ":material/trending_up:", "red"),
    "failed": State(N_("failed"), ":material/error:", "red"),
    "interrupted": State(N_("interrupted"), ":material/power_off:", "orange"),
    "pruned": State(N_("ended early"), ":material/content_cut:", "gray"),
}
"""By a run's status."""

BUSY = 2.0
"""A computer is called busy where its cores are wanted by so many times as many."""


def duration(seconds: float) -> str:
    """Return a time in words, as exactly as one can know it beforehand."""
    if seconds < 90:
        n = round(seconds) if seconds < 10 else 5 * round(seconds / 5)
        return _("{n} s").format(n=max(n, 1))
    if seconds < 90 * 60:
        return _("{n} min").format(n=round(seconds / 60))
    return _("{n} h").format(n=f"{seconds / 3600:.1f}")


def between(least: float, most: float) -> str:
    """Return a range of times in words; one that reads the same at both ends as one time."""
    low, high = duration(least), duration(most)
    if low == high:
        return _("about {time}").format(time=low)
    return _("{low} to {high}").format(low=low, high=high)


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


def sentence(run: Run) -> str | None:
    """Return what the store keeps to tell about the end of a run, in the reader's language."""
    return _(run.message).format(**run.values) if run.message else None


def plain(name: str) -> str:
    r"""Return a name as Markdown that shows it as it is, whatever signs it holds.

    Examples
    --------
    >>> print(plain("a*b* [x](y)"))
    a\*b\* \[x\]\(y\)
    """
    return re.sub(r"([\\`*_{}\[\]()#+.!|~$:<>&-])", r"\\\1", name)
