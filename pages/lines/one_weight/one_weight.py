"""Lines → One weight: a line through the origin, corrected sample by sample."""

from functools import partial

import streamlit as st

from core.charts.lines import one_weight as player
from core.charts.panels import best_weight, is_squeezed
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from core.lines import one_weight as lesson
from core.lines.one_weight.facts import facts
from core.lines.one_weight.program import program
from core.number import whole
from pages import asking
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.data.line_data import USUAL, described, line_data, tell_noise, true_weight
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.shared.single_pass import single_pass_controls, tell_verdict
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("One weight"))
question = _("How can a network with a single number learn a line, seeing one point at a time?")
st.markdown(question)

parts.begin()
with st.sidebar:
    st.header(_("Learning"))
    config = parts.once(single_pass_controls())
samples = parts.once(line_data())
compile_for_page("lines/one_weight")


@parts.once
def history() -> History:
    return lesson.train(*samples(), config())


@parts.once
def best() -> float:
    return best_weight(*samples())


@parts.once
def found() -> Facts:
    return facts(samples(), config(), history(), best())


def picture() -> None:
    guessed = asking.Value(_("weight w"), -3.0, 3.0, start=config().start_weight)
    guess = asking.prediction(EXERCISES, found(), guessed)
    show_player(
        player,
        player.tables(
            *samples(),
            config(),
            history(),
            true_weight=true_weight(),
            guess=guess,
            layout=room(),
            translate=translator(),
        ),
        key="one_weight",
        alt=_(
            "Player: the samples and the line y = w·x, the loss and the weight over {n} updates, "
            "and the numbers of the chosen step"
        ).format(n=whole(history().update[-1])),
        squeezed=is_squeezed(history()),
        layout=room(),
    )


def outcome() -> None:
    with asking.outcome(EXERCISES):
        tell_verdict(history(), config(), samples().x, best())
        tell_noise(best())
    keep_run("lines/one_weight", config(), history(), samples(), described())


parts.show(picture)
page.presets(
    [
        (
            _("It settles"),
            _("With η = 0.5 the line turns towards the points, and stays near the best one."),
            USUAL | {"ow_rate": 0.5, "ow_start": 0.5},
        ),
        (
            _("One bad sample"),
            _("The last point lies far off the others. Look at the line before it, and after."),
            USUAL | {"ow_rate": 0.5, "ow_start": 0.5, "bad": True},
        ),
        (
            _("It diverges"),
            _(
                "η = 4 is too large: where x is small a step still helps; from x = ½ on, each "
                "leaves the line farther from its sample than before."
            ),
            USUAL | {"ow_rate": 4.0, "ow_start": 0.5},
        ),
    ]
)
parts.show(outcome)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("The rule"))
formulas = [formula.replace("error", _("error")) for formula in lesson.FORMULAS.values()]
for formula in formulas:
    st.latex(breakable(formula))
explained = _(
    "The error says how far the point lies above the line. Squared, it is this sample's loss; "
    "the gradient is the slope of that loss, and the weight takes a step of η against it. "
    "With η = 0.5 the rule is simply w ← w + error·x."
)
st.markdown(explained)

page.code_that_ran(lesson.learn, lesson.predict, lesson.loss)

remember = _(
    "**To remember:** error times input, in small steps, is learning. Each sample corrects "
    "the weight alone, so the last one has the last word."
)


def taken() -> Taken:
    return Taken(
        history(),
        samples(),
        make=partial(program, samples(), config(), described()),
        texts=Texts(_("One weight"), question, formulas, explained, remember),
        player=shown("one_weight"),
    )


take_away("one_weight", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/lines/one_weight/one_weight.py")
