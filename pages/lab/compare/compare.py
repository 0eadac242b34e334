"""Lab → Compare: saved runs over each other, and what made the difference."""

import streamlit as st

from core.lab.compare.learning_curves import curve
from core.lab.recipes import compare
from pages import asking
from pages.lab.compare.view import compare_runs
from pages.shared import page
from pages.shared.frame import neighbours
from pages.shared.i18n import _

EXERCISES = asking.exercises_of(__file__)

st.title(_("Compare"))
st.markdown(
    _(
        "The same network with other settings: which run learned **better**, and which setting "
        "made the **difference**?"
    )
)

asking.prediction(EXERCISES, {})
compare_runs()
asking.questions(EXERCISES, dict)

st.header(_("How to read the curves"))
st.markdown(
    _(
        "- **Change one thing at a time.** If two settings differ, nobody knows which one did it. "
        "Then repeat the better run with another seed: was it luck?\n"
        "- **Falls and falls, slowly:** the learning rate is small, or the epochs are few. "
        "**Jumps, or explodes:** it is too large.\n"
        "- **The dashed curve falls on while the solid one turns up:** the network learns its "
        "training images by heart.\n"
        "- **Epochs or seconds?** A large batch takes fewer steps an epoch, and each epoch is "
        "quicker. What is fair depends on what you pay for: data, or time."
    )
)

page.code_that_ran(curve, compare)

st.info(
    _(
        "**To remember:** one curve tells little. Two, from runs that differ in one setting, tell "
        "what that setting does."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/lab/compare/compare.py")
