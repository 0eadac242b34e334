"""The training images that the network finds most alike to the drawing."""

from collections import Counter

import numpy as np
import streamlit as st

from core.digits.network.model import Model
from core.digits.recognise import Recogniser, Recognition
from core.digits.sketch.nearest import Neighbour, Neighbourhood, neighbourhood
from core.messages import InputError
from core.number import number, whole
from pages.digits.sketch.answer import enlarged
from pages.shared.i18n import _
from pages.shared.networks.own_networks import mnist_part
from pages.shared.page import stop_with


def nearest(recogniser: Recogniser, reading: Recognition) -> None:
    """Show the three training images nearest to the drawing in the last hidden layer."""
    try:
        digits = mnist_part("train")
    except InputError as error:
        stop_with(error)
    with st.spinner(_("Reading the training images once …")):
        near = _neighbourhood(recogniser.model, recogniser.model.identity)
    found = near.nearest(reading.pixels)
    with st.container(horizontal=True):
        st.image(enlarged(reading.pixels, 5), width=140, caption=_("the drawing"), alt="")
        for neighbour in found:
            st.image(
                enlarged(digits.images[neighbour.number] / np.float32(255), 5),
                width=140,
                caption=_("{label}: image {index}, distance {distance}").format(
                    label=neighbour.label,
                    index=whole(neighbour.number),
                    distance=number(neighbour.distance),
                ),
                alt=_("A training image, labelled {label}").format(label=neighbour.label),
            )
    st.markdown(_verdict(found, int(reading.probabilities.argmax())))
    text = (
        _(
            "Of {n} images of MNIST that the network learned from, those whose numbers in the "
            "last hidden layer, {units} of them, have the smallest Euclidean distance to the "
            "drawing's. What is near there gets nearly the same scores, however different the "
            "pixels are."
        )
        if recogniser.card.n_hidden_layers > 0
        else _(
            "Of {n} images of MNIST that the network learned from, those with the smallest "
            "Euclidean distance to the drawing, pixel by pixel. This network has no hidden layer "
            "that could find anything else in them."
        )
    )
    st.caption(text.format(n=whole(near.labels.size), units=near.hidden.shape[1]))


def _verdict(found: list[Neighbour], winner: int) -> str:
    """Compare the neighbours' labels with the answer."""
    n_same = Counter(neighbour.label for neighbour in found)[winner]
    if n_same == len(found):
        return _("All three are a {digit}, as the network says of the drawing.").format(
            digit=winner
        )
    if n_same:
        return _("{n} of the three are a {digit}, which the network finds likeliest.").format(
            n=n_same, digit=winner
        )
    return _("None of the three is a {digit}, which the network finds likeliest.").format(
        digit=winner
    )


@st.cache_resource(max_entries=2, show_spinner=False)  # up to 64 MB each
def _neighbourhood(_model: Model, identity: str) -> Neighbourhood:
    """`identity` stands for the model in the cache's key."""
    del identity
    return neighbourhood(_model, mnist_part("train"))
