"""Curves → MLP: neurons that share the work, from scratch and in PyTorch."""

from functools import partial

import streamlit as st

from core.curves import mlp as lesson
from pages.curves.mlp.controls import MADE, USUAL, USUAL_TORCH, mlp_controls, mlp_data
from pages.curves.mlp.many_starts import many_starts
from pages.curves.mlp.player import show_mlp
from pages.curves.mlp.train_on import train_on
from pages.shared import page
from pages.shared.chart import is_stacked
from pages.shared.control import switch
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.runs.keep_run import keep_run

st.title(_("MLP"))
st.markdown(
    _("How do a few neurons together learn a curve that no single one can bend itself into?")
)

engine, arguments = mlp_controls()
with st.sidebar:
    logarithmic = switch(
        _("Logarithmic loss"),
        "mlp_log",
        help=_("Powers of ten on the axis of the loss: what happens near 0 becomes visible."),
    )
stacked = is_stacked()
samples, data = mlp_data()
n_neurons = -(-arguments["n_hidden"] // USUAL["mlp_h"])  # three take about as long as one alone

if engine == "scratch":
    config = lesson.Config(**arguments)
    if data["samples"] == "own":
        config = page.affordable(config, samples.x.size, n_neurons)
    compile_for_page("curves/mlp")
    history = lesson.train(*samples, config)
    show_mlp(samples, config, history, logarithmic=logarithmic, stacked=stacked)
    train_on(config)
    keep_run("curves/mlp", config, history, samples, data, engine=engine)
    page.download(history, "mlp", samples)
else:
    from core.curves.mlp import torch_lesson, torch_program
    from pages.curves.mlp.torch_comparison import compare
    from pages.curves.mlp.torch_run import torch_run

    torch_config = torch_lesson.Config(**arguments)
    draw = partial(show_mlp, samples, torch_config, logarithmic=logarithmic, stacked=stacked)
    run = torch_run(samples, torch_config, draw)
    if run is not None and not run.is_active:
        history = torch_lesson.to_history(run.records, torch_config)
        if run.state == "done":
            compare(samples, torch_config, history, run.seconds)
        keep_run("curves/mlp", torch_config, history, samples, data, engine=engine)
        page.download(history, "torch_mlp", samples)

st.header(_("How they share the work"))
st.markdown(
    _(
        "Each hidden neuron bends one S out of x, its output a, somewhere, more or less steep. "
        "The output neuron weighs them: some push the sum up, some pull it down, and "
        "where they add up to more than 0, ŷ is above ½. The data have three steps, up, down "
        "and up again: three neurons learn them easily, two can, from some starts, and one cannot."
    )
)
many_starts(samples, arguments, stacked=stacked)

st.header(_("The formula"))
for formula in lesson.FORMULAS.values():
    st.latex(formula)

page.presets(
    [
        (
            _("One neuron is not enough"),
            _("A single S can rise or fall once. The loss stays high, however long it learns."),
            MADE | {"mlp_h": 1},
        ),
        (
            _("Two can do it"),
            _(
                "From seed 0 one S rises slowly over all x, and a steep one pulls it down in the "
                "middle. Train many starts: most of them do not find that."
            ),
            MADE | {"mlp_h": 2},
        ),
        (
            _("Stuck on a plateau"),
            _(
                "Seed 39 misses a step after 20,000 epochs, with a neuron that is saturated on all "
                "samples. Train on: after 50,000 it has found the curve."
            ),
            MADE | {"mlp_seed": 39},
        ),
        (
            _("More than enough"),
            _("With 16 neurons nearly every start finds the curve: there are many ways to it."),
            MADE | {"mlp_h": 16},
        ),
        (
            _("Adam and ReLU"),
            _("In PyTorch: straight pieces instead of S-curves, found within 500 epochs."),
            MADE
            | USUAL_TORCH
            | {
                "engine": "torch",
                "mlp_h": 16,
                "mlp_act": "relu",
                "mlp_opt": "adam",
                "mlp_rate": 0.01,
                "mlp_epochs": 500,
            },
        ),
    ]
)

if engine == "scratch":
    page.code_that_ran(lesson.descend)
else:
    page.program(torch_program.script(torch_config), "mlp.py")

st.info(
    _(
        "**To remember:** the chain rule passes the error back, layer by layer, and every weight "
        "learns from what it contributed. From some starts a run stands on a plateau for very "
        "long, so try several."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/curves/mlp/mlp.py")
