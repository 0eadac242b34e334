"""The player: a lesson's panels as one chart with one time line, played in the browser.

All panels are views of one Vega-Lite chart. They read three named tables, ``frames`` (one row a
recorded state), ``samples`` and ``view`` (one row: ranges of axes and other single values), and
compare ``datum.step`` with the signal ``step``. Vega itself moves that signal: while ``playing``
by the window's event ``player-tick``, which ``assets/player_clock.js`` sends; by the slider, and by
the keys ← and →. No frame asks the server anything. Beside the slider stands how many updates the
frame has behind it: frames may be few of many updates.

A player opens at its first frame, and what comes is not given away: the signal ``seen`` is the
farthest frame that has been shown since the start.

Vega-Lite hands ``config["signals"]`` on to Vega. Axis ranges come from ``view`` rather than from
the specification, so that moving a slider of the page changes data only and nothing is rebuilt.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.layout import TABLET, Layout
from core.charts.number_text import tick_label
from core.charts.palette import in_role
from core.messages import Translate

FRAMES = alt.NamedData("frames")
SAMPLES = alt.NamedData("samples")
VIEW = alt.NamedData("view")

MAX_FRAMES = 300
MAX_SAMPLES = 1000
"""The most frames and samples a chart shows; lessons learn from all of them."""

SECONDS_PER_RUN = 10
"""At speed 1 a run plays in ten seconds, however many frames it has."""

SECONDS_TO_READ = 2
"""At speed 1 a run to be read step by step stays so long at each frame."""

SPEEDS = (0.25, 0.5, 1, 2, 4)

STACKED_SCALE = 0.85
"""Panels are this much lower where they are stacked, so that the player fits a phone's screen."""

SEEN = "step == 0 ? 0 : max(seen, step)"

AXIS, GAP = 46, 14
"""Pixels for a y axis with its title, and between two columns."""

LARGE = {"labelFontSize": 14, "titleFontSize": 15}
"""Letters of axes and legends where the whole is to be read from far away."""

TEXT_LINE = 25
"""Pixels of one line of numbers."""


Layers = alt.LayerChart | alt.FacetChart
"""What ``alt.layer`` returns (the second only where a layer has facets, which ours have not)."""


@dataclass(frozen=True)
class Panel:
    """One view of the player: its chart, without a size, and the height of its plot in pixels."""

    chart: Layers
    height: int


@dataclass(frozen=True)
class Column:
    """Panels one above the other, and the share of the width they take beside other columns."""

    panels: Sequence[Panel]
    share: float = 1.0


def now() -> alt.Chart:
    """Return a chart of the current frame only."""
    return alt.Chart(FRAMES).transform_filter("datum.step == step")


def until_now() -> alt.Chart:
    """Return a chart of the frames up to the current one."""
    return alt.Chart(FRAMES).transform_filter("datum.step <= step")


def seen() -> alt.Chart:
    """Return a chart of the frames that have been shown since the start, to look back at."""
    return alt.Chart(FRAMES).transform_filter("datum.step <= seen")


def once_seen(chart: alt.Chart) -> alt.Chart:
    """Return a chart of what gives the answer away: while a guess is asked for, only at the end.

    The chart's table is ``view``, in which the page sets ``asks`` where it asks for a guess.
    """
    return chart.transform_filter("!datum.asks || seen >= datum.last")


def from_view(low: str, high: str, **scale: Any) -> alt.Scale:
    """Return a scale whose domain is read from two columns of the table ``view``."""
    domain = [{"expr": f"data('view')[0].{name}"} for name in (low, high)]
    return alt.Scale(domain=domain, nice=False, **scale)


def thin(n_rows: int, limit: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the rows to show of `n_rows`: at most `limit`, evenly spread, first and last kept.

    Examples
    --------
    >>> thin(3, 300), thin(10, 4)
    (array([0, 1, 2]), array([0, 3, 6, 9]))
    """
    if n_rows <= limit:
        return np.arange(n_rows)
    return np.round(np.linspace(0, n_rows - 1, limit)).astype(np.intp)


def updates_a_step(frames: pd.DataFrame) -> tuple[int, int] | None:
    """Return how many updates lie between two frames: the fewest and the most.

    Parameters
    ----------
    frames : pandas.DataFrame
        With the column ``update``, never falling.

    Returns
    -------
    tuple of int, or None
        Without the step to the last frame, which is what is left; None while there is one state.

    Examples
    --------
    >>> updates_a_step(pd.DataFrame({"update": [0, 4, 8, 10]}))
    (4, 4)
    >>> updates_a_step(pd.DataFrame({"update": [0, 1, 3, 4, 5]}))
    (1, 2)
    """
    steps = np.diff(frames["update"])
    steps = steps[steps > 0]
    if steps.size == 0:
        return None
    steps = steps[: max(steps.size - 1, 1)]
    return int(steps.min()), int(steps.max())


def specification(
    columns: Sequence[Column],
    n_lines: int,
    n_frames: int,
    *,
    step_by_step: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, Any]:
    """Put a lesson's panels and its lines of numbers into one chart with one time line.

    The specification holds no data, so that a page can keep it while the data change.

    Parameters
    ----------
    columns : sequence of Column
        The panels. Beside each other, or all in one column where the layout is stacked.
    n_lines : int
        How many lines of numbers stand below: the columns ``line_1`` … of the table ``frames``.
    n_frames : int
        How many rows that table has.
    step_by_step : bool, default=False
        Each frame is to be read: it plays slowly, and has a button for the next. The panels say
        where it is, so that no number of updates stands beside the slider.
    layout : Layout
        How wide it is, and whether its panels are stacked.
    translate : callable, default=str
        Gives the controls' names in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification for ``st.vega_lite_chart``; it wants `tables` as ``datasets``.
    """
    lines = [now().transform_calculate(line=f"datum.line_{i + 1}") for i in range(n_lines)]
    signals = _signals(n_frames - 1, translate, step_by_step)
    return compose(columns, lines, signals, layout=layout)


def compose(
    columns: Sequence[Column],
    lines: Sequence[alt.Chart],
    signals: list[dict[str, Any]],
    *,
    layout: Layout,
) -> dict[str, Any]:
    """Put panels and lines of numbers into one chart that shares signals.

    Parameters
    ----------
    columns : sequence of Column
        The panels.
    lines : sequence of altair.Chart
        Charts without a mark, of one row each; their field ``line`` is the text.
    signals : list of dict
        Vega's signals, for all panels; in the order in which their controls stand.
    layout : Layout
        How wide it is, and whether its panels are stacked.

    Returns
    -------
    dict
        A Vega-Lite specification without data.
    """
    views = [_stack(columns, layout) if layout.stacked else _beside(columns, layout)]
    if lines:
        views.append(_sized(_text(lines, layout), layout.width - AXIS, len(lines) * TEXT_LINE))
    return {
        "vconcat": views,
        "spacing": 8,
        "config": {
            "signals": signals,
            "axis": {"labelLimit": 0, "titlePadding": 4, **(LARGE if layout.is_large else {})},
            "axisQuantitative": {"labelExpr": tick_label()},
            **({"legend": LARGE} if layout.is_large else {}),
        },
    }


def tables(
    frames: pd.DataFrame, samples: pd.DataFrame, view: Mapping[str, float]
) -> dict[str, pd.DataFrame]:
    """Return the tables that the panels read.

    Parameters
    ----------
    frames : pandas.DataFrame
        One row a frame, in order; a column ``step`` is added, counting from 0.
    samples : pandas.DataFrame
        The lesson's data, columns ``x`` and ``y``.
    view : mapping of str to float
        Single values: the ranges that `from_view` names, and others.

    Returns
    -------
    dict of str to pandas.DataFrame
        By the names of `FRAMES`, `SAMPLES` and `VIEW`.
    """
    return {
        "frames": frames.assign(step=np.arange(len(frames))),
        "samples": samples,
        "view": pd.DataFrame([{**view, "last": len(frames) - 1}]),
    }


def _sized(chart: Layers, width: float, height: float) -> dict[str, Any]:
    """A view of the concatenation, sized as a dict: altair copies the whole chart for that."""
    view = as_dict(chart) | {"width": round(width), "height": round(height)}
    return {key: value for key, value in view.items() if key not in ("$schema", "config")}


def left_plot_size(height: int, share: float, *, layout: Layout) -> tuple[float, float]:
    """Return width and height in pixels of a panel's plot in the left one of two columns.

    Parameters
    ----------
    height : int
        The panel's.
    share : float
        Its column's; the right one's is 1.
    layout : Layout
        How wide it is, and whether its panels are stacked.
    """
    if layout.stacked:
        return layout.width - AXIS, STACKED_SCALE * height
    return (layout.width - 2 * AXIS - GAP) * share / (share + 1), height


def _stack(columns: Sequence[Column], layout: Layout) -> dict[str, Any]:
    width = layout.width - AXIS
    panels = [panel for column in columns for panel in column.panels]
    views = [_sized(panel.chart, width, STACKED_SCALE * panel.height) for panel in panels]
    return {"vconcat": views, "spacing": GAP}


def _beside(columns: Sequence[Column], layout: Layout) -> dict[str, Any]:
    room = layout.width - len(columns) * AXIS - (len(columns) - 1) * GAP
    whole = sum(column.share for column in columns)
    views = [
        {
            "vconcat": [
                _sized(panel.chart, room * column.share / whole, panel.height)
                for panel in column.panels
            ],
            "spacing": GAP,
        }
        for column in columns
    ]
    return {"hconcat": views, "spacing": GAP}


def _text(lines: Sequence[alt.Chart], layout: Layout) -> Layers:
    marks = [
        in_role(
            line.mark_text(
                aria=True,
                align="left",
                baseline="middle",
                fontSize=13 if layout.stacked else 18 if layout.is_large else 15,
            ).encode(x=alt.XValue(0), y=alt.YValue((i + 0.5) * TEXT_LINE), text=alt.Text("line:N")),
            "ink",
        )
        for i, line in enumerate(lines)
    ]
    return alt.layer(*marks).properties(view=alt.ViewConfig(stroke=None))


def control(name: str, value: Any, bind: dict[str, Any], *on: dict[str, Any]) -> dict[str, Any]:
    """Return a signal with a control that the reader moves, and what else moves it."""
    return {"name": name, "value": value, "bind": bind, "on": list(on)}


def _signals(last: int, translate: Translate, step_by_step: bool) -> list[dict[str, Any]]:
    # `tick` holds the milliseconds at the last two ticks of the clock, so that a run takes its ten
    # seconds on a slow machine too; after a pause it goes on where it was.
    seconds = SECONDS_TO_READ * (last + 1) if step_by_step else SECONDS_PER_RUN
    rate = f"speed * {(last + 1) / (1000 * seconds)}"  # frames a millisecond
    advance = f"floor(tick[1] * {rate}) - floor(tick[0] * {rate})"
    clock = {"source": "window", "type": "player-tick"}
    ticks = "[max(tick[1], event.detail - 100), event.detail]"
    next_step = f"step >= {last} ? 0 : min(step + {advance}, {last})"  # from the end, start anew
    press = {"events": {"signal": "next"}, "update": f"min(step + 1, {last})"}
    button = control("next", False, {"input": "checkbox", "name": translate("Next step")})
    return [
        control(
            "playing",
            False,
            {"input": "checkbox", "name": translate("Play")},
            {"events": {"signal": "step"}, "update": f"playing && step < {last}"},
        ),
        {"name": "tick", "value": [0, 0], "on": [{"events": clock, "update": ticks}]},
        *([button] if step_by_step else []),
        control(
            "step",
            0,
            {"input": "range", "min": 0, "max": last, "step": 1, "name": translate("Time line")},
            {"events": {"signal": "tick"}, "update": f"playing ? ({next_step}) : step"},
            {"events": _key("ArrowRight"), "update": f"min(step + 1, {last})"},
            {"events": _key("ArrowLeft"), "update": "max(step - 1, 0)"},
            *([press] if step_by_step else []),
        ),
        *([] if step_by_step else [_updates_done(translate)]),
        control(
            "speed",
            1,
            {
                "input": "select",
                "options": list(SPEEDS),
                "labels": [f"{speed}×" for speed in SPEEDS],
                "name": translate("Speed"),
            },
        ),
        {"name": "seen", "value": 0, "on": [{"events": {"signal": "step"}, "update": SEEN}]},
    ]


def _updates_done(translate: Translate) -> dict[str, Any]:
    """Say beside the slider where it is; Vega itself would write the number of the frame there."""
    before, after = translate("update {n}").split("{n}")
    number = "format((data('frames')[step] || {update: 0}).update, ',')"
    return {
        "name": "at",
        "update": f"{json.dumps(before)} + {number} + {json.dumps(after)}",
        "bind": {
            "input": "text",
            "name": translate("Where the time line is"),
            "readonly": "",
            "tabindex": "-1",
        },
    }


def _key(name: str) -> dict[str, Any]:
    """The event of a key, while no control that uses the key itself has the focus."""
    nothing_focused = "indexof(['BODY', 'SECTION', 'MAIN'], event.target.tagName) >= 0"
    button_focused = "indexof(['playing', 'next'], event.target.name) >= 0"
    return {
        "source": "window",
        "type": "keydown",
        "filter": [f"event.key == '{name}'", f"{nothing_focused} || {button_focused}"],
    }
