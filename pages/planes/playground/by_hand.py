"""Be the optimiser on Planes → Playground: turn a weight by hand, silence a neuron, learn on."""

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from core.charts.layout import Layout
from core.charts.planes.playground import by_hand as chart
from core.charts.planes.playground.drawing import neuron_names, param_labels
from core.link.playground import MOST_BEFORE
from core.number import number
from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.by_hand import silenced_of, still, turned, turns_as_text, turns_of
from core.planes.playground.data import Split
from core.planes.playground.slopes import central_differences
from pages.planes.playground.train_on import said, with_stretch
from pages.shared import link
from pages.shared import page_parts as parts
from pages.shared.charts.player import show_explorer
from pages.shared.choice import choice
from pages.shared.control import slider
from pages.shared.i18n import _, translator

OPEN = "by_hand_open"
"""Session state: whether the fold is open; closed, it costs no slider anything."""


def be_the_optimiser(
    samples: Split,
    run: lesson.Run,
    values: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
    *,
    layout: Layout,
    **options: Any,
) -> None:
    """Show the end of the run with parameters turned by hand and neurons silenced.

    Parameters
    ----------
    samples : Split
    run : Run
        The last one of the time line.
    values, before
        The settings of the last stretch and of those before, to learn on from.
    layout : Layout
    **options
        More arguments of the chart's ``specification``.
    """
    st.header(_("Be the optimiser"))
    st.markdown(
        _(
            "Here stands the end of the run. Turn any weight or bias, or silence neurons, and see "
            "what becomes of the answer and of the loss; then let it learn on from there."
        )
    )
    if OPEN not in st.session_state:  # a link that says what was turned shows it
        st.session_state[OPEN] = any(link.read(name) for name in ("pg_by", "pg_turns", "pg_mute"))
    fold = st.expander(
        _("Turn it by hand"),
        icon=":material/tune:",
        key=OPEN,
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        _turn(samples, run, values, before, layout=layout, **options)


def _turn(
    samples: Split,
    run: lesson.Run,
    values: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
    *,
    layout: Layout,
    **options: Any,
) -> None:
    """Show the controls, the chart and the slopes; the parameters are those above."""
    config = run.config
    sizes = net.layer_sizes(config)
    names = neuron_names(sizes, [net.LABELS[name] for name in config.inputs])
    labels = dict(zip(net.param_names(config), param_labels(names), strict=True))
    turns, silenced = turns_of(said("pg_turns")), _silence(names, config)
    left, right = st.columns([1, 1.4], vertical_alignment="bottom")
    with left:
        which = choice(
            _("Weight or bias"), labels, key="pg_which", help=_("As the drawing names them.")
        )
    with right:
        by = slider(
            _("Turn it by"),
            "pg_by",
            help=_("So much is added to what the run has ended with."),
            moved=partial(parts.run_some, "by_hand", "preset"),  # which marks what is set
        )
    all_turns = turns | {which: turns.get(which, 0.0) + by}
    _buttons(all_turns, silenced, values, before)
    shown = dataclasses.replace(config, silenced=(*config.silenced, *silenced))
    params = turned(run.params[-1], config, all_turns)
    moment = still(run, params, shown, samples)
    show_explorer(
        chart,
        chart.tables(
            samples,
            moment,
            discrete=options["discrete"],
            layout=layout,
            translate=translator(),
        ),
        key="by_hand",
        caption=_(
            "Loss of the training samples: {before} as the run ended, {now} as turned."
        ).format(before=number(run.loss[-1]), now=number(moment.loss[-1])),
        alt=_("The plane and the network as turned by hand"),
        heard="",  # the caption says it
        layout=layout,
        **options,
    )
    _compare_slopes(samples, params, shown, which, labels[which])


def _silence(names: Sequence[Sequence[str]], config: lesson.Config) -> tuple[tuple[int, int], ...]:
    """Show the hidden neurons; return those that are to be silent besides the run's own."""
    every = {
        f"{layer + 1}.{neuron + 1}": name
        for layer, of_layer in enumerate(names[1:-1])
        for neuron, name in enumerate(of_layer)
        if (layer, neuron) not in config.silenced
    }
    found = silenced_of(said("pg_mute"), config.hidden_sizes)
    chosen = [f"{layer + 1}.{neuron + 1}" for layer, neuron in found]
    chosen = [place for place in chosen if place in every]
    if every:
        st.session_state["silent_neurons"] = chosen
        st.pills(
            _("Silence neurons"),
            list(every),
            format_func=every.__getitem__,
            selection_mode="multi",
            key="silent_neurons",
            help=_("A silenced neuron gives 0, whatever it adds up."),
            on_change=_take_silenced,
        )
    return tuple(one for one in found if f"{one[0] + 1}.{one[1] + 1}" in every)


def _take_silenced() -> None:
    parts.go({"pg_mute": ",".join(st.session_state["silent_neurons"])})


def _buttons(
    turns: Mapping[str, float],
    silenced: Sequence[tuple[int, int]],
    values: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
) -> None:
    text = turns_as_text(turns)
    off = [*filter(None, [values["pg_off"]]), *(f"{i + 1}.{j + 1}" for i, j in silenced)]
    nothing = {"pg_by": 0.0, "pg_turns": "", "pg_mute": ""}
    with st.container(horizontal=True):
        st.button(
            _("Keep it turned, take another"),
            key="pg_keep_turn",
            icon=":material/tune:",
            on_click=parts.go,
            args=({"pg_turns": text, "pg_by": 0.0},),
        )
        st.button(
            _("Learn on from there"),
            key="pg_learn_on",
            icon=":material/resume:",
            disabled=len(before) >= MOST_BEFORE,
            on_click=parts.go,
            args=(
                {
                    **with_stretch(values, before),
                    **nothing,
                    "pg_from": text,
                    "pg_off": ",".join(off),
                },
            ),
        )
        st.button(
            _("Back to the end of the run"),
            key="pg_turn_back",
            icon=":material/undo:",
            disabled=not text and not silenced,
            on_click=parts.go,
            args=(nothing,),
        )


def _compare_slopes(
    samples: Split, params: net.Floats, config: lesson.Config, which: str, label: str
) -> None:
    """Say the slope of the chosen parameter by the chain rule and by trying."""
    place = net.param_names(config).index(which)
    chain = float(lesson.gradient(*samples.train, params, config)[place])
    nudged = float(central_differences(*samples.train, params, config, places=[place])[0])
    st.markdown(
        _(
            "The slope of the loss by **{name}**: the chain rule says **{chain}**. Trying it out, "
            "a hundred-thousandth to either side, gives **{nudged}**: they differ by {difference}."
        ).format(
            name=label,
            chain=number(chain),
            nudged=number(nudged),
            difference=number(abs(chain - nudged)),
        )
    )
