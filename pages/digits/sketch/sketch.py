"""Digits → Sketch: draw a digit and see it classified after each stroke."""

import numpy as np
import streamlit as st

from core.digits.image import photo, preparation
from core.digits.image.ink import find_ink
from core.digits.image.search import search
from core.digits.network.backward import backward
from core.digits.network.forward import (
    convolutional_layers,
    convolutional_logits,
    dense_layers,
    dense_logits,
)
from core.digits.network.model import Model
from core.digits.network.temperature import softmax
from core.digits.number.cuts import cuts_through
from core.digits.number.lattice import best_way
from core.digits.number.separate import score
from core.digits.recognise import Recogniser
from core.digits.sketch.facts import facts
from core.digits.sketch.inside import strongest_paths
from core.digits.sketch.nearest import Neighbourhood
from core.digits.sketch.unprepared import classify_straight
from core.digits.sketch.why import evidence
from core.formula import breakable
from core.number import number
from pages import asking
from pages.asking.prediction import FACTS
from pages.digits.sketch.answer import show, what_happens
from pages.digits.sketch.drew import ask_which
from pages.digits.sketch.epoch_by_epoch import is_judging
from pages.digits.sketch.image_source import from_mnist, show_upload, uploaded
from pages.digits.sketch.unprepared import compare_straight
from pages.digits.sketch.views import look_inside
from pages.digits.sketch.whole_number import look_inside_one, show_number
from pages.shared import page
from pages.shared.canvas import SIZE, canvas, choose_pen
from pages.shared.charts.room import room
from pages.shared.choice import choice
from pages.shared.fragment import fragment
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.kept_drawing import keep_drawing
from pages.shared.networks.network_choice import choose_recogniser

EXERCISES = asking.exercises_of(__file__)

st.title(_("Sketch"))
st.markdown(
    _("Draw a digit, or a number of several. What does the network see, and how sure is it?")
)

recogniser = choose_recogniser(follow=True)
pen_width = choose_pen()
nothing = recogniser.read(np.zeros((SIZE, SIZE), np.uint8))  # its first takes longest


def read() -> None:
    """Take an image and show what the network says."""
    sources = {"draw": _("Draw"), "file": _("Upload"), "mnist": _("Pick from MNIST")}
    before = st.container()
    is_first = not asking.is_asked(EXERCISES)
    if is_first:  # at once: later it would push all of the page down
        with before:
            blank = facts(recogniser.card, nothing.alone, None, None, by_hand=True)
            asking.prediction(EXERCISES, blank)
    source = choice(_("Image"), sources, key="from", segmented=True, label_visibility="collapsed")
    drew: int | None = None
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        above = st.container(key="answer") if room().stacked else None
        if source == "draw":
            image = canvas(pen_width)
        elif source == "file":
            image = uploaded()
        else:
            image, drew = from_mnist()
    number = nothing if image is None else recogniser.read(image)
    reading = number.alone
    is_number = len(number.digits) > 1 and image is not None
    with left:
        if source == "file" and image is not None and not is_number:
            show_upload(image, reading)
        if source != "mnist" and image is not None and not is_number:
            drew = ask_which(image, reading)
    with right:
        if is_number and image is not None:
            show_number(image, number, above)
        else:
            show(reading, above)
            compare_straight(recogniser, image, reading)
    straight = None
    if image is not None and drew is not None:
        straight = classify_straight(recogniser, image)
    found = facts(recogniser.card, reading, straight, drew, by_hand=source != "mnist")
    if is_first:
        st.session_state[FACTS] = found
    else:
        with before:
            asking.prediction(EXERCISES, found)
    if is_number:
        look_inside_one(recogniser, number.digits)
    else:
        look_inside(recogniser, reading)
    asking.questions(EXERCISES, lambda: found)
    asking.challenges(EXERCISES, lambda: found)
    if source == "draw":
        keep_drawing()  # the answer first


# After a stroke it runs alone, unless a network at work looks at the drawing by itself.
if is_judging():
    read()
else:
    fragment(read)()

st.header(_("What happens to the drawing"))
st.markdown(what_happens(recogniser.card))
st.latex(breakable(r"p_d = \frac{e^{z_d / T}}{\sum_{j=0}^{9} e^{z_j / T}}"))
st.markdown(
    _(
        "The outputs z become probabilities p by the softmax. The temperature T = {t} was fitted "
        "on training images held out for this, so that the network is as sure as it is right: of "
        "such images, not of any hand."
    ).format(t=number(recogniser.card.temperature))
)

page.code_that_ran(
    search,
    photo.find_digit,
    photo.missing_light,
    photo.light_on_paper,
    find_ink,
    preparation.prepare,
    preparation.widen,
    preparation.resize,
    preparation.centre,
    cuts_through,
    best_way,
    score,
    Model.scores,
    convolutional_logits if recogniser.model.card.is_convolutional else dense_logits,
    Recogniser.doubt,
    softmax,
    convolutional_layers if recogniser.model.card.is_convolutional else dense_layers,
    strongest_paths,
    evidence,
    backward,
    Neighbourhood.nearest,
)

st.info(
    _(
        "**To remember:** a network only knows what it has seen. Prepare a drawing as its "
        "training images were prepared, and it reads far better."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/digits/sketch/sketch.py")
