"""The player of Planes → Playground: the plane, the network, loss and accuracy."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts import panels, player
from core.charts.layout import TABLET, Layout
from core.charts.planes import plane
from core.charts.planes.playground import drawing, loss_and_accuracy, maps, step_numbers
from core.charts.planes.playground.film import CLASSES, film, shown_film
from core.charts.planes.playground.samples import sample_marks, shown_samples
from core.charts.planes.playground.stretches import Stretch, joined, stretches
from core.charts.player import Column, Panel, left_plot_size
from core.messages import Translate
from core.planes import playground
from core.planes.playground.data import Split
from core.planes.playground.network import (
    LABELS,
    Activation,
    Floats,
    Input,
    activations,
    count_params,
    layer_sizes,
)
from core.planes.points import Points

HEIGHT, NETWORK_HEIGHT, LOW_HEIGHT = 300, 345, 95
"""Of the plane, of the network, which has no axis below it, and of each curve."""

SHARE = 0.75
"""The width of the plane's column beside the network's."""

N_FRAMES, FEW_FRAMES, MANY_PARAMS = 40, 30, 100
"""The most frames there are, and how many of a network with many parameters."""

MEASURED = ("test_loss", "accuracy", "test_accuracy")
"""The columns of a run that the curves read, besides its loss."""

FINE, DISCRETE_FINE = 6, 4
"""Pixels of the panel for each place of the plane's map; less where its edges are sharp."""


SIGNS = "●■▲◆"
"""Each class's shape, for the legend."""


def specification(
    n_frames: int,
    sizes: tuple[int, ...],
    inputs: tuple[Input, ...],
    hidden: tuple[Activation, ...],
    *,
    n_classes: int,
    names: Sequence[str] = (),
    discrete: bool = False,
    with_test: bool = True,
    squeezed: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the player, without its data.

    Parameters
    ----------
    sizes : tuple of int
        How many neurons each layer has, the inputs first.
    inputs : tuple of str
        What the network is given.
    hidden : tuple of str
        The activation of each hidden layer; none where it changes on the way.
    n_classes : int
        How many classes there are; 0 for a number as target.
    names : sequence of str, optional
        What the first of them are called.
    discrete : bool, default=False
        The plane shows the class alone, and not how sure the network is of it.
    with_test : bool, default=True
        There are samples that are kept apart.
    """
    above = panels_of_a_moment(
        n_frames,
        sizes,
        inputs,
        hidden,
        n_classes=n_classes,
        names=names,
        discrete=discrete,
        with_test=with_test,
        layout=layout,
        translate=translate,
    )
    loss = loss_and_accuracy.loss(squeezed=squeezed, with_test=with_test, translate=translate)
    below = [Panel(loss, LOW_HEIGHT)]
    if n_classes:
        accuracy = loss_and_accuracy.accuracy(with_test=with_test, translate=translate)
        below.append(Panel(accuracy, LOW_HEIGHT))
    columns = [Column([*above, *below])]
    if not layout.stacked:
        columns = [Column([above[0], below[0]], share=SHARE), Column([above[1], *below[1:]])]
    n_lines = step_numbers.n_lines(layout=layout)
    return player.specification(columns, n_lines, n_frames, layout=layout, translate=translate)


def panels_of_a_moment(
    n_frames: int,
    sizes: tuple[int, ...],
    inputs: tuple[Input, ...],
    hidden: tuple[Activation, ...],
    *,
    n_classes: int,
    names: Sequence[str] = (),
    discrete: bool = False,
    with_test: bool = True,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> tuple[Panel, Panel]:
    """Return the plane and the network; the parameters are those of `specification`."""
    size = left_plot_size(HEIGHT, SHARE, layout=layout)
    labels = _legend(n_classes, names, with_test, translate)
    ground = shown_film("plane", n_frames, map_shape(size, discrete)[0], size)
    marks = sample_marks(n_classes, translate)
    marks[0] = marks[0].encode(color=panels.with_legend(labels, layout=layout))
    heads = [
        translate("inputs"),
        *_heads(hidden, len(sizes) - 2, translate),
        translate("output"),
    ]
    labels_in = [LABELS[name] for name in inputs]
    network = drawing.drawing(_places(sizes, layout), n_frames, labels_in, heads, translate)
    return Panel(alt.layer(ground, *marks), HEIGHT), Panel(network, NETWORK_HEIGHT)


def tables(
    samples: Split,
    runs: Sequence[playground.Run],
    *,
    discrete: bool = False,
    squeezed: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: runs of `core.planes.playground`, each after the other.

    Parameters
    ----------
    samples : Split
        What they learned from, and what was kept apart.
    runs : sequence of Run
        Their records, the first one first.
    discrete, squeezed : bool, default=False
        As in `specification`.
    layout : Layout, default=TABLET
        The panels' proportions and the lines of numbers on a phone.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples`` and ``view``, see `core.charts.player.tables`; ``records`` for the
        curves, ``changes`` where the settings changed, and ``films`` with the maps.
    """
    whole, last = joined(runs), runs[-1].config
    parts = stretches(runs, max_frames(last))
    every = _all_points(samples)
    frame = plane.frame_around(every, left_plot_size(HEIGHT, SHARE, layout=layout))
    table = shown_samples(samples)
    frames = [_frames(samples, table, part, last, layout, translate) for part in parts]
    sizes = [np.abs(part.params[np.isfinite(part.params)]).max(initial=0.0) for part in parts]
    view = (
        frame.view()
        | loss_and_accuracy.ranges(whole, squeezed=squeezed)
        | {"size_low": 0.0, "size_high": float(max(sizes)) or 1.0}
    )
    films = _films(every, parts, last, frame, layout, discrete=discrete)
    return player.tables(pd.concat(frames, ignore_index=True), table, view) | {
        "records": loss_and_accuracy.records(whole),
        "changes": pd.DataFrame({"update": [int(run.update[0]) for run in runs[1:]]}, dtype=int),
        "films": films,
    }


def _frames(
    samples: Split,
    table: pd.DataFrame,
    part: Stretch,
    last: playground.Config,
    layout: Layout,
    translate: Translate,
) -> pd.DataFrame:
    """One row a frame: the state, the network's numbers, and what is written below."""
    run, rows, config, params, is_drawn = part
    slopes = np.stack([playground.gradient(*samples.train, row, config) for row in params])
    names = drawing.neuron_names(layer_sizes(config), [LABELS[name] for name in config.inputs])
    labels = drawing.param_labels(names)
    lines = step_numbers.lines(run, rows, params, slopes, labels, layout, translate)
    if is_drawn:
        texts = drawing.texts(params, slopes, layer_sizes(config))
    else:
        nothing = np.zeros((len(rows), count_params(last)))
        texts = drawing.texts(nothing, nothing, layer_sizes(last))
    frames = pd.DataFrame(
        {
            "update": run.update[rows],
            "loss": run.loss[rows],
            **{name: run.extra[name][rows] for name in MEASURED if name in run.extra},
            **texts,
            "answers": _answers(table, params, config),
        }
    )
    return panels.with_lines(frames, lines)


def classes_of(config: playground.Config) -> int:
    """Return how many classes there are; 0 where the target is a number."""
    return {"binary_cross_entropy": 2, "mean_squared_error": 0}.get(config.loss, config.n_classes)


def max_frames(config: playground.Config) -> int:
    """Return the most frames the player of such a network has."""
    return N_FRAMES if count_params(config) <= MANY_PARAMS else FEW_FRAMES


def map_shape(size: tuple[float, float], discrete: bool) -> tuple[int, int]:
    """Return the rows and columns of the plane's map."""
    fine = DISCRETE_FINE if discrete else FINE
    return round(size[1] / fine), round(size[0] / fine)


def _places(sizes: tuple[int, ...], layout: Layout) -> drawing.Places:
    """Where the neurons stand."""
    return drawing.Places(sizes, *left_plot_size(NETWORK_HEIGHT, 1 / SHARE, layout=layout))


def _all_points(samples: Split) -> Points:
    if samples.test is None:
        return samples.train
    pairs = zip(samples.train, samples.test, strict=True)
    return Points(*(np.concatenate(pair) for pair in pairs))


def _films(
    every: Points,
    parts: Sequence[Stretch],
    last: playground.Config,
    frame: plane.Frame,
    layout: Layout,
    *,
    discrete: bool,
) -> pd.DataFrame:
    """The map of the plane, and those of all neurons."""
    shape = map_shape((frame.width, frame.height), discrete)
    largest = float(np.abs(every.y).max()) or 1.0
    places = _places(layer_sizes(last), layout)
    side = places.side // drawing.PIXEL
    ground, network = [], []
    for _run, rows, config, params, is_drawn in parts:
        answers = maps.answer_maps(
            maps.grid(frame, shape), params, config, discrete=discrete, largest=largest
        )
        ground.append(answers.reshape(-1, *shape))
        if is_drawn:
            square = maps.grid(frame, (side, side), square=True)
            bends = activations(config)
            tiles = maps.neuron_maps(square, params, config, bends, largest=largest)
            network.append(drawing.lay_tiles(tiles, places))
        else:
            network.append(np.zeros((len(rows), *places.film_shape), np.uint8))
    urls = [film(np.concatenate(frames)) for frames in (ground, network)]
    return pd.DataFrame({"name": ["plane", "network"], "url": urls})


def _answers(table: pd.DataFrame, params: Floats, config: playground.Config) -> list[str]:
    """What the network says of each shown sample, in each frame; of several classes, of its own."""
    x, y = table[["x1", "x2"]].to_numpy(), table["y"].to_numpy()
    column = y.astype(int) if config.loss == "cross_entropy" else np.zeros(y.size, int)
    answers = [playground.predict(x, row, config)[np.arange(y.size), column] for row in params]
    return [drawing.as_text(one) for one in answers]


def _legend(
    n_classes: int, names: Sequence[str], with_test: bool, translate: Translate
) -> dict[str, str]:
    """What each colour means."""
    roles = CLASSES[: max(n_classes, 2)]
    if n_classes:
        unnamed = [translate("class {k}").format(k=k) for k in range(len(names), n_classes)]
        labels = [f"{name} {sign}" for name, sign in zip([*names, *unnamed], SIGNS, strict=False)]
        if n_classes == 2:
            sides = translate("{class_0}, below 0"), translate("{class_1}, above 0")
            labels = [side.format(class_0=labels[0], class_1=labels[1]) for side in sides]
    else:
        labels = [translate("below 0"), translate("above 0")]
    shown = dict(zip(roles, labels, strict=True))
    shown[loss_and_accuracy.ROLES[""]] = translate("training samples")
    if with_test:
        shown[loss_and_accuracy.ROLES["test_"]] = translate("test samples")
    return shown


def _heads(hidden: tuple[Activation, ...], n_hidden: int, translate: Translate) -> list[str]:
    """What stands above each hidden layer: of several, their numbers too."""
    names = [_activation_names(translate)[name] for name in hidden]
    if not names:
        return [str(layer) for layer in range(1, n_hidden + 1)]
    if len(names) == 1:
        return names
    return [f"{layer} · {name}" for layer, name in enumerate(names, start=1)]


def _activation_names(translate: Translate) -> dict[Activation, str]:
    return {
        "linear": translate("linear"),
        "sigmoid": translate("sigmoid"),
        "tanh": "tanh",
        "relu": "ReLU",
        "leaky_relu": translate("leaky ReLU"),
        "softplus": "softplus",
        "gelu": "GELU",
    }
