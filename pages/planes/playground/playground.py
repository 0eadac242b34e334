"""Planes → Playground: any small network, and the plane that it divides."""

from functools import partial
from typing import Any
from urllib.parse import unquote

import pandas as pd
import streamlit as st

from core.charts.panels import is_squeezed
from core.charts.planes.playground import playground as player
from core.charts.planes.playground.stretches import joined
from core.link.playground import arguments_of, as_text
from core.number import whole
from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.by_hand import turns_of
from core.planes.playground.data import Split
from core.planes.playground.facts import facts
from core.planes.playground.pictures import pictures
from core.planes.playground.program import program
from core.planes.playground.timeline import train_all
from pages import asking
from pages.planes.playground.by_hand import be_the_optimiser
from pages.planes.playground.controls import discrete_map, playground_controls
from pages.planes.playground.drawn_points import drawn_points
from pages.planes.playground.one_sample import show_one_sample
from pages.planes.playground.presets import things_to_try
from pages.planes.playground.told import tell_beforehand
from pages.planes.playground.torch_comparison import compare_with_torch
from pages.planes.playground.train_on import said, settings_before, tell_changes, train_on
from pages.planes.playground.verdict import tell_outcome
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, language, translator
from pages.taking import Texts, take_away

EXERCISES = asking.exercises_of(__file__)


@st.cache_resource(max_entries=30, show_spinner=False)  # the settings of a class; up to 2 MB
def _train(
    samples: Split, configs: tuple[lesson.Config, ...], turns: list[dict[str, float]]
) -> list[lesson.Run]:
    return train_all(*samples.train, configs, test=samples.test, turns=turns)


@st.cache_resource(max_entries=5, show_spinner=False)  # the largest tables: up to 10 MB
def _tables(
    samples: Split,
    configs: tuple[lesson.Config, ...],
    turns: list[dict[str, float]],
    language: str,
    **looks: Any,
) -> dict[str, pd.DataFrame]:
    """The player's data; `language` is what `_` depends on, and so part of the cache's key."""
    del language
    runs = _train(samples, configs, turns)
    return player.tables(samples, runs, translate=translator(), **looks)


@st.cache_resource(show_spinner=False)
def _pictures() -> dict[str, net.Floats]:
    return pictures()


st.title(_("Playground"))
question = _("How do neurons with two inputs divide the plane together, whatever its shape?")
st.markdown(question)

samples, task, described, names = drawn_points()
values = playground_controls() | {name: said(name) for name in ("pg_from", "pg_off")}
discrete = discrete_map()
before = settings_before()
if not values["pg_x"]:
    st.info(_("Choose at least one input."), icon=":material/touch_app:")
    st.stop()
with_test = samples.test is not None
configs = [
    lesson.Config(**arguments_of(settings, with_test=with_test), **task)
    for settings in (*before, values)
]
configs = [
    page.affordable(
        config,
        samples.train.y.size,
        -(-net.count_params(config) // 16),
        quiet=config is not configs[-1],
    )
    for config in configs
]
config = configs[-1]
layout = room()
compile_for_page("planes/playground")
turns = [turns_of(settings["pg_from"]) for settings in (*before, values)]
runs = _train(samples, tuple(configs), turns)
run, whole_run = runs[-1], joined(runs)

found = facts(samples, run, described.get("shape", "own"))
asking.prediction(EXERCISES, found)

squeezed, n_classes = is_squeezed(whole_run), player.classes_of(config)
bends = {net.activations(one) for one in configs}
drawn: dict[str, Any] = {
    "sizes": net.layer_sizes(config),
    "inputs": config.inputs,
    "hidden": bends.pop() if len(bends) == 1 else (),
    "n_classes": n_classes,
    "names": names,
    "discrete": discrete,
    "with_test": with_test,
}
shown = show_player(
    player,
    _tables(
        samples,
        tuple(configs),
        turns,
        language(),
        discrete=discrete,
        squeezed=squeezed,
        layout=layout,
    ),
    key="playground",
    alt=_(
        "Player: the plane, coloured by the network's answer, with the samples; the network with "
        "each neuron's own map and the weights as lines; the loss and the accuracy over {n} updates"
    ).format(n=whole(run.update[-1])),
    squeezed=squeezed,
    layout=layout,
    **drawn,
)
caption = _(
    "Filled samples are learned from, the others are test samples. In the network's drawing each "
    "square is the plane as that neuron answers it; a line is a weight, a dot at a square's corner "
    "its bias. The pointer on a line, a dot or a sample shows its numbers."
)
st.caption(caption)
show_one_sample(samples, runs, is_narrow=layout.stacked)
train_on(values, before)
tell_changes(runs, turns)
keep_run(
    "planes/playground",
    config,
    whole_run,
    samples.train,
    described,
    **({"before": [unquote(as_text(settings)) for settings in before]} if before else {}),
    **({"turned": values["pg_from"]} if values["pg_from"] else {}),
)

if st.button(_("Try many settings at once"), key="pg_sweep", icon=":material/grid_on:"):
    st.switch_page("pages/lab/sweep/sweep.py", query_params={"sw_of": "playground"})

things_to_try()
with asking.outcome(EXERCISES):
    tell_outcome(run)
tell_beforehand(samples.train.x, config)
asking.questions(EXERCISES, found, _pictures())
asking.challenges(EXERCISES, found)
be_the_optimiser(samples, run, values, before, layout=layout, **drawn)
compare_with_torch(samples, (configs, turns), runs)

st.header(_("The formula"))
chosen = ["model", config.loss, "delta", "gradient", config.optimiser]
chosen += [name for name in ("l1", "l2") if values[f"pg_{name}"]]
formulas = [lesson.FORMULAS[name] for name in chosen]
for formula in formulas:
    st.latex(formula)
explained = _(
    "Each neuron adds up what the layer before gives, every output times its weight, adds its "
    "bias, and bends the sum. On the way back δ says how steeply the loss depends on a "
    "neuron's sum: it begins at the output, and each layer hands it on through the same "
    "weights. A weight's slope is δ behind it times the output before it."
)
st.markdown(explained)
page.code_that_ran(lesson.descend, lesson.forward, lesson.bend, lesson.judge, lesson.evaluate)

remember = _(
    "**To remember:** a neuron draws a line, a layer of them a shape, and the next layer "
    "combines shapes. More neurons can do more, and learn more noise by heart: only samples "
    "kept apart tell."
)
take_away(
    "playground",
    run,
    samples,
    make=partial(
        program,
        samples,
        config,
        described,
        start=run.params[0] if turns[-1] else None,
        after=runs[-2] if len(runs) > 1 else None,
    ),
    texts=Texts(_("Playground"), question, formulas, explained, remember),
    player=shown,
)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/planes/playground/playground.py")
