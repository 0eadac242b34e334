"""Curves → Sigmoid neuron: the chain rule through a bent line."""

from functools import partial

import streamlit as st

from core.charts.curves.sigmoid_neuron import sigmoid_neuron as player
from core.charts.panels import is_squeezed
from core.curves import sigmoid_neuron as lesson
from core.curves.sigmoid_neuron.facts import facts
from core.curves.sigmoid_neuron.program import program
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from core.number import number, whole
from pages import asking
from pages.curves.sigmoid_neuron.controls import neuron_controls
from pages.curves.sigmoid_neuron.curve_data import curve_data, described
from pages.curves.sigmoid_neuron.presets import neuron_presets
from pages.curves.sigmoid_neuron.saturation import compare_losses, train
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("Sigmoid neuron"))
question = _("How does a neuron learn to say yes or no, and why does it sometimes learn nothing?")
st.markdown(question)

parts.begin()
arguments, below = neuron_controls()
samples = parts.once(curve_data())
compile_for_page("curves/sigmoid_neuron")


@parts.once
def config() -> lesson.Config:
    return page.affordable(lesson.Config(**arguments()), samples().x.size)


@parts.once
def history() -> History:
    return train(*samples(), config())


@parts.once
def found() -> Facts:
    return facts(samples(), config(), history())


def picture() -> None:
    page.tell_affordable(config(), arguments()["n_epochs"], samples().x.size)
    asking.prediction(EXERCISES, found())
    show_player(
        player,
        player.tables(*samples(), config(), history(), translate=translator()),
        key="sigmoid_neuron",
        alt=_(
            "Player: the curve among the samples, the loss over {n} updates, the path over level "
            "lines of the loss, and the chain rule in boxes with the numbers of the chosen step"
        ).format(n=whole(history().update[-1])),
        squeezed=is_squeezed(history()),
        layout=room(),
    )
    if config().batch_size != 1:
        st.caption(
            _(
                "The boxes hold the first sample of the batch: a mean of each link would not "
                "multiply to the mean of the products, which is the slope that the step uses."
            )
        )


def beforehand() -> None:
    limit = lesson.safe_learning_rate(samples().x, config().loss)
    st.markdown(
        _(
            "The full batch: up to η = {limit} no step can raise the loss. Beyond it, some may."
        ).format(limit=number(limit))
    )


def outcome() -> None:
    if history().diverged:
        with asking.outcome(EXERCISES):
            st.error(
                _("Diverged after {n} updates: η = {rate} is far too large for these x.").format(
                    n=whole(history().update[-1]), rate=number(config().learning_rate)
                ),
                icon=":material/trending_up:",
            )
    keep_run("curves/sigmoid_neuron", config(), history(), samples(), described())


def losses_compared() -> None:
    compare_losses(*samples(), config(), layout=room())


parts.show(picture)
if config().batch_size is None:
    with below:
        parts.show(beforehand)
neuron_presets()
parts.show(outcome)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("The chain rule"))
loss = config().loss
names = ("model", loss, "chain", f"{loss}_slope", "links", f"{loss}_gradient", "update")
formulas = [lesson.FORMULAS[name] for name in names]
for formula in formulas:
    st.latex(breakable(formula))
st.caption(_("The tutorial that this rung follows writes t for z, k for ŷ and e for L."))
explained = _(
    "Forwards, each box is computed from the one before. Backwards, each link says how much "
    "its box changes with the one before, and the slopes multiply. One link near 0 is enough "
    "to stop the learning."
)
st.markdown(explained)

parts.show(losses_compared)

page.code_that_ran(lesson.descend, lesson.mean_loss)

remember = _(
    "**To remember:** the chain rule multiplies the slopes of the links. A saturated sigmoid "
    "is flat and stops the squared error from learning; with cross-entropy its slope cancels."
)


def taken() -> Taken:
    return Taken(
        history(),
        samples(),
        make=partial(program, samples(), config(), described()),
        texts=Texts(_("Sigmoid neuron"), question, formulas, explained, remember),
        player=shown("sigmoid_neuron"),
    )


take_away("sigmoid_neuron", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/curves/sigmoid_neuron/sigmoid_neuron.py")
