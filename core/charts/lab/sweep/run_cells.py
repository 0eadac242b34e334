"""What the charts of a sweep show of each run: its accuracy, its state, and how strong its colour.

Halving the share of images that are misread is the same step in colour, and on the axes of
accuracy, wherever one is: from 80 % to 90 % as from 98 % to 99 %.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.palette import ROLES
from core.charts.player import from_view
from core.lab.sweep.results import Result
from core.lab.sweep.space import CHANNELS, HIDDEN, LAYERS, SEVERAL, Value
from core.lab.sweep.text import text_of
from core.lab.words import field_name, value_text
from core.messages import N_, Translate
from core.percent import percent

PICK = "cell"
"""The name of the selection: the clicked run's number ``trial``, and ``n_shown``."""

CELLS = alt.NamedData("cells")

FAINTEST, STRONGEST = 0.08, 0.6
"""The opacity of the worst and the best run."""

PERFECT = 1e-3
"""No smaller share of misread images is told apart."""

TICKS = (0.9, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""Shares of misread images that the axis of the accuracy names."""

AT_LEAST = f"(datum.value > {PERFECT} ? '' : '≥ ') + "
"""Before the number of the highest tick: what is better stands there, too."""

ENDED_BADLY = ("diverged", "failed")

SHORT = {
    LAYERS: N_("Hidden layers"),
    HIDDEN: N_("Hidden layers"),
    CHANNELS: N_("Channels"),
    "activation": N_("Activation"),
    "schedule": N_("Schedule"),
}
"""Titles that fit beside a few rows."""

SMALL = math.log(2)
"""Runs whose shares of misread images are all within a factor of 2 do not differ by much."""

EARLY = "×"
"""Marks a run that was ended early."""


def cells(
    results: Sequence[Result],
    states: Mapping[str, str],
    *,
    best: int | None = None,
    shown: int | None = None,
    n_shown: int = 0,
    roomy: bool = True,
    translate: Translate = str,
) -> pd.DataFrame:
    """Give a row for each run.

    Parameters
    ----------
    results : sequence of Result
    states : mapping of str to str
        What the reader calls each status of a run.
    best, shown : int, optional
        The numbers of the best run, and of the one that the page shows.
    n_shown : int, default=0
        How often another run was chosen to be shown: it makes each click differ from the last.
    roomy : bool, default=True
        Whether a state in words fits below the accuracy.
    translate : callable, default=str
        Gives the values in the reader's language.

    Returns
    -------
    pandas.DataFrame
        ``trial``, ``n_shown``; ``values``, the run's hyperparameters, ``status``, ``epochs``,
        ``validation`` and ``test``, for a tooltip; ``role``, ``strength``, ``outline`` and
        ``width``, how it looks; ``above`` and ``below``, what is written on it.
    """
    shades = strengths([result.validation_accuracy for result in results])
    rows = []
    for result, shade in zip(results, shades, strict=True):
        run, trial = result.run, result.run.trial
        outline, width = _outline(run.status, is_best=trial == best, is_shown=trial == shown)
        rows.append(
            {
                "trial": trial,
                "n_shown": n_shown,
                "values": ", ".join(
                    f"{axis_title(name, translate)}: {axis_text(name, value, translate)}"
                    for name, value in result.cell.items()
                ),
                "status": states[run.status],
                "epochs": f"{run.epochs_done}/{run.n_epochs}",
                "validation": percent(result.validation_accuracy),
                "test": percent(result.test_accuracy),
                "role": _role(run.status, is_best=trial == best),
                "strength": shade,
                "outline": outline,
                "width": width,
                "above": percent(result.validation_accuracy),
                "below": _below(run.status, run.epochs_done, run.n_epochs, states, roomy),
            }
        )
    return pd.DataFrame(rows)


def strengths(accuracies: Sequence[float | None]) -> list[float]:
    """Give the opacity of each run: the fewer images it misreads, the stronger.

    Examples
    --------
    >>> strengths([0.8, 0.9, 0.95, None])
    [0.08, 0.34, 0.6, 0.04]
    >>> strengths([0.9, 0.9])
    [0.6, 0.6]
    """
    errors = [None if a is None else math.log(misread(a)) for a in accuracies]
    measured = [error for error in errors if error is not None]
    low, high = min(measured, default=0.0), max(measured, default=0.0)
    step = (STRONGEST - FAINTEST) / max(high - low, SMALL)
    return [
        FAINTEST / 2 if error is None else round(STRONGEST - (error - low) * step, 3)
        for error in errors
    ]


def misread(accuracy: float) -> float:
    """Return the share of images that are misread, never quite 0."""
    return max(1 - accuracy, PERFECT)


def axis_title(name: str, translate: Translate = str) -> str:
    """Return what the axis of a hyperparameter is called.

    Examples
    --------
    >>> axis_title("layer_sizes"), axis_title("batch_size")
    ('Hidden layers', 'Batch size B')
    """
    return translate(SHORT[name]) if name in SHORT else field_name(name, translate)


def axis_text(name: str, value: Value, translate: Translate = str) -> str:
    """Return a value as an axis shows it.

    Examples
    --------
    >>> axis_text("layer_sizes", [784, 200, 100, 10]), axis_text("learning_rate", 1e-05)
    ('200-100', '0.00001')
    """
    if name in SEVERAL:
        text = text_of(name, value)
        return translate(N_("none")) if text == "none" else text
    return value_text(name, value, translate)


def accuracy_axis(translate: Translate) -> alt.Y:
    """Return the axis ``y`` of accuracies, from the share that is misread."""
    return alt.Y(
        "y:Q",
        scale=from_view("y_low", "y_high", type="log", reverse=True, padding=10),
        title=translate("validation accuracy"),
        axis=alt.Axis(values=list(TICKS), labelExpr=AT_LEAST + "format(1 - datum.value, '.1~%')"),
    )


def accuracy_range(misread: Iterable[float | None]) -> dict[str, float]:
    """Return the ends of `accuracy_axis`, for the table ``view``.

    Values that are nearly equal, or one alone, get the next tick on either side: an axis without
    extent would print several ticks in one place.

    Parameters
    ----------
    misread : iterable of float or None
        Of each point that is drawn, the share of images that are misread.

    Examples
    --------
    >>> accuracy_range([0.13, None]), accuracy_range([])
    ({'y_low': 0.1, 'y_high': 0.2}, {'y_low': 0.2, 'y_high': 0.9})
    """
    known = [share for share in misread if share is not None] or [0.5]
    low, high = min(known), max(known)
    if high < 2 * low:
        low = max((tick for tick in TICKS if tick < low), default=low / 2)
        high = min((tick for tick in TICKS if tick > high), default=max(high, 1.0))
    return {"y_low": low, "y_high": high}


def picked() -> alt.Parameter:
    """Return the selection of the run that is clicked."""
    return alt.selection_point(name=PICK, fields=["trial", "n_shown"], on="click", toggle=False)


def looks() -> dict[str, Any]:
    """Return the channels that show a run's accuracy and state."""
    roles = alt.Scale(domain=ROLES)
    return {
        "color": alt.Color("role:N", scale=roles, legend=None),
        "fillOpacity": alt.FillOpacity("strength:Q", scale=None),
        "stroke": alt.Stroke("outline:N", scale=roles, legend=None),
        "strokeWidth": alt.StrokeWidth("width:Q", scale=None),
    }


def tooltip(translate: Translate) -> list[alt.Tooltip]:
    """Return what is told of the run under the pointer."""
    return [
        alt.Tooltip("values:N", title=translate("recipe")),
        alt.Tooltip("status:N", title=translate("state")),
        alt.Tooltip("epochs:N", title=translate("epochs")),
        alt.Tooltip("validation:N", title=translate("validation accuracy, %")),
        alt.Tooltip("test:N", title=translate("test accuracy, %")),
    ]


def _role(status: str, *, is_best: bool) -> str:
    if is_best:
        return "best"
    return "now" if status in ENDED_BADLY else "model"


def _outline(status: str, *, is_best: bool, is_shown: bool) -> tuple[str | None, float]:
    """Give the role and the width of a run's outline."""
    if is_shown:
        return "ink", 3.0
    if is_best:
        return "best", 3.0
    return ("second", 2.5) if status == "running" else (None, 0.0)


def _below(
    status: str, epochs_done: int, n_epochs: int, states: Mapping[str, str], roomy: bool
) -> str:
    """Give the line that says how far a run is; none where it is done."""
    done = f"{epochs_done}/{n_epochs}"
    if status == "done":
        return ""
    if status == "queued" and epochs_done == 0:
        return states[status] if roomy else "·"
    if status in ENDED_BADLY:
        return states[status] if roomy else "!"
    if status == "pruned" and not roomy:
        return f"{EARLY} {done}"
    return f"{states[status]} {done}" if roomy else done
