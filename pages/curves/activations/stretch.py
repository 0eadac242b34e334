"""The sigmoid stretched and moved, on Curves → Activations: why a neuron needs both w and b."""

import streamlit as st

from core.charts.curves.activations import stretch as stretcher
from core.charts.layout import Layout
from core.curves.activations import stretch as lesson
from core.formula import breakable
from core.number import number
from pages.shared.charts.player import show_explorer
from pages.shared.i18n import _
from pages.shared.page import presets


def stretch(*, layout: Layout) -> None:
    """Show the explorer of σ(w·x + b), its formulas, and values to try."""
    state = st.session_state
    st.header(_("Why a neuron needs both w and b"))
    st.markdown(
        _(
            "Between 0 and 1 the sigmoid looks like a straight line: it strays from one by "
            "{distance} at most. Stretch it with w, and move it with b."
        ).format(distance=number(lesson.distance_from_line(1, 0)))
    )
    weight, bias = float(state.get("act_w", 1.0)), float(state.get("act_b", 0.0))
    show_explorer(
        stretcher,
        stretcher.tables(
            weight=weight,
            bias=bias,
            pressed=state.get("act_stretched", 0),
        ),
        key="stretch",
        caption=_("Drag w and b: the thick piece of σ is what x from 0 to 1 shows."),
        alt=_(
            "The whole sigmoid with the piece that x from 0 to 1 shows, beside that piece over x "
            "and a straight line through its ends"
        ),
        heard=_("At w = {w} and b = {b} it strays from the line by {distance} at most.").format(
            w=number(weight),
            b=number(bias),
            distance=number(lesson.distance_from_line(weight, bias)),
        ),
        layout=layout,
    )
    presets(
        [
            (
                _("Only w"),
                _("w = 12 makes a steep step, but it stands at x = 0: half of it is out of sight."),
                {"act_w": 12.0, "act_b": 0.0},
            ),
            (
                _("w and b"),
                _("b = −6 moves the same step to the middle. Where does b = −9 put it?"),
                {"act_w": 12.0, "act_b": -6.0},
            ),
            (
                _("Saturated"),
                _(
                    "w = 2, b = 6: nearly flat and nearly 1, so there is hardly a slope to learn "
                    "by."
                ),
                {"act_w": 2.0, "act_b": 6.0},
            ),
        ],
        key="stretch",
        usual={"act_w": 1.0, "act_b": 0.0},
        also={"act_stretched": state.get("act_stretched", 0) + 1},
    )
    for formula in lesson.FORMULAS.values():
        st.latex(breakable(formula))
    st.markdown(
        _(
            "The weight sets how long a piece of the sigmoid we see, and so how steep it is; a "
            "negative weight turns it round. The bias sets where the piece begins, and so where "
            "the step stands: at −b/w. With w alone the step would always stand at x = 0."
        )
    )
