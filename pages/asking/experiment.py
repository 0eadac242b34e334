"""A class in an experiment: which browsers are asked, and which are only shown.

A teacher's link names the class. The browser draws a random number once, when it first comes with
such a link or begins the concept test, and keeps both in one cookie: so the arm is known before
anything is drawn, and after a reload.
"""

import re
import secrets

import streamlit as st

from core.learning.arms import Arm, arm, learner
from pages.shared import link
from pages.shared.owner import set_cookie

CLASS = "class"
"""The parameter of the link."""

COOKIE = "nl_class"
SECONDS = 180 * 24 * 3600

KEPT = "class_and_number"
"""Session state: the class and the browser's random number, as the cookie has them."""


def arrive() -> None:
    """Take the class from the link, and have the browser keep it; the app does so in every run."""
    linked = link.read(CLASS)
    if linked is not None:
        class_number, number = _held()
        if linked != class_number:
            _hold(linked, number or _drawn())
        link.keep(CLASS, linked)
    kept = st.session_state.get(KEPT)
    if kept and kept != st.context.cookies.get(COOKIE):
        set_cookie(COOKIE, kept, SECONDS)


def asks() -> bool:
    """Whether this reader gets predictions, questions and challenges: all but half of a class."""
    return current_arm() == "asks"


def current_arm() -> Arm:
    """Return the arm of this browser in its class."""
    return arm(*_held())


def current_class() -> int:
    """Return the number of the class; 0 where there is no experiment."""
    return _held()[0]


def current_learner() -> str:
    """Return the random name under which this browser's answers are handed in."""
    class_number, number = _held()
    if not number:
        number = _drawn()
        _hold(class_number, number)
    return learner(number)


def leave() -> None:
    """Take no part any longer; for a callback."""
    _hold(0, _held()[1])
    link.go({CLASS: 0})


def _drawn() -> int:
    return 1 + secrets.randbits(62)


def _held() -> tuple[int, int]:
    """Return class and number as the session or the cookie has them; 0 where there is none."""
    text = str(st.session_state.get(KEPT) or st.context.cookies.get(COOKIE))
    found = re.fullmatch(r"([0-9]{1,6})\.([0-9]{1,19})", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _hold(class_number: int, number: int) -> None:
    st.session_state[KEPT] = f"{class_number}.{number}"
