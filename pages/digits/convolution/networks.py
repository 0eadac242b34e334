"""The networks that Digits → Convolution compares: two dense ones, a convolutional one, yours."""

import streamlit as st

from core.digits.convolution.facts import CONVOLUTIONAL, DENSE, NEVER_MOVED
from core.digits.convolution.kernels import SIDE
from core.digits.network.model import Model
from core.digits.recognise import MODELS, Recogniser, load_recogniser
from core.messages import InputError
from pages.shared.i18n import _
from pages.shared.page import stop_with


def shipped() -> dict[str, Model]:
    """Return the three networks of the facts, by the names these have for them."""
    try:
        return {name: _shipped(name) for name in (NEVER_MOVED, DENSE, CONVOLUTIONAL)}
    except InputError as error:
        stop_with(error)


@st.cache_resource(max_entries=3, show_spinner=False)  # as many are shipped
def _shipped(name: str) -> Model:
    return load_recogniser(MODELS / f"{name}.safetensors").model


def convolutional(chosen: Recogniser) -> Model:
    """Return the convolutional network that is counted: the chosen one, if it is one."""
    return chosen.model if chosen.card.is_convolutional else shipped()[CONVOLUTIONAL]


def with_small_kernels(network: Model) -> Model:
    """Return the network whose kernels slide: this one, unless its kernels are larger than 3×3."""
    return network if network.card.kernel_size == SIDE else shipped()[CONVOLUTIONAL]


def dense(chosen: Recogniser) -> Model:
    """Return the dense network beside it: the chosen one, if it is one."""
    return shipped()[DENSE] if chosen.card.is_convolutional else chosen.model


def compared(chosen: Recogniser) -> dict[str, Model]:
    """Return the networks to compare by what the reader calls them, the chosen one last."""
    names = {
        NEVER_MOVED: _("Article: dense, only centred digits"),
        DENSE: _("Sketch: dense, moved digits, too"),
        CONVOLUTIONAL: _("Convolutional: the digits of Sketch"),
    }
    models = {names[name]: model for name, model in shipped().items()}
    if chosen.model.identity not in {model.identity for model in models.values()}:
        models[_("the network that you have chosen")] = chosen.model
    return models
