"""What is guessed before a network learns from the class, and what came of it, for all in it."""

import streamlit as st

from core.digits.classroom.facts import NONE_READ, RECIPE, Counts, facts
from core.digits.duration import N_TEST
from core.learning.exercises import Exercises
from core.number import whole
from core.percent import EXACT, percent
from pages import asking
from pages.shared.i18n import _


def guess(exercises: Exercises, counts: Counts | None, recipe: str = "beside") -> None:
    """Ask what the class will teach the network; tell how far off the guess was.

    Parameters
    ----------
    exercises : Exercises
    counts : mapping or None
        What came of it; None as long as it is to come.
    recipe : {"beside", "alone", "nothing"}
        How it is to learn, where one chooses that: a guess about one is none about another.
    """
    kind = asking.Value(_("read right, in %"), 0, 100, start=50, step=1, plays=False)
    asking.prediction(exercises, {**facts(NONE_READ, counts), RECIPE: recipe}, kind)


def tell(counts: Counts | None) -> None:
    """Say what came of it, to who has not seen the run itself."""
    if counts is None or not counts["n_held"]:
        return
    told = _(
        "**What a network has learned from your class:** of the {n} digits that were held back it "
        "reads {after} right, and read {before} before. Of MNIST's 10,000 test images it reads "
        "{percent} % right."
    ).format(
        n=whole(counts["n_held"]),
        after=whole(counts["held_after"]),
        before=whole(counts["held_before"]),
        percent=percent(counts["mnist_after"] / N_TEST, EXACT),
    )
    if counts[RECIPE] == "nothing":
        told += " " + _("It began with nothing.")
    st.info(told, icon=":material/school:")
