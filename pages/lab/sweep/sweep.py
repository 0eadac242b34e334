"""Lab → Sweep: many combinations of hyperparameters at once, and the best one a click away."""

import streamlit as st

from core.formula import breakable
from core.jobs.contest import hopeless
from core.lab.sweep.command_line import command_line
from core.lab.sweep.rounds import least, rounds
from core.lab.sweep.sampling import cells
from core.messages import InputError
from pages import asking
from pages.lab.sweep.controls import sweep_controls
from pages.lab.sweep.launch import offer
from pages.lab.sweep.list_of_sweeps import choose_sweep, own_sweeps
from pages.lab.sweep.presets import things_to_try
from pages.lab.sweep.shown_sweep import show_sweep
from pages.lab.sweep.snapshot import watched
from pages.shared import page
from pages.shared.charts.room import room
from pages.shared.frame import neighbours
from pages.shared.i18n import _

EXERCISES = asking.exercises_of(__file__)

st.title(_("Sweep"))
st.markdown(
    _(
        "Which learning rate, and which batch size? Nobody knows beforehand. **Try many "
        "combinations at once**, and end the hopeless ones early."
    )
)

asking.prediction(EXERCISES, {})
sweep = None
try:
    sweep = sweep_controls()
    offer(sweep)
except InputError as error:
    st.error(error.translated(_))
layout = room()
sweeps = own_sweeps()
sweep_id = watched(sweeps[0].id if sweeps else None)
if sweep_id is not None:
    choose_sweep(sweeps, sweep_id)
    show_sweep(sweep_id, layout=layout)
things_to_try()
asking.questions(EXERCISES, dict)

st.header(_("How the best is chosen"))
judged = _(
    "Each run r trains with its own combination, and is judged by its accuracy on the 5,000 "
    "images that were **held out**. The test images choose nothing: with many runs, one of "
    "them is good on any given images by luck, and the test images are there to tell."
)
if sweep is not None and sweep.kind != "digits":
    judged = _(
        "Each run r trains with its own combination, and is judged by its accuracy on the "
        "Playground's **test samples**. So they choose, and are no test any more: with many runs, "
        "one of them is good on any given samples by luck. Open the best one with another seed of "
        "the samples, and see whether it still is."
    )
st.markdown(judged)
epoch, accuracy = _("epoch"), _("accuracy")
best = rf"\hat r = \arg\max_{{r}}\; \max_{{\text{{{epoch}}}}}\; \text{{{accuracy}}}(r)"
st.latex(breakable(best))
st.markdown(
    _(
        "- **Grid or random?** If only one of two hyperparameters matters, a grid of 3 × 3 tries "
        "three values of it, nine random draws try nine.\n"
        "- **Logarithmic ranges.** What matters of a learning rate is how many times larger it is, "
        "not by how much. So a range has as many points between 0.0001 and 0.001 as between 0.01 "
        "and 0.1.\n"
        "- **Ending early** is a bet: who lags after a quarter of the epochs mostly lags at the "
        "end. It fails for what learns slowly at first and well in the end, as strong distortion "
        "or dropout may."
    )
)

if sweep is not None and sweep.kind == "digits":
    page.fold_code(
        _("The same sweep on the command line"),
        command_line(sweep),
        key="sweep_command",
        icon=":material/terminal:",
        language="bash",
        caption=_("Run it in the project's folder. It shows its progress, and ends up here too."),
    )

page.code_that_ran(cells, rounds, least, hopeless)

st.info(
    _(
        "**To remember:** search coarsely and widely first, on a logarithmic scale; then finely "
        "around the best. Choose by held-out images, and look at the test images once, at the end."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/lab/sweep/sweep.py")
