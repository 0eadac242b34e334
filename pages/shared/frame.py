"""The frame around every page: configuration, language, and the ladder's rungs as navigation."""

import functools
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

from core.ladder import GLOSSARY, HOME, LADDER, PATHS, PRIVACY, TEACH, Rung
from core.link.parameters import PARAMETERS
from core.messages import N_
from core.start.glossary import first_said_on
from pages.shared import link
from pages.shared.charts.room import PRESENTING, measure
from pages.shared.choice import CURRENT_PAGE, choice
from pages.shared.control import switch
from pages.shared.first_visit import compile_for_all, load_page
from pages.shared.i18n import (
    KEY,
    LANGUAGES,
    _,
    browser_language,
    catalogue,
    language,
    speak,
    tell_browser,
)
from pages.shared.owner import remember, remember_owner

ASSETS = Path(__file__).resolve().parents[2] / "assets"

APP = "Neuron Ladder"

READY = "buttons_ready"
"""Session state: a button was shown before."""

SECTIONS = "sections"
"""Session state: the ladder as Streamlit has it, by the language."""


def configure() -> DeltaGenerator:
    """Show what stands on every page; return the place of what takes no room."""
    compile_for_all()
    st.set_page_config(layout="wide", page_icon=str(ASSETS / "icon.svg"))  # before all it lays out
    st.logo(str(ASSETS / "logo.svg"), icon_image=str(ASSETS / "icon.svg"))
    place = st.container(key="frame", height=1, border=False, gap=None)  # none of it takes room
    with place:
        st.html(ASSETS / "style.css")
        st.html(ASSETS / "forced_colours.css")
        remember_owner()
        link.begin()
        with st.sidebar:
            _language_switch()
        tell_browser()
        _have_buttons_ready()
    return place


def _have_buttons_ready() -> None:
    """Show, in the first run of a visit, a button that nobody sees: in a place without room.

    Streamlit loads what draws a button once there is one, and as long as a page is being made it
    may not get round to it. Until then bars stand in the place of buttons, in fewer rows.
    """
    if READY not in st.session_state:
        st.session_state[READY] = True
        st.button("…", key="no_button", disabled=True)


def navigation(place: DeltaGenerator) -> Page:
    """Show the ladder as navigation and return the page that the link names.

    Parameters
    ----------
    place : container
        For what takes no room.

    Notes
    -----
    Until ``st.navigation`` has run once in a server, Streamlit takes the folder ``pages`` for a
    list of page files. So it tells the very first visitor, if a deep link brought them, "Page not
    found", and shows the page all the same. Loading it once more is all it takes.
    """
    took_folder_for_pages = PagesManager.uses_pages_directory
    page = st.navigation(_sections(), position="top", expanded=True)
    about = _("Neuron Ladder: how neural networks learn, rung by rung.")
    privacy = f"[{_(PRIVACY.title)}]({PRIVACY.name}?lang={language()})"
    st.set_page_config(
        page_title=f"{page.title} · {APP}" if page.url_path else APP,
        menu_items={"About": f"{about}\n\n{privacy}"},
    )
    st.session_state[CURRENT_PAGE] = page.url_path
    if page.url_path not in ("", TEACH.name, GLOSSARY.name, PRIVACY.name):
        with place:
            remember(page.url_path)
    if took_folder_for_pages and urlsplit(st.context.url or "").path.strip("/"):
        st.html("<script>window.location.reload()</script>", unsafe_allow_javascript=True)
        st.stop()
    with place:
        measure()  # a browser that tells another room before it knows the page would get Home
    link.arrive(page.url_path)
    _present_if_wanted(page.url_path)
    load_page(PATHS.get(page.url_path, HOME.path))
    return page


def _sections() -> dict[str, list[Page]]:
    """Return the ladder as Streamlit has it, made once in a session for each language.

    Each page looks up on the disk where its file is. No two sessions share one: Streamlit notes in
    it that it may be run now.
    """
    made: dict[str, dict[str, list[Page]]] = st.session_state.setdefault(SECTIONS, {})
    if (spoken := language()) not in made:
        sections = {_(name): [_page(rung) for rung in rungs] for name, rungs in LADDER.items()}
        start = next(iter(sections.values()))
        start.insert(0, _page(HOME, default=True))
        start.append(_page(TEACH))
        start.append(_page(GLOSSARY))
        start.append(_page(PRIVACY, visibility="hidden"))
        made[spoken] = sections
    return made[spoken]


def page_place() -> DeltaGenerator:
    """Return the place of the page: clipped until our style sheet is there, so that nothing jumps.

    Streamlit paints a page before the sheet, which is an element like any other, has arrived.
    """
    return st.container(key="page", height=1, border=False)


def tell_failure() -> None:
    """Say that the page failed, as one does not expect; why, is in the server's log."""
    st.error(
        _(
            "This page met an error and stopped here. Nothing that was kept is lost: reload the "
            "page, or go to another one."
        ),
        icon=":material/error:",
    )


def _present_if_wanted(page: str) -> None:
    """Show the switch where the page at an address has a player; present it if it is on.

    Then one more style sheet hides all but the player; ``assets/companion.js`` has the keys.
    """
    st.session_state[PRESENTING] = False
    if page not in PARAMETERS["present"].pages:
        return
    if link.is_new():
        link.read("step")  # the browser puts the player there
    with st.sidebar, st.container(key="present_switch"):
        is_on = st.session_state[PRESENTING] = switch(
            _("Present"),
            "present",
            help=_(
                "The player fills the screen, in large type. Space plays and pauses, ← and → step, "
                "Home and End lead to the first step and the last, Escape leaves."
            ),
            runs_page=True,  # which sends the other style sheet, or leaves it out
        )
    if is_on:
        st.html(ASSETS / "presenting.css")


def _language_switch() -> None:
    """Show the switch; it comes before any translated text, so that a link's language counts."""
    choice(
        "Language · 语言",
        LANGUAGES,
        key=KEY,
        default=browser_language(),
        segmented=True,
        in_frame=True,
        label_visibility="collapsed",
    )
    speak()


def neighbours(path: str) -> None:
    """Show the links to the rung below and the rung above the page at `path`."""
    climb = [HOME, *(rung for rungs in LADDER.values() for rung in rungs)]
    here = [rung.path for rung in climb].index(path)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        below = climb[here - 1]
        st.page_link(below.path, label=_(below.title), icon=":material/arrow_back:")
        if here + 1 < len(climb):
            above = climb[here + 1]
            label = _("Next: {rung}").format(rung=_(above.title))
            st.page_link(
                above.path, label=label, icon=":material/arrow_forward:", icon_position="right"
            )
    if words := _new_words(Path(path).stem, language()):
        st.caption(words)
    foot()


@functools.lru_cache(maxsize=200)  # one for each page in each language
def _new_words(page: str, language: str) -> str:
    """Link the words that the page at an address is the first to say to the glossary."""
    linked = [
        f"[{(name := term.name.told(language))}](glossary?lang={language}&word={quote(name)})"
        for term in first_said_on(page)
    ]
    text = catalogue(language).gettext(N_("New words on this page: {words}"))
    return text.format(words=" · ".join(linked)) if linked else ""


def foot() -> None:
    """Show what stands at the foot of every page."""
    st.page_link(PRIVACY.path, label=_(PRIVACY.title), icon=PRIVACY.icon)


def _page(rung: Rung, **place: Any) -> Page:
    return st.Page(rung.path, title=_(rung.title), icon=rung.icon, help=_(rung.about), **place)
