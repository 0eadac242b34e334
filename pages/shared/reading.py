"""What the network says about an image."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits import bar_specification, bar_table, percent
from core.digits.recognise import (
    BLANK,
    MODELS,
    Recogniser,
    Recognition,
    load_recogniser,
)
from core.messages import InputError
from pages.shared.choice import choice
from pages.shared.errors import stop_with
from pages.shared.i18n import _
from pages.shared.specification import specification


def choose_recogniser() -> Recogniser:
    """Show the choice of the trained networks in the sidebar; return the chosen one."""
    about = {
        "sketch": _("Sketch (MNIST, strokes)"),
        "cnn": _("Convolutional (the same data)"),
        "modern": _("Modern (MNIST, Adam)"),
        "article": _("Article (MNIST, squared error)"),
    }
    with st.sidebar:
        name = choice(
            _("Network"),
            about,
            key="net",
            help=_(
                "Sketch, Modern and Article are the same 784-200-200-200-10 network: trained on "
                "MNIST as a well-known tutorial does it (Article), as one does it today (Modern), "
                "and also on strokes that the project's own pen drew (Sketch). Convolutional is "
                "another, smaller network, trained as Sketch was."
            ),
        )
    try:
        recogniser = _recogniser(name)
    except InputError as error:
        stop_with(error)
    st.sidebar.caption(
        _("Right on {percent} % of MNIST's 10,000 test images.").format(
            percent=f"{100 * recogniser.card.test_accuracy:.1f}"
        )
    )
    return recogniser


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


def _short(reason: str | None) -> str:
    return _("nothing drawn yet") if reason == BLANK else _("unsure")


def enlarged(pixels: NDArray[np.float32], factor: int) -> NDArray[np.uint8]:
    """Return pixels in [0, 1] as a picture, each a square of `factor` by `factor`."""
    grey = np.round(255 * pixels).astype(np.uint8)
    return grey.repeat(factor, axis=0).repeat(factor, axis=1)


@st.cache_resource(max_entries=4, show_spinner=False)
def _recogniser(name: str) -> Recogniser:
    return load_recogniser(MODELS / f"{name}.safetensors")
