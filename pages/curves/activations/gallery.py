"""The gallery of Curves → Activations: laid over each other, and the troubles of each."""

from collections.abc import Sequence

import streamlit as st

from core.charts.curves.activations import activations as explorer
from core.charts.layout import Layout
from core.curves.activations.functions import ACTIVATIONS
from core.formula import breakable
from core.link.parameters import PARAMETERS, usual
from core.number import number, signed
from pages.shared.charts.player import show_explorer
from pages.shared.control import bound
from pages.shared.i18n import _
from pages.shared.page import presets

BY_NAME = {activation.name: key for key, activation in ACTIVATIONS.items()}


def choose_activations() -> list[str]:
    """Show the choice of activations; return the chosen ones' keys in `ACTIVATIONS`."""
    # Their names are the same in every language, so the link may hold them.
    names = bound(
        "act",
        lambda: st.pills(
            _("Activations, laid over each other"),
            list(BY_NAME),
            selection_mode="multi",
            default=PARAMETERS["act"].kind.usual,
            key="act",
            bind="query-params",
            help=_("One or several; press again to take one away."),
        ),
    )
    return [key for name, key in BY_NAME.items() if name in names]


def gallery(chosen: Sequence[str], *, layout: Layout) -> None:
    """Show activations laid over each other, and values of z to try."""
    state = st.session_state
    if chosen:
        show_explorer(
            explorer,
            explorer.tables(
                chosen, z=state.get("act_z", explorer.START_Z), pressed=state.get("act_pressed", 0)
            ),
            key="activations",
            caption=_("Drag z: all panels and numbers follow."),
            # The same for any choice: another text would build the chart anew, and move z back.
            alt=_(
                "The chosen activations with their tangents at z, their slopes, a table of both, "
                "and what is left of a gradient after up to 20 layers"
            ),
            heard=_slopes(chosen, float(state.get("act_z", explorer.START_Z))),
            layout=layout,
        )
    else:
        st.info(_("Choose at least one activation."), icon=":material/touch_app:")
    presets(
        [
            (
                _("The gradient vanishes"),
                _(
                    "At z = 4 ten sigmoids leave almost nothing of the gradient; ReLU passes all "
                    "of it."
                ),
                {"act": ["sigmoid", "tanh", "ReLU"], "act_z": 4.0},
            ),
            (
                _("A dead ReLU"),
                _("Left of 0 ReLU passes nothing at all, leaky ReLU a hundredth in each layer."),
                {"act": ["ReLU", "leaky ReLU"], "act_z": -2.0},
            ),
            (
                _("Without a kink"),
                _(
                    "Softplus and GELU round ReLU off. At z = −0.75 GELU is lowest, with a slope "
                    "of 0."
                ),
                {"act": ["ReLU", "softplus", "GELU"], "act_z": -0.75},
            ),
        ],
        usual={"act": [*usual("act")["act"]], "act_z": explorer.START_Z},
        also={"act_pressed": state.get("act_pressed", 0) + 1},
    )
    st.markdown(
        _(
            "A neuron computes z = w·x + b, a line, and passes it through f. Without f, a network "
            "of any depth would still be a line. On the way back each layer multiplies the "
            "gradient by its slope f′(z). The panel of layers shows what is left where every "
            "neuron stands at the same z and every weight is 1."
        )
    )


def _slopes(chosen: Sequence[str], z: float) -> str:
    """Say the slopes at a place, for those who cannot see them."""
    slopes = [
        f"{ACTIVATIONS[key].name} {signed(float(ACTIVATIONS[key].derivative(z)))}" for key in chosen
    ]
    return _("The slopes at z = {z}: {slopes}.").format(z=number(z), slopes=_("; ").join(slopes))


def troubles(chosen: Sequence[str]) -> None:
    """Show each activation's formulas, what goes wrong with it, and where it is used."""
    if chosen:
        st.header(_("What goes wrong with each, and where it is used"))
    for key in chosen:
        activation = ACTIVATIONS[key]
        with st.container(border=True):
            formulas, text = st.columns([1, 1.3], gap="medium", vertical_alignment="center")
            formulas.latex(breakable(activation.latex))
            formulas.latex(breakable(activation.latex_derivative))
            text.markdown(f"**{activation.name}**  \n{_(activation.weakness)}")
            text.markdown("**" + _("Used today:") + "** " + _(activation.used))
