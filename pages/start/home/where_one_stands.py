"""Where one stands, under the cards of Home: told, taken along as a file, brought back, reset."""

from collections.abc import Mapping
from functools import reduce

import streamlit as st

from core.ladder import LADDER
from core.learning.exercises import Exercises
from core.messages import InputError
from core.start.home.standing import Standing, minutes, standing
from pages.asking import record
from pages.asking.recall import exercises_of
from pages.shared.i18n import _

UPLOAD, REFUSED = "record_upload", "record_refused"
"""Session state: the uploaded file, and why it is no record."""


def asked_by_rung() -> dict[str, Exercises]:
    """Return what each rung asks, by its name, as far as it asks anything."""
    rungs = [rung for rungs in LADDER.values() for rung in rungs]
    found = {rung.name: exercises_of(rung) for rung in rungs}
    return {name: one for name, one in found.items() if one is not None}


def tell_on_card(exercises: Exercises) -> None:
    """Say on a rung's card what of it is done, and about how long it takes."""
    here = standing(exercises, record.progress())
    about = _("about {n} min").format(n=minutes(exercises))
    icon = ":material/check_circle: " if here.is_done else ""
    st.caption(f"{icon}{_done(here)} · {about}")


def _done(here: Standing) -> str:
    parts = []
    if here.n_questions:
        parts.append(_("questions {done}/{n}").format(done=here.answered, n=here.n_questions))
    if here.n_challenges:
        parts.append(_("challenges {done}/{n}").format(done=here.reached, n=here.n_challenges))
    return " · ".join(parts)


def next_rung(asked: Mapping[str, Exercises], last: str | None) -> str | None:
    """Return the name of the next rung with something left, once anything has been done.

    Parameters
    ----------
    asked : mapping of str to Exercises
        What each rung asks, from the bottom of the ladder up.
    last : str or None
        The rung one was on last: those above it come first, then those below.
    """
    progress = record.progress()
    if not progress.entries:
        return None
    names = list(asked)
    above = names.index(last) + 1 if last is not None and last in asked else 0
    left = (
        name
        for name in names[above:] + names[:above]
        if not standing(asked[name], progress).is_done
    )
    return next(left, None)


def where_one_stands(asked: Mapping[str, Exercises]) -> None:
    """Tell how far one is on the whole ladder, and offer the record as a file."""
    progress = record.progress()
    whole = reduce(Standing.__add__, (standing(one, progress) for one in asked.values()))
    st.header(_("Where you stand"))
    told = _(
        "{answered} of {n_questions} questions answered, {reached} of {n_challenges} challenges "
        "reached. Your browser keeps this, and nobody else: there is no account. Take it along as "
        "a file to go on elsewhere."
    )
    st.markdown(told.format(**vars(whole)))
    with st.container(horizontal=True, key="record_file"):
        st.download_button(
            _("Save as a file"),
            progress.write(),
            file_name="neuron_ladder_record.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            disabled=not progress.entries,
        )
        with st.popover(_("Bring back from a file"), icon=":material/upload:"):
            _bring_back()
        with st.popover(_("Reset"), icon=":material/restart_alt:", disabled=not progress.entries):
            st.markdown(_("All answers and challenges are forgotten, in this browser too."))
            st.button(_("Forget all"), key="record_forget", type="primary", on_click=record.forget)


def _bring_back() -> None:
    file = st.file_uploader(
        _("A file that was saved here"), type="json", key=UPLOAD, on_change=_take
    )
    if file is None:
        return
    refused: InputError | None = st.session_state.get(REFUSED)
    if refused is None:
        st.success(_("It is merged with what was here."))
    else:
        st.error(refused.translated(_))


def _take() -> None:
    """Merge an uploaded record in, once; keep why it is none."""
    file = st.session_state[UPLOAD]
    st.session_state[REFUSED] = None
    if file is not None:
        try:
            record.take(file.getvalue().decode("utf-8", "replace"))
        except InputError as error:
            st.session_state[REFUSED] = error
