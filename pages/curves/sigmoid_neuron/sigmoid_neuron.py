"""Curves → Sigmoid neuron: the chain rule through a bent line."""

from functools import partial

import streamlit as st

from core.charts.curves.sigmoid_neuron import sigmoid_neuron as player
from core.charts.panels import is_squeezed
from core.curves import sigmoid_neuron as lesson
from core.curves.sigmoid_neuron.facts import facts
from core.curves.sigmoid_neuron.program import program
from core.number import number, whole
from pages import asking
from pages.curves.sigmoid_neuron.controls import neuron_controls
from pages.curves.sigmoid_neuron.curve_data import curve_data, described
from pages.curves.sigmoid_neuron.presets import neuron_presets
from pages.curves.sigmoid_neuron.saturation import compare_losses, train
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.taking import Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("Sigmoid neuron"))
question = _("How does a neuron learn to say yes or no, and why does it sometimes learn nothing?")
st.markdown(question)

arguments, below = neuron_controls()
samples = x, y = curve_data()
config = page.affordable(lesson.Config(**arguments), x.size)
layout = room()
compile_for_page("curves/sigmoid_neuron")
history = train(x, y, config)
found = facts(samples, config, history)
asking.prediction(EXERCISES, found)
if config.batch_size is None:
    below.markdown(
        _(
            "The full batch: up to η = {limit} no step can raise the loss. Beyond it, some may."
        ).format(limit=number(lesson.safe_learning_rate(x, config.loss)))
    )

shown = show_player(
    player,
    player.tables(x, y, config, history, translate=translator()),
    key="sigmoid_neuron",
    alt=_(
        "Player: the curve among the samples, the loss over {n} updates, the path over level lines "
        "of the loss, and the chain rule in boxes with the numbers of the chosen step"
    ).format(n=whole(history.update[-1])),
    squeezed=is_squeezed(history),
    layout=layout,
)
if config.batch_size != 1:
    st.caption(
        _(
            "The boxes hold the first sample of the batch: a mean of each link would not multiply "
            "to the mean of the products, which is the slope that the step uses."
        )
    )
neuron_presets()
if history.diverged:
    with asking.outcome(EXERCISES):
        st.error(
            _("Diverged after {n} updates: η = {rate} is far too large for these x.").format(
                n=whole(history.update[-1]), rate=number(config.learning_rate)
            ),
            icon=":material/trending_up:",
        )
keep_run("curves/sigmoid_neuron", config, history, samples, described())
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("The chain rule"))
of_loss = (f"{config.loss}_slope", "links", f"{config.loss}_gradient")
names = ("model", config.loss, "chain", *of_loss, "update")
formulas = [lesson.FORMULAS[name] for name in names]
for formula in formulas:
    st.latex(formula)
st.caption(_("The tutorial that this rung follows writes t for z, k for ŷ and e for L."))
explained = _(
    "Forwards, each box is computed from the one before. Backwards, each link says how much "
    "its box changes with the one before, and the slopes multiply. One link near 0 is enough "
    "to stop the learning."
)
st.markdown(explained)

compare_losses(x, y, config, layout=layout)

page.code_that_ran(lesson.descend, lesson.mean_loss)

remember = _(
    "**To remember:** the chain rule multiplies the slopes of the links. A saturated sigmoid "
    "is flat and stops the squared error from learning; with cross-entropy its slope cancels."
)
take_away(
    "sigmoid_neuron",
    history,
    samples,
    make=partial(program, samples, config, described()),
    texts=Texts(_("Sigmoid neuron"), question, formulas, explained, remember),
    player=shown,
)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/curves/sigmoid_neuron/sigmoid_neuron.py")
