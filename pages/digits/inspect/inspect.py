"""Digits → Inspect: what a trained network misreads, and what its units have learned."""

import streamlit as st

from core.digits.inspect.facts import facts
from core.digits.inspect.projection import principal_components
from core.digits.inspect.units import activity, hidden_layers, silenced
from core.digits.network.evaluation import Evaluation, evaluate
from pages import asking
from pages.asking.prediction import FACTS
from pages.digits.inspect.dead_units import tell_saturation
from pages.digits.inspect.inspected import Inspected, inspected
from pages.digits.inspect.mistakes import show_accuracy, show_confusion, show_worst
from pages.digits.inspect.units import silence_units
from pages.digits.inspect.weights_and_map import show_first_layer, show_map
from pages.shared import page
from pages.shared.fragment import fragment
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.networks.network_choice import NET, choose_recogniser
from pages.shared.networks.own_networks import is_own

EXERCISES = asking.exercises_of(__file__)


@fragment
def silence_and_ask(seen: Inspected, *, own: bool) -> None:
    """Show what is lost without some units, and ask; units are chosen without running the rest."""
    silenced = silence_units(seen)
    found = facts(
        seen.evaluation,
        silenced.after,
        n_silenced=silenced.n,
        n_units=silenced.n_in_layer,
        is_own=own,
    )
    st.session_state[FACTS] = found
    asking.questions(EXERCISES, lambda: found)
    asking.challenges(EXERCISES, lambda: found)


st.title(_("Inspect"))
st.markdown(
    _("Which digits does a trained network still **misread**, and what have its units **learned**?")
)

seen = inspected(choose_recogniser())
own = is_own(st.session_state[NET])
asking.prediction(EXERCISES, facts(seen.evaluation, is_own=own))

with asking.held(EXERCISES):
    show_accuracy(seen)
    show_confusion(seen)
show_worst(seen)
show_first_layer(seen)
show_map(seen)
tell_saturation(seen)
silence_and_ask(seen, own=own)

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
