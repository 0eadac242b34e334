"""The player of Curves → MLP: the curve, the neurons it is made of, the network, and the loss."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import guess as guesses
from core.charts import network_diagram, panels, player
from core.charts.layout import TABLET, Layout
from core.charts.network_diagram import NEURONS, edge_name, subscript
from core.charts.palette import colour, in_role
from core.charts.player import Column, Layers, Panel, from_view, thin
from core.curves.activations.functions import sigmoid
from core.curves.mlp.layers import Architecture, hidden_outputs, layer_sizes, split
from core.datasets import Samples, as_samples
from core.history import History
from core.messages import Translate
from core.number import number, whole

CURVES = alt.NamedData("curves")

N_POINTS = 61
"""Points of each curve."""

MAX_DRAWN = len(NEURONS)
"""The most hidden neurons that are drawn; of more, those with the largest output weights."""

MAX_VALUES = 65_000
"""The most numbers in ``curves``: of a wider network fewer frames are shown."""

MAX_WRITTEN = 3
"""Up to so many neurons the numbers of all are written out."""

N_LINES, N_LINES_STACKED = 3, 6


def drawn_sizes(config: Architecture) -> tuple[int, ...]:
    """Return how many neurons of each layer are drawn, the input and the output included."""
    return tuple(min(size, MAX_DRAWN) for size in layer_sizes(config))


def max_frames(config: Architecture) -> int:
    """Return the most frames the player of such a network has."""
    return min(player.MAX_FRAMES // 2, MAX_VALUES // (N_POINTS * (4 + 2 * drawn_sizes(config)[-2])))


def specification(
    n_frames: int,
    sizes: Sequence[int],
    *,
    logarithmic: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the player, without its data.

    Parameters
    ----------
    sizes : sequence of int
        The number of neurons drawn in each layer; see `drawn_sizes`.
    logarithmic : bool, default=False
        A logarithmic axis for the loss.
    """
    labels = {
        "data": translate("samples"),
        "model": translate("network; weight above 0"),
        "now": translate("weight below 0"),
    }
    legend = panels.with_legend(labels, layout=layout)
    loss = panels.loss_curve(logarithmic=logarithmic, translate=translate, guessed=True)
    columns = [
        Column(
            [
                Panel(_fit(legend), 105),
                Panel(_hidden(sizes[-2], translate), 85),
                Panel(_sum(sizes[-2], translate), 105),
            ],
            share=1.15,
        ),
        Column([Panel(network_diagram.diagram(sizes, translate), 204), Panel(loss, 105)]),
    ]
    n_lines = N_LINES_STACKED if layout.stacked else N_LINES
    return player.specification(columns, n_lines, n_frames, layout=layout, translate=translate)


def tables(
    x: ArrayLike,
    y: ArrayLike,
    config: Architecture,
    history: History,
    *,
    logarithmic: bool = False,
    n_frames: int | None = None,
    guess: ArrayLike | None = None,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.curves.mlp` or `core.curves.mlp.torch_lesson`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples the run learned from.
    config : mlp.Config or torch_lesson.Config
        Its hyperparameters.
    history : History
        Its record, complete or as far as the run has got.
    logarithmic : bool, default=False
        A logarithmic axis for the loss.
    n_frames : int, optional
        Exactly so many frames; of a shorter history the first record fills up the beginning. So a
        chart of a run that goes on keeps its layout, and its last frame is the newest record.
    guess : array_like of float, optional
        The losses that the learner guesses, at equal shares of the run.
    layout : Layout
        Stacked, it has more and shorter lines of numbers.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples``, ``view``, ``curves``, ``nodes``, ``edges`` and ``guess``; see
        `core.charts.player.tables`.
    """
    samples = as_samples(x, y)
    rows = thin(history.n_records, n_frames or max_frames(config))
    if n_frames is not None:
        rows = np.concatenate([np.zeros(n_frames - rows.size, dtype=np.intp), rows])
    drawn = _strongest(history.params[-1], config)
    curves, view = _curves(samples, config, history.params[rows], drawn)
    frames = pd.DataFrame({"update": history.update[rows], "loss": history.loss[rows]})
    weights = _drawn_weights(config, history.params[rows], drawn)
    largest = max(1e-9, *(float(np.abs(column).max()) for column in weights.values()))
    lines = [_lines(config, history, row, drawn, layout, translate) for row in rows.tolist()]
    made = player.tables(
        panels.with_lines(frames.assign(**weights), lines),
        panels.shown_samples(samples),
        panels.sample_ranges(samples)
        | panels.run_ranges(history, logarithmic=logarithmic, guess=guess)
        | view
        | {"size_low": 0.0, "size_high": largest},
    )
    guessed = guesses.curve_table(int(history.update[-1]), guess)
    return made | {"curves": curves, "guess": guessed}


def _strongest(params: np.ndarray[Any, Any], config: Architecture) -> np.ndarray[Any, Any]:
    """The neurons of the last hidden layer that are drawn, in their order."""
    output_weights = split(params, layer_sizes(config))[-1].weights[0]
    return np.sort(np.argsort(-np.abs(output_weights), kind="stable")[:MAX_DRAWN])


def _curves(
    samples: Samples,
    config: Architecture,
    params: np.ndarray[Any, Any],
    drawn: np.ndarray[Any, Any],
) -> tuple[pd.DataFrame, dict[str, float]]:
    """What the network and its last hidden layer give along x, frame by frame; and the ranges."""
    ranges = panels.sample_ranges(samples)
    x = np.linspace(ranges["x_low"], ranges["x_high"], N_POINTS)
    last = [split(row, layer_sizes(config))[-1] for row in params]
    hidden = np.array([hidden_outputs(x, row, config) for row in params])
    total = np.array(
        [a @ layer.weights[0] + layer.biases[0] for a, layer in zip(hidden, last, strict=True)]
    )
    y_hat = sigmoid(total)
    hidden = hidden[:, :, drawn]
    output_weights = np.array([layer.weights[0][drawn] for layer in last])
    parts = hidden * output_weights[:, np.newaxis, :]
    columns: dict[str, np.ndarray[Any, Any]] = {
        "step": np.repeat(np.arange(len(params), dtype=np.int16), N_POINTS),
        "x": np.tile(x, len(params)),
        "y_hat": y_hat.ravel(),
        "total": total.ravel(),
    }
    for j in range(drawn.size):
        columns |= {f"a{j + 1}": hidden[:, :, j].ravel(), f"part{j + 1}": parts[:, :, j].ravel()}
    table = pd.DataFrame({name: _narrow(values) for name, values in columns.items()})
    a_low, a_high = panels.around([0.0, 1.0, hidden.min(), hidden.max()], 0.06)
    z_low, z_high = panels.around([total.min(), total.max(), parts.min(), parts.max()], 0.06)
    return table, {"a_low": a_low, "a_high": a_high, "z_low": z_low, "z_high": z_high}


def _narrow(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers in half as many bytes, if they are of a size that fits."""
    largest = np.abs(values).max()
    fits = largest == 0 or 1e-30 < largest < 1e30
    return values.astype(np.float32) if fits and values.dtype == np.float64 else values


def _drawn_weights(
    config: Architecture, params: np.ndarray[Any, Any], drawn: np.ndarray[Any, Any]
) -> dict[str, np.ndarray[Any, Any]]:
    """One column an edge: the weights between the neurons that are drawn."""
    sizes = layer_sizes(config)
    layers = [split(row, sizes) for row in params]
    kept = [np.array([0]), *[drawn] * (len(sizes) - 2), np.array([0])]
    return {
        edge_name(len(sizes) - 1 - layer, i, j): np.array(
            [row[layer - 1].weights[neuron, source] for row in layers], dtype=np.float32
        )
        for layer in range(1, len(sizes))
        for i, neuron in enumerate(kept[layer])
        for j, source in enumerate(kept[layer - 1])
    }


def _lines(
    config: Architecture,
    history: History,
    row: int,
    drawn: np.ndarray[Any, Any],
    layout: Layout,
    translate: Translate,
) -> list[str]:
    """What stands below one frame: where the run is, and the network with its numbers."""
    state = translate("Epoch {epoch}, update {update}, loss {loss}").format(
        epoch=whole(history.epoch[row]),
        update=whole(history.update[row]),
        loss=number(history.loss[row]),
    )
    slope = translate("gradient {length} long").format(
        length=number(history.column("gradient_norm")[row])
    )
    layers = split(history.params[row], layer_sizes(config))
    output = layers[-1]
    terms = [
        f"{number(weight) if i == 0 else _signed(weight)}·a{subscript(i + 1)}"
        for i, weight in enumerate(output.weights[0][drawn[:MAX_WRITTEN]])
    ]
    more = [] if config.n_hidden <= MAX_WRITTEN else ["+ …"]
    sum_of_terms = " ".join([*terms, *more, _signed(output.biases[0])])
    model = f"ŷ = σ({sum_of_terms})"
    if config.n_hidden_layers > 1:
        inner = [
            translate("a: the outputs of the second hidden layer, from {n} in the first").format(
                n=config.n_hidden
            )
        ]
    else:
        name = "σ" if config.activation == "sigmoid" else "f"
        inner = [
            f"a{subscript(i + 1)} = {name}({number(layers[0].weights[j, 0])}·x"
            f" {_signed(layers[0].biases[j])})"
            for i, j in enumerate(drawn[:MAX_WRITTEN])
        ]
    if layout.stacked:
        return ([state, slope, model, *inner] + [""] * N_LINES_STACKED)[:N_LINES_STACKED]
    return [f"{state},   {slope}", model, ",   ".join(inner)]


def _signed(value: float) -> str:
    """A term of a sum, its sign before it."""
    return f"{'−' if value < 0 else '+'} {number(abs(value))}"


def _along_x() -> alt.Chart:
    """The current frame's curves."""
    return alt.Chart(CURVES).transform_filter("datum.step == step")


def _x_above_another() -> alt.X:
    """The axis of a panel that stands above another with the same x: only its lines."""
    return panels.x_axis().axis(labels=False, ticks=False, title=None)


def _fit(legend: alt.Color) -> Layers:
    curve = _along_x().mark_line(clip=True, strokeWidth=2.5)
    curve = curve.encode(x=_x_above_another(), y=panels.y_axis("y_hat"))
    points = panels.sample_points().encode(x=_x_above_another(), color=legend)
    return alt.layer(points, in_role(curve, "model"))


def _by_neuron(columns: str, n_neurons: int) -> alt.Chart:
    """One row a point of each neuron's curve, in the neuron's colour; its height is ``value``."""
    names: list[Any] = [f"{columns}{j + 1}" for j in range(n_neurons)]
    folded: alt.Chart = (
        _along_x()
        .transform_fold(names, as_=["neuron", "value"])
        .transform_calculate(role=f"{list(NEURONS)}[indexof({names}, datum.neuron)]")
    )
    return folded


def _curves_of_neurons(columns: str, n_neurons: int, x: alt.X, y: alt.Y) -> alt.Chart:
    lines: alt.Chart = _by_neuron(columns, n_neurons).mark_line(clip=True, strokeWidth=1.75)
    curves: alt.Chart = lines.encode(x=x, y=y, detail=alt.Detail("neuron:N"), color=colour())
    return curves


def _hidden(n_neurons: int, translate: Translate) -> Layers:
    y = alt.Y("value:Q", scale=from_view("a_low", "a_high"), title=translate("outputs a"))
    return alt.layer(_curves_of_neurons("a", n_neurons, _x_above_another(), y))


def _sum(n_neurons: int, translate: Translate) -> Layers:
    title, scale = translate("weighted sum z"), from_view("z_low", "z_high")
    y = alt.Y("value:Q", scale=scale, title=title)
    parts = _curves_of_neurons("part", n_neurons, panels.x_axis(), y)
    total = _along_x().mark_line(clip=True, strokeWidth=2.5)
    total = total.encode(x=panels.x_axis(), y=alt.Y("total:Q", scale=scale, title=title))
    return alt.layer(parts, in_role(total, "model"))
