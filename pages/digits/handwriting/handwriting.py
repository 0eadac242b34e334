"""Digits → My handwriting: how well the network reads the reader's own hand, beside MNIST."""

import streamlit as st

from core.digits.handwriting.asking import next_digit, take
from core.digits.handwriting.facts import facts
from core.digits.handwriting.score import score
from core.digits.handwriting.teach import fine_tune
from core.digits.network.backward import backward
from core.digits.recognise import Recogniser
from pages import asking
from pages.digits.handwriting.score import show_score
from pages.digits.handwriting.teaching import teach_hand
from pages.digits.handwriting.writing import choose_digits, keep_writing, kept_digits
from pages.shared import page
from pages.shared.canvas import choose_pen
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.networks.network_choice import choose_recogniser

EXERCISES = asking.exercises_of(__file__)

st.title(_("My handwriting"))
st.markdown(
    _(
        "The network has learned from other people's hands. How well does it read **yours**? "
        "Write the digits you are asked for, and compare yourself with MNIST."
    )
)

recogniser = choose_recogniser()
asked = choose_digits()
samples = kept_digits()
found = facts(score(recogniser, samples) if samples else None)
guessed = asking.Value(_("read right"), 0, 10, start=5, step=1, plays=False)
asking.prediction(EXERCISES, found, guessed)
keep_writing(recogniser, asked, choose_pen())
if samples:
    show_score(recogniser, samples)
    teach_hand(recogniser, samples)
asking.questions(EXERCISES, lambda: found)
asking.challenges(EXERCISES, lambda: found)

page.code_that_ran(next_digit, take, score, Recogniser.doubt, fine_tune, backward)

st.info(
    _(
        "**To remember:** an accuracy belongs to the data it was measured on. 99 % on MNIST says "
        "little about your sevens until you have counted them."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/digits/handwriting/handwriting.py")
