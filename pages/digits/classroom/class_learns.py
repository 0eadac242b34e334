"""A network learns from the class: before and after, hand by hand, and what it forgets."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits import classroom as charts
from core.charts.digits import own_digits
from core.digits.classroom.facts import RECIPE, Counts, count
from core.digits.classroom.gathered import HandCounts, by_hand
from core.digits.classroom.learn import learn, n_updates
from core.digits.handwriting import forgotten
from core.digits.handwriting.score import score
from core.digits.network.evaluation import Evaluation
from core.digits.recognise import Recogniser
from core.learning.exercises import Exercises
from core.messages import InputError
from core.percent import EXACT, percent
from pages.digits.classroom.arriving import Here
from pages.digits.classroom.asked import guess, tell
from pages.digits.classroom.watching import look, read_right, worst
from pages.runs.kept_network import delete_network, keep_network, offer_to_keep
from pages.runs.shown_live import order, show_refusal
from pages.shared.charts.chart import show_chart
from pages.shared.choice import choice
from pages.shared.control import switch
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.networks.own_networks import mnist_part, test_evaluation
from pages.shared.page import announce

LEARNED, REFUSED = "classroom_learned", "classroom_not_forgotten"
"""Session state: the network that has learned from the class; why it could not be deleted."""


class Learned(NamedTuple):
    """A network that has learned from a class. No digit is kept with it."""

    class_id: str
    old: Recogniser
    new: Recogniser
    recipe: str
    """How it learned, see `core.digits.classroom.facts`."""
    hands: NDArray[np.intp]
    is_held_back: NDArray[np.bool_]
    before: NDArray[np.bool_]
    """(n,) which of the digits there were then the old network reads right; hands and what is held
    back are of the same."""
    after: NDArray[np.bool_]
    confusion: NDArray[np.intp]
    """(10, 11) of the new network."""
    saved: str | None = None
    """The id under which it is kept."""


def class_learns(here: Here, recogniser: Recogniser, exercises: Exercises) -> Counts | None:
    """Offer to learn from the class, ask what will come of it, and show what came.

    Parameters
    ----------
    here : Here
    recogniser : Recogniser
    exercises : Exercises
        What the page asks.

    Returns
    -------
    mapping or None
        What came of it the last time that a network learned from the class.

    Raises
    ------
    StoreError
    """
    st.header(_("Learn from the class"))
    counts = _offer(here, recogniser, exercises)
    show_refusal(REFUSED)
    learned: Learned | None = st.session_state.get(LEARNED)
    if learned is not None and learned.class_id == here.row.id:
        _show(learned)
    else:
        tell(counts)
    return counts


def _offer(here: Here, recogniser: Recogniser, exercises: Exercises) -> Counts | None:
    about, asked = st.container(), st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = choice(
            _("It begins"),
            {"known": _("with what it knows"), "nothing": _("with nothing")},
            key="room_from",
            segmented=True,
        )
        from_nothing = start == "nothing"
        beside = not from_nothing and switch(
            _("MNIST beside"),
            "room_beside",
            help=_("Switch it off and see what the network forgets if it learns the class alone."),
        )
        begin = st.button(
            _("Learn from the class"), key="room_learn", type="primary", icon=":material/school:"
        )
    text = _(
        "{updates} updates, a few seconds. One digit in five is **held back**, other ones of each "
        "hand: the network does not learn from them, so they tell what it has learned of your "
        "hands, and not only of these digits."
    ).format(updates=n_updates(recogniser.card, from_nothing=from_nothing))
    if from_nothing:
        text += " " + _(
            "It begins with weights drawn by chance, and sees the class's digits alone."
        )
    about.markdown(text)
    recipe = "nothing" if from_nothing else "beside" if beside else "alone"
    counts = here.row.learned
    if begin and _learn(here, recogniser, recipe):
        counts = _count(st.session_state[LEARNED])
        store().classes.note_learned(here.row.id, counts)
    is_of_this = counts is not None and counts[RECIPE] == recipe
    with asked:
        guess(exercises, counts if is_of_this else None, recipe)
    return counts


def _learn(here: Here, recogniser: Recogniser, recipe: str) -> bool:
    """Have the network learn from the class; return whether there was anything to learn."""
    gathered = look(here.row.id, recogniser).gathered
    is_held_back = gathered.is_held_back
    try:
        with st.spinner(_("The network learns from the class …")):
            new = Recogniser(
                learn(
                    recogniser.model,
                    gathered.part(~is_held_back),
                    mnist_part("train") if recipe == "beside" else None,
                    from_nothing=recipe == "nothing",
                )
            )
    except InputError as error:
        st.error(error.translated(_))
        return False
    before, after = (score(one, gathered.samples) for one in (recogniser, new))
    st.session_state[LEARNED] = Learned(
        here.row.id,
        recogniser,
        new,
        recipe,
        gathered.hands,
        is_held_back,
        before.right,
        after.right,
        after.confusion,
    )
    return True


def _count(learned: Learned) -> Counts:
    before, after = (int(test_evaluation(one).is_right.sum()) for one in (learned.old, learned.new))
    held_back = learned.is_held_back
    return count(learned.recipe, held_back, learned.before, learned.after, (before, after))


def _show(learned: Learned) -> None:
    """Show the class and MNIST before and after, and what one can do with the network."""
    mnist = tuple(test_evaluation(one) for one in (learned.old, learned.new))
    st.markdown(_table(learned, mnist))
    told = _lost(learned, mnist)
    st.markdown(told)
    announce(told, key="class_learned")
    before = by_hand(learned.hands, learned.before)
    after = by_hand(learned.hands, learned.after)
    hands, digits = st.columns(2, gap="medium")
    with hands:
        st.markdown(_("**Each hand, before and after**"))
        st.caption(f"{_('Before:')} {worst(before)} {_('After:')} {worst(after)}")
        _show_hands(before, after)
    with digits:
        st.markdown(_("**MNIST, before and after**"))
        per_digit = (one.accuracy_per_digit for one in mnist)
        show_chart(
            own_digits.taught_specification,
            {"taught": own_digits.taught_table(*per_digit)},
            key="classroom_taught",
            alt=_("For each digit, the share of MNIST's test images read right, before and after"),
            heard=forgotten.most_changed(mnist[0], mnist[1], _),
        )
        st.markdown(_("**Written, and read afterwards**"))
        show_chart(
            own_digits.confusion_specification,
            {"cells": own_digits.confusion_table(learned.confusion)},
            key="classroom_confusion_after",
            alt=_("A table of the digits the class wrote against the digits read afterwards"),
            heard=read_right(learned.after),
            large_counts=False,
        )
    save = partial(_keep, learned, mnist[1])
    offer_to_keep(learned.saved, key="room", save=save, delete=_forget)


def _table(learned: Learned, mnist: Sequence[Evaluation]) -> str:
    """Write how many are read right before and after: of the class's digits, and of MNIST's."""
    rows: list[tuple[str, ...]] = [("", _("before"), _("after")), ("---", "---:", "---:")]
    for name, which in (
        (_("the class's digits that it learned from"), ~learned.is_held_back),
        (_("the class's digits that were held back"), learned.is_held_back),
    ):
        counts = (int(right[which].sum()) for right in (learned.before, learned.after))
        rows.append((name, *(f"{count}\u00a0/\u00a0{which.sum()}" for count in counts)))
    shares = (f"{percent(one.accuracy, EXACT)}\u00a0%" for one in mnist)
    rows.append((_("MNIST's 10,000 test images"), *shares))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _lost(learned: Learned, mnist: Sequence[Evaluation]) -> str:
    """Say what MNIST has lost, and why."""
    if learned.recipe == "nothing":
        return _(
            "Of MNIST's test images the new network reads {percent} %, and it has never seen one: "
            "it knows the hands of your class."
        ).format(percent=percent(mnist[1].accuracy))
    if learned.recipe == "beside":
        why = _("They went beside the class's digits, so that what was known of them stays known.")
    else:
        why = _(
            "The class's digits alone pulled at the weights, and nothing held what the others had "
            "taught."
        )
    return f"{forgotten.told(mnist[0], mnist[1], _)} {why}"


def _show_hands(before: HandCounts, after: HandCounts) -> None:
    """Show each hand, that which was read worst first."""
    order_ = before.worst_first
    counts = [
        array[order_].tolist() for array in (before.hands, before.n, before.n_right, after.n_right)
    ]
    table = charts.hand_table(*counts)
    each = table.drop_duplicates("hand")
    told = [f"{hand}: {both}" for hand, both in zip(each["hand"], each["both"], strict=True)]
    show_chart(
        charts.hand_specification,
        {"hands": table},
        key="classroom_hands",
        alt=_("For each hand, the share of its digits read right, before and after"),
        heard=_("Right before and after, hand by hand: {hands}.").format(hands=_(", ").join(told)),
    )


def _keep(learned: Learned, after: Evaluation) -> None:
    """Keep the network in the store, with a card that says what was done to it."""
    n = int((~learned.is_held_back).sum())
    how = "Begun anew and taught" if learned.recipe == "nothing" else "Then taught"
    told = f"{how} {n} digits of a class."
    saved = keep_network(learned.new, _("Our class"), told, after, key="room")
    if saved is not None:
        st.session_state[LEARNED] = learned._replace(saved=saved)
        st.rerun()


def _forget() -> None:
    """Delete the network, here and in the store; a callback."""
    learned: Learned | None = st.session_state.get(LEARNED)
    with order(REFUSED):
        if learned is not None:
            delete_network(learned.saved)
        forget_learned()


def forget_learned() -> None:
    """Forget what was learned, in this session."""
    st.session_state.pop(LEARNED, None)
