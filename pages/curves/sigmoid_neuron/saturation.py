"""Both losses from one saturated start, side by side, on Curves → Sigmoid neuron."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.curves.sigmoid_neuron import saturation as chart
from core.charts.layout import Layout
from core.charts.player import MAX_SAMPLES, thin
from core.curves import sigmoid_neuron as lesson
from core.curves.sigmoid_neuron import Config, Loss
from core.history import History
from core.number import number
from core.percent import percent
from pages.shared.charts.player import show_explorer
from pages.shared.control import slider
from pages.shared.i18n import _

Floats = NDArray[np.float64]


@st.cache_resource(max_entries=20, show_spinner=False)  # two for each of ten who look
def train(x: Floats, y: Floats, config: Config) -> History:
    """Train the neuron; runs that the page has just shown are kept."""
    return lesson.train(x, y, config)


def compare_losses(x: Floats, y: Floats, config: Config, *, layout: Layout) -> None:
    """Show what each loss learns from one start, with the other hyperparameters of `config`."""
    st.header(_("Where the neuron is saturated"))
    st.markdown(
        _(
            "Far from z = 0 the sigmoid is flat: ŷ·(1 − ŷ) is near 0. The squared error multiplies "
            "by it, so a neuron that is confidently wrong learns nothing. Cross-entropy has a "
            "slope ∂L/∂ŷ that grows just as the sigmoid flattens: ŷ·(1 − ŷ) cancels, and ŷ − y is "
            "left. The more wrong, the larger the step."
        )
    )
    start_weight = slider(
        _("Start weight of both"),
        "sn_both",
        help=_("Both losses learn from here, with the learning rate and epochs of the sidebar."),
    )
    rows = thin(x.size, MAX_SAMPLES)
    x, y = x[rows], y[rows]
    losses: tuple[Loss, Loss] = ("mean_squared_error", "binary_cross_entropy")
    runs: dict[Loss, History] = {}
    for loss in losses:
        both = dataclasses.replace(config, loss=loss, start_weight=start_weight)
        runs[loss] = train(x, y, both)
    show_explorer(
        chart,
        chart.tables(x, y, runs),
        key="saturation",
        caption=_("Judged by the same measure: the mean squared error of both runs."),
        alt=_(
            "The curves learned with squared error and with cross-entropy from one start, and the "
            "mean squared error of both over the updates"
        ),
        heard=_("Both start at the weight {w}.").format(w=number(start_weight)),
        layout=layout,
    )
    st.markdown(_table(x, y, runs))


def _table(x: Floats, y: Floats, runs: Mapping[Loss, History]) -> str:
    """The numbers of both runs, as a table in Markdown."""
    names = _("∂L/∂w at the start, all samples"), _("w at the end"), _("on the right side of ½")
    header = "| | " + _("squared error") + " | " + _("cross-entropy") + " |\n| --- | --- | --- |"

    def cells(run: tuple[Loss, History]) -> tuple[str, str, str]:
        loss, history = run
        (weight, bias), end = history.params[0], history.params[-1]
        share = lesson.accuracy(x, y, *end)
        slope = lesson.gradient(x, y, weight, bias, loss)[0]
        return number(slope), number(end[0]), f"{percent(share)} %"

    rows = zip(names, *map(cells, runs.items()), strict=True)
    return header + "".join(f"\n| {name} | {left} | {right} |" for name, left, right in rows)
