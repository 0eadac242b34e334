"""Lab → Compare: the table, the curves and the recipes, again and again while a run learns."""

import streamlit as st

from core.charts.layout import Layout
from core.lab.comparison import PLACES
from core.ladder import LADDER
from core.messages import InputError
from core.store.records import ACTIVE
from pages.lab.compare.learning_curves import show_curves
from pages.lab.compare.recipes import show_recipes
from pages.lab.compare.shown_runs import Runs, read_runs
from pages.lab.compare.table import Filter, choose_filter, show_table
from pages.runs.comparison import places
from pages.shared.charts.room import room
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.page import stop_with

REFRESH = 2.0
"""Seconds between two looks at the runs while one of them waits or learns."""

BEGIN_WITH = ("train", "gradient_descent")
"""Pages whose runs are worth comparing, for those who have none yet."""


def compare_runs() -> None:
    """Show the reader's runs and those of the link, or how one comes to have some."""
    try:
        runs = read_runs()
    except InputError as error:
        stop_with(error)
    if not (runs.all or runs.n_gone):
        _nothing_saved()
        return
    watching = _is_moving(runs)
    which, layout = choose_filter(), room()
    fragment(_show, run_every=REFRESH if watching else None)(which, layout, watching)


def _show(which: Filter, layout: Layout, watching: bool) -> None:
    """Show all of it; while `watching`, Streamlit calls this again and again."""
    try:
        runs = read_runs()
    except InputError as error:
        stop_with(error)
    if _is_moving(runs) != watching:
        st.rerun()
    show_table(runs, which)
    by_id = {run.id: run for run in runs.all}
    chosen = [(i, by_id[one]) for i, one in enumerate(places()[:PLACES]) if one in by_id]
    if chosen:
        show_curves(chosen, layout=layout)
        show_recipes([run for _place, run in chosen])
    else:
        st.caption(_("Tick runs in the table to see their curves."))


def _is_moving(runs: Runs) -> bool:
    """Tell whether one of the runs waits or learns."""
    return any(run.status in ACTIVE for run in runs.all)


def _nothing_saved() -> None:
    with st.container(border=True):
        st.markdown(
            _(
                "**No run is saved yet.** Every run of Train is kept by itself; a lesson's run is "
                "kept when you press **Keep this run** below its player. Two of them, with other "
                "settings, and there is something to compare."
            )
        )
        with st.container(horizontal=True):
            for rung in (rung for rungs in LADDER.values() for rung in rungs):
                if rung.name in BEGIN_WITH:
                    st.page_link(rung.path, label=_(rung.title), icon=rung.icon)
