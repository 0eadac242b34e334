"""Rename or delete the chosen runs on Lab → Compare."""

from collections.abc import Sequence

import streamlit as st

from core.lab.comparison import PLACES
from core.messages import InputError
from core.store.names import LONGEST
from core.store.records import ACTIVE, Run
from pages.runs.comparison import choose, places
from pages.runs.keep_run import note
from pages.runs.run_words import plain
from pages.shared.i18n import _
from pages.shared.jobs import store


def rename(own: list[Run]) -> None:
    """Offer another name for the one chosen run."""
    with st.popover(
        _("Rename"),
        icon=":material/edit:",
        disabled=len(own) != 1,
        help=None if len(own) == 1 else _("Choose one of your runs."),
    ):
        if len(own) == 1:
            run = own[0]
            st.text_input(
                _("New name"),
                run.name,
                max_chars=LONGEST,
                key=f"cmp_name_{run.id}",
                on_change=_set_name,
                args=(run.id,),
            )


def _set_name(run_id: str) -> None:
    name = str(st.session_state[f"cmp_name_{run_id}"])
    try:
        store().runs.rename(run_id, name)
    except InputError as error:
        st.toast(error.translated(_), icon=":material/error:")
    else:
        note(run_id, name)


def delete(own: list[Run]) -> None:
    """Offer to delete the chosen runs, once more asked."""
    with st.popover(
        _("Delete"),
        icon=":material/delete:",
        disabled=not own,
        help=None if own else _("Choose the runs to delete, of your own."),
    ):
        at_work = [run for run in own if run.status in ACTIVE]
        if at_work:
            st.markdown(
                _("Still waiting or learning: {names}. Stop them on the page Train first.").format(
                    names=_names(at_work)
                )
            )
        elif own:
            st.markdown(
                _(
                    "Delete {names}? Curves and weights are lost, and nothing brings them back."
                ).format(names=_names(own))
            )
            st.button(
                _("Delete for good"),
                key="cmp_delete",
                type="primary",
                on_click=_remove,
                args=([run.id for run in own],),
            )


def _names(runs: Sequence[Run]) -> str:
    """Name runs in a sentence, not too many of them."""
    named = [f"**{plain(run.name)}**" for run in runs[:PLACES]]
    more = len(runs) - len(named)
    return ", ".join(named) + (" " + _("and {n} more").format(n=more) if more else "")


def _remove(ids: list[str]) -> None:
    try:
        for one in ids:
            store().runs.delete(one)
            note(one, None)
            choose(other for other in places() if other not in ("", one))
    except InputError as error:
        st.toast(error.translated(_), icon=":material/error:")
