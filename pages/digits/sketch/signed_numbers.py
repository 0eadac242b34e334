"""Numbers above and below 0 as a picture."""

from typing import Any

import numpy as np
import streamlit as st

from core.charts.digits.sketch import cells
from pages.shared.charts.chart import specification


def show_cells(
    values: np.ndarray[Any, Any],
    title: str,
    key: str,
    alt: str,
    ink: np.ndarray[Any, Any] | None = None,
) -> None:
    """Show numbers above and below 0 as a picture, over a drawing if there is one."""
    layout = {"n_rows": values.shape[0], "n_columns": values.shape[1], "title": title}
    spec = specification(cells.specification, **layout, sketch=ink is not None)
    st.vega_lite_chart(
        spec | {"datasets": cells.tables(values, ink)},
        width="content",
        key=f"cells_{key}_{values.shape[0]}_{values.shape[1]}",
        alt=alt,
    )
