"""The table of runs on Lab → Compare: list some, and tick those to compare."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from core.lab.comparison import PLACES
from core.messages import N_
from core.store.records import Run
from pages.lab.compare.shown_runs import Runs, summary_of
from pages.lab.compare.tidy import delete, rename
from pages.runs.comparison import choose, places
from pages.runs.run_words import STATES
from pages.shared.choice import choice
from pages.shared.control import text_field
from pages.shared.i18n import _

KINDS = {
    "digits": N_("Train"),
    "lines/one_weight": N_("One weight"),
    "lines/gradient_descent": N_("Gradient descent"),
    "lines/weight_and_bias": N_("Weight and bias"),
    "curves/sigmoid_neuron": N_("Sigmoid neuron"),
    "curves/mlp": N_("MLP"),
    "planes/boundary": N_("Boundary"),
    "planes/playground": N_("Playground"),
}
"""The pages that runs come from, by the runs' kinds."""

TABLE = "compare_table"
"""The key of the table."""

LISTED = "compare_listed"
"""Session state: the ids of the table's rows."""

ALWAYS = ("name", "loss")
"""Columns that are there even if they are empty."""

MAX_LISTED = 500
"""So many runs the table lists."""

ROWS_IN_SIGHT = 8
HEADER, ROW = 36, 35
"""Pixels of the table's header and of a row."""


class Filter(NamedTuple):
    """Which runs the table lists."""

    text: str
    kind: str
    status: str

    def lists(self, run: Run) -> bool:
        """Tell whether a run is listed."""
        return (
            self.text.casefold() in run.name.casefold()
            and self.kind in ("all", run.kind)
            and self.status in ("all", run.status)
        )


def choose_filter() -> Filter:
    """Show in the sidebar which runs to list; return the choice."""
    with st.sidebar:
        st.header(_("Runs in the table"))
        text = text_field(
            _("Name contains"),
            "cmp_text",
            help=_("Lists only runs with these letters in their name."),
        )
        kind = choice(
            _("Page"),
            {"all": _("all pages")} | {kind: _(title) for kind, title in KINDS.items()},
            key="cmp_kind",
            help=_("Lists only runs of this page."),
        )
        status = choice(
            _("State"),
            {"all": _("all states")} | {name: _(state.name) for name, state in STATES.items()},
            key="cmp_state",
            help=_("Lists only runs in this state."),
        )
    return Filter(text.strip(), kind, status)


def show_table(runs: Runs, which: Filter) -> None:
    """Show the runs to choose from, and what one can do with those that are chosen."""
    fitting = [run for run in runs.all if which.lists(run)]
    listed = fitting[:MAX_LISTED]
    if runs.n_gone:
        st.warning(
            _("Runs of this link that have been deleted: {n}.").format(n=runs.n_gone),
            icon=":material/link_off:",
        )
    if listed:
        _rows(listed, {run.id for run in runs.others})
    else:
        st.caption(_("No run fits the choice in the sidebar."))
    if len(fitting) > len(listed):
        st.caption(
            _("Listed are the newest {n} of {all} runs; the sidebar finds the others.").format(
                n=len(listed), all=len(fitting)
            )
        )
    chosen = [one for one in places() if one]
    by_id = {run.id: run for run in runs.all}
    own = {run.id for run in runs.own}
    with st.container(horizontal=True, vertical_alignment="center"):
        rename([by_id[one] for one in chosen if one in own])
        delete([by_id[one] for one in chosen if one in own])
        st.download_button(
            _("Table (CSV)"),
            lambda: table(listed, set()).to_csv(index=False),
            file_name="runs.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="cmp_csv_table",
            disabled=not listed,
        )
    if runs.others:
        st.caption(
            _("Runs that are not yours came with the link: you can look at them, and no more.")
        )
    if len(chosen) > PLACES:
        st.caption(
            _("{n} runs are chosen. {most} at once can be told apart: the first are drawn.").format(
                n=len(chosen), most=PLACES
            )
        )


def table(runs: Sequence[Run], others: set[str]) -> pd.DataFrame:
    """Return the table of runs, in the reader's words and time.

    Parameters
    ----------
    runs : sequence of Run
    others : set of str
        The ids of those that are not the reader's.
    """
    rows = []
    for run in runs:
        numbers = summary_of(run.id, run.epochs_done, run)
        rows.append(
            {
                "name": run.name,
                "best_accuracy": numbers.best_accuracy,
                "last_accuracy": numbers.last_accuracy,
                "loss": numbers.loss,
                "epochs": numbers.epochs,
                "seconds": run.seconds or None,
                "state": _(STATES[run.status].name),
                "page": _(KINDS.get(run.kind, run.kind)),
                "created": run.created,
                "whose": _("from the link") if run.id in others else None,
            }
        )
    frame = pd.DataFrame(rows)
    created = pd.to_datetime(frame["created"], unit="s", utc=True)
    here = created.dt.tz_convert(st.context.timezone or "UTC").dt.tz_localize(None)
    frame["created"] = here.dt.floor("s")
    measured = ["epochs", "best_accuracy", "last_accuracy", "loss", "seconds"]
    return frame.astype(dict.fromkeys(measured, float))


def _rows(listed: list[Run], others: set[str]) -> None:
    """Show the table; its ticks are the chosen runs, whatever rows these are now."""
    ids = [run.id for run in listed]
    chosen = set(places())
    rows = [row for row, one in enumerate(ids) if one in chosen]
    ticks: Any = {"selection": {"rows": rows, "columns": [], "cells": []}}
    state = st.session_state
    if TABLE in state and state[TABLE]["selection"]["rows"] != rows:
        state[TABLE] = ticks
    state[LISTED] = ids
    number = st.column_config.NumberColumn
    columns = {
        "name": st.column_config.TextColumn(_("Name"), pinned=True, width=170),
        "page": st.column_config.TextColumn(_("Page")),
        "state": st.column_config.TextColumn(_("State")),
        "epochs": number(_("Epochs"), format="%.6g"),
        "best_accuracy": number(
            _("Best accuracy"),
            format="percent",
            help=_("Of the test images, after the epoch that is best on the held-out images."),
        ),
        "last_accuracy": number(
            _("Last accuracy"),
            format="percent",
            help=_("Of the test images, after the last epoch."),
        ),
        "loss": number(
            _("Last loss"),
            format="%.4g",
            help=_("Of the test images; of a lesson, of all its samples."),
        ),
        "seconds": number(
            _("Seconds"), format="%.1f", help=_("Of learning, pauses and waiting left out.")
        ),
        "created": st.column_config.DatetimeColumn(_("When"), format="YYYY-MM-DD HH:mm"),
        "whose": st.column_config.TextColumn(_("Whose")),
    }
    frame = table(listed, others)
    st.dataframe(
        frame,
        column_config=columns,
        column_order=[name for name in frame if name in ALWAYS or frame[name].notna().any()],
        hide_index=True,
        height=HEADER + ROW * min(len(listed), ROWS_IN_SIGHT) + 2,
        key=TABLE,
        on_select=_ticked,
        selection_mode="multi-row",
        selection_default=ticks,
        placeholder="–",
        alt=_("The saved runs; tick those to compare"),
    )


def _ticked() -> None:
    """Choose the ticked runs, beside those chosen runs that are not listed now."""
    ids: list[str] = st.session_state[LISTED]
    ticked = [ids[row] for row in st.session_state[TABLE]["selection"]["rows"] if row < len(ids)]
    choose([*(one for one in places() if one and one not in ids), *ticked])
