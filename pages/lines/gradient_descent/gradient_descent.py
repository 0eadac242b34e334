"""Lines → Gradient descent: down the parabola, sample by sample, in batches, or all at once."""

import math
from functools import partial

import streamlit as st

from core.charts import panels
from core.charts.lines.gradient_descent import gradient_descent as player
from core.charts.lines.gradient_descent import race
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from core.lines import gradient_descent as lesson
from core.lines import normal_equation
from core.lines.gradient_descent import rates
from core.lines.gradient_descent.facts import facts
from core.lines.gradient_descent.pictures import pictures
from core.lines.gradient_descent.program import program
from core.number import number, whole
from pages import asking
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_explorer, show_player
from pages.shared.charts.room import room
from pages.shared.data.line_data import USUAL, described, line_data, tell_noise
from pages.shared.descent import descent_controls, explain_divergence, tell_beforehand
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("Gradient descent"))
question = _("How does one find the lowest loss by small steps, and how large may they be?")
st.markdown(question)

parts.begin()
arguments, below = descent_controls("gd")
samples = parts.once(line_data())
compile_for_page("lines/gradient_descent")


@parts.once
def config() -> lesson.Config:
    return page.affordable(lesson.Config(**arguments()), samples().x.size)


@parts.once
def history() -> History:
    return lesson.train(*samples(), config())


@parts.once
def bands() -> list[rates.Band]:
    return rates.zones(samples().x, config())


@parts.once
def limit() -> float:
    return next((band.low for band in bands() if band.zone == "diverging"), math.inf)


@parts.once
def found() -> Facts:
    return facts(samples(), config(), history(), rates.zone(samples().x, config()), limit())


def picture() -> None:
    page.tell_affordable(config(), arguments()["n_epochs"], samples().x.size)
    guessed = asking.Curve(history().update, history().loss)
    guess = asking.prediction(EXERCISES, found(), guessed)
    show_player(
        player,
        player.tables(
            *samples(), config(), history(), guess=guess, layout=room(), translate=translator()
        ),
        key="gradient_descent",
        alt=_(
            "Player: the loss as a parabola with the weight walking down, the line among the "
            "samples, the loss over {n} updates, and the numbers of the chosen step"
        ).format(n=whole(history().update[-1])),
        squeezed=panels.is_squeezed(history()),
        layout=room(),
    )


def beforehand() -> None:
    tell_beforehand(
        bands(),
        rates.zone(samples().x, config()),
        config(),
        history(),
        lowest=normal_equation.parabola(*samples()).lowest,
        epoch_factor=rates.epoch_factor(samples().x, config()),
    )


def outcome() -> None:
    with asking.outcome(EXERCISES):
        if history().diverged:
            explain_divergence(history(), config().learning_rate, limit())
        elif described().get("bad_last_sample"):
            st.info(
                _("The bad last sample is one of {n} here: w = {w}.").format(
                    n=whole(samples().x.size), w=number(history().column("weight")[-1])
                )
            )
        tell_noise(panels.best_weight(*samples()))
    keep_run("lines/gradient_descent", config(), history(), samples(), described())


def the_race() -> None:
    raced = race.tables(*samples(), config())
    at_the_end = raced["race"].groupby("role")["loss"].last()
    show_explorer(
        race,
        raced,
        key="race",
        caption=_("Both axes are logarithmic. The dashed line is the normal equation's minimum."),
        alt=_("The losses of SGD, mini-batch and full batch over updates and over samples seen"),
        heard=_("Losses at the end: SGD {sgd}, mini-batch {mini}, full batch {full}.").format(
            **{name: number(at_the_end[role]) for name, role in race.ROLES.items()}
        ),
        layout=room(),
    )


parts.show(picture)
with below:
    parts.show(beforehand)
page.presets(
    [
        (
            _("Full batch"),
            _("One smooth step an epoch. At η = 0.1 fifty epochs are hardly enough."),
            USUAL | {"gd_variant": "full", "gd_rate": 0.1, "gd_epochs": 50},
        ),
        (
            _("Noisy samples"),
            _("Batch size 1 and a large step: fast, but the weight never comes to rest."),
            USUAL | {"gd_variant": "sgd", "gd_rate": 0.6, "gd_epochs": 5, "noise": 0.5},
        ),
        (
            _("Too fast"),
            _("η = 3 lies beyond the stable range: each step lands farther up the other side."),
            USUAL | {"gd_variant": "full", "gd_rate": 3.0, "gd_epochs": 50},
        ),
    ]
)
parts.show(outcome)
asking.questions(EXERCISES, found, pictures())
asking.challenges(EXERCISES, found)

st.header(_("The race"))
st.markdown(
    _(
        "The three variants from the same start, with the same learning rate. Counted in updates "
        "they get on about equally fast, the full batch most smoothly. Counted in samples seen, "
        "the smaller the batch, the sooner it arrives: of the usual samples, single ones have "
        "brought the weight to the minimum when the full batch has made its first step."
    )
)
parts.show(the_race)

st.header(_("The formula"))
formulas = list(lesson.FORMULAS.values())
for formula in formulas:
    st.latex(breakable(formula))
st.caption(_("The tutorial that this rung follows writes e for the loss L and k for its slope g."))
explained = _(
    "g is the slope of the batch's parabola at w. Where it is negative, w lies left of the "
    "minimum and must grow; where it is positive, w must shrink. A batch of one sample has "
    "its own parabola with its own minimum: its slope is right on average only, and that is "
    "the noise of SGD."
)
st.markdown(explained)

page.code_that_ran(lesson.descend)

remember = _(
    "**To remember:** step against the slope, not too far. How far is too far follows from "
    "the curvature of the loss, and can be told before the run."
)


def taken() -> Taken:
    return Taken(
        history(),
        samples(),
        make=partial(program, samples(), config(), described()),
        texts=Texts(_("Gradient descent"), question, formulas, explained, remember),
        player=shown("gradient_descent"),
    )


take_away("gradient_descent", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/lines/gradient_descent/gradient_descent.py")
