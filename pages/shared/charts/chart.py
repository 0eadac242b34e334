"""Charts on a page: as wide as the room, and kept, so that a control changes only their data."""

import html
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, Literal, NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.shared.i18n import language, translator

MOST_PICKED = 1_000_000
"""No mark of a chart has a larger number."""

SHOWN = "shown_charts"
"""Session state: what each player and explorer of the page shows, by its key."""


class Shown(NamedTuple):
    """A chart that a page shows."""

    specification: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    alt: str


def shown(key: str) -> Shown:
    """Return what a player or an explorer of the page shows, by its key."""
    found: Shown = st.session_state[SHOWN][key]
    return found


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
        specification(lay_out, **layout) | {"datasets": sent(tables)},
        width=width,
        key=key,
        alt=alt,
        on_select=on_select,
    )
    if heard:
        with st.container(key=f"heard_of_{key}"):  # takes no room
            st.html(hidden(heard))


def hidden(text: str) -> str:
    """Return HTML that a screen reader reads and nobody sees."""
    return f'<span class="heard">{html.escape(text)}</span>'


def sent(tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
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
