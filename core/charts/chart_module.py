"""What the module of a chart offers, said once for all of them."""

from typing import Any, Protocol

import pandas as pd


class ChartModule(Protocol):
    """A module that lays a chart out, and makes the tables that the layout draws.

    The two are apart so that a page sends a layout once, and at each change of a control the tables
    alone. What is written here of a parameter holds in every module that has it.
    """

    def specification(self, *of_this_chart: Any, **options: Any) -> dict[str, Any]:
        """Lay the chart out, without its data.

        Parameters
        ----------
        n_frames : int
            Of a player: how many frames it has, the rows of ``frames`` in `tables`.
        squeezed : bool, default=False
            A logarithmic axis for the loss; see `core.charts.panels.is_squeezed`.
        layout : Layout
            How wide it is, and whether its panels are stacked.
        translate : callable, default=str
            Gives each text in the reader's language.

        Returns
        -------
        dict
            A Vega-Lite specification; it wants `tables` as ``datasets``.
        """

    def tables(self, *of_this_chart: Any, **options: Any) -> dict[str, pd.DataFrame]:
        """Make the tables.

        Parameters
        ----------
        translate : callable, default=str
            Gives each text in the reader's language.

        Returns
        -------
        dict of str to pandas.DataFrame
            By the names that the layout calls them.
        """
