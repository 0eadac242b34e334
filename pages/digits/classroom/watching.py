"""A class as its digits arrive: all of them in one picture, and what is read in them."""

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits import classroom as charts
from core.charts.digits import own_digits
from core.digits.classroom.gathered import Gathered, HandCounts, by_hand, gather
from core.digits.classroom.wall import wall
from core.digits.handwriting.files import to_png
from core.digits.handwriting.score import Score, score
from core.digits.recognise import Recogniser
from core.messages import InputError
from core.percent import percent
from core.store.classes import MOST_HANDS
from core.store.records import Mark
from pages.digits.classroom.arriving import Here
from pages.shared.charts.chart import show_chart
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.jobs import store

SEEN = "classroom_seen"
"""Session state: what arrived by the last look."""

EVERY = 2.0
"""Seconds between two looks."""

N_WORST = 3
"""So many hands are named."""


class Seen(NamedTuple):
    """What has arrived, and how it is read."""

    marks: list[Mark]
    numbers: list[int]
    network: str
    gathered: Gathered
    result: Score
    picture: bytes


def watch(here: Here, recogniser: Recogniser) -> None:
    """Show what has arrived, and go on looking.

    Parameters
    ----------
    here : Here
    recogniser : Recogniser
    """
    fragment(_watch, run_every=EVERY)(here.row.id, recogniser)


def _watch(class_id: str, recogniser: Recogniser) -> None:
    try:
        if store().classes.get(class_id) is None:  # its time is over, or it was deleted elsewhere
            st.session_state.pop(SEEN, None)
            st.rerun()
        seen = look(class_id, recogniser)
    except InputError as error:
        st.error(error.translated(_))
        st.caption(_("Trying again by itself."))
        return
    n = len(seen.marks)
    right = percent(float(seen.result.right.mean())) if n else "–"
    hands, digits, read = st.columns(3)
    hands.metric(_("Hands"), f"{len(seen.numbers)} / {MOST_HANDS}")
    digits.metric(_("Digits"), n)
    read.metric(_("Read right"), f"{right} %" if n else right)
    if not seen.numbers:
        st.info(_("Nobody has come yet. Digits appear here as soon as they are sent."))
        return
    st.image(
        seen.picture,
        width="stretch",
        alt=_("All digits, a row for each hand; those with a frame are not read right"),
    )
    if not n:
        return
    st.markdown(worst(by_hand(seen.gathered.hands, seen.result.right)))
    predictions, confusion = st.columns(2, gap="medium")
    with predictions:
        st.markdown(_("**What the network reads**"))
        table = charts.prediction_table(seen.result.confusion)
        counts = [f"{d}: {n}" for d, n in zip(table["digit"], table["n_read"], strict=True) if n]
        show_chart(
            charts.prediction_specification,
            {"predictions": table},
            key="classroom_predictions",
            alt=_("For each digit, how often it is read, and how often it was written"),
            heard=_("How often each digit is read (? is unsure): {counts}.").format(
                counts=_(", ").join(counts)
            ),
        )
    with confusion:
        st.markdown(_("**Written, and read**"))
        show_chart(
            own_digits.confusion_specification,
            {"cells": own_digits.confusion_table(seen.result.confusion)},
            key="classroom_confusion",
            alt=_("A table of the digits the class wrote against the digits that were read"),
            heard=read_right(seen.result.right),
            large_counts=False,
        )


def look(class_id: str, recogniser: Recogniser) -> Seen:
    """Return what has arrived; what is as it was is not read again."""
    marks, numbers = store().classes.marks(class_id), store().classes.numbers(class_id)
    network = recogniser.model.identity
    seen: Seen | None = st.session_state.get(SEEN)
    if seen and (seen.marks, seen.numbers, seen.network) == (marks, numbers, network):
        return seen
    rows = store().classes.digits(class_id)
    gathered = gather(rows)
    result = score(recogniser, gathered.samples)
    marks = [Mark(row.hand, row.label, row.written) for row in rows]
    drawn: NDArray[np.intp] = np.array(numbers, np.intp)
    picture = to_png(wall(gathered, result.right, drawn)) if numbers else b""
    seen = st.session_state[SEEN] = Seen(marks, numbers, network, gathered, result, picture)
    return seen


def read_right(right: NDArray[np.bool_]) -> str:
    """Say how many digits are read right."""
    return _("Read right: {right} of {n}.").format(right=int(right.sum()), n=right.size)


def worst(counts: HandCounts) -> str:
    """Say which hands are read worst."""
    places = [place for place in counts.worst_first if counts.share[place] < 1][:N_WORST]
    if not places:
        return _("Every digit of every hand is read right.")
    hands = [
        _("hand {hand} ({right} of {n})").format(
            hand=counts.hands[place], right=counts.n_right[place], n=counts.n[place]
        )
        for place in places
    ]
    return _("Read worst: {hands}.").format(hands=_(", ").join(hands))
