"""The reader's language: English in the code, other languages as gettext catalogues.

The language comes from the link (``?lang=zh``), then from the browser, then it is English. It is a
widget's value, so switching it reruns the page and changes nothing else.

A further language is one more catalogue: ``docs/translate.md``.
"""

import functools
import gettext
import io
import json
import threading
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.messages import N_, Translate

LOCALES = Path(__file__).resolve().parents[2] / "assets" / "locale"
"""A catalogue for each language but English, called as the language is in a link."""

LANGUAGES = {
    code: (Locale.parse(code).get_language_name() or code).capitalize()
    for code in ("en", *sorted(path.stem for path in LOCALES.glob("*.po")))
}
"""The languages of the app, by the name they have in a link, each called as its readers call it."""

KEY = "lang"

_this_run = threading.local()
"""The language of the run that this thread is at, which runs the pages of one session: a look into
the session takes 20 microseconds, and a page says more than a hundred texts."""

STREAMLIT_WORDS = {
    '[data-testid="stFileUploaderDropzone"] button p': N_("Upload"),
    '[data-testid="stFileUploaderDropzoneInstructions"] span': N_("or drop a file here"),
    '[data-testid="stSidebarNavViewButton"]': N_("more / fewer pages"),
    '.rc-overflow-item-rest [data-testid="stTopNavSection"] p': N_("More"),
    '[data-testid="stStatusWidget"] button': N_("Stop"),
    '[data-testid="stMainMenuItem-theme-System"]': N_("System"),
    '[data-testid="stMainMenuItem-theme-Light"]': N_("Light"),
    '[data-testid="stMainMenuItem-theme-Dark"]': N_("Dark"),
    '[data-testid="stMainMenuItem-print"] [data-testid="stMainMenuItemLabel"]': N_("Print"),
    '[data-testid="stMainMenuItem-recordScreencast"] [data-testid="stMainMenuItemLabel"]': N_(
        "Record screen"
    ),
    '[data-testid="stMainMenuItem-about"] [data-testid="stMainMenuItemLabel"]': N_("About"),
    ':is(.stNumberInput, .stTextInput) [data-testid="InputInstructions"] > :first-child': N_(
        "Press Enter to apply"
    ),
    '.stTextArea [data-testid="InputInstructions"] > *': N_("Press Ctrl+Enter to apply"),
}
"""Where Streamlit shows words of its own, always in English, and what it says there."""


def _(message: str) -> str:
    """Return `message` in the reader's language."""
    return catalogue(language()).gettext(message)


def translator() -> Translate:
    """Return `_` for many texts at once: it looks the language up now, and not at each text."""
    return catalogue(language()).gettext


def language() -> str:
    """Return the reader's language, a key of `LANGUAGES`."""
    return getattr(_this_run, "language", None) or _chosen()


def speak() -> None:
    """Speak the reader's language for the rest of this run; the frame does, after the switch."""
    _this_run.language = _chosen()


def _chosen() -> str:
    chosen: str = st.session_state.get(f"{KEY}_chosen") or browser_language()
    return chosen


def browser_language() -> str:
    """Return the language the browser asks for, English where the app does not speak it."""
    code = (st.context.locale or "en").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def tell_browser() -> None:
    """Name the language in the document, for its glyphs and its voice; put Streamlit's words in it.

    Streamlit has no translations. CSS hides its words and shows ours in their place.
    """
    with st.container(key="tell_browser"):
        st.html(
            f"<style>{streamlit_words(translator())}</style>"
            f"<script>document.documentElement.lang = {json.dumps(tag(language()))}</script>",
            unsafe_allow_javascript=True,
        )


def streamlit_words(translate: Callable[[str], str]) -> str:
    """Return CSS that says Streamlit's own words as `translate` does, where it changes them."""
    rules = []
    for place, english in STREAMLIT_WORDS.items():
        if (word := translate(english)) != english:
            content = json.dumps(word, ensure_ascii=False)
            rules.append(f"{place} {{ font-size: 0 }}")
            rules.append(f"{place}::after {{ content: {content}; font-size: 0.875rem }}")
    return "\n".join(rules)


def tag(language: str) -> str:
    """Return the name of a language for a browser, such as zh-CN; its catalogue says it."""
    return catalogue(language).info().get("language", language).replace("_", "-")


@functools.lru_cache(maxsize=20)  # one a language
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
