"""Lines → Weight and bias: two parameters, and a bowl to walk down."""

from functools import partial
from typing import Any

import streamlit as st

from core.charts.lines import weight_and_bias as player
from core.charts.panels import is_squeezed
from core.datasets import Samples
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from core.lines import weight_and_bias as lesson
from core.lines.gradient_descent.rates import Zone
from core.lines.weight_and_bias import bowl, rates
from core.lines.weight_and_bias.facts import facts
from core.lines.weight_and_bias.program import program
from core.messages import InputError
from core.number import number, whole
from pages import asking
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.control import switch, value
from pages.shared.data.line_data import USUAL, described, line_data
from pages.shared.descent import descent_controls, explain_divergence, tell_beforehand
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.shared.page import stop_with
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

FALLING = USUAL | {"wb_data": "reversed"}

st.title(_("Weight and bias"))
question = _("How are two parameters learned at once, and why is one direction learned so slowly?")
st.markdown(question)

parts.begin()
arguments, below = descent_controls("wb", start_bias=True)
plain = parts.once(line_data(falling=True))
with st.sidebar:
    switch(
        _("Standardise x"),
        "wb_std",
        help=_("Subtract the mean of x and divide by its standard deviation."),
    )


@parts.once
def samples() -> Samples:
    x, y = plain()
    return Samples(bowl.standardise(x)[0] if value("wb_std") else x, y)


try:
    samples()
except InputError as error:
    stop_with(error)
compile_for_page("lines/weight_and_bias")


@parts.once
def config() -> lesson.Config:
    return page.affordable(lesson.Config(**arguments()), samples().x.size)


@parts.once
def history() -> History:
    return lesson.train(*samples(), config())


@parts.once
def zone() -> Zone:
    return rates.zone(samples().x, config())


@parts.once
def found() -> Facts:
    return facts(samples(), config(), history(), zone())


def picture() -> None:
    page.tell_affordable(config(), arguments()["n_epochs"], samples().x.size)
    guessed = asking.Line(*samples(), *history().params[-1].tolist())
    guess = asking.prediction(EXERCISES, found(), guessed)
    show_player(
        player,
        player.tables(
            *samples(), config(), history(), guess=guess, layout=room(), translate=translator()
        ),
        key="weight_and_bias",
        alt=_(
            "Player: the loss over weight and bias as ellipses with the path of the descent, the "
            "line among the samples, the loss over {n} updates, and the numbers of the chosen step"
        ).format(n=whole(history().update[-1])),
        squeezed=is_squeezed(history()),
        layout=room(),
    )


def beforehand() -> None:
    x, y = samples()
    tell_beforehand(
        rates.zones(x, config()),
        zone(),
        config(),
        history(),
        lowest=bowl.bowl_of(x, y).lowest,
        epoch_factor=rates.epoch_factor(x, config()),
    )


def outcome() -> None:
    if history().diverged:
        with asking.outcome(EXERCISES):
            limit = rates.stable_limit(samples().x, config())
            explain_divergence(history(), config().learning_rate, limit)
    keep_run("lines/weight_and_bias", config(), history(), samples(), data())


def data() -> dict[str, Any]:
    return {**described(), "standardised": value("wb_std")}


def explained() -> str:
    return _(
        "Where all x lie on one side of 0, a change of w and one of b can nearly cancel: along "
        "that direction the loss hardly changes, across it steeply. The ratio of the two "
        "curvatures is the condition number: {plain} for x as it is, {now} for x as it is used "
        "now. The learning rate must suit the steep direction, and the flat one waits. "
        "Standardised x has mean 0: the ellipses become circles, and every direction is learned "
        "equally fast."
    ).format(
        plain=number(bowl.condition_number(plain().x)),
        now=number(bowl.condition_number(samples().x)),
    )


def valley() -> None:
    st.markdown(explained())


parts.show(picture)
with below:
    parts.show(beforehand)
page.presets(
    [
        (
            _("The narrow valley"),
            _("The full batch slides to the bottom of the valley at once, then creeps along it."),
            FALLING | {"wb_variant": "full", "wb_rate": 0.5, "wb_epochs": 100, "wb_std": False},
        ),
        (
            _("Standardise"),
            _("The same with standardised x: the bowl is round, and the path goes straight down."),
            FALLING | {"wb_variant": "full", "wb_rate": 0.3, "wb_epochs": 30, "wb_std": True},
        ),
        (
            _("Sorted samples run away"),
            _(
                "η = 0.7 suits the full batch, but sorted samples push the same way again and "
                "again."
            ),
            FALLING | {"wb_variant": "sgd", "wb_rate": 0.7, "wb_epochs": 15, "wb_std": False},
        ),
    ]
)
parts.show(outcome)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("Why the valley is long and narrow"))
parts.show(valley)
st.markdown(
    _(
        "In data order, sample by sample, the path does not end in the minimum, even where no "
        "single step overshoots: the samples that come last pull it their way, the same in every "
        "epoch, and it runs round a small loop beside the minimum. Shuffle, and it comes much "
        "closer."
    )
)

st.header(_("The formula"))
formulas = [formula.replace("error", _("error")) for formula in lesson.FORMULAS.values()]
for formula in formulas:
    st.latex(breakable(formula))
st.caption(_("The tutorial that this rung follows writes e for the loss L."))

page.code_that_ran(lesson.descend)

remember = _(
    "**To remember:** each parameter steps against its own partial derivative, both from the "
    "old values. How fast the run gets on is decided by the shape of the bowl, and the shape "
    "by the data: standardise them."
)


def taken() -> Taken:
    return Taken(
        history(),
        samples(),
        make=partial(program, samples(), config(), data()),
        texts=Texts(_("Weight and bias"), question, formulas, explained(), remember),
        player=shown("weight_and_bias"),
    )


take_away("weight_and_bias", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/lines/weight_and_bias/weight_and_bias.py")
