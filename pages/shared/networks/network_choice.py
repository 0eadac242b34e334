"""Which network reads: one that comes with the project, or one of the reader's own."""

import math

import streamlit as st

from core.digits.network.model import Card
from core.digits.recognise import (
    DEFAULT_MODEL,
    MODELS,
    Recogniser,
    load_recogniser,
)
from core.messages import InputError
from core.percent import percent
from pages.shared import link
from pages.shared.choice import choice
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.networks.own_networks import (
    GONE,
    RunProgress,
    is_own,
    own_networks,
    own_recogniser,
    progress,
)
from pages.shared.page import stop_with

NET = "net"
"""The name of the choice of the network, in the link and in the session."""

REFRESH = 1.0
"""Seconds between two looks at a run that learns."""


def choose_recogniser(*, follow: bool = False) -> Recogniser:
    """Show the choice of the trained networks in the sidebar; return the chosen one.

    Parameters
    ----------
    follow : bool, default=False
        Show the page again whenever a chosen run has ended another epoch; if not, offer it.
    """
    shipped = {
        "sketch": _("Sketch (MNIST, strokes)"),
        "cnn": _("Convolutional (the same data)"),
        "modern": _("Modern (MNIST, Adam)"),
        "article": _("Article (MNIST, squared error)"),
    }
    wanted = st.query_params.get(NET) or st.session_state.get(f"{NET}_chosen")
    own = own_networks(wanted, taken=shipped.values())
    with st.sidebar:
        name = choice(
            _("Network"),
            shipped | own.labels,
            key=NET,
            help=_(
                "Sketch, Modern and Article are the same 784-200-200-200-10 network: trained on "
                "MNIST as a well-known tutorial does it (Article), as one does it today (Modern), "
                "and also on strokes that the project's own pen drew (Sketch). Convolutional is "
                "another, smaller network, trained as Sketch was. Below them stand the networks "
                "that you saved on Train, and your runs there: each as its newest epoch left it."
            ),
        )
    if own.trouble is not None and not is_own(name):
        st.sidebar.caption(_("Your own networks are missing here: {why}").format(why=own.trouble))
    if wanted is not None and is_own(wanted) and name != wanted:
        st.warning(_(GONE), icon=":material/link_off:")
    return _own(name, follow) if is_own(name) else _shipped(name)


def choose_network(name: str) -> None:
    """Make a network the chosen one on every page; for a callback.

    Parameters
    ----------
    name : str
        ``model-`` or ``run-`` and an id, or that of a network that comes with the project.
    """
    link.go({NET: name})
    st.session_state[f"{NET}_chosen"] = name


def _shipped(name: str) -> Recogniser:
    try:
        recogniser = _recogniser(name)
    except InputError as error:
        stop_with(error)
    st.sidebar.caption(_right_on(recogniser.card))
    return recogniser


def _own(name: str, follow: bool) -> Recogniser:
    """Load one of the reader's networks, and say what it is; the default one if that fails."""
    try:
        here = progress(name)
        recogniser = own_recogniser(name)
    except InputError as error:
        st.warning(error.translated(_), icon=":material/broken_image:")
        return _shipped(DEFAULT_MODEL.stem)
    with st.sidebar:
        about = [*_what_it_is(recogniser.card, here), _right_on(recogniser.card)]
        st.caption(" ".join(about).strip())
        if here is not None:
            run_every = REFRESH if here.is_learning else None
            fragment(_watch, run_every=run_every)(name, here, follow)
    return recogniser


def _watch(name: str, shown: RunProgress, follow: bool) -> None:
    """Look whether the run has ended an epoch; Streamlit calls this again and again."""
    try:
        here = progress(name)
    except InputError:  # the store is away: what is shown goes on
        return
    if here is None or here == shown:
        return
    label = _("Go on to epoch {n}").format(n=here.epoch)
    if (
        follow
        or here.epoch == shown.epoch  # it has ended, or been resumed: watch no longer, or again
        or st.button(label, key="net_go_on", icon=":material/update:")
    ):
        st.rerun()


def _what_it_is(card: Card, here: RunProgress | None) -> list[str]:
    """Say in words what a network is, and how far it has learned."""
    if card.n_hidden_layers == 0:
        parts = [_("784-10: no hidden layer.")]
    else:
        parts = [f"{card.network}, {activation_name(card.activation)}."]
    if card.is_convolutional:
        parts.insert(0, _("A convolutional network."))
    if here is not None:
        text = (
            _("Epoch {epoch} of {n}, and still learning.")
            if here.is_learning
            else _("Epoch {epoch} of {n}.")
        )
        parts.append(text.format(epoch=card.epochs_done, n=here.n_epochs))
    return parts


def activation_name(activation: str) -> str:
    """Return what an activation function is called in the reader's language."""
    names = {"relu": "ReLU", "leaky_relu": _("leaky ReLU"), "sigmoid": _("sigmoid")}
    return names.get(activation, activation)


def _right_on(card: Card) -> str:
    if math.isnan(card.test_accuracy):
        return ""
    return _("Right on {percent} % of MNIST's 10,000 test images.").format(
        percent=percent(card.test_accuracy)
    )


@st.cache_resource(max_entries=4, show_spinner=False)  # the shipped networks
def _recogniser(name: str) -> Recogniser:
    return load_recogniser(MODELS / f"{name}.safetensors")
