"""Players, and charts that a reader moves without a time line: their place and their words."""

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.layout import Layout
from core.number import whole
from pages.shared.charts.chart import SHOWN, Shown, chart_key, hidden, sent, specification
from pages.shared.charts.orders import bring_in_sight, order
from pages.shared.i18n import _

if TYPE_CHECKING:
    from core.charts.chart_module import ChartModule

CONTROLS = 52
"""Pixels of the row of controls below a player."""

ASKS = "player_asks"
"""Session state: that the end of the next player is not told, since the learner is to guess it."""


def show_player(
    lesson: "ChartModule",
    tables: dict[str, pd.DataFrame],
    *,
    key: str,
    alt: str,
    each: str | None = None,
    **layout: Any,
) -> None:
    """Show a lesson's player.

    Parameters
    ----------
    lesson : ChartModule
        A module of ``core.charts``.
    tables : dict of str to pandas.DataFrame
        What its ``tables`` returned.
    key : str
        Its name on the page: it stands in a container ``player_`` and this name, and the chart's
        key is that of `chart_key`.
    alt : str
        As in `show_explorer`; a screen reader hears the numbers at the run's end besides, unless
        these are just being asked for.
    each : str, optional
        What the keys ← and → step by; without it, updates.
    **layout
        More arguments of ``specification``.
    """
    caption = _("Play, drag the time line, or step with the keys ← and →: {each} at a time.")
    asks = st.session_state.pop(ASKS, False)
    tables["view"] = tables["view"].assign(asks=asks)
    order(key, _run_of(tables["frames"]))
    with st.container(key=f"steps_{key}"):  # what is presented
        show_explorer(
            lesson,
            tables,
            key=key,
            caption=caption.format(each=each or _updates_each(tables["frames"])),
            alt=alt,
            heard="" if asks else _the_end(tables["frames"]),
            n_frames=len(tables["frames"]),
            **layout,
        )


def _run_of(frames: pd.DataFrame) -> bytes:
    """Return what tells one run from another: how it ended, in numbers that no layout changes."""
    told = [name for name in ("update", "loss") if name in frames]
    numbers = told or list(frames.select_dtypes("number"))
    return struct.pack(f"{len(numbers)}d", *(frames[name].array[-1] for name in numbers))


def _the_end(frames: pd.DataFrame) -> str:
    """Say what the lines of numbers say in the last frame."""
    last = [frames[name].array[-1] for name in frames if "line_" in name]
    lines = _("; ").join(" ".join(line.split()).rstrip(" .。") for line in last if line)
    return _("At the end: {lines}.").format(lines=lines) if lines else ""


def _updates_each(frames: pd.DataFrame) -> str:
    """Say how many updates the keys ← and → step by."""
    from core.charts.player import updates_a_step  # not for pages that have no player

    fewest, most = updates_a_step(frames) or (1, 1)
    if most == 1:
        return _("one update")
    text = _("{n} updates") if fewest == most else _("{fewest} to {n} updates")
    return text.format(fewest=whole(fewest), n=whole(most))


def show_explorer(
    lesson: "ChartModule",
    tables: dict[str, pd.DataFrame],
    *,
    key: str,
    caption: str,
    alt: str,
    heard: str,
    on_select: Literal["ignore"] | Callable[[], None] = "ignore",
    **layout: Any,
) -> None:
    """Show a lesson's chart that the reader moves in the browser; `caption` says how.

    Parameters
    ----------
    lesson, tables, key, **layout
        As in `show_player`.
    caption : str
    alt : str
        What kind of chart it is, for those who cannot see it; the same whatever the run. Streamlit
        makes it a part of the specification: another text builds the chart anew, in 0.1 s or more.
    heard : str
        What a screen reader says besides: what the chart shows now; "" where it shows nothing, or
        what must not be told yet.
    on_select : callable, optional
        Called when the reader clicks a mark of a chart with a selection.
    """
    laid_out = specification(lesson.specification, **layout)
    with _room_of(key, layout["layout"], laid_out):
        st.vega_lite_chart(
            laid_out | {"datasets": sent(tables)},
            width="content",
            key=chart_key(key),
            alt=alt,
            on_select=on_select,
        )
    if heard:
        caption += f" {hidden(heard)}"
    st.caption(caption, unsafe_allow_html=True)
    if "n_frames" not in layout:
        bring_in_sight(key)
    st.session_state.setdefault(SHOWN, {})[key] = Shown(laid_out, tables, alt)


def _room_of(key: str, layout: Layout, laid_out: dict[str, Any]) -> DeltaGenerator:
    """Return the place of a player; its room is kept until the browser has drawn it.

    The browser paints before it knows our style sheet. Until then a fixed height is right for the
    usual window; afterwards the shape is, for any.
    """
    from core.charts.extent import height, width  # not for pages that have no player

    shape = width(laid_out) / height(laid_out)
    about = round(layout.usual / shape) + CONTROLS
    place = st.container(key=f"player_{key}", height=about, border=False)
    with place:
        told = f"--shape: {shape:.3f}; --layout: {layout.name}"
        st.html(f"<style>.st-key-player_{key} {{ {told} }}</style>")
    return place
