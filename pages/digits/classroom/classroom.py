"""Digits → Class: a class writes digits, and a network learns from all of them."""

import streamlit as st

from core.digits.classroom.facts import NONE_READ, facts
from core.digits.classroom.gathered import Gathered, by_hand
from core.digits.classroom.learn import learn
from core.digits.handwriting.teach import fine_tune
from core.digits.network.backward import backward
from core.messages import InputError
from pages import asking
from pages.digits.classroom.arriving import arrive
from pages.digits.classroom.asked import guess
from pages.digits.classroom.entrance import enter
from pages.digits.classroom.leading import lead
from pages.digits.classroom.taking_part import take_part
from pages.shared import page
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.networks.network_choice import choose_recogniser

EXERCISES = asking.exercises_of(__file__)

st.title(_("Class"))
st.markdown(
    _(
        "Everybody in a class writes ten digits. Together they are a **data set**: whose hand does "
        "the network read worst, what does it learn from all of you, and what does it forget?"
    )
)

recogniser = choose_recogniser()
found = facts(NONE_READ, None)
try:
    here = arrive()
    if here is None:
        guess(EXERCISES, None)
        enter()
    elif here.leads:
        found = lead(here, recogniser, EXERCISES)
    else:
        found = take_part(here, recogniser, EXERCISES)
except InputError as error:  # the store is away
    st.error(error.translated(_))

asking.questions(EXERCISES, lambda: found)
asking.challenges(EXERCISES, lambda: found)

page.code_that_ran(Gathered, by_hand, learn, fine_tune, backward)

st.info(
    _(
        "**To remember:** a network knows the hands that it has learned from. One accuracy of all "
        "of them hides whose hand it reads badly: count hand by hand."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/digits/classroom/classroom.py")
