"""Digits → Train: real training, live, in the background, and every run is kept."""

import streamlit as st

from core.digits.train.facts import facts
from core.digits.train.formulas import formulas
from core.digits.train.verdict import verdict
from core.formula import breakable
from core.messages import InputError
from pages import asking
from pages.digits.train.controls import train_controls
from pages.digits.train.launch import offer
from pages.digits.train.list_of_runs import own_runs, show_list
from pages.digits.train.presets import things_to_try
from pages.digits.train.result import show_result
from pages.digits.train.shown_run import show_run
from pages.digits.train.snapshot import trained
from pages.digits.train.source_code import source
from pages.runs.watched_run import watched
from pages.shared import page
from pages.shared.charts.room import room
from pages.shared.control import switch
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.page import stop_with

EXERCISES = asking.exercises_of(__file__)

st.title(_("Train"))
st.markdown(
    _(
        "How does a network learn to read digits, and when does it only learn its images by heart? "
        "Choose a recipe, train it, and watch."
    )
)

try:
    recipe = train_controls()
except InputError as error:
    stop_with(error)
with st.sidebar:
    logarithmic = switch(
        _("Logarithmic loss"),
        "tr_log",
        help=_("Powers of ten on the axis of the loss: what happens near 0 becomes visible."),
    )
layout = room()

runs = own_runs()  # before anything is shown that what follows would push down
above = st.container()
run_id = watched(runs[0].id if runs else None)
share = asking.Value(_("read right, in %"), 0, 100, start=50, step=1, plays=False)
found, snapshot = facts(recipe, None), None
if run_id is None:
    asking.prediction(EXERCISES, found, share)  # later it would push down what is offered
offer(recipe)
show_list(runs, run_id)
if run_id is not None:
    snapshot = show_run(run_id, logarithmic=logarithmic, layout=layout)
    found = facts(recipe, None if snapshot is None else trained(snapshot))
    with above:
        asking.prediction(EXERCISES, found, share)
things_to_try()
if snapshot is not None:
    show_result(snapshot)
asking.questions(EXERCISES, lambda: found)
asking.challenges(EXERCISES, lambda: found)

st.header(_("The formula"))
st.markdown(
    _(
        "What the recipe in the sidebar computes for each batch B of images, for every weight w. "
        "z are the ten scores, d the label, g the gradient of the loss by w, t the number of the "
        "update, which ends at tₘₐₓ; the code below counts from 0."
    )
)
for formula in formulas(recipe):
    st.latex(breakable(formula))

page.code_that_ran(
    *(
        source("core.digits.train.loop", name)
        for name in ("initial_network", "Training.records", "batch_of", "update", "loss_of")
    ),
    source("core.digits.recipe", "learning_rate_at"),
    source("core.digits.train.loop", "make_optimiser"),
    source("core.digits.train.torch_network", "make_network"),
    source("core.digits.train.distort", "distort"),
    verdict,
)

st.info(
    _(
        "**To remember:** the training loss says how well a network knows its own images, the test "
        "loss what it can do with new ones. Stop where the two part, or give it more to learn from."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/digits/train/train.py")
