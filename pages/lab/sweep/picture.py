"""The runs of a sweep as a picture: a heat map of a grid, points of a random search, and curves."""

from typing import Any

import streamlit as st

from core.charts.lab.sweep import heat_map, learning_curves, scatter
from core.charts.lab.sweep.run_cells import PICK, axis_title, cells
from core.charts.layout import Layout
from core.lab.sweep.space import Dimension
from core.percent import percent
from pages.lab.sweep.snapshot import SweepSnapshot, show_cell, values_of
from pages.runs.run_words import STATES
from pages.shared.charts.chart import n_changes, picked, show_chart
from pages.shared.choice import choice
from pages.shared.i18n import _, translator

CHART = "sw_map"
"""The key of the picture."""


def show_map(snapshot: SweepSnapshot, *, layout: Layout) -> None:
    """Show all runs by their hyperparameters; a click on one shows it."""
    shown, best = snapshot.shown, snapshot.best
    trial = None if shown is None else shown.run.trial
    marks: dict[str, Any] = {
        "best": None if best is None else best.run.trial,
        "shown": trial,
        "n_shown": n_changes("sw_n_shown", (snapshot.row.id, trial)),
        "translate": _,
    }
    states = {status: _(state.name) for status, state in STATES.items()}
    if snapshot.sweep.method == "grid":
        axes = heat_map.axes(snapshot.sweep)
        roomy = heat_map.is_roomy(axes, layout=layout)
        rows = cells(snapshot.results, states, roomy=roomy, **marks)
        show_chart(
            heat_map.specification,
            heat_map.tables(rows, snapshot.results, axes, translate=translator()),
            key=CHART,
            alt=_("The validation accuracy of each combination, as a table of coloured cells"),
            heard=_best_and_chosen(snapshot),
            on_select=_show_picked,
            axes=axes,
            layout=layout,
        )
    else:
        across, down = _axes(snapshot)
        rows = cells(snapshot.results, states, **marks)
        show_chart(
            scatter.specification,
            scatter.tables(rows, snapshot.results, across, down, translate=translator()),
            key=CHART,
            alt=_("The validation accuracy of each run, as points over its hyperparameters"),
            heard=_best_and_chosen(snapshot),
            on_select=_show_picked,
            across=across,
            down=down,
        )
    if snapshot.sweep.kind == "digits":
        told = _(
            "In each: the best accuracy so far on the held-out images, in percent. The stronger "
            "the colour, the fewer it misreads; green is the best. Click one to see its run."
        )
    else:
        told = _(
            "In each: the best accuracy on the test samples, in percent. The stronger the colour, "
            "the fewer are wrong; green is the best. Click one to see its run."
        )
    st.caption(told)


def show_curves(snapshot: SweepSnapshot, *, layout: Layout) -> None:
    """Show how the accuracy of every run grew."""
    if not snapshot.ranked:
        return
    st.markdown("**" + _("How they learned") + "**")
    shown, best = snapshot.shown, snapshot.best
    show_chart(
        learning_curves.specification,
        learning_curves.tables(
            snapshot.results,
            {result.run.trial or 0: values_of(result) for result in snapshot.results},
            best=None if best is None else best.run.trial,
            shown=None if shown is None else shown.run.trial,
        ),
        key="sw_curves",
        alt=_("The validation accuracy of every run over its epochs; the best one stands out"),
        heard=_best_and_chosen(snapshot),
        n_epochs=snapshot.sweep.base.n_epochs,
        layout=layout,
    )


def _best_and_chosen(snapshot: SweepSnapshot) -> str:
    """Say what the best run and the chosen one have reached, for those who cannot see them."""
    told = {_("Best"): snapshot.best, _("Chosen"): snapshot.shown}
    return " ".join(
        _("{which}: {accuracy} %, with {values}.").format(
            which=which,
            accuracy=percent(result.validation_accuracy),
            values=values_of(result),
        )
        for which, result in told.items()
        if result is not None and result.validation_accuracy is not None
    )


def _axes(snapshot: SweepSnapshot) -> tuple[Dimension, Dimension | None]:
    """Return the axes of the points; of three hyperparameters the reader chooses two."""
    dimensions = {dimension.name: dimension for dimension in snapshot.sweep.space}
    names = scatter.most_varied(snapshot.sweep.space)
    if len(names) == 1:
        return dimensions[names[0]], None
    pairs = {f"{a}.{b}": (a, b) for i, a in enumerate(names) for b in names[i + 1 :]}
    pair = next(iter(pairs))
    if len(pairs) > 1:
        titles = {
            key: " × ".join(axis_title(name, _) for name in pair) for key, pair in pairs.items()
        }
        pair = choice(_("Axes"), titles, key="sw_axes", segmented=True)
    across, down = pairs[pair]
    return dimensions[across], dimensions[down]


def _show_picked() -> None:
    for trial in picked(CHART, PICK, "trial"):
        show_cell(trial)
