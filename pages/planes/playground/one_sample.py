"""Every number of one sample's way through the network and back, on Planes → Playground."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from core.charts.planes.playground.drawing import neuron_names, param_labels
from core.charts.planes.playground.playground import max_frames
from core.charts.planes.playground.samples import shown_samples
from core.charts.planes.playground.stretches import frame_at
from core.number import factor, number, whole
from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.data import Split
from core.planes.playground.one_sample import LayerPass, SamplePass, one_sample, sum_text
from core.planes.playground.slopes import central_differences
from pages.shared import link
from pages.shared.control import number_field
from pages.shared.i18n import _

OPEN, SAMPLE = "one_sample_open", "pg_sample"
"""Session state: whether the fold is open; and which sample it shows, counted from 1."""

SCRIPT = Path(__file__).resolve().parents[3] / "assets" / "pointed_sample.js"

_pointed = st.components.v2.component("pointed_sample", js=SCRIPT.read_text("utf-8"))

FUNCTIONS = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU", "gelu": "GELU"}
"""Activations as a formula has them; the others are f."""


def show_one_sample(samples: Split, runs: Sequence[lesson.Run], *, is_narrow: bool) -> None:
    """Offer a sample's way through the network, at the frame where the player rests.

    It is computed once the fold is opened.

    Parameters
    ----------
    samples : Split
    runs : sequence of Run
        The time line's.
    is_narrow : bool
        The sums stand below the tables, as on a phone.
    """
    if OPEN not in st.session_state:
        st.session_state[OPEN] = link.read(SAMPLE) is not None
    fold = st.expander(
        _("One sample, number by number"), icon=":material/route:", key=OPEN, on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        st.caption(
            _(
                "Point at a sample in the plane, tap it, or type its number. The network is that of "
                "the frame at which the time line rests."
            )
        )
        table = shown_samples(samples)
        which = number_field(
            _("Sample"),
            SAMPLE,
            high=len(table),
            help=_("Those learned from come first, then the test samples."),
        )
        run, config, params, row = frame_at(runs, max_frames(runs[-1].config), _step(which - 1))
        x1, x2, y, is_test = table.loc[which - 1, ["x1", "x2", "y", "is_test"]]
        where = (
            _("Test sample {i}, at epoch {epoch}, update {update}")
            if is_test
            else _("Training sample {i}, at epoch {epoch}, update {update}")
        ).format(i=which, epoch=whole(run.epoch[row]), update=whole(run.update[row]))
        st.markdown(f"**{where}**")
        made = one_sample([x1, x2], y, params, config)
        names = neuron_names(net.layer_sizes(config), [net.LABELS[name] for name in config.inputs])
        given = zip(names[0], made.layers[0].inputs.tolist(), strict=True)
        inputs = ", ".join(f"{name} = {number(value)}" for name, value in given)
        st.markdown(f"{inputs}; y = {_target(y, config)}")
        for i, layer in enumerate(made.layers[:-1]):
            st.markdown("**" + _("Layer {n}").format(n=i + 1) + "**")
            bend = net.activations(config)[i]
            st.markdown(_hidden(layer, names[i + 1], bend, is_narrow=is_narrow))
        st.markdown("**" + _("Output") + "**")
        st.markdown(_output(made, y, names[-1], config, is_narrow=is_narrow))
        _steepest(made, ([x1, x2], y), params, config, names)


def _step(place: int) -> int:
    """Return the frame at which the player rests, as the browser tells it; `place`: the sample's."""
    key = "pointed_sample"

    def take(how: str, show: Callable[[Mapping[str, int]], None]) -> None:
        place = st.session_state[key].get(how)
        if isinstance(place, int) and place >= 0:
            show({SAMPLE: place + 1})

    before = (st.session_state.get(key) or {}).get("step")
    told = _pointed(
        key=key,
        data={"player": "playground", "step": before, "place": place},
        on_step_change=lambda: None,
        on_clicked_change=partial(take, "clicked", link.go),
        on_pointed_change=partial(take, "pointed", link.overrule),  # no step for "back"
    )
    step = told.get("step")
    return step if isinstance(step, int) and step >= 0 else 0


def _target(y: float, config: lesson.Config) -> str:
    return number(y) if config.loss == "mean_squared_error" else str(int(y))


def _hidden(
    layer: LayerPass, names: Sequence[str], activation: net.Activation, *, is_narrow: bool
) -> str:
    """A hidden layer as a table."""
    assert layer.slope is not None
    f = FUNCTIONS.get(activation, "f")
    columns = {f"a = {f}(z)": layer.a, f"{f}′(z)": layer.slope, "δ = ∂L/∂z": layer.delta}
    return _table(layer, names, columns, is_narrow=is_narrow)


def _output(
    made: SamplePass, y: float, names: Sequence[str], config: lesson.Config, *, is_narrow: bool
) -> str:
    """The output neurons and the loss."""
    answer, slope, error = {
        "binary_cross_entropy": ("ŷ = σ(z)", "δ = ŷ − y", "−ln ŷ" if y else "−ln(1 − ŷ)"),
        "cross_entropy": ("ŷ = eᶻ / Σ eᶻ", "δ = ŷ − [j = y]", "−ln ŷ"),
        "mean_squared_error": ("ŷ = z", "δ = 2·(ŷ − y)", "(ŷ − y)²"),
    }[config.loss]
    if config.loss == "cross_entropy":
        error = error.replace("ŷ", names[int(y)])
    layer = made.layers[-1]
    table = _table(layer, names, {answer: layer.a, slope: layer.delta}, is_narrow=is_narrow)
    loss = _("Loss of this sample")
    return f"{table}\n\n{loss}: L = {error} = **{number(made.loss)}**"


def _table(
    layer: LayerPass,
    names: Sequence[str],
    columns: Mapping[str, net.Floats],
    *,
    is_narrow: bool,
) -> str:
    """A row for each neuron: what it adds up, and other numbers of it, as a table in Markdown."""
    sums = [
        f"{sum_text(layer.inputs, weights, bias)} = {number(z)}"
        for weights, bias, z in zip(*layer.layer, layer.z, strict=True)
    ]
    head = [_("neuron"), "z = Σ w·a + b", *columns]
    first = sums
    if is_narrow:
        head, first = [title.partition(" = ")[0] for title in head], [*map(number, layer.z)]
    cells = zip(names, first, *(map(number, column) for column in columns.values()), strict=True)
    rows = "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *cells])
    below = [f"{name}: z = {text}  " for name, text in zip(names, sums, strict=True)]
    return "\n".join([rows, "", *below]) if is_narrow else rows


def _steepest(
    made: SamplePass,
    sample: tuple[Sequence[float], float],
    params: net.Floats,
    config: lesson.Config,
    names: Sequence[Sequence[str]],
) -> None:
    """Say the weight with the steepest slope, by the chain rule and by trying it out."""
    x, y = sample
    labels = param_labels(names)
    weights = [i for i, label in enumerate(labels) if label.startswith("w")]
    place = max(weights, key=lambda i: abs(made.gradient[i]))
    found = _factors(made, place)
    (nudged,) = central_differences([x], [y], params, config, places=[place])
    st.markdown(
        _(
            "On the way back, a hidden neuron's δ is f′(z) times the sum of w·δ over the neurons "
            "that it feeds; a weight's slope is the δ behind it times what comes into it. The "
            "steepest for this sample, **{name}**: δ·a = {delta}·{a} = **{slope}**. Trying it out, "
            "a hundred-thousandth to either side, gives **{nudged}**."
        ).format(
            name=labels[place],
            delta=number(found[0]),
            a=factor(found[1]),
            slope=number(made.gradient[place]),
            nudged=number(float(nudged)),
        )
    )


def _factors(made: SamplePass, place: int) -> tuple[float, float]:
    """δ and a, whose product is the slope of the weight at this place in the row."""
    for layer in made.layers:
        n_neurons, n_inputs = layer.layer.weights.shape
        if place < n_neurons * n_inputs:
            return float(layer.delta[place // n_inputs]), float(layer.inputs[place % n_inputs])
        place -= n_neurons * (n_inputs + 1)
    raise IndexError(place)
