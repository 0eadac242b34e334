"""A chart as the dict that goes to the browser."""

from typing import Any

import altair as alt
from altair.utils.schemapi import disable_debug_mode

# To compare each piece with Vega-Lite's schema as it is made, and the whole once more as it becomes
# a dict, takes altair most of the time. The tests compare each chart once.
disable_debug_mode()


def as_dict(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return the chart's specification.

    Examples
    --------
    >>> as_dict(alt.Chart(alt.NamedData("samples")).mark_point())["mark"]
    {'type': 'point'}
    """
    made: dict[str, Any] = chart.to_dict(validate=False)
    return made
