"""Both losses from the same start, side by side, on Planes → Boundary."""

import dataclasses
import math
from collections.abc import Mapping

import streamlit as st

from core.charts.layout import Layout
from core.charts.planes.boundary import both_losses as chart
from core.history import History
from core.number import number
from core.percent import percent
from core.planes import boundary as lesson
from core.planes.boundary import Config, Loss
from core.planes.points import Points
from pages.shared.charts.player import show_explorer
from pages.shared.i18n import _


def compare_losses(points: Points, config: Config, history: History, *, layout: Layout) -> None:
    """Show what the other loss learns too, with the same settings; `history` is the page's run."""
    st.header(_("Both losses from the same start"))
    st.markdown(
        _(
            "Squared error multiplies ŷ − y by ŷ·(1 − ŷ), which is near 0 wherever the neuron is "
            "sure: right or wrong, it hardly learns. Cross-entropy is so steep there that this "
            "factor cancels. The more wrong an answer, the larger its step."
        )
    )
    losses: tuple[Loss, Loss] = ("mean_squared_error", "binary_cross_entropy")
    runs: dict[Loss, History] = {}
    for loss in losses:
        same = loss == config.loss
        other = dataclasses.replace(config, loss=loss)
        runs[loss] = history if same else lesson.train(*points, other)
    show_explorer(
        chart,
        chart.tables(points, runs),
        key="both_losses",
        caption=_("Both with the samples, start and learning rate of the sidebar."),
        alt=_("The accuracy and the length of the weights over the updates, with both losses"),
        heard=_right_at_the_end(points, runs),
        layout=layout,
    )
    st.markdown(_table(points, runs))


def _right_at_the_end(points: Points, runs: Mapping[Loss, History]) -> str:
    """Say how both runs ended, for those who cannot see their curves."""
    squared, cross = (
        percent(lesson.accuracy(*points, *map(float, history.params[-1])))
        for history in runs.values()
    )
    return _(
        "Right at the end: {squared} % with squared error, {cross} % with cross-entropy."
    ).format(squared=squared, cross=cross)


def _table(points: Points, runs: Mapping[Loss, History]) -> str:
    """The numbers of both runs, as a table in Markdown."""
    names = (
        _("length of the slopes at the start, all samples"),
        _("length of the weights at the end"),
        _("accuracy at the end"),
    )
    header = "| | " + _("squared error") + " | " + _("cross-entropy") + " |\n| --- | --- | --- |"

    def cells(run: tuple[Loss, History]) -> tuple[str, str, str]:
        loss, history = run
        w1, w2, b = history.params[0]
        slopes = lesson.gradient(*points, w1, w2, b, loss)
        w1, w2, b = history.params[-1]
        share = lesson.accuracy(*points, w1, w2, b)
        return (
            number(math.hypot(*slopes)),
            number(math.hypot(w1, w2)),
            f"{percent(share)} %",
        )

    rows = zip(names, *map(cells, runs.items()), strict=True)
    return header + "".join(f"\n| {name} | {left} | {right} |" for name, left, right in rows)
