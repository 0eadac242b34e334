"""What is told beforehand on Planes → Boundary: whether a line can part the classes, and then."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.number import number
from core.percent import percent
from core.planes.boundary import Loss
from core.planes.boundary.lowest import Lowest, lowest_cross_entropy
from core.planes.boundary.separation import Separation, separation
from pages.shared.i18n import _

MOST_TRIED = 500
"""All lines through two of so many points are tried in a tenth of a second, of ten times as many
not within a minute."""


@st.cache_resource(max_entries=20, show_spinner=False)  # points of a class; a few numbers
def at_best(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[Separation | None, Lowest | None]:
    """Find out what a line can do at best, unless there are too many points, and where it rests."""
    if y.size > MOST_TRIED:
        return None, None
    found = separation(x, y)
    return found, None if found.is_separable else lowest_cross_entropy(x, y)


def tell_beforehand(found: Separation | None, lowest: Lowest | None, loss: Loss) -> None:
    """Say what a line can do at best, and what that means for the weights and the loss."""
    st.header(_("Told beforehand: can a line part them?"))
    if found is None:
        st.markdown(
            _(
                "That is found out by trying all lines, which takes too long for more than {n} "
                "points."
            ).format(n=MOST_TRIED)
        )
        return
    if lowest is None:
        _tell_separable(loss)
    else:
        _tell_mixed(found, lowest, loss)
    st.caption(
        _(
            "Every way in which a line can part points is the way of a line through two of them, "
            "turned or moved by a trifle. So all lines that differ were tried. For comparison: "
            "always answering the more frequent class is right for {percent} % of the samples."
        ).format(percent=percent(found.n_frequent / found.n_samples))
    )


def _tell_separable(loss: Loss) -> None:
    badge = _("linearly separable")
    told = _(
        "A line parts the classes without a mistake. So the loss has no lowest point: once all "
        "answers are right, longer weights in the same direction make each of them surer, and the "
        "loss still smaller."
    )
    if loss == "mean_squared_error":
        then = _(
            "But squared error may stay where the neuron is sure and wrong for longer than any run "
            "lasts."
        )
    else:
        then = _(
            "With cross-entropy, and a rate that is not too large, the weights grow for ever, ever "
            "more slowly, and the loss goes towards 0 without getting there."
        )
    st.markdown(f":green-badge[**{badge}**] {told} {then}")


def _tell_mixed(found: Separation, lowest: Lowest, loss: Loss) -> None:
    badge = _("not linearly separable")
    told = _(
        "No line parts the classes. The best line leaves {wrong} of {n} samples on the wrong side: "
        "{percent} % accuracy is the most that one neuron can reach."
    ).format(wrong=found.n_mistakes, n=found.n_samples, percent=percent(found.best_accuracy))
    if loss == "mean_squared_error":
        then = _(
            "Cross-entropy would have exactly one lowest point here. Squared error behind a "
            "sigmoid may have flat stretches and more than one hollow: where it ends depends on "
            "the start."
        )
    else:
        then = _(
            "Cross-entropy has exactly one lowest point here, L = {loss} at w₁ = {w1}, w₂ = {w2}, "
            "b = {b}: the dashed line. The full batch comes to rest there, smaller batches jitter "
            "around it. Its accuracy is {percent} %: the lowest loss need not be the fewest "
            "mistakes."
        ).format(
            loss=number(lowest.loss),
            w1=number(lowest.weight_1),
            w2=number(lowest.weight_2),
            b=number(lowest.bias),
            percent=percent(lowest.accuracy),
        )
    st.markdown(f":orange-badge[**{badge}**] {told} {then}")
