"""The test images as a map: each where the last hidden layer puts it, in its digit's colour."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.charts.as_dict import as_dict
from core.charts.digits.pixels import data_uri
from core.charts.palette import DIGITS, ROLES
from core.digits.inspect.projection import Projection
from core.digits.mnist import Digits
from core.digits.network.evaluation import Evaluation
from core.messages import Translate

POINTS, SAMPLE = alt.NamedData("points"), alt.NamedData("sample")

CHOSEN = "chosen"
"""The name of the selection: the digit whose name in the legend was clicked."""

AS_PIXELS = {"embedOptions": {"renderer": "canvas"}}
"""Ten thousand marks are slow as shapes. Streamlit chooses so by itself only where no mark is
calculated."""

SIZE = 10_000
"""The longer side of the map, in its own unit: whole numbers are small to send."""


def specification(*, translate: Translate = str) -> dict[str, Any]:
    """Lay the map out, without its data."""
    chosen = alt.selection_point(name=CHOSEN, fields=["role"], bind="legend")
    legend = alt.Legend(
        values=list(DIGITS),
        labelExpr=f"slice(datum.label, {len(DIGITS[0]) - 1})",
        orient="top",
        title=translate("true digit"),
        symbolType="square",
        columns=5,
        symbolOpacity=1,
    )
    digits = alt.Color("role:N", scale=alt.Scale(domain=[*ROLES, *DIGITS]), legend=legend)
    role = "'digit_' + datum.digit"
    axis = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    scale = alt.Scale(zero=False, nice=False, padding=10)
    x = alt.X("x:Q", scale=scale, title=translate("first principal component"), axis=axis)
    y = alt.Y("y:Q", scale=scale, title=translate("second principal component"), axis=axis)
    cloud = (
        alt.Chart(POINTS)
        .transform_calculate(role=role)
        .mark_circle(size=9, stroke=None)
        .encode(
            x=x,
            y=y,
            color=digits,
            opacity=alt.condition(chosen, alt.value(0.3), alt.value(0.015)),
        )
        .add_params(chosen)
    )
    marks = alt.Chart(SAMPLE).encode(x=x, y=y)
    circles = (
        marks.transform_filter("datum.digit != datum.answer")
        .transform_calculate(role=role, ink="'ink'")
        .mark_point(size=260, strokeWidth=1.5, filled=False)
        .encode(
            stroke=alt.Stroke("ink:N", scale=alt.Scale(domain=ROLES), legend=None),
            opacity=alt.condition(chosen, alt.value(0.9), alt.value(0.04)),
        )
    )
    texts = (
        marks.transform_calculate(role=role)
        .mark_text(fontSize=13, fontWeight="bold")
        .encode(
            text=alt.Text("digit:N"),
            color=digits,
            opacity=alt.condition(chosen, alt.value(1), alt.value(0.06)),
            tooltip=[
                alt.Tooltip("picture:N", title="image"),
                alt.Tooltip("digit:N", title=translate("true digit")),
                alt.Tooltip("answer:N", title=translate("read as")),
            ],
        )
    )
    chart = alt.layer(cloud, circles, texts).resolve_scale(stroke="independent")
    return as_dict(chart.properties(height=520, usermeta=AS_PIXELS))


def tables(
    digits: Digits, evaluation: Evaluation, projection: Projection, rows: NDArray[np.intp]
) -> dict[str, pd.DataFrame]:
    """Return the data of the map.

    Parameters
    ----------
    digits : Digits
        All images.
    evaluation : Evaluation
        What the network says about them.
    projection : Projection
        Where they lie, in two dimensions.
    rows : ndarray of int
        The sample that is drawn as digits, and carries its pictures.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``points`` with x, y and digit of the images outside the sample; ``sample`` with answer and
        picture too.
    """
    low, high = projection.points.min(axis=0), projection.points.max(axis=0)
    places = (projection.points - low) / max(float((high - low).max()), 1e-12) * SIZE
    everything = pd.DataFrame(np.round(places).astype(np.int16), columns=["x", "y"])
    everything["digit"] = digits.labels
    sample = everything.iloc[rows].assign(
        answer=evaluation.answers[rows].astype(np.uint8),
        picture=[data_uri(image) for image in digits.images[rows]],
    )
    return {
        "points": everything.drop(index=rows).reset_index(drop=True),
        "sample": sample.reset_index(drop=True),
    }
