"""Lines → Normal equation: the mean squared error is a parabola, its vertex the best weight."""

from functools import partial

import streamlit as st

from core.charts.lines import normal_equation as explorer
from core.lines import normal_equation as lesson
from core.lines import one_weight
from core.lines.normal_equation.facts import facts
from core.lines.normal_equation.program import program
from core.messages import InputError
from core.number import number
from pages import asking
from pages.shared import page
from pages.shared.charts.player import show_explorer
from pages.shared.charts.room import room
from pages.shared.data.line_data import USUAL, described, line_data, tell_noise, true_weight
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.shared.page import stop_with
from pages.shared.single_pass import USUAL as SINGLE_PASS
from pages.shared.single_pass import single_pass_controls, tell_verdict
from pages.taking import Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("Normal equation"))
question = _("Which weight is best for all samples at once, and can one simply calculate it?")
st.markdown(question)

samples = x, y = line_data()
layout = room()
try:
    best = lesson.solve(x, y)
except InputError as error:
    stop_with(error)
with st.sidebar:
    st.header(_("One weight, to compare"))
    config = single_pass_controls()
compile_for_page("lines/one_weight")
single_pass = one_weight.train(x, y, config)
last = float(single_pass.column("weight")[-1])
found = facts(samples, last)
asking.prediction(EXERCISES, found)

shown = show_explorer(
    explorer,
    explorer.tables(x, y, last, true_weight=true_weight(), layout=layout, translate=translator()),
    key="normal_equation",
    caption=_("Drag the weight: line, squares and point move together."),
    alt=_(
        "The samples with a line and its squared errors, beside the loss of every weight, "
        "a parabola"
    ),
    heard=_("The lowest point of the parabola is at w = {best}.").format(best=number(best)),
    layout=layout,
)
page.presets(
    [
        (
            _("Find it by hand"),
            _("Drag w until the tangent lies flat, then press “To the vertex” and compare."),
            USUAL | SINGLE_PASS,
        ),
        (
            _("One bad sample"),
            _("One wrong point in a hundred hardly moves the vertex, but ruins the single pass."),
            USUAL | SINGLE_PASS | {"bad": True},
        ),
        (
            _("No line through 0"),
            _("The data fall, so no weight fits well: the lowest loss stays far above 0."),
            USUAL | SINGLE_PASS | {"data": "reversed"},
        ),
    ]
)

tell_noise(best)
st.markdown(
    _(
        "The normal equation weighs all samples alike. One weight sees them one after the other; "
        "with η = {rate}, from w = {start}, this is how it ends:"
    ).format(rate=number(config.learning_rate), start=number(config.start_weight))
)
tell_verdict(single_pass, config, x, best)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("The formula"))
formulas = list(lesson.FORMULAS.values())
for formula in formulas:
    st.latex(formula)
st.caption(_("The tutorial that this rung follows writes e for the loss L."))
explained = _(
    "Each sample's squared error is a parabola of w (the faint ones); their mean is again a "
    "parabola, and it opens upwards. Where its slope is 0 lies the best weight. For one "
    "weight that takes two running sums, however many samples there are. With many weights "
    "it takes a system of as many equations, and that is where gradient descent earns its "
    "place."
)
st.markdown(explained)

page.code_that_ran(lesson.parabola, lesson.solve)

remember = _(
    "**To remember:** the mean squared error weighs all samples alike, and for a line its "
    "lowest point can be calculated, without any steps."
)
take_away(
    "normal_equation",
    None,
    samples,
    make=partial(program, samples, described()),
    texts=Texts(_("Normal equation"), question, formulas, explained, remember),
    player=shown,
)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/lines/normal_equation/normal_equation.py")
