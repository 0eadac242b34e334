"""Curves → MLP: neurons that share the work, from scratch and in PyTorch."""

from functools import partial

import streamlit as st

from core.curves import mlp as lesson
from core.curves.mlp.facts import facts
from core.curves.mlp.program import program
from core.datasets import Samples
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from pages import asking
from pages.curves.mlp.controls import USUAL, engine_choice, mlp_controls, mlp_data
from pages.curves.mlp.many_starts import many_starts
from pages.curves.mlp.player import show_mlp
from pages.curves.mlp.presets import things_to_try
from pages.curves.mlp.train_on import train_on
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.room import room
from pages.shared.control import switch, value
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)


@st.cache_resource(max_entries=20, show_spinner=False)  # what a class sees alike; 30 kB each
def _train(samples: Samples, config: lesson.Config) -> History:
    return lesson.train(*samples, config)


st.title(_("MLP"))
question = _("How do a few neurons together learn a curve that no single one can bend itself into?")
st.markdown(question)

engine = engine_choice()
if engine == "scratch":
    parts.begin()
arguments = mlp_controls(engine)
with st.sidebar:
    switch(
        _("Logarithmic loss"),
        "mlp_log",
        help=_("Powers of ten on the axis of the loss: what happens near 0 becomes visible."),
    )
samples, data = mlp_data()
is_own = data["samples"] == "own"

if engine == "scratch":
    compile_for_page("curves/mlp")

    @parts.once
    def config() -> lesson.Config:
        wanted = lesson.Config(**arguments())
        # three neurons take about as long as one alone
        n_neurons = -(-wanted.n_hidden // USUAL["mlp_h"])
        return page.affordable(wanted, samples.x.size, n_neurons) if is_own else wanted

    @parts.once
    def history() -> History:
        return _train(samples, config())

    @parts.once
    def found() -> Facts:
        return facts(samples, config(), history(), is_own=is_own)

    def picture() -> None:
        page.tell_affordable(config(), value("mlp_epochs"), samples.x.size)
        guessed = asking.Curve(history().update, history().loss)
        guess = asking.prediction(EXERCISES, found(), guessed)
        show_mlp(
            samples,
            config(),
            history(),
            guess=guess,
            logarithmic=value("mlp_log"),
            layout=room(),
        )

    def outcome() -> None:
        train_on(config())
        keep_run("curves/mlp", config(), history(), samples, data, engine=engine)

    def taken() -> Taken:
        return Taken(
            history(),
            samples,
            make=partial(program, samples, config(), data),
            texts=texts(),
            player=shown("mlp"),
        )

    parts.show(picture)
    things_to_try()
    parts.show(outcome)
    asking.questions(EXERCISES, found)
    asking.challenges(EXERCISES, found)
else:
    from core.curves.mlp import torch_lesson, torch_program
    from pages.curves.mlp.torch_comparison import compare
    from pages.curves.mlp.torch_guess import facts_of, guess_torch_run
    from pages.curves.mlp.torch_run import show_torch_run, wanted_torch_run

    torch_config = torch_lesson.Config(**arguments())
    run = wanted_torch_run(samples, torch_config)
    seen = facts_of(run, samples, torch_config, is_own=is_own)
    guess = guess_torch_run(EXERCISES, seen, run, samples, torch_config)
    draw = partial(
        show_mlp,
        samples,
        torch_config,
        guess=guess,
        logarithmic=value("mlp_log"),
        layout=room(),
    )
    show_torch_run(run, samples, torch_config, draw)
    things_to_try()
    recorded: History | None = None
    if run is not None and not run.is_active:
        recorded = torch_lesson.to_history(run.records, torch_config)
        if run.state == "done":
            compare(samples, torch_config, recorded, run.seconds)
        keep_run("curves/mlp", torch_config, recorded, samples, data, engine=engine)
        asking.questions(EXERCISES, lambda: seen)
        asking.challenges(EXERCISES, lambda: seen)

    def taken() -> Taken:
        return Taken(
            recorded,
            samples,
            make=partial(torch_program.program, samples, torch_config, data),
            texts=texts(),
            player=shown("mlp") if recorded is not None else None,
        )


def starts() -> None:
    many_starts(samples, arguments(), layout=room())


def texts() -> Texts:
    return Texts(_("MLP"), question, formulas, explained, remember)


st.header(_("How they share the work"))
explained = _(
    "Each hidden neuron bends one S out of x, its output a, somewhere, more or less steep. "
    "The output neuron weighs them: some push the sum up, some pull it down, and "
    "where they add up to more than 0, ŷ is above ½. The data have three steps, up, down "
    "and up again: three neurons learn them easily, two can, from some starts, and one cannot."
)
st.markdown(explained)
parts.show(starts)

st.header(_("The formula"))
if engine == "scratch":
    formulas = list(lesson.FORMULAS.values())
else:
    names = ("hidden", "model", torch_config.loss)
    formulas = [torch_lesson.FORMULAS[name] for name in names]
for formula in formulas:
    st.latex(breakable(formula))

if engine == "scratch":
    page.code_that_ran(lesson.descend)
else:
    page.code_that_ran(*torch_program.LOOP)

remember = _(
    "**To remember:** the chain rule passes the error back, layer by layer, and every weight "
    "learns from what it contributed. From some starts a run stands on a plateau for very "
    "long, so try several."
)
take_away("mlp" if engine == "scratch" else "mlp_in_pytorch", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/curves/mlp/mlp.py")
