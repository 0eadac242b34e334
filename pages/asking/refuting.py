"""A run that refutes an answer or reaches a goal, set up in the player; and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.learning.claims import Facts
from core.learning.exercises import Text
from core.link.kinds import Table
from core.link.parameters import PARAMETERS
from pages.shared import link
from pages.shared import page_parts as parts
from pages.shared.charts.orders import put_player
from pages.shared.charts.room import PRESENTING
from pages.shared.i18n import _, language

SHOWN = "shown_run"
"""Session state: the run that is shown to refute an answer, if one is."""


@dataclass
class Shown:
    """A run that is shown.

    Parameters
    ----------
    page : str
    about : str
        The name of the question or the challenge.
    place : str
        The key of its container.
    why : Text
        What it shows.
    facts : mapping or None
        Of the run that was asked about; None where the text is about the run that is shown.
    before : mapping
        The reader's own settings.
    run : str
        The facts of the run that is shown; "" until it is drawn.
    """

    page: str
    about: str
    place: str
    why: Text
    facts: Facts | None
    before: Mapping[str, Any]
    run: str = ""


def _usual_settings(page: str) -> dict[str, Any]:
    """Return what a page's controls say by themselves, whatever was set; but for own data."""
    return {
        one.name: one.kind.usual
        for one in PARAMETERS.values()
        if page in one.pages and one.name != "present" and not isinstance(one.kind, Table)
    }


def show(
    page: str,
    about: str,
    place: str,
    settings: Mapping[str, Any],
    why: Text,
    facts: Facts | None = None,
) -> None:
    """Set a run up in the player, at its end; for a callback.

    Parameters
    ----------
    page : str
    about : str
        The name of the question or the challenge.
    place : str
        The key of its container.
    settings : mapping
        Parameters of the link that are not as usual in that run.
    why : Text
        What it shows.
    facts : mapping, optional
        Of the run that was asked about; without it the text is about the run that is shown.
    """
    values = _usual_settings(page) | dict(settings)
    state = st.session_state
    before = {name: state.get(name, value) for name, value in _usual_settings(page).items()}
    state[SHOWN] = Shown(page, about, place, why, facts, before)
    link.go(values)
    put_player("end", in_sight="shown_run")
    parts.run_page()


def facts_of_question(about: str, found: Facts) -> Facts:
    """Return the facts that a question is about: not those of the run that refutes an answer."""
    shown: Shown | None = st.session_state.get(SHOWN)
    if shown is None or shown.about != about or shown.facts is None:
        return found
    return shown.facts


def is_shown() -> bool:
    """Whether a run stands in the player that the reader has not made."""
    return SHOWN in st.session_state


def shown_run(page: str, found: Facts) -> bool:
    """Say above the player what the run in it shows, and offer the way back; whether there is one.

    It is over once the reader goes elsewhere or changes the run.
    """
    state = st.session_state
    shown: Shown | None = state.get(SHOWN)
    if shown is None:
        return False
    run = repr(dict(found))
    if shown.page != page or shown.run not in ("", run):
        del state[SHOWN]
        return False
    shown.run = run
    if not state.get(PRESENTING):
        with st.container(key="shown_run", gap="small"):
            st.info(
                shown.why.told(language(), found if shown.facts is None else shown.facts),
                icon=":material/visibility:",
            )
            st.button(
                _("Back to my settings and the question")
                if shown.facts is not None
                else _("Back to my settings and the challenge"),
                key="shown_back",
                icon=":material/undo:",
                on_click=_back,
                args=(shown,),
            )
    return True


def _back(shown: Shown) -> None:
    del st.session_state[SHOWN]
    link.go(shown.before)
    put_player("end", in_sight=shown.place)
    parts.run_page()
