"""Who one is here: the link names a class, the browser's cookie the classes that it leads."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

import streamlit as st
from babel.dates import format_datetime, get_timezone

from core.digits.classroom import attempts, codes
from core.digits.classroom.codes import Held
from core.store.classes import MOST_DAYS
from core.store.records import ClassRow
from pages.shared import link
from pages.shared.i18n import _, language, tag
from pages.shared.jobs import store
from pages.shared.owner import is_loopback, owner, set_cookie

ROOM = "room"
"""The parameter of the link: the code of a class."""

COOKIE = "nl_lead"
SECONDS = MOST_DAYS * 24 * 3600

HELD, TRIED, INSIDE = "classes_held", "classes_tried", "class_inside"
"""Session state: the classes that this browser leads, as its cookie has them; the wrong codes that
were counted; the code of the class one is in."""

MOST_TRIED = 100
"""A session forgets the wrong codes that it has tried, if they are more."""


class Here(NamedTuple):
    """The class one is in."""

    row: ClassRow
    code: str
    leads: bool
    """Whether this is its teacher's browser."""


def arrive() -> Here | None:
    """Find the class that the link names; say so where there is none.

    Raises
    ------
    StoreError
    """
    text = codes.write_held(held())
    if text != (st.context.cookies.get(COOKIE) or ""):
        set_cookie(COOKIE, text, SECONDS if text else 0)
    typed = link.follow(ROOM, None)
    if not typed:
        return None
    code = codes.read_code(typed)
    if code is None:
        st.error(
            _("The code of a class has {n} letters and digits, such as {code}.").format(
                n=codes.LENGTH, code=codes.write_code("K7QM2XVB9RTC")
            )
        )
        return None
    is_in = code == st.session_state.get(INSIDE)  # who is in a class stays in, whoever guesses
    if not (is_in or (attempts.WRONG.has_left(owner()) and attempts.ALL_WRONG.has_left())):
        st.error(_("Those were many wrong codes: wait a minute, and load this page again."))
        return None
    row = store().classes.get(codes.class_id(code))
    if row is None:
        _count_wrong(code)
        let_go(code)
        st.warning(_("There is no class with this code, or its time is over."))
        return None
    st.session_state[INSIDE] = code
    key = dict(held()).get(code, "")
    return Here(row, code, codes.leads(row, owner(), key))


def _count_wrong(code: str) -> None:
    """Count a wrong code, once."""
    tried: set[str] = st.session_state.setdefault(TRIED, set())
    if code not in tried:
        if len(tried) >= MOST_TRIED:
            tried.clear()
        tried.add(code)
        attempts.WRONG.take(owner())
        attempts.ALL_WRONG.take()


def go_to(text: str) -> None:
    """Go to the class of a code, or with "" to the entrance; for a callback."""
    link.go({ROOM: text})


def held() -> list[Held]:
    """Return the classes that this browser leads, the newest last."""
    return codes.read_held(str(st.session_state.get(HELD, st.context.cookies.get(COOKIE))))


def hold(one: Held) -> None:
    """Have this browser lead a class."""
    st.session_state[HELD] = codes.write_held([*held(), one])


def let_go(code: str) -> None:
    """Have this browser no longer lead a class."""
    st.session_state[HELD] = codes.write_held([one for one in held() if one.code != code])


def address(code: str) -> str:
    """Return the link that leads into a class."""
    query = urlencode({ROOM: codes.write_code(code), "lang": language()})
    return _this_page()._replace(query=query, fragment="").geturl()


def is_here_alone() -> bool:
    """Whether the address is one that only this computer understands."""
    host = _this_page().hostname or ""
    try:
        return host == "localhost" or is_loopback(host)
    except ValueError:  # a name
        return False


def _this_page() -> SplitResult:
    """Return this page's address, as the browser tells it; an empty one if that is none."""
    try:
        return urlsplit(st.context.url or "")
    except ValueError:
        return urlsplit("")


def moment(seconds: float) -> str:
    """Write a time as the reader's clock and language have it."""
    try:
        place = get_timezone(st.context.timezone)
    except (LookupError, ValueError, OSError):  # the browser named none that there is
        place = get_timezone("UTC")
    when = datetime.fromtimestamp(seconds, place)
    return format_datetime(when, "medium", locale=tag(language()).replace("-", "_"))
