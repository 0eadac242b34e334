"""Digits → Inspect: what a trained network misreads, and what its units have learned."""

import streamlit as st

from core.digits.inspect.projection import principal_components
from core.digits.inspect.units import activity, hidden_layers, silenced
from core.digits.network.evaluation import Evaluation, evaluate
from pages.digits.inspect.inspected import inspected
from pages.digits.inspect.mistakes import show_accuracy, show_confusion, show_worst
from pages.digits.inspect.units import show_units, silence_units
from pages.digits.inspect.weights_and_map import show_first_layer, show_map
from pages.shared import page
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.networks.network_choice import choose_recogniser

st.title(_("Inspect"))
st.markdown(
    _("Which digits does a trained network still **misread**, and what have its units **learned**?")
)

seen = inspected(choose_recogniser())

show_accuracy(seen)
show_confusion(seen)
show_worst(seen)
show_first_layer(seen)
show_map(seen)
show_units(seen)
silence_units(seen)

page.code_that_ran(evaluate, Evaluation, hidden_layers, activity, silenced, principal_components)

st.info(
    _(
        "**To remember:** an accuracy is one number. Look at the mistakes: they tell whether the "
        "network, the label or the handwriting is to blame. No single unit knows a digit: what "
        "was learned is spread over many."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/digits/inspect/inspect.py")
