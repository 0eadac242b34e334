"""Planes → Boundary: one neuron with two inputs, and the line it draws."""

from functools import partial

import streamlit as st

from core.charts.panels import is_squeezed
from core.charts.planes.boundary import boundary as player
from core.formula import breakable
from core.history import History
from core.learning.claims import Facts
from core.number import number, whole
from core.planes import boundary as lesson
from core.planes.boundary.facts import facts
from core.planes.boundary.lowest import Lowest
from core.planes.boundary.program import program
from core.planes.boundary.separation import Separation
from pages import asking
from pages.planes.boundary.both_losses import compare_losses
from pages.planes.boundary.controls import boundary_controls
from pages.planes.boundary.plane_data import plane_data
from pages.planes.boundary.presets import boundary_presets
from pages.planes.boundary.told import at_best, tell_beforehand
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared import page_parts as parts
from pages.shared.charts.chart import shown
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.taking import Taken, Texts, take_away

EXERCISES = asking.exercises_of(__file__)

st.title(_("Boundary"))
question = _("How does a neuron with two inputs part two classes, and which can no line part?")
st.markdown(question)

parts.begin()
arguments, below = boundary_controls()
data = parts.once(plane_data())
compile_for_page("planes/boundary")


@parts.once
def config() -> lesson.Config:
    return page.affordable(lesson.Config(**arguments()), data().points.y.size)


@parts.once
def history() -> History:
    return lesson.train(*data().points, config())


@parts.once
def best() -> tuple[Separation | None, Lowest | None]:
    return at_best(*data().points)


@parts.once
def found() -> Facts:
    return facts(data().points, config(), history(), *best())


def picture() -> None:
    points, (separated, lowest) = data().points, best()
    page.tell_affordable(config(), arguments()["n_epochs"], points.y.size)
    start = int(found()["start_wrong"])
    wrong = asking.Value(_("samples on the wrong side"), 0, points.y.size, start=start, step=1)
    guess = asking.prediction(EXERCISES, found(), wrong)
    tables = player.tables(
        points,
        config(),
        history(),
        separated,
        lowest if config().loss == "binary_cross_entropy" else None,
        guess=guess,
        layout=room(),
        translate=translator(),
    )
    show_player(
        player,
        tables,
        key="boundary",
        alt=_(
            "Player: the plane with the samples of both classes, the line between them and the "
            "weights as an arrow; the loss and the accuracy over {n} updates; the numbers of the "
            "chosen step"
        ).format(n=whole(history().update[-1])),
        names=data().names,
        squeezed=is_squeezed(history()),
        layout=room(),
    )
    caption = _(
        "On the line ŷ is ½, on the dotted ones 0.1 and 0.9. The arrow is the weight vector: the "
        "longer, the surer the answers beside the line. Dashed are the line with the lowest loss, "
        "where there is one, its loss, and the accuracy of the best line."
    )
    if not player.has_equal_scales(tables):
        caption += " " + _(
            "x₁ and x₂ are drawn on different scales, the arrow perpendicular to the line all the "
            "same."
        )
    if config().batch_size != 1:
        caption += " " + _(
            "z and ŷ are those of the batch's first sample, the ringed one; the slopes of w₁, w₂ "
            "and b are means over the batch."
        )
    st.caption(caption)


def beforehand() -> None:
    limit = lesson.safe_learning_rate(data().points.x, config().loss)
    st.markdown(
        _(
            "The full batch: up to η = {limit} no step can raise the loss. Beyond it, some may."
        ).format(limit=number(limit))
    )


def outcome() -> None:
    if history().diverged:
        with asking.outcome(EXERCISES):
            st.error(
                _("Diverged after {n} updates: η = {rate} is far too large for these x.").format(
                    n=whole(history().update[-1]), rate=number(config().learning_rate)
                ),
                icon=":material/trending_up:",
            )
    keep_run("planes/boundary", config(), history(), data().points, data().described)


def losses_compared() -> None:
    compare_losses(data().points, config(), history(), layout=room())


def separable() -> None:
    tell_beforehand(*best(), config().loss)


parts.show(picture)
if config().batch_size is None:
    with below:
        parts.show(beforehand)
boundary_presets()
parts.show(outcome)
parts.show(separable)
parts.show(losses_compared)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("The formula"))
for name in ("model", "chain", "link"):
    st.latex(breakable(lesson.FORMULAS[name]))
both = {
    "binary_cross_entropy": _("**Cross-entropy:** ŷ·(1 − ŷ) cancels."),
    "mean_squared_error": _("**Squared error:** ŷ·(1 − ŷ) stays, and stalls."),
}
with st.container(horizontal=True):
    for name_of_loss, title in both.items():
        with st.container(width=360):  # on a tablet one below the other
            st.markdown(title)
            for name in (name_of_loss, f"{name_of_loss}_slope", f"{name_of_loss}_gradient"):
                st.latex(breakable(lesson.FORMULAS[name]))
st.latex(breakable(lesson.FORMULAS["update"]))
explained = _(
    "All three slopes share their first two links; the third is what the parameter is "
    "multiplied by: x₁, x₂, or 1. So each sample pushes the weights along its own place in the "
    "plane, towards it where y = 1 and away from it where y = 0. Where z = 0 the answer is ½: "
    "that is a line, and the arrow (w₁, w₂) stands perpendicular to it. The bias moves the "
    "line, the direction of the weights turns it, and their length says how sharply the answer "
    "goes from 0 to 1."
)
st.markdown(explained)
page.code_that_ran(lesson.descend, lesson.mean_loss)

remember = _(
    "**To remember:** a neuron with two inputs draws a line. If a line parts the classes, "
    "cross-entropy makes the weights grow for ever; if none does, no training helps, and it "
    "takes more neurons."
)
loss = config().loss
of_loss = (loss, f"{loss}_slope", f"{loss}_gradient")
formulas = [lesson.FORMULAS[name] for name in ("model", "chain", "link", *of_loss, "update")]


def taken() -> Taken:
    return Taken(
        history(),
        data().points,
        make=partial(program, data().points, config(), data().described),
        texts=Texts(_("Boundary"), question, formulas, explained, remember),
        player=shown("boundary"),
    )


take_away("boundary", taken)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/planes/boundary/boundary.py")
