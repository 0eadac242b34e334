"""Every number of one sample's way through the network and back, on Planes → Playground."""

from collections.abc import Sequence
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


@st.fragment
def show_one_sample(samples: Split, runs: Sequence[lesson.Run]) -> None:
    """Offer a sample's way through the network, at the frame where the player rests.

    It is computed once the fold is opened, and by itself: nothing else of the page is run again.

    Parameters
    ----------
    samples : Split
    runs : sequence of Run
        The time line's.
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
                "Click a sample in the plane, or type its number. The network is that of the frame "
                "at which the time line rests."
            )
        )
        table = shown_samples(samples)
        which = number_field(
            _("Sample"),
            SAMPLE,
            high=len(table),
            help=_("Those learned from come first, then the test samples."),
        )
        run, config, params, row = frame_at(runs, max_frames(runs[-1].config), _step())
        x1, x2, y, is_test = table.loc[which - 1, ["x1", "x2", "y", "is_test"]]
        kind = _("test sample") if is_test else _("training sample")
        where = _("{kind} {i}, at epoch {epoch}, update {update}").format(
            kind=kind, i=which, epoch=whole(run.epoch[row]), update=whole(run.update[row])
        )
        st.markdown(f"**{where}**")
        made = one_sample([x1, x2], y, params, config)
        names = neuron_names(net.layer_sizes(config), [net.LABELS[name] for name in config.inputs])
        given = zip(names[0], made.layers[0].inputs.tolist(), strict=True)
        inputs = ", ".join(f"{name} = {number(value)}" for name, value in given)
        st.markdown(f"{inputs}; y = {_target(y, config)}")
        for i, layer in enumerate(made.layers[:-1]):
            st.markdown(_hidden(layer, names[i + 1], net.activations(config)[i], i))
        st.markdown(_output(made, y, names[-1], config))
        _steepest(made, ([x1, x2], y), params, config, names)


def _step() -> int:
    """Return the frame at which the player rests, as the browser tells it."""
    key = "pointed_sample"

    def take() -> None:
        place = st.session_state[key].get("place")
        if isinstance(place, int) and place >= 0:
            link.go({SAMPLE: place + 1})

    before = (st.session_state.get(key) or {}).get("step")
    told = _pointed(
        key=key,
        data={"player": "playground", "step": before},
        on_step_change=lambda: None,
        on_place_change=take,
    )
    step = told.get("step")
    return step if isinstance(step, int) and step >= 0 else 0


def _target(y: float, config: lesson.Config) -> str:
    return number(y) if config.loss == "mean_squared_error" else str(int(y))


def _hidden(layer: LayerPass, names: Sequence[str], activation: net.Activation, i: int) -> str:
    """A hidden layer as a table: a row for each neuron."""
    assert layer.slope is not None
    function = FUNCTIONS.get(activation, "f")
    title = _("Layer {n}").format(n=i + 1)
    head = (_("neuron"), "z = Σ w·a + b", f"a = {function}(z)", f"{function}′(z)", "δ = ∂L/∂z")
    columns = zip(_sums(layer), layer.a, layer.slope, layer.delta, strict=True)
    rows = [(total, *map(number, numbers)) for total, *numbers in columns]
    return f"**{title}**\n\n" + _table(head, names, rows)


def _output(made: SamplePass, y: float, names: Sequence[str], config: lesson.Config) -> str:
    """The output neurons and the loss."""
    layer = made.layers[-1]
    formula, slope, error = {
        "binary_cross_entropy": ("ŷ = σ(z)", "δ = ŷ − y", "−ln ŷ" if y else "−ln(1 − ŷ)"),
        "cross_entropy": ("ŷ = eᶻ / Σ eᶻ", "δ = ŷ − [j = y]", "−ln ŷ"),
        "mean_squared_error": ("ŷ = z", "δ = 2·(ŷ − y)", "(ŷ − y)²"),
    }[config.loss]
    if config.loss == "cross_entropy":
        error = error.replace("ŷ", names[int(y)])
    head = (_("neuron"), "z = Σ w·a + b", formula, slope)
    rows = [
        (total, number(answer), number(delta))
        for total, answer, delta in zip(_sums(layer), layer.a, layer.delta, strict=True)
    ]
    title, loss = _("Output"), _("Loss of this sample")
    return (
        f"**{title}**\n\n{_table(head, names, rows)}"
        f"\n\n{loss}: L = {error} = **{number(made.loss)}**"
    )


def _sums(layer: LayerPass) -> list[str]:
    return [
        f"{sum_text(layer.inputs, weights, bias)} = {number(z)}"
        for weights, bias, z in zip(*layer.layer, layer.z, strict=True)
    ]


def _table(head: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [
        head,
        ["---"] * len(head),
        *((name, *row) for name, row in zip(names, rows, strict=True)),
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


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
