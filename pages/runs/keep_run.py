"""Below a lesson's player: keep its run, to compare it with others on Lab → Compare."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from core.datasets import Samples
from core.history import History
from core.lab.comparison import PLACES
from core.lab.lesson_run import name_of, recipe_of, records
from core.messages import InputError
from core.planes.points import Points
from core.store.names import LONGEST
from pages.runs.comparison import choose, places
from pages.runs.created_once import created, drawn_id
from pages.shared.i18n import _
from pages.shared.owner import owner

KEPT = "kept_runs"
"""Session state: the runs kept so far, by what was kept."""


class Kept(NamedTuple):
    """A run in the store."""

    id: str
    name: str


def keep_run(
    kind: str,
    config: Any,
    history: History,
    samples: Samples | Points,
    data: Mapping[str, Any],
    **more: Any,
) -> None:
    """Offer to keep a run; once it is kept, offer another name and the way to Compare.

    Parameters
    ----------
    kind : str
        The page, such as "lines/one_weight".
    config : dataclass
        The lesson's ``Config``.
    history : History
        What the run recorded.
    samples : Samples or Points
        What it learned from.
    data : mapping
        What the samples are; see `core.lab.lesson_run.recipe_of`.
    **more
        What else the recipe is to say, such as the engine.
    """
    recipe = recipe_of(config, samples, data) | more
    mark = json.dumps([kind, recipe], sort_keys=True)
    kept: Kept | None = st.session_state.setdefault(KEPT, {}).get(mark)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if kept is None:
            st.button(
                _("Keep this run"),
                key="keep_run",
                icon=":material/bookmark_add:",
                help=_("Saves its loss curve and its settings, beside your other runs."),
                on_click=_keep,
                args=(drawn_id(mark), mark, kind, recipe, config, history, samples),
            )
        else:
            st.text_input(
                _("Kept as"),
                kept.name,
                key=f"keep_{kept.id}",
                max_chars=LONGEST,
                on_change=_rename,
                args=(kept.id,),
                width=300,
            )
            st.page_link(
                "pages/lab/compare/compare.py", label=_("Compare"), icon=":material/compare:"
            )


def note(run_id: str, name: str | None) -> None:
    """Take note that a run has another name now, or with None, that it has been deleted."""
    kept: dict[str, Kept] = st.session_state.get(KEPT, {})
    for mark in [mark for mark, run in kept.items() if run.id == run_id]:
        if name is None:
            del kept[mark]
        else:
            kept[mark] = Kept(run_id, name)


def _keep(
    run_id: str,
    mark: str,
    kind: str,
    recipe: dict[str, Any],
    config: Any,
    history: History,
    samples: Samples | Points,
) -> None:
    """Store the run, and choose it for Compare beside others of its page."""
    from pages.shared.jobs import store  # which a lesson does not need before

    epochs = records(history, samples.y.size, getattr(config, "batch_size", 1))
    try:
        alike = store().runs.matching(owner(), kind=kind)
        run = store().runs.create(
            owner(),
            name_of(config, [other.name for other in alike], _),
            recipe,
            kind=kind,
            n_epochs=getattr(config, "n_epochs", 1),
            status="diverged" if history.diverged else "done",
            epochs=epochs,
            run_id=run_id,
        )
    except InputError as error:
        st.toast(error.translated(_), icon=":material/error:")
        return
    created(mark)
    st.session_state[KEPT][mark] = Kept(run.id, run.name)
    ids = {other.id for other in alike}
    choose([*[one for one in places() if one in ids][1 - PLACES :], run.id])
    st.toast(
        _("The run is kept. Compare shows it beside others."), icon=":material/bookmark_added:"
    )


def _rename(run_id: str) -> None:
    from pages.shared.jobs import store

    name = str(st.session_state[f"keep_{run_id}"])
    try:
        store().runs.rename(run_id, name)
    except InputError as error:
        st.toast(error.translated(_), icon=":material/error:")
    else:
        note(run_id, name)
