"""The loss of Curves → Sigmoid neuron over weight and bias: level lines, and the path of a run.

The level lines of a straight line's squared error are ellipses; a sigmoid's have no such form
and are found on a grid.
"""

import altair as alt
import numpy as np
import pandas as pd
from contourpy import contour_generator

from core.charts import panels
from core.charts.palette import in_role
from core.charts.player import MAX_SAMPLES, Layers, from_view, now, thin, until_now
from core.curves import sigmoid_neuron
from core.datasets import Samples
from core.history import History
from core.messages import Translate

CONTOURS = alt.NamedData("contours")

N_CONTOURS, GRID = 9, 50
"""Level lines, and the points along each side of the grid they are found on."""

LEVELS_SPAN = 1e3
"""The highest level is at most so many times the lowest; between them they grow by a factor."""

HIGHEST = 1e300
"""A loss beyond any float counts as this one."""


def ranges(history: History) -> dict[str, float]:
    """Return the ranges of weight and bias, for the table ``view``: the path, and 0.

    Around 0 the sigmoid is steepest: so a run that is stuck on the plateau shows where it ends.
    """
    made: dict[str, float] = {}
    for name, letter in (("weight", "w"), ("bias", "b")):
        low, high = panels.around([0.0, *history.column(name)], 0.12)
        middle, reach = (low + high) / 2, max((high - low) / 2, 2.0)
        made |= {f"{letter}_low": middle - reach, f"{letter}_high": middle + reach}
    return made


def contours(samples: Samples, loss: sigmoid_neuron.Loss, view: dict[str, float]) -> pd.DataFrame:
    """Return the table ``contours``: the level lines of the loss within the ranges of `view`.

    Parameters
    ----------
    samples : Samples
        Of very many an even selection stands for all.
    loss : {"mean_squared_error", "binary_cross_entropy"}
        The configured loss.
    view : dict of str to float
        With `ranges`.

    Returns
    -------
    pandas.DataFrame
        One row a point: line (its number), order, w and b. No row where the loss is flat.
    """
    rows = thin(samples.x.size, MAX_SAMPLES)
    weights = np.linspace(view["w_low"], view["w_high"], GRID)
    biases = np.linspace(view["b_low"], view["b_high"], GRID)
    params = np.column_stack([grid.ravel() for grid in np.meshgrid(weights, biases)])
    heights = sigmoid_neuron.losses(samples.x[rows], samples.y[rows], params, loss)
    heights = np.nan_to_num(heights, nan=HIGHEST, posinf=HIGHEST)
    high = float(heights.max())
    low = max(float(heights.min()), high / LEVELS_SPAN)
    # The loss grows like a power of e: between the points of the grid its logarithm is straighter.
    heights = np.log(np.maximum(heights, low)).reshape(GRID, GRID)
    generator = contour_generator(weights, biases, heights)
    lines = [
        line
        for level in np.linspace(np.log(low), np.log(high), N_CONTOURS + 2)[1:-1]
        for line in generator.lines(level)
    ]
    lengths = [len(line) for line in lines]
    points = np.concatenate([np.empty((0, 2)), *lines])
    return pd.DataFrame(
        {
            "line": np.repeat(np.arange(len(lines)), lengths),
            "order": np.arange(len(points)),
            "w": points[:, 0],
            "b": points[:, 1],
        }
    )


def _w(translate: Translate, field: str) -> alt.X:
    scale, axis = from_view("w_low", "w_high"), alt.Axis(tickCount=6)
    return alt.X(f"{field}:Q", scale=scale, title=translate("weight w"), axis=axis)


def _b(translate: Translate, field: str) -> alt.Y:
    scale, axis = from_view("b_low", "b_high"), alt.Axis(tickCount=6)
    return alt.Y(f"{field}:Q", scale=scale, title=translate("bias b"), axis=axis)


def panel(translate: Translate) -> Layers:
    """Return the panel: level lines, the path up to the current frame, and the next step."""
    level = alt.Chart(CONTOURS).mark_line(clip=True, strokeWidth=1, strokeOpacity=0.6)
    level = level.encode(
        x=_w(translate, "w"),
        y=_b(translate, "b"),
        order=alt.Order("order:Q"),
        detail=alt.Detail("line:N"),
    )
    path = until_now().mark_line(clip=True, strokeWidth=2)
    path = path.encode(
        x=_w(translate, "weight"), y=_b(translate, "bias"), order=alt.Order("update:Q")
    )
    stepping = now().transform_filter("isValid(datum.next_weight)")
    step = stepping.mark_rule(clip=True, strokeWidth=3).encode(
        x=_w(translate, "weight"),
        x2=alt.X2("next_weight:Q"),
        y=_b(translate, "bias"),
        y2=alt.Y2("next_bias:Q"),
    )
    point = now().mark_circle(clip=True, opacity=1, size=120)
    point = point.encode(x=_w(translate, "weight"), y=_b(translate, "bias"))
    return alt.layer(
        in_role(level, "loss"),
        in_role(path, "model"),
        in_role(point, "model"),
        in_role(step, "now"),
    )
