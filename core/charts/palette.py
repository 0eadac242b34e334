"""What each colour means, in every chart of the app.

A mark names its role, never a colour. The roles are the domain of one colour scale, and the theme's
``chartCategoricalColors`` (``.streamlit/config.toml``) are its range, in the same order: so a chart
follows light and dark by itself.
"""

import json

import altair as alt

RUNS = tuple(f"run_{place}" for place in range(1, 9))
"""The roles of runs beside each other: told apart with every kind of colour vision."""

ROLES = ("data", "model", "now", "best", "loss", "second", "third", "ink", *RUNS)
"""The roles, in the order of the theme's categorical colours.

data: the samples; model: what the network says; now: the sample being learned and its error;
best: the exact solution; loss: the loss curve; second, third: further curves; ink: text.
"""


DIGITS = tuple(f"digit_{digit}" for digit in range(10))
"""The ten digits on one map, told apart as the runs are. They come after the roles in the theme."""


def in_role(chart: alt.Chart, role: str) -> alt.Chart:
    """Colour every mark of `chart` as `role`.

    Parameters
    ----------
    chart : altair.Chart
    role : str
        One of `ROLES`.

    Returns
    -------
    altair.Chart

    Examples
    --------
    >>> chart = in_role(alt.Chart(alt.NamedData("samples")).mark_circle(), "data")
    >>> chart.to_dict()["transform"]
    [{'calculate': "'data'", 'as': 'role'}]
    """
    if role not in ROLES:
        raise ValueError(f"role must be one of {', '.join(ROLES)}, not {role}.")
    return chart.transform_calculate(role=f"'{role}'").encode(color=colour())


def colour(
    legend: alt.Legend | alt.utils.schemapi.UndefinedType | None = alt.Undefined,
) -> alt.Color:
    """Return the colour channel of the roles; a layer without a `legend` shares its neighbours'."""
    return alt.Color("role:N", scale=alt.Scale(domain=ROLES), legend=legend)


def legend(
    labels: dict[str, str], columns: int = 4, symbol: str = "circle", limit: int = 0
) -> alt.Legend:
    """Return a legend above the chart, of the roles in `labels`, by what the reader calls them.

    A label longer than `limit` pixels is cut; 0 cuts none.
    """
    return alt.Legend(
        values=list(labels),
        labelExpr=f"{json.dumps(labels, ensure_ascii=False)}[datum.label]",
        orient="top",
        columns=columns,
        title=None,
        symbolType=symbol,
        symbolOpacity=1,
        symbolStrokeWidth=3 if symbol == "stroke" else 0,
        labelLimit=limit,
        columnPadding=18,
    )
