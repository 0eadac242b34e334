"""What Digits → Train says about runs: their state, times and shares in words."""

import re
from typing import Literal, NamedTuple

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
