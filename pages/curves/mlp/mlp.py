"""Curves → MLP: neurons that share the work, from scratch and in PyTorch."""

import dataclasses
from functools import partial

import streamlit as st

from core.curves import mlp as lesson
from core.curves.mlp.facts import facts
from core.curves.mlp.program import program
from core.history import History
from pages import asking
from pages.curves.mlp.controls import USUAL, mlp_controls, mlp_data
from pages.curves.mlp.many_starts import many_starts
from pages.curves.mlp.player import show_mlp
from pages.curves.mlp.presets import things_to_try
from pages.curves.mlp.train_on import train_on
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared.charts.chart import Shown
from pages.shared.charts.room import room
from pages.shared.control import switch
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.taking import Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("MLP"))
question = _("How do a few neurons together learn a curve that no single one can bend itself into?")
st.markdown(question)

engine, arguments = mlp_controls()
with st.sidebar:
    logarithmic = switch(
        _("Logarithmic loss"),
        "mlp_log",
        help=_("Powers of ten on the axis of the loss: what happens near 0 becomes visible."),
    )
layout = room()
samples, data = mlp_data()
is_own = data["samples"] == "own"
n_neurons = -(-arguments["n_hidden"] // USUAL["mlp_h"])  # three take about as long as one alone

recorded: History | None = None
shown: Shown | None = None
if engine == "scratch":
    config = lesson.Config(**arguments)
    if is_own:
        config = page.affordable(config, samples.x.size, n_neurons)
    compile_for_page("curves/mlp")
    recorded = history = lesson.train(*samples, config)
    make = partial(program, samples, config, data)
    found = facts(samples, config, history, is_own=is_own)
    guess = asking.prediction(EXERCISES, found, asking.Curve(history.update, history.loss))
    shown = show_mlp(samples, config, history, guess=guess, logarithmic=logarithmic, layout=layout)
    things_to_try()
    train_on(config)
    keep_run("curves/mlp", config, history, samples, data, engine=engine)
    asking.questions(EXERCISES, found)
    asking.challenges(EXERCISES, found)
else:
    from core.curves.mlp import torch_lesson, torch_program
    from pages.curves.mlp.torch_comparison import compare
    from pages.curves.mlp.torch_run import torch_run

    torch_config = torch_lesson.Config(**arguments)
    make = partial(torch_program.program, samples, torch_config, data)
    draw = partial(show_mlp, samples, torch_config, logarithmic=logarithmic, layout=layout)
    run = torch_run(samples, torch_config, draw)
    things_to_try()
    if run is not None and not run.is_active:
        recorded = history = torch_lesson.to_history(run.records, torch_config)
        if run.state == "done":
            compare(samples, torch_config, history, run.seconds)
        keep_run("curves/mlp", torch_config, history, samples, data, engine=engine)
        found = facts(samples, torch_config, history, is_own=is_own)
        asking.prediction(dataclasses.replace(EXERCISES, prediction=None), found)  # seen live
        asking.questions(EXERCISES, found)
        asking.challenges(EXERCISES, found)

st.header(_("How they share the work"))
explained = _(
    "Each hidden neuron bends one S out of x, its output a, somewhere, more or less steep. "
    "The output neuron weighs them: some push the sum up, some pull it down, and "
    "where they add up to more than 0, ŷ is above ½. The data have three steps, up, down "
    "and up again: three neurons learn them easily, two can, from some starts, and one cannot."
)
st.markdown(explained)
many_starts(samples, arguments, layout=layout)

st.header(_("The formula"))
formulas = list(lesson.FORMULAS.values())
for formula in formulas:
    st.latex(formula)

if engine == "scratch":
    page.code_that_ran(lesson.descend)
else:
    page.code_that_ran(*torch_program.LOOP)

remember = _(
    "**To remember:** the chain rule passes the error back, layer by layer, and every weight "
    "learns from what it contributed. From some starts a run stands on a plateau for very "
    "long, so try several."
)
take_away(
    "mlp" if engine == "scratch" else "mlp_in_pytorch",
    recorded,
    samples,
    make=make,
    texts=Texts(_("MLP"), question, formulas, explained, remember),
    player=shown,
)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/curves/mlp/mlp.py")
