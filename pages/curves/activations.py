"""Curves → Activations: the functions that bend a neuron's line, and what goes wrong with each."""

import streamlit as st

from core.charts import activations as explorer
from core.charts import stretch as stretcher
from core.charts.numbers import number
from core.curves import stretch as lesson
from core.curves.activations import ACTIVATIONS, normal_share, sigmoid
from pages.shared import lesson as page
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.player import is_stacked, show_explorer

st.title(_("Activations"))
st.markdown(_("What bends a neuron's line, and how much of the gradient gets through it?"))

BY_NAME = {activation.name: key for key, activation in ACTIVATIONS.items()}
state = st.session_state
# Their names are the same in every language, so the link may hold them.
names = st.pills(
    _("Activations, laid over each other"),
    list(BY_NAME),
    selection_mode="multi",
    default=["sigmoid", "tanh", "ReLU"],
    key="act",
    bind="query-params",
    help=_("One or several; press again to take one away."),
)
stacked = is_stacked()
chosen = [key for name, key in BY_NAME.items() if name in names]
if chosen:
    show_explorer(
        explorer,
        explorer.tables(chosen, t=state.get("act_t", 2.0), pressed=state.get("act_pressed", 0)),
        caption=_("Drag t: all panels and numbers follow."),
        # The same for any choice: another text would build the chart anew, and t would jump back.
        alt=_(
            "The chosen activations with their tangents at t, their slopes, a table of both, and "
            "what is left of a gradient after up to 20 layers"
        ),
        stacked=stacked,
    )
else:
    st.info(_("Choose at least one activation."), icon=":material/touch_app:")
st.markdown(
    _(
        "A neuron computes t = w·x + b, a line, and passes it through f. Without f, a network of "
        "any depth would still be a line. On the way back each layer multiplies the gradient by "
        "its slope f′(t). The panel of layers shows what is left where every neuron stands at the "
        "same t and every weight is 1."
    )
)

moved = {"act_pressed": state.get("act_pressed", 0) + 1}
page.presets(
    [
        (
            _("The gradient vanishes"),
            _("At t = 4 ten sigmoids leave almost nothing of the gradient; ReLU passes all of it."),
            moved | {"act": ["sigmoid", "tanh", "ReLU"], "act_t": 4.0},
        ),
        (
            _("A dead ReLU"),
            _("Left of 0 ReLU passes nothing at all, leaky ReLU a hundredth in each layer."),
            moved | {"act": ["ReLU", "leaky ReLU"], "act_t": -2.0},
        ),
        (
            _("Without a kink"),
            _("Softplus and GELU round ReLU off. At t = −0.75 GELU is lowest, with a slope of 0."),
            moved | {"act": ["ReLU", "softplus", "GELU"], "act_t": -0.75},
        ),
    ]
)

if chosen:
    st.subheader(_("What goes wrong with each, and where it is used"))
for key in chosen:
    activation = ACTIVATIONS[key]
    with st.container(border=True):
        formulas, text = st.columns([1, 1.3], gap="medium", vertical_alignment="center")
        formulas.latex(activation.latex)
        formulas.latex(activation.latex_derivative)
        text.markdown(f"**{activation.name}**  \n{_(activation.weakness)}")
        text.markdown("**" + _("Used today:") + "** " + _(activation.used))

st.subheader(_("Why a neuron needs both w and b"))
st.markdown(
    _(
        "Between 0 and 1 the sigmoid looks like a straight line: it strays from one by {distance} "
        "at most. Stretch it with w, and move it with b."
    ).format(distance=number(lesson.distance_from_line(1, 0)))
)
show_explorer(
    stretcher,
    stretcher.tables(
        weight=state.get("act_w", 1.0),
        bias=state.get("act_b", 0.0),
        pressed=state.get("act_stretched", 0),
    ),
    caption=_("Drag w and b: the thick piece of σ is what x from 0 to 1 shows."),
    alt=_(
        "The whole sigmoid with the piece that x from 0 to 1 shows, beside that piece over x and "
        "a straight line through its ends"
    ),
    stacked=stacked,
)
for formula in lesson.FORMULAS.values():
    st.latex(formula)
st.markdown(
    _(
        "The weight sets how long a piece of the sigmoid we see, and so how steep it is; a "
        "negative weight turns it round. The bias sets where the piece begins, and so where the "
        "step stands: at −b/w. With w alone the step would always stand at x = 0."
    )
)

stretched = {"act_stretched": state.get("act_stretched", 0) + 1}
page.presets(
    [
        (
            _("Only w"),
            _("w = 12 makes a steep step, but it stands at x = 0: half of it is out of sight."),
            stretched | {"act_w": 12.0, "act_b": 0.0},
        ),
        (
            _("w and b"),
            _("b = −6 moves the same step to the middle. Where does b = −9 put it?"),
            stretched | {"act_w": 12.0, "act_b": -6.0},
        ),
        (
            _("Saturated"),
            _("w = 2, b = 6: nearly flat and nearly 1, so there is hardly a slope to learn by."),
            stretched | {"act_w": 2.0, "act_b": 6.0},
        ),
    ],
    key="stretch",
)

ran = [f for key in chosen for f in (ACTIVATIONS[key].function, ACTIVATIONS[key].derivative)]
if "gelu" in chosen:
    ran.append(normal_share)
if "sigmoid" not in chosen:
    ran.append(sigmoid)
page.code_that_ran(*ran, lesson.stretched, lesson.chord, lesson.distance_from_line)

st.info(
    _(
        "**To remember:** the activation's slope decides how much of the gradient gets through. "
        "The weight stretches the activation, the bias moves it."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/curves/activations.py")
