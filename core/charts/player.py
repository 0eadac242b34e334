"""The player: a lesson's panels as one chart with one time line, played in the browser.

All panels are views of one Vega-Lite chart. They read three named tables, ``frames`` (one row a
recorded state), ``samples`` and ``view`` (one row: ranges of axes and other single values), and
compare ``datum.step`` with the signal ``step``. Vega itself moves that signal: by a timer while
``playing``, by the slider, by the keys ← and →. No frame asks the server anything.

Vega-Lite hands ``config["signals"]`` on to Vega. Axis ranges come from ``view`` rather than from
the specification, so that moving a slider of the page changes data only and nothing is rebuilt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.palette import in_role
from core.messages import Translate

FRAMES = alt.NamedData("frames")
SAMPLES = alt.NamedData("samples")
VIEW = alt.NamedData("view")

MAX_FRAMES = 300
MAX_SAMPLES = 1000
"""The most frames and samples a chart shows; lessons learn from all of them."""

FRAMES_PER_SECOND = 30
SECONDS_PER_RUN = 10
"""At speed 1 a run plays in ten seconds, however many frames it has."""

SPEEDS = (0.25, 0.5, 1, 2, 4)

WIDTH, STACKED_WIDTH = 704, 342
"""Pixels of the whole player beside a sidebar, and on a phone."""

AXIS, GAP = 46, 14
"""Pixels for a y axis with its title, and between two columns."""

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


def player(
    columns: Sequence[Column],
    n_lines: int,
    *,
    frames: pd.DataFrame,
    samples: pd.DataFrame,
    view: pd.DataFrame,
    stacked: bool = False,
    translate: Translate = str,
) -> dict[str, Any]:
    """Put a lesson's panels and its lines of numbers into one chart with one time line.

    Parameters
    ----------
    columns : sequence of Column
        The panels. Beside each other, or all in one column if `stacked`.
    n_lines : int
        How many lines of numbers stand below: the columns ``line_1`` … of `frames`.
    frames : pandas.DataFrame
        One row a frame, in order; a column ``step`` is added, counting from 0.
    samples : pandas.DataFrame
        The lesson's data, columns ``x`` and ``y``.
    view : pandas.DataFrame
        One row of single values: the ranges that `from_view` names, and others.
    stacked : bool, default=False
        One column, for a phone.
    translate : callable, default=str
        Gives the controls' names in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification for ``st.vega_lite_chart``, with its tables in ``datasets``.
    """
    frames = frames.assign(step=np.arange(len(frames)))
    body = _stack(columns) if stacked else _beside(columns)
    width = STACKED_WIDTH if stacked else WIDTH
    chart = alt.vconcat(body, _numbers(n_lines, width, stacked), spacing=8)
    specification: dict[str, Any] = chart.to_dict()
    config = specification.setdefault("config", {})
    config["signals"] = _signals(len(frames) - 1, translate)
    config["axis"] = {"labelLimit": 0, "titlePadding": 4}
    specification["datasets"] = {"frames": frames, "samples": samples, "view": view}
    return specification


def _sized(panel: Panel, width: float) -> Layers:
    return panel.chart.properties(width=width, height=panel.height)


def _stack(columns: Sequence[Column]) -> alt.VConcatChart:
    width = STACKED_WIDTH - AXIS
    return alt.vconcat(*(_sized(p, width) for c in columns for p in c.panels), spacing=GAP)


def _beside(columns: Sequence[Column]) -> alt.HConcatChart:
    room = WIDTH - len(columns) * AXIS - (len(columns) - 1) * GAP
    whole = sum(column.share for column in columns)
    return alt.hconcat(
        *(
            alt.vconcat(
                *(_sized(p, round(room * column.share / whole)) for p in column.panels), spacing=GAP
            )
            for column in columns
        ),
        spacing=GAP,
    )


def _numbers(n_lines: int, width: int, stacked: bool) -> Layers:
    lines = [
        in_role(
            now()
            .mark_text(align="left", baseline="middle", fontSize=13 if stacked else 15)
            .encode(
                x=alt.value(0),
                y=alt.value((i + 0.5) * TEXT_LINE),
                text=f"line_{i + 1}:N",
            ),
            "ink",
        )
        for i in range(n_lines)
    ]
    return alt.layer(*lines).properties(
        width=width - AXIS, height=n_lines * TEXT_LINE, view=alt.ViewConfig(stroke=None)
    )


def _signals(last: int, translate: Translate) -> list[dict[str, Any]]:
    rate = (last + 1) / (SECONDS_PER_RUN * FRAMES_PER_SECOND)  # frames a tick, at speed 1
    advance = f"floor((tick + 1) * speed * {rate}) - floor(tick * speed * {rate})"
    next_step = f"step >= {last} ? 0 : min(step + {advance}, {last})"  # from the end, start anew
    timer = {"type": "timer", "throttle": 1000 / FRAMES_PER_SECOND}

    def control(name: str, value: Any, bind: dict[str, Any], *on: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "value": value, "bind": bind, "on": list(on)}

    return [
        control(
            "playing",
            False,
            {"input": "checkbox", "name": translate("Play")},
            {"events": {"signal": "step"}, "update": f"playing && step < {last}"},
        ),
        {"name": "tick", "value": 0, "on": [{"events": timer, "update": "tick + 1"}]},
        control(
            "step",
            last,
            {"input": "range", "min": 0, "max": last, "step": 1, "name": translate("Step")},
            {"events": {"signal": "tick"}, "update": f"playing ? ({next_step}) : step"},
            {"events": _key("ArrowRight"), "update": f"min(step + 1, {last})"},
            {"events": _key("ArrowLeft"), "update": "max(step - 1, 0)"},
        ),
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
    ]


def _key(name: str) -> dict[str, Any]:
    """The event of a key, while no control that uses the key itself has the focus."""
    nothing_focused = "indexof(['BODY', 'SECTION', 'MAIN'], event.target.tagName) >= 0"
    play_focused = "event.target.name == 'playing'"
    return {
        "source": "window",
        "type": "keydown",
        "filter": [f"event.key == '{name}'", f"{nothing_focused} || {play_focused}"],
    }
