"""The reader's language: English in the code, other languages as gettext catalogues.

The language comes from the link (``?lang=zh``), then from the browser, then it is English. It is a
widget's value, so switching it reruns the page and changes nothing else.
"""

import functools
import gettext
import io
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.messages import Translate
from pages.shared.choice import choice

LANGUAGES = {"en": "English", "zh": "中文"}
"""The languages of the app, by the name they have in a link, each called as its readers call it."""

KEY = "lang"

LOCALES = Path(__file__).resolve().parents[2] / "assets" / "locale"


def _(message: str) -> str:
    """Return `message` in the reader's language."""
    return catalogue(language()).gettext(message)


def translator() -> Translate:
    """Return `_` for many texts at once: it looks the language up now, and not at each text."""
    return catalogue(language()).gettext


def language() -> str:
    """Return the reader's language, a key of `LANGUAGES`."""
    chosen: str = st.session_state.get(f"{KEY}_chosen") or browser_language()
    return chosen


def browser_language() -> str:
    """Return the language the browser asks for, English where the app does not speak it."""
    code = (st.context.locale or "en").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def language_switch() -> None:
    """Show the switch; call it before any translated text, so that a link's language counts."""
    choice(
        "Language · 语言",
        LANGUAGES,
        key=KEY,
        default=browser_language(),
        segmented=True,
        in_frame=True,
        label_visibility="collapsed",
    )


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of `language`; English is the text in the code.

    The catalogue is read as its authors wrote it (``.po``), so no compiled copy can be out of date.
    """
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
