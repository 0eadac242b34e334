"""Charts on a page: as wide as the room, and kept, so that a control changes only their data.

The browser measures the room and tells which layout fits; until it has told, the layout is guessed:
a phone's on a phone, else a laptop's.
"""

import html
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.layout import LAPTOP, LAYOUTS, PHONE, STAGE, Layout
from core.number import whole
from pages.shared.choice import CURRENT_PAGE
from pages.shared.i18n import _, language, translator

if TYPE_CHECKING:
    from core.charts.chart_module import ChartModule

LAYOUT = "layout"
"""Session state: the name of the layout that fits the page."""

PRESENTING = "is_presenting"
"""Session state: whether the page being shown is presented; the frame's switch says so."""

_orders = st.components.v2.component(
    "player_order",
    js="""
export default function ({ data }) {
  window.dispatchEvent(new CustomEvent("player-order", { detail: data }));
}
""",
)

CONTROLS = 52
"""Pixels of the row of controls below a player."""

WISH, ASKS = "player_wish", "player_asks"
"""Session state, for the next player that is shown: where it is to stand, and that its end is not
told, since the learner is asked to guess it."""

PLAYER = "player"
"""What is brought in sight is the player itself."""

MOST_PICKED = 1_000_000
"""No mark of a chart has a larger number."""


class Shown(NamedTuple):
    """A chart that a page shows."""

    specification: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    alt: str


Place = Literal["start", "play", "end"]
"""Where a player is put: at its start, there and playing, at its end."""

ASSETS = Path(__file__).resolve().parents[2] / "assets"
COMPANION = (ASSETS / "player_clock.js", ASSETS / "companion.js")
"""What players need in the browser, and what pages and players need there from each other."""


def measure() -> None:
    """Have the browser tell which layout fits the page, now and whenever that changes.

    On a phone it also gets two buttons, which open the settings and the list of pages.
    """

    def take() -> None:
        st.session_state[LAYOUT] = st.session_state["companion"]["layout"]

    least = {one.name: one.least for one in LAYOUTS.values()}
    _companion()(
        key="companion",
        data={
            "least": least,
            "layout": _measured().name,
            "words": {"pages": _("Pages"), "settings": _("Settings")},
        },
        on_layout_change=take,
    )


def room() -> Layout:
    """Return the layout of charts that fits the page, the stage's where one presents."""
    measured = _measured()
    presenting = st.session_state.get(PRESENTING) and measured.least >= STAGE.least
    return STAGE if presenting else measured


def _measured() -> Layout:
    usual = PHONE if "Mobi" in (st.context.headers.get("User-Agent") or "") else LAPTOP
    return LAYOUTS.get(st.session_state.get(LAYOUT, ""), usual)


def put_player(where: Place, *, in_sight: str = "") -> None:
    """Have the next player that is shown stand somewhere; for a callback.

    Without it a player stays where the reader put it. One that the reader has not touched shows
    the end of the run once a control has changed the run.

    Parameters
    ----------
    where : {"start", "play", "end"}
    in_sight : str, default=""
        What the page is scrolled to: the key of a container, or `PLAYER`.
    """
    st.session_state[WISH] = st.session_state.get(CURRENT_PAGE), where, in_sight


@st.cache_resource(show_spinner=False)
def _companion() -> Callable[..., object]:
    script = "\n".join(file.read_text(encoding="utf-8") for file in COMPANION)
    return st.components.v2.component("companion", js=script)


def show_chart(
    lay_out: Callable[..., dict[str, Any]],
    tables: dict[str, pd.DataFrame],
    *,
    key: str,
    alt: str,
    heard: str,
    width: Literal["stretch", "content"] = "stretch",
    on_select: Literal["ignore"] | Callable[[], None] = "ignore",
    **layout: Any,
) -> None:
    """Show a chart as wide as its place.

    Parameters
    ----------
    lay_out : callable
        A function of ``core.charts`` that takes ``translate``.
    tables : dict of str to pandas.DataFrame
        What it draws.
    key : str
        Of the chart.
    alt, heard : str
        As in `show_explorer`.
    width : {"stretch", "content"}, default="stretch"
        As wide as its place, or as it was laid out.
    on_select : callable, optional
        Called when the reader clicks a mark of a chart with a selection.
    **layout
        More arguments of `lay_out`.
    """
    st.vega_lite_chart(
        specification(lay_out, **layout) | {"datasets": _sent(tables)},
        width=width,
        key=key,
        alt=alt,
        on_select=on_select,
    )
    if heard:
        with st.container(key=f"heard_of_{key}"):  # takes no room
            st.html(_heard(heard))


def _heard(text: str) -> str:
    return f'<span class="heard">{html.escape(text)}</span>'


def show_player(
    lesson: "ChartModule",
    tables: dict[str, pd.DataFrame],
    *,
    key: str,
    alt: str,
    each: str | None = None,
    **layout: Any,
) -> Shown:
    """Show a lesson's player, and return it.

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
    _order(key, tables["frames"])
    with st.container(key=f"steps_{key}"):  # what is presented
        return show_explorer(
            lesson,
            tables,
            key=key,
            caption=caption.format(each=each or _updates_each(tables["frames"])),
            alt=alt,
            heard="" if asks else _the_end(tables["frames"]),
            n_frames=len(tables["frames"]),
            **layout,
        )


def _order(key: str, frames: pd.DataFrame) -> None:
    """Tell the browser where the player is to stand, once for each wish or changed run."""
    state, run_now = st.session_state, _run_of(frames)
    number, where, run = state.get(f"{key}_order", (0, "start", run_now))
    page, wish, in_sight = state.pop(WISH, (None, None, ""))
    if wish is not None and page == state.get(CURRENT_PAGE):
        number, where = number + 1, wish
    elif run != run_now:
        number, where = number + 1, "follow"
    state[f"{key}_order"] = number, where, run_now
    _send_order(key, number, where, in_sight)


def _send_order(key: str, number: int, where: str, in_sight: str) -> None:
    """Send the browser the order of this number, which it obeys once."""
    shown = f"player_{key}" if in_sight == PLAYER else in_sight
    with st.container(key="order_of_player"):
        _orders(
            key=f"order_{key}",
            data={"player": key, "number": number, "where": where, "inSight": shown},
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
) -> Shown:
    """Show a lesson's chart that the reader moves in the browser; `caption` says how. Return it.

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
            laid_out | {"datasets": _sent(tables)},
            width="content",
            key=chart_key(key),
            alt=alt,
            on_select=on_select,
        )
    if heard:
        caption += f" {_heard(heard)}"
    st.caption(caption, unsafe_allow_html=True)
    if WISH in st.session_state and "n_frames" not in layout:
        _bring_in_sight(key)
    return Shown(laid_out, tables, alt)


def _bring_in_sight(key: str) -> None:
    """Have the browser scroll to what a callback wants to be seen, where there is no time line."""
    state = st.session_state
    page, _where, in_sight = state.pop(WISH)
    if page != state.get(CURRENT_PAGE):
        return
    state[f"{key}_order"] = number = state.get(f"{key}_order", 0) + 1
    _send_order(key, number, "follow", in_sight)


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
        st.html(f"<style>.st-key-player_{key} {{ --shape: {shape:.3f} }}</style>")
    return place


def _sent(tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Return tables as they are sent, in half the time that Streamlit takes: rows have no names."""
    sent = {}
    for name, table in tables.items():
        arrow = pa.table({str(column): _column(table[column].array) for column in table})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, arrow.schema) as stream:
            stream.write_table(arrow)
        sent[name] = sink.getvalue().to_pybytes()
    return sent


def _column(values: Any) -> pa.Array:
    """Return a column as Arrow has it, without a number where pandas has none."""
    is_arrow = hasattr(values, "__arrow_array__")
    return pa.array(values if is_arrow else values.to_numpy(), from_pandas=True)


def chart_key(name: str) -> str:
    """Return the key of the chart in the player or explorer of this name."""
    return f"chart_{name}"


def picked(key: str, selection: str, *fields: str) -> list[int]:
    """Return the whole numbers of the mark that was clicked; none, if the browser tells no such.

    Parameters
    ----------
    key : str
        Of the chart.
    selection : str
        Its name in the chart.
    *fields : str
        Whose numbers, each at least 0.
    """
    try:
        mark = st.session_state[key].selection[selection][0]
        numbers = [int(mark[field]) for field in fields]
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError):
        return []
    return numbers if all(0 <= number <= MOST_PICKED for number in numbers) else []


def n_changes(name: str, value: object) -> int:
    """Count how often the value called `name` has changed in this session.

    As a field of a chart's selection it makes every click a new one: the browser reports none that
    selects what was selected already, though the reader may have gone elsewhere in between.
    """
    counted: tuple[object, int] = st.session_state.get(name, (None, 0))
    if counted[0] != value:
        counted = st.session_state[name] = value, counted[1] + 1
    return counted[1]


def specification(lay_out: Callable[..., dict[str, Any]], **layout: Any) -> dict[str, Any]:
    """Return a chart's layout in the reader's language; altair is slow to make one, so it is kept.

    Parameters
    ----------
    lay_out : callable
        A function of ``core.charts`` that takes ``translate``.
    **layout
        Its other arguments.
    """
    return _specification(lay_out, language(), layout)


@st.cache_resource(  # nobody changes what is kept, so it need not be copied
    max_entries=300,
    show_spinner=False,
    hash_funcs={FunctionType: lambda f: f"{f.__module__}.{f.__qualname__}"},
)
def _specification(
    lay_out: Callable[..., dict[str, Any]], language: str, layout: dict[str, Any]
) -> dict[str, Any]:
    """`language` is what `_` depends on, and so part of the cache's key.

    The marks are silent: a screen reader reads the chart's ``alt``, and not hundreds of points.
    """
    del language
    made = lay_out(translate=translator(), **layout)
    return made | {"config": made.get("config", {}) | {"aria": False, "mark": {"aria": False}}}
