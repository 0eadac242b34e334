"""My handwriting: let the network learn the reader's hand, and see what it forgets meanwhile."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st

from core.charts.digits import own_digits
from core.digits.handwriting import forgotten
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.score import score
from core.digits.handwriting.teach import n_updates, teach
from core.digits.network.evaluation import Evaluation
from core.digits.recognise import Recogniser
from core.percent import EXACT, percent
from pages.runs.kept_network import delete_network, keep_network, offer_to_keep
from pages.runs.shown_live import order, show_refusal
from pages.shared.charts.chart import show_chart
from pages.shared.control import switch
from pages.shared.i18n import _
from pages.shared.networks.own_networks import mnist_part, test_evaluation
from pages.shared.page import announce

TAUGHT, REFUSED = "hand_taught", "hand_refused"
"""Session state: the network that has learned the hand, if any; why it could not be deleted."""


class Taught(NamedTuple):
    """A network that has learned the reader's hand."""

    old: Recogniser
    new: Recogniser
    samples: tuple[Sample, ...]
    """What it has learned from."""
    beside: bool
    """Whether MNIST's images were learned again beside them."""
    saved: str | None = None
    """The id under which it is kept."""


def teach_hand(recogniser: Recogniser, samples: Sequence[Sample]) -> None:
    """Offer to teach the network, and show what came of it.

    Parameters
    ----------
    recogniser : Recogniser
    samples : sequence of Sample
        At least one.
    """
    st.header(_("Teach it your hand"))
    _offer(recogniser, samples)
    show_refusal(REFUSED)
    taught: Taught | None = st.session_state.get(TAUGHT)
    if taught is not None:
        _show(taught, samples)


def _offer(recogniser: Recogniser, samples: Sequence[Sample]) -> None:
    about = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        begin = st.button(
            _("Learn my hand"), key="hand_learn", type="primary", icon=":material/school:"
        )
        beside = switch(
            _("MNIST beside"),
            "hand_beside",
            help=_("Switch it off and see what the network forgets if it learns your hand alone."),
        )
    text = _(
        "The network goes on training for a few seconds: {updates} updates, each with your digits, "
        "a little distorted. More digits teach it more."
    )
    if beside:
        text += " " + _(
            "As many of MNIST's go beside them: of these it is to go on saying what it said before."
        )
    about.markdown(text.format(updates=n_updates(recogniser.card)))
    if not begin:
        return
    with st.spinner(_("The network learns your hand …")):
        new = teach(recogniser.model, samples, mnist_part("train") if beside else None)
    st.session_state[TAUGHT] = Taught(recogniser, Recogniser(new), tuple(samples), beside)


def _show(taught: Taught, samples: Sequence[Sample]) -> None:
    """Show the digits and MNIST before and after, and what one can do with the network."""
    before, after = (test_evaluation(one) for one in (taught.old, taught.new))
    since = [one for one in samples if one not in taught.samples]
    rows: list[tuple[str, ...]] = [
        (_("your digits that it learned from"), *_right(taught, taught.samples))
    ]
    if since:
        rows.append((_("your digits that it has not learned from"), *_right(taught, since)))
    in_all = (f"{percent(one.accuracy, EXACT)}\u00a0%" for one in (before, after))
    rows.append((_("MNIST's 10,000 test images"), *in_all))
    header = ("", _("before"), _("after"))
    lines = [header, ("---", "---:", "---:"), *rows]
    st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))
    told = _lost(before, after, beside=taught.beside)
    st.markdown(told)
    announce(told, key="taught")
    if not since:
        st.caption(
            _(
                "That it reads the digits it has just learned says little. Write some more: those "
                "are new to it."
            )
        )
    shares = before.accuracy_per_digit, after.accuracy_per_digit
    show_chart(
        own_digits.taught_specification,
        {"taught": own_digits.taught_table(*shares)},
        key="hand_taught_chart",
        alt=_("For each digit, the share of MNIST's test images read right, before and after"),
        heard=forgotten.most_changed(before, after, _),
    )
    save = partial(_keep, taught, after)
    offer_to_keep(taught.saved, key="hand", save=save, delete=_forget)


def _right(taught: Taught, samples: Sequence[Sample]) -> tuple[str, str]:
    """Say how many digits both networks read right."""
    before, after = (int(score(one, samples).right.sum()) for one in (taught.old, taught.new))
    return f"{before} / {len(samples)}", f"{after} / {len(samples)}"


def _lost(before: Evaluation, after: Evaluation, *, beside: bool) -> str:
    """Say what MNIST has lost, and why."""
    if beside:
        why = _("They went beside your digits, so that what was known of them stays known.")
    else:
        why = _(
            "Your digits alone pulled at the weights, and nothing held what the others had taught."
        )
    return f"{forgotten.told(before, after, _)} {why}"


def _keep(taught: Taught, after: Evaluation) -> None:
    """Keep the network in the store, with a card that says what was done to it."""
    told = f"Then taught {len(taught.samples)} digits of one hand."
    saved = keep_network(taught.new, _("My hand"), told, after, key="hand")
    if saved is not None:
        st.session_state[TAUGHT] = taught._replace(saved=saved)
        st.rerun()


def _forget() -> None:
    """Delete the network, here and in the store; a callback."""
    taught: Taught | None = st.session_state.get(TAUGHT)
    with order(REFUSED):
        if taught is not None:
            delete_network(taught.saved)
        st.session_state[TAUGHT] = None
