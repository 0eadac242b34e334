"""Which network reads, and what it says about an image."""

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits.bars import bar_specification, bar_table, percent
from core.digits.network.model import Card
from core.digits.recognise import (
    BLANK,
    DEFAULT_MODEL,
    MODELS,
    Recogniser,
    Recognition,
    load_recogniser,
)
from core.messages import InputError
from pages.shared.choice import choice
from pages.shared.errors import stop_with
from pages.shared.i18n import _
from pages.shared.networks.own_networks import (
    GONE,
    Progress,
    is_own,
    own_networks,
    own_recogniser,
    progress,
)
from pages.shared.specification import specification

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
    wanted = st.session_state.get(f"{NET}_chosen") or st.query_params.get(NET)
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
    st.session_state[f"{NET}_chosen"] = name
    st.session_state.pop(NET, None)


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
            st.fragment(_watch, run_every=run_every)(name, here, follow)
    return recogniser


def _watch(name: str, shown: Progress, follow: bool) -> None:
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


def _what_it_is(card: Card, here: Progress | None) -> list[str]:
    """Say in words what a network is, and how far it has learned."""
    if card.network == "convolutional":
        parts = [_("A convolutional network.")]
    elif len(card.layer_sizes) == 2:
        parts = [_("784-10: no hidden layer.")]
    else:
        sizes = "-".join(str(size) for size in card.layer_sizes)
        parts = [f"{sizes}, {activation_name(card.activation)}."]
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
        percent=f"{100 * card.test_accuracy:.1f}"
    )


def show(reading: Recognition) -> None:
    """Show the answer, the ten probabilities and the 28×28 pixels that the network sees."""
    answer, pixels = st.columns([1.2, 1], vertical_alignment="bottom")
    label, sure = reading.label, reading.probabilities.max()
    answer.metric(
        _("The network reads"),
        "–" if label is None else str(label),
        _("{p} % sure").format(p=percent(sure)) if label is not None else _short(reading.reason),
        delta_color="off",
        delta_arrow="off",
    )
    pixels.image(
        enlarged(reading.pixels, 5),
        width=140,
        caption=_("What it sees: 28×28"),
        alt=_("The 28 by 28 pixels that the network sees"),
    )
    reason = st.container()  # there in any case, so that the chart keeps its place
    if reading.reason is not None and reading.reason != BLANK:
        reason.caption(_(reading.reason))
    st.vega_lite_chart(
        specification(bar_specification)
        | {"datasets": {"bars": bar_table(reading.probabilities, label)}},
        key="probabilities",
        alt=_("The probabilities of the ten digits"),
    )


def what_happens(card: Card) -> str:
    """Say step by step what becomes of a drawing, as a list."""
    classify = _("**Classify**: 784 numbers go in, ten come out.")
    if card.averages_shifts:
        classify += " " + _(
            "This network looks at the drawing as it is and moved by a pixel to each side, and "
            "averages."
        )
    steps = [
        _(
            "**Tell ink from paper**, and crop to the ink, so that it does not matter where you "
            "draw."
        ),
        _(
            "**Scale** until the longest side has 20 pixels: MNIST's digits were made this way. "
            "Very thin strokes are widened first."
        ),
        _("**Centre** by the centre of mass in a field of 28×28."),
        classify,
        _(
            "**Doubt**: where even the highest output is low, the drawing is unlike every digit "
            "that the network has seen, and it gives no answer."
        )
        if card.least_evidence is not None
        else _(
            "**No doubt**: this network names the likeliest digit of any drawing, even of a "
            "letter. Sketch and Convolutional have learned to give no answer there."
        ),
    ]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _short(reason: str | None) -> str:
    return _("nothing drawn yet") if reason == BLANK else _("unsure")


def enlarged(pixels: NDArray[np.float32], factor: int) -> NDArray[np.uint8]:
    """Return pixels in [0, 1] as a picture, each a square of `factor` by `factor`."""
    grey = np.round(255 * pixels).astype(np.uint8)
    return grey.repeat(factor, axis=0).repeat(factor, axis=1)


@st.cache_resource(max_entries=4, show_spinner=False)
def _recogniser(name: str) -> Recogniser:
    return load_recogniser(MODELS / f"{name}.safetensors")
