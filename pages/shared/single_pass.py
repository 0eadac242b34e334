"""One weight's single pass, on its own page and beside the normal equation: controls, verdict."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.history import History
from core.lines import one_weight as lesson
from core.link.parameters import usual
from core.number import number, whole
from pages.shared.control import slider, value
from pages.shared.i18n import _

USUAL = usual("ow_rate", "ow_start")
"""The controls' usual values, for presets to start from."""


def single_pass_controls() -> Callable[[], lesson.Config]:
    """Show the pass's controls, which both pages share; return what reads them."""
    slider(
        _("Learning rate η"),
        "ow_rate",
        help=_("How far one correction goes. 0.5 is the rule w ← w + error·x."),
    )
    slider(_("Start weight"), "ow_start", help=_("The weight before the first sample."))
    return lambda: lesson.Config(
        start_weight=value("ow_start"), learning_rate=value("ow_rate"), record_every=1
    )


def tell_verdict(
    history: History, config: lesson.Config, x: NDArray[np.float64], best: float
) -> None:
    """Say how the run ended, with its numbers; the parameters are those of ``lesson.verdict``."""
    weights = history.column("weight")
    numbers = {
        "update": whole(history.update[-1]),
        "limit": number(lesson.overshoot_learning_rate(x)),
        "before": number(weights[-2]),
        "after": number(weights[-1]),
        "best": number(best),
        "n": whole(x.size),
    }
    match lesson.verdict(history, config, x, best):
        case "diverged":
            told = _(
                "Diverged at update {update}: where x is large, each correction threw the weight "
                "farther off than it had been. For these samples every learning rate below {limit} "
                "is stable."
            )
            st.error(told.format(**numbers), icon=":material/trending_up:")
        case "overshooting":
            told = _(
                "At this learning rate single samples overshoot: above {limit} a sample with a "
                "large x throws the weight farther off. It ended at {after}; least squares gives "
                "{best}."
            )
            st.warning(told.format(**numbers), icon=":material/warning:")
        case "thrown off":
            told = _(
                "The last sample alone moved w from {before} to {after}; "
                "least squares gives {best}."
            )
            st.warning(told.format(**numbers), icon=":material/warning:")
        case "on the way":
            told = _("After the last sample w = {after}, not near the least squares' {best}.")
            st.info(told.format(**numbers), icon=":material/info:")
        case "settled":
            told = _("After the last sample w = {after}; least squares over all {n} gives {best}.")
            st.success(told.format(**numbers), icon=":material/check_circle:")
