"""Numbers above and below 0 as a picture."""

from typing import Any

import numpy as np

from core.charts.digits.sketch import cells
from core.number import signed
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _


def show_cells(
    values: np.ndarray[Any, Any],
    title: str,
    key: str,
    alt: str,
    ink: np.ndarray[Any, Any] | None = None,
) -> None:
    """Show numbers above and below 0 as a picture, over a drawing if there is one."""
    layout: dict[str, Any] = {
        "n_rows": values.shape[0],
        "n_columns": values.shape[1],
        "title": title,
    }
    show_chart(
        cells.specification,
        cells.tables(values, ink),
        width="content",
        key=f"cells_{key}_{values.shape[0]}_{values.shape[1]}",
        alt=alt,
        heard=_("From {low} to {high}.").format(
            low=signed(float(np.nanmin(values))), high=signed(float(np.nanmax(values)))
        ),
        sketch=ink is not None,
        **layout,
    )
