"""Curves → Activations: the functions that bend a neuron's line, and what goes wrong with each."""

import streamlit as st

from core.curves.activations import stretch as lesson
from core.curves.activations.facts import facts
from core.curves.activations.functions import ACTIVATIONS, normal_share, sigmoid
from core.curves.activations.program import program
from pages import asking
from pages.curves.activations.gallery import choose_activations, gallery, troubles
from pages.curves.activations.stretch import stretch
from pages.shared import page
from pages.shared.charts.room import room
from pages.shared.frame import neighbours
from pages.shared.i18n import _

EXERCISES = asking.exercises_of(__file__)

st.title(_("Activations"))
st.markdown(_("What bends a neuron's line, and how much of the gradient gets through it?"))

chosen = choose_activations()
layout = room()
found = facts(chosen)
asking.prediction(EXERCISES, found)
gallery(chosen, layout=layout)
troubles(chosen)
stretch(layout=layout)
asking.questions(EXERCISES, lambda: found)
asking.challenges(EXERCISES, lambda: found)

ran = [f for key in chosen for f in (ACTIVATIONS[key].function, ACTIVATIONS[key].derivative)]
if "gelu" in chosen:
    ran.append(normal_share)
if "sigmoid" not in chosen:
    ran.append(sigmoid)
page.code_that_ran(*ran, lesson.stretched, lesson.chord, lesson.distance_from_line)
page.program(program(chosen), "activations.py", _("Take it with you"))

st.info(
    _(
        "**To remember:** the activation's slope decides how much of the gradient gets through. "
        "The weight stretches the activation, the bias moves it."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/curves/activations/activations.py")
