"""My handwriting: let the network learn the reader's hand, and see what it forgets meanwhile."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from core.charts.digits import own_digits
from core.digits.handwriting import forgotten
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.score import score
from core.digits.handwriting.teach import N_UPDATES, teach
from core.digits.network.evaluation import Evaluation
from core.digits.network.files import card_to_dict, to_bytes
from core.digits.recognise import Recogniser
from core.messages import InputError
from core.percent import EXACT, percent
from pages.runs.created_once import created, drawn_id
from pages.runs.shown_live import order, show_refusal
from pages.shared.charts.chart import show_chart
from pages.shared.control import switch
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.networks.evaluation import mnist_part, test_evaluation
from pages.shared.networks.network_choice import NET, choose_network
from pages.shared.networks.own_networks import MODEL, forget
from pages.shared.owner import owner
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
    if recogniser.card.is_convolutional:
        st.markdown(_("Only a network of dense layers can be taught here: choose another one."))
    else:
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
    about.markdown(text.format(updates=N_UPDATES))
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
    _keep(taught, after)


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
    """Offer to keep the network for Sketch, to use it there, and to delete it."""
    with st.container(horizontal=True):
        if taught.saved is None:
            if st.button(_("Keep it for Sketch"), key="hand_save", icon=":material/save:"):
                _save(taught, after)
        else:
            name = MODEL + taught.saved
            if st.button(
                _("Sketch with it"),
                key="hand_sketch",
                icon=":material/draw:",
                on_click=choose_network,
                args=(name,),
            ):
                st.switch_page("pages/digits/sketch/sketch.py", query_params={NET: name})
        st.button(
            _("Delete this network"), key="hand_forget", icon=":material/delete:", on_click=_forget
        )
    st.caption(
        _("It is in this session's memory. Kept, it stands in the list of networks on every page.")
        if taught.saved is None
        else _("It is kept on the server as a network of yours, until you delete it.")
    )


def _save(taught: Taught, after: Evaluation) -> None:
    """Keep the network in the store, with a card that says what was done to it."""
    model, name = taught.new.model, _("My hand")
    card = dataclasses.replace(
        model.card,
        name=name,
        held_out=f"{model.card.held_out} Then taught {len(taught.samples)} digits of one hand.",
        test_accuracy=after.accuracy,
        test_accuracy_per_digit=tuple(after.accuracy_per_digit.tolist()),
        measured={},
    )
    try:
        saved = store().models.save(
            owner(),
            name,
            card_to_dict(card),
            to_bytes(model.weights),
            model_id=drawn_id("hand_save"),
        )
    except InputError as error:
        st.error(error.translated(_))
        return
    created("hand_save")
    st.session_state[TAUGHT] = taught._replace(saved=saved)
    st.rerun()


def _forget() -> None:
    """Delete the network, here and in the store; a callback."""
    taught: Taught | None = st.session_state.get(TAUGHT)
    with order(REFUSED):
        if taught is not None and taught.saved is not None:
            store().models.delete(taught.saved)
            forget(taught.saved)
        st.session_state[TAUGHT] = None
