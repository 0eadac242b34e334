"""Start → What is a model?: one round of training in four stages, and parameters counted."""

from functools import partial

import streamlit as st

from core.charts.panels import is_squeezed
from core.charts.start.what_is_a_model import tiny_network as player
from core.datasets import as_samples
from core.formula import breakable
from core.number import whole
from core.start import what_is_a_model as lesson
from core.start.what_is_a_model.facts import facts
from core.start.what_is_a_model.program import program
from pages import asking
from pages.shared import page
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.start.what_is_a_model.controls import tiny_network_controls
from pages.start.what_is_a_model.parameter_count import chosen_sizes, parameter_counter
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("What is a model?"))
question = _("What is inside a model, and what happens in it when it learns?")
st.markdown(question)
st.markdown(
    _(
        "A model is a **function with parameters**: a number goes in, an answer comes out, and the "
        "parameters decide which answer. A network is built of **layers**, a layer of **neurons**, "
        "and a neuron of parameters: a weight for each number that comes in, and a bias. This one "
        "has two hidden neurons and **7 parameters**; a large language model has billions."
    )
)
st.markdown(
    _(
        "Training repeats four stages. **Forward**: what does the network say? **Loss**: how wrong "
        "is it? **Backward**: how much did each parameter contribute? **Update**: change each of "
        "them a little. Step through them:"
    )
)

x, y, config = tiny_network_controls()
history = lesson.train(x, y, config)
layout = room()
found = facts(y, config, history, chosen_sizes())
asking.prediction(EXERCISES, found)

show_player(
    player,
    player.tables(x, y, config, history, layout=layout, translate=translator()),
    key="tiny_network",
    each=_("one stage"),
    alt=_(
        "Player: a network of one input, two hidden neurons and one output, with a value on each "
        "arrow; the current one of the stages forward, loss, backward and update; the loss over "
        "{n} updates; and the stage's formulas with numbers"
    ).format(n=whole(history.update[-1])),
    squeezed=is_squeezed(history),
    layout=layout,
)

page.presets(
    [
        (
            _("Another target"),
            _("y = −1: every arrow into ŷ is pulled down at once, and a dozen rounds will do."),
            {"wm_x": 0.5, "wm_y": -1.0, "wm_rate": 0.1, "wm_rounds": 12, "wm_seed": 0},
        ),
        (
            _("No input"),
            _("x = 0: the gradients of w₁ and w₂ are 0, and only the others learn."),
            {"wm_x": 0.0, "wm_y": 1.0, "wm_rate": 0.1, "wm_rounds": 12, "wm_seed": 0},
        ),
        (
            _("Steps too long"),
            _("η = 1.5: each update overshoots, and the loss grows instead of shrinking."),
            {"wm_x": 0.5, "wm_y": 1.0, "wm_rate": 1.5, "wm_rounds": 12, "wm_seed": 0},
        ),
        (
            _("The digit reader"),
            _("784-200-200-200-10: the network at the end of this ladder, 239,410 parameters."),
            {"layers": "784-200-200-200-10"},
        ),
    ]
)

asking.questions(EXERCISES, lambda: found)
asking.challenges(EXERCISES, lambda: found)

st.header(_("The formula"))
formulas = list(lesson.FORMULAS.values())
for formula in formulas:
    st.latex(breakable(formula))
explained = _(
    "j is 1 or 2, for the two hidden neurons; θ is each of the seven parameters in turn. The "
    "hidden neurons squash their sum with σ to a number between 0 and 1; the output does not, "
    "so that ŷ can be any number."
)
st.markdown(explained)

parameter_counter(layout)

page.code_that_ran(lesson.learn)

remember = _(
    "**To remember:** a model is a function, and its parameters are all it knows. Training is "
    "forward, loss, backward, update, again and again, with seven parameters as with seven "
    "billion."
)


def taken() -> Taken:
    return Taken(
        history,
        as_samples([x], [y]),
        make=partial(program, x, y, config),
        texts=Texts(_("What is a model?"), question, formulas, explained, remember),
        player=shown("tiny_network"),
    )


take_away("what_is_a_model", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/start/what_is_a_model/what_is_a_model.py")
