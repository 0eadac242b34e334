"""Lines → Normal equation: the mean squared error is a parabola, its vertex the best weight."""

from functools import partial

import streamlit as st

from core.charts.lines import normal_equation as explorer
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from core.lines import normal_equation as lesson
from core.lines import one_weight
from core.lines.normal_equation.facts import facts
from core.lines.normal_equation.program import program
from core.messages import InputError
from core.number import number
from pages import asking
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_explorer
from pages.shared.charts.room import room
from pages.shared.data.line_data import USUAL, described, line_data, tell_noise, true_weight
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.shared.page import stop_with
from pages.shared.single_pass import USUAL as SINGLE_PASS
from pages.shared.single_pass import single_pass_controls, tell_verdict
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("Normal equation"))
question = _("Which weight is best for all samples at once, and can one simply calculate it?")
st.markdown(question)

parts.begin()
samples = parts.once(line_data())


@parts.once
def best() -> float:
    return lesson.solve(*samples())


try:
    best()
except InputError as error:
    stop_with(error)
with st.sidebar:
    st.header(_("One weight, to compare"))
    config = parts.once(single_pass_controls())
compile_for_page("lines/one_weight")


@parts.once
def single_pass() -> History:
    return one_weight.train(*samples(), config())


@parts.once
def last() -> float:
    return float(single_pass().column("weight")[-1])


@parts.once
def found() -> Facts:
    return facts(samples(), last())


def picture() -> None:
    asking.prediction(EXERCISES, found())
    show_explorer(
        explorer,
        explorer.tables(
            *samples(),
            last(),
            true_weight=true_weight(),
            layout=room(),
            translate=translator(),
        ),
        key="normal_equation",
        caption=_("Drag the weight: line, squares and point move together."),
        alt=_(
            "The samples with a line and its squared errors, beside the loss of every weight, "
            "a parabola"
        ),
        heard=_("The lowest point of the parabola is at w = {best}.").format(best=number(best())),
        layout=room(),
    )


def outcome() -> None:
    tell_noise(best())
    st.markdown(
        _(
            "The normal equation weighs all samples alike. One weight sees them one after the "
            "other; with η = {rate}, from w = {start}, this is how it ends:"
        ).format(rate=number(config().learning_rate), start=number(config().start_weight))
    )
    tell_verdict(single_pass(), config(), samples().x, best())


parts.show(picture)
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
parts.show(outcome)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("The formula"))
formulas = list(lesson.FORMULAS.values())
for formula in formulas:
    st.latex(breakable(formula))
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


def taken() -> Taken:
    return Taken(
        None,
        samples(),
        make=partial(program, samples(), described()),
        texts=Texts(_("Normal equation"), question, formulas, explained, remember),
        player=shown("normal_equation"),
    )


take_away("normal_equation", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/lines/normal_equation/normal_equation.py")
