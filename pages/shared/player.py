"""The player on a page: its layout is kept, so that a control changes only its data."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Literal

import pandas as pd
import streamlit as st

from pages.shared.i18n import _
from pages.shared.specification import specification


def is_stacked() -> bool:
    """Show the switch between panels beside each other and one above the other."""
    return st.sidebar.toggle(
        _("Stack the panels"),
        value="Mobi" in (st.context.headers.get("User-Agent") or ""),
        key="stack",
        bind="query-params",
        help=_("One panel above the other, for a narrow screen."),
    )


def show_player(
    lesson: ModuleType, tables: dict[str, pd.DataFrame], *, alt: str, **layout: Any
) -> None:
    """Show a lesson's player.

    Parameters
    ----------
    lesson : module
        A module of ``core.charts`` with a ``specification``.
    tables : dict of str to pandas.DataFrame
        What its ``tables`` returned.
    alt : str
        What the chart shows, for those who cannot see it.
    **layout
        More arguments of ``specification``.
    """
    show_explorer(
        lesson,
        tables,
        caption=_("Play, drag the time line, or step with the keys ← and →."),
        alt=alt,
        n_frames=len(tables["frames"]),
        **layout,
    )


def show_explorer(
    lesson: ModuleType,
    tables: dict[str, pd.DataFrame],
    *,
    caption: str,
    alt: str,
    on_select: Literal["ignore"] | Callable[[], None] = "ignore",
    **layout: Any,
) -> None:
    """Show a lesson's chart that the reader moves in the browser; `caption` says how.

    The other parameters are those of `show_player`, but for `on_select`: it is called when the
    reader clicks a mark of a chart with a selection.
    """
    name = lesson.__name__.rpartition(".")[2]
    with st.container(key=f"player_{name}"):
        st.vega_lite_chart(
            specification(lesson.specification, **layout) | {"datasets": tables},
            width="content",
            key=f"chart_{name}",
            alt=alt,
            on_select=on_select,
        )
    st.caption(caption)
