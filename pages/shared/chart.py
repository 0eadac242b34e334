"""A chart as wide as its place: its layout is kept, so that a control changes only its data."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Literal

import pandas as pd
import streamlit as st

from pages.shared.specification import specification


def show_chart(
    module: ModuleType,
    tables: dict[str, pd.DataFrame],
    *,
    alt: str,
    key: str | None = None,
    on_select: Literal["ignore"] | Callable[[], None] = "ignore",
    **layout: Any,
) -> None:
    """Show a chart.

    Parameters
    ----------
    module : module
        A module of ``core.charts`` with a ``specification``.
    tables : dict of str to pandas.DataFrame
        What its ``tables`` returned.
    alt : str
        What the chart shows, for those who cannot see it.
    key : str, optional
        Of the chart; ``chart_`` and the module's name by default.
    on_select : callable, optional
        Called when the reader clicks a mark of a chart with a selection.
    **layout
        More arguments of ``specification``.
    """
    st.vega_lite_chart(
        specification(module.specification, **layout) | {"datasets": tables},
        key=key or f"chart_{module.__name__.rpartition('.')[2]}",
        alt=alt,
        on_select=on_select,
    )


def n_changes(name: str, value: object) -> int:
    """Count how often the value called `name` has changed in this session.

    As a field of a chart's selection it makes every click a new one: the browser reports none that
    selects what was selected already, though the reader may have gone elsewhere in between.
    """
    counted: tuple[object, int] = st.session_state.get(name, (None, 0))
    if counted[0] != value:
        counted = st.session_state[name] = value, counted[1] + 1
    return counted[1]
