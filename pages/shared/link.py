"""The page's address: read it for the controls, keep it whole on the way to other pages, tell it.

Streamlit reads and writes the parameters of its own widgets. It forgets them where a page is left,
and passes over what it cannot read, or stops at it. So here every parameter is read first, as
`core.link.parameters` has it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.link.kinds import Reading
from core.link.parameters import PARAMETERS, of_page
from pages.shared import page_address
from pages.shared.i18n import _

KEPT = "link_kept"
"""Session state: what the link says of each parameter that is not as usual, on all pages."""

PAGE, IS_NEW = "link_page", "link_is_new"
"""Session state: the page being shown, and whether this run began it or went back to it."""

CHANGED = "link_changed"
"""Session state: the text that the link had and the value it became, by the parameters' names."""

LINE = "link_line"
"""Session state: the place of the quiet line."""

LONGEST_TOLD = 24
"""No more characters of a text that is not allowed are shown."""


def begin() -> None:
    """Make the places of what changes the address and of the quiet line, before it is read."""
    page_address.begin()
    st.session_state[LINE] = st.empty()


def arrive(page: str) -> None:
    """Begin a page: its address says again what was set there, or on pages that share it.

    What the link says wins; what only the page before has is taken out. A page whose first run was
    cut short is as new in the next.
    """
    state = st.session_state
    before, state[PAGE] = state.get(PAGE), page
    is_other, has_gone_back = before != page, page_address.has_gone_back()
    if is_other and before is not None:
        state[CHANGED] = {}
    state[IS_NEW] = is_other or has_gone_back or (page_address.was_cut() and is_new())
    if is_other and not has_gone_back:
        kept = state.setdefault(KEPT, {})
        here = {p.name for p in of_page(page)}
        texts = {k: kept[k] for k in kept if k in here and k not in st.query_params}
        if before is not None:
            texts |= {k: [] for k in st.query_params if k in PARAMETERS and k not in here}
        page_address.replace(texts)
    elif not has_gone_back:
        unseen = page_address.unseen()
        page_address.replace({k: unseen[k] for k in unseen if _stands(k, unseen[k])})
    tell()


def is_new() -> bool:
    """Whether this run began the page, or went back to one of its addresses."""
    return bool(st.session_state.get(IS_NEW))


def go_on() -> None:
    """Take note that the page goes on as the reader has set it: it is not new any longer."""
    st.session_state[IS_NEW] = False


def take_back(name: str) -> bool:
    """Tell no more what the link said of a parameter, now that it is set; whether that was told."""
    page_address.forget(name)
    return st.session_state.get(CHANGED, {}).pop(name, None) is not None


def fill(values: Mapping[str, Any]) -> None:
    """Have the address also say these values, where it says nothing of them; it is replaced."""
    missing = {k: _written(k, v) for k, v in values.items() if k not in st.query_params}
    page_address.replace({k: texts for k, texts in missing.items() if texts})


def follow(name: str, newest: str | None) -> str | None:
    """Return what a page shows: as the link says, else as last, else `newest`; the link says it.

    Parameters
    ----------
    name : str
        Of the parameter, and of what is shown in the session.
    newest : str or None
        What is shown where neither link nor reader names anything.
    """
    seen = None if page_address.has_gone_back() else st.session_state.get(name)
    chosen: str | None = st.query_params.get(name) or seen or newest
    if chosen is not None:
        st.session_state[name] = chosen
        fill({name: chosen})
    return chosen


def overrule(values: Mapping[str, Any]) -> None:
    """Set controls that come below, whatever the link says of them."""
    st.session_state.update(dict(values))
    page_address.note({name: _written(name, value) for name, value in values.items()})


def read(name: str, *, high: float | None = None, usual: Any = None) -> Any | None:
    """Return what the link says of a parameter, None if nothing; mend there what is not allowed.

    Parameters
    ----------
    name : str
        A name in `core.link.parameters.PARAMETERS`.
    high : float, optional
        The largest value that makes sense just now, if less than the parameter's own.
    usual : optional
        What nonsense becomes, if not what is usual everywhere.
    """
    texts = st.query_params.get_all(name)
    if not texts:
        return None
    reading = PARAMETERS[name].kind.read(texts)
    if reading.problem == "no sense" and usual is not None:
        reading = Reading(usual, "no sense")
    if high is not None and reading.value > high:
        reading = Reading(high, "out of range")
    if reading.problem:
        mend(name, reading.value)
    else:
        page_address.note({name: PARAMETERS[name].kind.write(reading.value)})
    return reading.value


def mend(name: str, value: Any) -> None:
    """Make the link say `value` instead of what it says, and tell so in the quiet line."""
    said = ", ".join(st.query_params.get_all(name))
    page_address.replace({name: _written(name, value)})
    st.session_state.setdefault(CHANGED, {})[name] = said, value
    tell()


def tell() -> None:
    """Say in one quiet line what of the link was not allowed, as long as it is as it became."""
    state = st.session_state
    parts = []
    for name, (said, value) in state.get(CHANGED, {}).items():
        if state.get(name, value) == value:
            short = said if len(said) <= LONGEST_TOLD else said[:LONGEST_TOLD] + "…"
            became = ", ".join(PARAMETERS[name].kind.write(value))
            parts.append(
                f"`{name}={short.replace('`', '′')}` → " + (f"`{became}`" if became else "∅")
            )
    if parts and LINE in state:
        text = _("Not allowed in this link, and changed: {parts}").format(parts=", ".join(parts))
        state[LINE].caption(text)


def say(name: str, texts: Sequence[str], *, is_step: bool) -> None:
    """Have the address say this of a parameter; as a step for "back" if the reader chose it."""
    if texts == st.query_params.get_all(name):
        return
    if is_step:
        page_address.step({name: texts})
    else:
        page_address.replace({name: texts})


def keep(name: str, value: Any, usual: Any = None) -> list[str]:
    """Remember a control's value for when its page comes again, or another one that has it.

    Parameters
    ----------
    name : str
    value
        The control's.
    usual : optional
        What it is where the link does not say, if not as usual everywhere.

    Returns
    -------
    list of str
        What the link says of it: nothing, where it is as usual.
    """
    kept = st.session_state.setdefault(KEPT, {})
    kind = PARAMETERS[name].kind
    if _is(value, kind.usual if usual is None else usual):
        kept.pop(name, None)
        return []
    texts: list[str] = kind.write(value)
    kept[name] = texts
    return texts


def go(values: Mapping[str, Any]) -> None:
    """Set controls of this page or another, as one step for the browser's "back"; for a callback.

    Parameters
    ----------
    values : mapping of str to value
        By the controls' keys. One that is no parameter of the link is only set.
    """
    go_on()
    st.session_state.update(dict(values))
    here = {p.name for p in of_page(st.session_state.get(PAGE, ""))} | {*st.query_params}
    texts = {}
    for name, value in values.items():
        if name in PARAMETERS:
            keep(name, value)
            if name in here:
                texts[name] = _written(name, value)
    if texts:
        page_address.step(texts)


def _stands(name: str, texts: list[str]) -> bool:
    """Whether a control is as the link is to say: the reader has not set it since."""
    value = st.session_state.get(name)
    return value is None or texts in (PARAMETERS[name].kind.write(value), _written(name, value))


def _written(name: str, value: Any) -> list[str]:
    """Return what the link says of a value: nothing, if it is the usual one."""
    kind = PARAMETERS[name].kind
    return [] if _is(value, kind.usual) else kind.write(value)


def _is(value: Any, usual: Any) -> bool:
    """Whether a value is the usual one: of several names a control has a list."""
    return bool(value == (list(usual) if isinstance(value, list) else usual))
