"""The curves of the chosen runs over each other, on Lab → Compare."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.charts.lab import compare as chart
from core.charts.lab.compare import Axis, Shown
from core.charts.layout import Layout
from core.lab.compare.learning_curves import DIGITS
from core.lab.recipes import Obstacle, loss_of, obstacle
from core.lab.words import value_text
from core.number import number
from core.percent import percent
from core.store.names import distinct_names
from core.store.records import Run
from pages.lab.compare.shown_runs import curve_of
from pages.lab.compare.table import KINDS
from pages.runs.run_words import plain
from pages.shared.charts.player import show_explorer
from pages.shared.choice import choice
from pages.shared.control import switch
from pages.shared.i18n import _, translator

LOGARITHMIC = "cmp_log"
"""The key of the switch of the loss's axis."""

SET_BY_ITSELF = "cmp_log_by_itself"
"""Session state: what that switch was last set to, but by the reader."""


def show_curves(runs: Sequence[tuple[int, Run]], *, layout: Layout) -> None:
    """Show loss and accuracy of runs.

    Parameters
    ----------
    runs : sequence of (int, Run)
        Each with its place, which is its colour.
    layout : Layout
        How wide it is, and whether its panels are stacked.
    """
    st.header(_("Curves"))
    controls = st.container(horizontal=True, vertical_alignment="bottom")
    with controls:
        axes: dict[Axis, str] = {
            "epoch": _("epochs"),
            "images": _("images seen"),
            "seconds": _("seconds"),
        }
        axis = choice(
            _("Counted in"),
            axes,
            key="cmp_x",
            segmented=True,
            help=_(
                "Epochs: passes over the training data. Images seen: fair where batches and data "
                "differ. Seconds: what you waited for."
            ),
        )
    names = distinct_names([run.name for _place, run in runs])
    shown = [
        Shown(place, name, curve_of(run.id, run.epochs_done, run))
        for (place, run), name in zip(runs, names, strict=True)
    ]
    drawn = [run for run in shown if len(run.curve[run.curve[axis].notna()])]
    with controls:
        logarithmic = _in_powers_of_ten(chart.spans_powers(drawn))
    _tell_what_is_missing(shown, drawn, axis)
    if not drawn:
        return
    options: dict[str, Any] = {"axis": axis, "logarithmic": logarithmic}
    tables = chart.tables(drawn, **options, translate=translator())
    show_explorer(
        chart,
        tables,
        key="compare",
        caption=_caption(drawn, tables),
        alt=_("The loss and the accuracy of the chosen runs over each other"),
        heard=" ".join(map(_at_the_end, drawn)),
        names={run.role: run.name for run in drawn},
        accuracy=any(run.curve["test_accuracy"].notna().any() for run in drawn),
        layout=layout,
        **options,
    )
    found = obstacle([run for _place, run in runs])
    if found:
        st.info(_warning(found, [run for _place, run in runs]), icon=":material/balance:")
    if not logarithmic:
        _tell_what_leaves(drawn)
    st.download_button(
        _("Curves (CSV)"),
        lambda: csv(shown),
        file_name="curves.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="cmp_csv_curves",
    )


def _in_powers_of_ten(wide: bool) -> bool:
    """Show the switch of the loss's axis; it is on for `wide` runs until the reader sets it."""
    state = st.session_state
    is_linked = LOGARITHMIC in st.query_params
    if not is_linked and state.get(LOGARITHMIC) in (None, state.get(SET_BY_ITSELF)):
        state[LOGARITHMIC] = state[SET_BY_ITSELF] = wide
    return switch(
        _("Loss in powers of ten"),
        LOGARITHMIC,
        usual=wide,
        help=_(
            "A logarithmic axis: what happens near 0 becomes visible. It is chosen by itself "
            "where the losses span more than two powers of ten."
        ),
    )


def csv(shown: Sequence[Shown]) -> str:
    """Return the curves one below the other, with the runs' names."""
    tables = [run.curve.assign(run=run.name) for run in shown]
    table = pd.concat(tables)
    text: str = table[["run", *table.columns.drop("run")]].to_csv(index=False)
    return text


def _tell_what_is_missing(shown: Sequence[Shown], drawn: Sequence[Shown], axis: Axis) -> None:
    """Say which runs have no curve, and why."""
    empty = [run for run in shown if run.curve.empty]
    if empty:
        st.caption(_("No epoch yet: {names}.").format(names=_names(empty)))
    untimed = [run for run in shown if run not in drawn and run not in empty]
    if untimed and axis == "seconds":
        st.caption(
            _("Lessons do not measure the time of each record; not drawn: {names}.").format(
                names=_names(untimed)
            )
        )


def _caption(drawn: Sequence[Shown], tables: Mapping[str, pd.DataFrame]) -> str:
    """Say what the two kinds of line are, and what is not in sight."""
    parts = [_("Point at a curve to see its numbers.")]
    if any(run.curve["test_loss"].notna().any() for run in drawn):
        parts.insert(0, _("Solid: test images. Dashed: training images."))
    if chart.is_cut(tables):
        parts.append(
            _("Some early epochs lie outside the axes, so that the later ones can be told apart.")
        )
    return " ".join(parts)


def _at_the_end(run: Shown) -> str:
    """Say how a run ended, for those who cannot see its curves."""
    last = run.curve.iloc[-1]
    told = [_("loss {loss}").format(loss=number(last["train_loss"]))]
    for name, text in (
        ("train_accuracy", _("{p} % right in training")),
        ("test_accuracy", _("{p} % right in the test")),
    ):
        if pd.notna(last[name]):
            told.append(text.format(p=percent(last[name])))
    return _("{name} at the end: {told}.").format(name=run.name, told=_("; ").join(told))


def _warning(found: Obstacle, runs: Sequence[Run]) -> str:
    """Say in a sentence what of the curves must not be compared."""
    if found == "kinds":
        kinds = dict.fromkeys(_(KINDS.get(run.kind, run.kind)) for run in runs)
        return _(
            "These runs learn different things ({kinds}): compare the shapes of their curves, not "
            "their heights."
        ).format(kinds=", ".join(kinds))
    if found == "losses":
        losses = dict.fromkeys(value_text("loss", loss_of(run.recipe), _) for run in runs)
        sentence = _(
            "They make different losses small ({losses}): how high the loss curves lie says "
            "nothing."
        ).format(losses=", ".join(losses))
        if all(run.kind == DIGITS for run in runs):
            sentence += " " + _("The accuracies can be compared.")
        return sentence
    return _("They learn from different samples, so the lower loss need not be the better run.")


def _tell_what_leaves(drawn: Sequence[Shown]) -> None:
    away = [run for run in drawn if chart.explodes(run.curve["train_loss"])]
    if away:
        st.caption(
            _(
                "Out of the picture, its loss explodes: {names}. Powers of ten show it whole."
            ).format(names=_names(away))
        )


def _names(runs: Sequence[Shown]) -> str:
    return ", ".join(plain(run.name) for run in runs)
