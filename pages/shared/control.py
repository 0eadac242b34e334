"""Controls drawn from the table of the link's parameters: kind, range and usual value are its own.

A slider has a field beside it, in which any number between its ends can be typed. On a page with
parts a control runs these and itself, and not the page, unless other controls depend on it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from core.link.kinds import Number, Switch, Text, write_number
from core.link.parameters import PARAMETERS
from core.number import number as short
from pages.shared import link, page_address
from pages.shared import page_parts as parts
from pages.shared.fragment import fragment, is_inside
from pages.shared.i18n import _

Value = TypeVar("Value")

Moved = Callable[[], None] | None
"""A widget's callback."""

FIELD_WIDTH = 72
"""Pixels: room for five figures beside a slider in the sidebar."""


def bound(
    key: str, draw: Callable[[], Value], *, high: float | None = None, usual: Value | None = None
) -> Value:
    """Draw a widget that is bound to the link: its value is read first, and kept afterwards.

    Parameters
    ----------
    key : str
        The parameter's name and the widget's key.
    draw : callable
        Draws the widget, with ``bind="query-params"``, and returns its value.
    high : float, optional
        The largest value that makes sense just now, if less than the parameter's own.
    usual : optional
        What the widget shows where the link does not say, if not as usual everywhere.
    """
    link.read(key, high=high, usual=usual)
    value = draw()
    page_address.release(key)
    link.say(key, link.keep(key, value, usual), is_step=False)
    return value


def value(key: str) -> Any:
    """Return what a control says that this page has drawn, in whichever run; for its parts."""
    return st.session_state[key]


def slider(
    label: str,
    key: str,
    *,
    help: str,  # noqa: A002
    disabled: bool = False,
    runs_page: bool = False,
    moved: Moved = None,
) -> Any:
    """Show a slider with a field to type into; return its number.

    Parameters
    ----------
    label : str
    key : str
        A parameter of kind `Number` with a step or marks.
    help : str
        What the number does.
    disabled : bool, default=False
    runs_page : bool, default=False
        Other controls depend on it, so that the page's parts are not enough.
    moved : callable, optional
        Its callback within a part, where it runs that part by itself.
    """

    def draw(runs_parts: Moved) -> None:
        _slider(label, key, help, runs_parts or moved, disabled=disabled)

    _by_itself(key, draw, runs_page=runs_page)
    return value(key)


def _slider(label: str, key: str, about: str, moved: Moved, *, disabled: bool) -> None:
    """The slider and its field."""
    kind = _kind(key, Number)
    refused = f"{key}_refused"
    shared: dict[str, Any] = {
        "key": key,
        "bind": "query-params",
        "help": about,
        "disabled": disabled,
        "on_change": moved,
    }

    def draw() -> Any:
        if kind.marks:
            marks = _marks(key, kind)
            return st.select_slider(label, marks, kind.usual, format_func=write_number, **shared)
        return st.slider(label, kind.low, kind.high, kind.usual, kind.step, **shared)

    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"{key}_slider"
    ):
        number = bound(key, draw)
        if st.session_state.get(refused, number) != number:  # another one is set since
            del st.session_state[refused]
        field = _field(key, number)
        st.text_input(
            _("{label}: type a number").format(label=label),
            write_number(number),
            key=field,
            label_visibility="collapsed",
            disabled=disabled,
            max_chars=40,
            width=FIELD_WIDTH,
            on_change=_take_typed,
            args=(key, field, moved),
        )
    if refused in st.session_state:
        st.error(_range(label, kind))


def number_field(
    label: str,
    key: str,
    *,
    help: str,  # noqa: A002
    high: int | None = None,
    runs_page: bool = False,
) -> int:
    """Show a field for a whole number; return it.

    Parameters
    ----------
    label : str
    key : str
        A parameter of kind `Number`.
    help : str
    high : int, optional
        The largest value that makes sense just now, if less than the parameter's own.
    runs_page : bool, default=False
        As of a `slider`.
    """
    kind = _kind(key, Number)
    most = int(kind.high if high is None else high)
    if st.session_state.get(key, 0) > most:  # chosen where there were more
        st.session_state[key] = most
        link.say(key, kind.write(most), is_step=False)

    def draw(moved: Moved) -> None:
        bound(
            key,
            lambda: st.number_input(
                label,
                int(kind.low),
                most,
                int(kind.usual),
                key=key,
                bind="query-params",
                help=help,
                on_change=moved,
            ),
            high=most,
        )

    _by_itself(key, draw, runs_page=runs_page, high=most)
    return int(value(key))


def switch(
    label: str,
    key: str,
    *,
    help: str,  # noqa: A002
    usual: bool | None = None,
    runs_page: bool = False,
) -> bool:
    """Show a switch; return whether it is on.

    Parameters
    ----------
    label : str
    key : str
        A parameter of kind `Switch`.
    help : str
    usual : bool, optional
        Where the link does not say, if not as usual everywhere.
    runs_page : bool, default=False
        As of a `slider`.
    """
    on = _kind(key, Switch).usual if usual is None else usual

    def draw(moved: Moved) -> None:
        bound(
            key,
            lambda: st.toggle(label, on, key=key, bind="query-params", help=help, on_change=moved),
            usual=on,
        )

    _by_itself(key, draw, runs_page=runs_page, usual=on)
    return bool(value(key))


def text_field(label: str, key: str, *, help: str) -> str:  # noqa: A002
    """Show a field for a text; return the text."""
    kind = _kind(key, Text)
    return bound(
        key,
        lambda: st.text_input(
            label, kind.usual, max_chars=kind.most, key=key, bind="query-params", help=help
        ),
    )


def _by_itself(key: str, draw: Callable[[Moved], None], *, runs_page: bool, **reading: Any) -> None:
    """Draw a control; where the page has parts, as one that runs these and not the page.

    Parameters
    ----------
    key : str
    draw : callable
    runs_page : bool
    **reading
        More arguments of `link.read`.
    """
    if runs_page or is_inside() or not parts.are_here():
        draw(None)
        return
    link.read(key, **reading)  # the page mends the link: what it says stands in the frame
    itself = f"control_{key}"

    def moved() -> None:
        if link.take_back(key):  # which stands in the frame
            parts.run_page()
        parts.run(itself)

    fragment(draw, key=itself)(moved)


Kind = TypeVar("Kind", Number, Switch, Text)


def _kind(key: str, kind: type[Kind]) -> Kind:
    found = PARAMETERS[key].kind
    assert isinstance(found, kind), f"{key} is no {kind.__name__}"
    return found


def _marks(key: str, kind: Number) -> list[float]:
    """Return where a slider stops: at its marks, and at what was typed, linked or set besides."""
    more: set[float] = st.session_state.setdefault(f"{key}_more", set())
    texts = st.query_params.get_all(key)
    for value in (st.session_state.get(key), kind.read(texts).value if texts else None):
        if value is not None and kind.low <= value <= kind.high:
            more.add(value)
    return sorted({*kind.marks, *more})


def _field(key: str, value: float) -> str:
    """Return the key of the field beside a slider: another one where the slider was moved."""
    number, shown = st.session_state.get(f"{key}_field", (0, value))
    if shown != value:
        number += 1
    st.session_state[f"{key}_field"] = number, value
    return f"{key}_typed_{number}"


def _take_typed(key: str, field: str, moved: Moved) -> None:
    """Set the slider to the number that was typed, or keep the text for the reader to mend.

    While a slider moves on, Streamlit may also report a field in which nobody has typed.
    """
    state, kind = st.session_state, _kind(key, Number)
    number, shown = state[f"{key}_field"]
    if field != f"{key}_typed_{number}":
        return
    reading = kind.read([state[field]])
    if reading.problem:
        state[f"{key}_refused"] = state.get(key, kind.usual)
        return
    state.pop(f"{key}_refused", None)
    if reading.value != shown:
        state[f"{key}_field"] = number, reading.value
        link.go({key: reading.value})
        if moved is not None:
            moved()


def _range(label: str, kind: Number) -> str:
    if kind.is_whole:
        sentence = _("{label}: type a whole number from {low} to {high}.")
    else:
        sentence = _("{label}: type a number from {low} to {high}.")
    low, high = (
        write_number(end) if end == 0 or abs(end) >= 1e-3 else short(end)
        for end in (kind.low, kind.high)
    )
    return sentence.format(label=label, low=low.replace("-", "−"), high=high.replace("-", "−"))
