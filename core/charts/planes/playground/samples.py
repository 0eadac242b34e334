"""The samples in the plane of the playground: a colour and a shape for each class."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.palette import in_role
from core.charts.planes.plane import x1_axis, x2_axis
from core.charts.planes.playground.film import CLASSES
from core.charts.player import MAX_SAMPLES, SAMPLES, thin
from core.messages import Translate
from core.planes.playground.data import Split

SHAPES = ("circle", "square", "triangle-up", "diamond")
"""Each class's shape, so that nobody needs its colour."""


STRENGTH = alt.FillOpacity("strength:Q", scale=alt.Scale(domain=[0, 1]), legend=None)
"""Of a number: its size beside the largest of all."""


def shown_samples(samples: Split) -> pd.DataFrame:
    """Return the table ``samples``: no more than a chart shows well.

    Examples
    --------
    >>> from core.planes.points import as_points
    >>> shown_samples(Split(as_points([[1, 2]], [0]), as_points([[3, 4]], [1])))
        x1   x2    y  is_test  place  strength
    0  1.0  2.0  0.0    False      0       0.0
    1  3.0  4.0  1.0     True      1       1.0
    """
    table = samples.to_frame()
    table = table.iloc[thin(len(table), MAX_SAMPLES)].reset_index(drop=True)
    size = table["y"].abs()
    return table.assign(place=np.arange(len(table)), strength=size / (size.max() or 1.0))


def sample_marks(n_classes: int, translate: Translate) -> list[alt.Chart]:
    """Return the samples as marks: those learned from filled, those kept apart as outlines.

    Parameters
    ----------
    n_classes : int
        How many classes there are; 0 for a number as target, from the first colour below 0 to the
        second above it.
    translate : callable
        Gives each text in the reader's language.
    """
    marks = []
    for label in range(max(n_classes, 2)):
        is_this = f"round(datum.y) == {label}" if n_classes else f"(datum.y > 0) == {label}"
        shape = SHAPES[label] if n_classes else "circle"
        for is_test in (False, True):
            which = f"{is_this} && {'' if is_test else '!'}datum.is_test"
            chart = (
                alt.Chart(SAMPLES)
                .transform_filter(which)
                .transform_calculate(
                    answer="toNumber(split(data('frames')[step].answers, ' ')[datum.place])",
                )
            )
            outline = {"filled": False, "strokeWidth": 2, "size": 44, "fillOpacity": 0}
            border = "white" if n_classes else "gray"
            filled = {"filled": True, "stroke": border, "strokeWidth": 0.8, "size": 52}
            mark = chart.mark_point(
                shape=shape, clip=True, opacity=1, **(outline if is_test else filled)
            ).encode(
                x=x1_axis(),
                y=x2_axis(),
                tooltip=[
                    alt.Tooltip("x1:Q", format=".2f", title="x₁"),
                    alt.Tooltip("x2:Q", format=".2f", title="x₂"),
                    alt.Tooltip("y:Q", format=".3~r", title="y"),
                    alt.Tooltip(
                        "answer:Q",
                        format=".3~r",
                        title=translate("ŷ of its class") if n_classes > 2 else "ŷ",
                    ),
                ],
            )
            if not n_classes and not is_test:
                mark = mark.encode(fillOpacity=STRENGTH)
            marks.append(in_role(mark, CLASSES[label]))
    return marks
