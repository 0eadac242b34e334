"""MNIST's images and how well a network reads them, each once for all readers."""

import streamlit as st

from core.digits import mnist
from core.digits.network.evaluation import Evaluation, evaluate
from core.digits.network.model import Model
from core.digits.recognise import Recogniser
from core.messages import InputError
from pages.shared.i18n import _
from pages.shared.page import stop_with


@st.cache_resource(max_entries=2, show_spinner=False)  # the training and the test images
def mnist_part(split: str) -> mnist.Digits:
    """Read the training or the test images."""
    return mnist.load(split)


def test_evaluation(recogniser: Recogniser) -> Evaluation:
    """Let the network read all test images, and no more than that."""
    try:
        with st.spinner(_("The network reads 10,000 images …")):
            return evaluation_of(recogniser.model, recogniser.model.identity)
    except InputError as error:
        stop_with(error)


@st.cache_resource(max_entries=4, show_spinner=False)  # the shipped networks, and a reader's own
def evaluation_of(_model: Model, identity: str) -> Evaluation:
    """Let a network read all test images; `identity` stands for it in the cache's key."""
    del identity
    return evaluate(_model, mnist_part("test"))
