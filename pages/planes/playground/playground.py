"""Planes → Playground: any small network, and the plane that it divides."""

from functools import partial
from typing import Any
from urllib.parse import unquote

import pandas as pd
import streamlit as st

from core.charts.panels import is_squeezed
from core.charts.planes.playground import playground as player
from core.charts.planes.playground.stretches import joined
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
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
from pages.planes.playground.by_hand import OPEN as BY_HAND
from pages.planes.playground.by_hand import be_the_optimiser
from pages.planes.playground.controls import DISCRETE, discrete_map, playground_controls
from pages.planes.playground.drawn_points import drawn_points
from pages.planes.playground.one_sample import OPEN as ONE_SAMPLE
from pages.planes.playground.one_sample import show_one_sample
from pages.planes.playground.presets import things_to_try
from pages.planes.playground.told import tell_beforehand
from pages.planes.playground.torch_comparison import compare_with_torch
from pages.planes.playground.train_on import said, settings_before, tell_changes, train_on
from pages.planes.playground.verdict import tell_outcome
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.control import value
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, language, translator
from pages.taking import Taken, Texts, take_away

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

parts.begin()
data = parts.once(drawn_points())
settings = playground_controls()
by_link = {name: said(name) for name in ("pg_from", "pg_off")}
discrete_map()
before = settings_before()


@parts.once
def values() -> dict[str, Any]:
    return settings() | by_link


if not values()["pg_x"]:
    st.info(_("Choose at least one input."), icon=":material/touch_app:")
    st.stop()
compile_for_page("planes/playground")


@parts.once
def configs() -> tuple[lesson.Config, ...]:
    samples, task = data().samples, data().task
    wanted = [
        lesson.Config(**arguments_of(one, with_test=samples.test is not None), **task)
        for one in (*before, values())
    ]
    return tuple(
        page.affordable(config, samples.train.y.size, -(-net.count_params(config) // 16))
        for config in wanted
    )


@parts.once
def turns() -> list[dict[str, float]]:
    return [turns_of(one["pg_from"]) for one in (*before, values())]


@parts.once
def runs() -> list[lesson.Run]:
    return _train(data().samples, configs(), turns())


@parts.once
def whole_run() -> History:
    return joined(runs())


@parts.once
def found() -> Facts:
    return facts(data().samples, runs()[-1], data().described.get("shape", "own"))


@parts.once
def drawn() -> dict[str, Any]:
    """Return how the network is drawn."""
    config = configs()[-1]
    bends = {net.activations(one) for one in configs()}
    return {
        "sizes": net.layer_sizes(config),
        "inputs": config.inputs,
        "hidden": bends.pop() if len(bends) == 1 else (),
        "n_classes": player.classes_of(config),
        "names": data().names,
        "discrete": value(DISCRETE),
        "with_test": data().samples.test is not None,
    }


def picture() -> None:
    samples = data().samples
    page.tell_affordable(configs()[-1], value("pg_epochs"), samples.train.y.size)
    asking.prediction(EXERCISES, found())
    squeezed = is_squeezed(whole_run())
    show_player(
        player,
        _tables(
            samples,
            configs(),
            turns(),
            language(),
            discrete=value(DISCRETE),
            squeezed=squeezed,
            layout=room(),
        ),
        key="playground",
        alt=_(
            "Player: the plane, coloured by the network's answer, with the samples; the network "
            "with each neuron's own map and the weights as lines; the loss and the accuracy over "
            "{n} updates"
        ).format(n=whole(runs()[-1].update[-1])),
        squeezed=squeezed,
        layout=room(),
        **drawn(),
    )
    caption = _(
        "Filled samples are learned from, the others are test samples. In the network's drawing "
        "each square is the plane as that neuron answers it; a line is a weight, a dot at a "
        "square's corner its bias. The pointer on a line, a dot or a sample shows its numbers."
    )
    st.caption(caption)


def one_sample() -> None:
    show_one_sample(data().samples, runs(), is_narrow=room().stacked)


def going_on() -> None:
    train_on(values(), before)
    tell_changes(runs(), turns())
    from_before = [unquote(as_text(one)) for one in before]
    keep_run(
        "planes/playground",
        configs()[-1],
        whole_run(),
        data().samples.train,
        data().described,
        **({"before": from_before} if before else {}),
        **({"turned": values()["pg_from"]} if values()["pg_from"] else {}),
    )


def outcome() -> None:
    with asking.outcome(EXERCISES):
        tell_outcome(runs()[-1])
    tell_beforehand(data().samples.train.x, configs()[-1])


def by_hand() -> None:
    be_the_optimiser(data().samples, runs()[-1], values(), before, layout=room(), **drawn())


def in_pytorch() -> None:
    compare_with_torch(data().samples, (configs(), turns()), runs())


parts.show(picture)
things_to_try()
parts.show(one_sample, follows=parts.in_fold(ONE_SAMPLE, object))
parts.show(going_on)

if st.button(_("Try many settings at once"), key="pg_sweep", icon=":material/grid_on:"):
    st.switch_page("pages/lab/sweep/sweep.py", query_params={"sw_of": "playground"})

parts.show(outcome)
asking.questions(EXERCISES, found, _pictures())
asking.challenges(EXERCISES, found)
parts.show(by_hand, follows=parts.in_fold(BY_HAND, object))
parts.show(in_pytorch)

st.header(_("The formula"))
chosen = ["model", configs()[-1].loss, "delta", "gradient"]
chosen += [name for name in lesson.FORMULAS if name.startswith(configs()[-1].optimiser)]
chosen += [name for name in ("l1", "l2") if values()[f"pg_{name}"]]
formulas = [lesson.FORMULAS[name] for name in chosen]
for formula in formulas:
    st.latex(breakable(formula))
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


def taken() -> Taken:
    samples, last = data().samples, runs()[-1]
    made = partial(
        program,
        samples,
        last.config,
        data().described,
        start=last.params[0] if turns()[-1] else None,
        after=runs()[-2] if len(runs()) > 1 else None,
    )
    texts = Texts(_("Playground"), question, formulas, explained, remember)
    return Taken(last, samples, made, texts, shown("playground"))


take_away("playground", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/planes/playground/playground.py")
