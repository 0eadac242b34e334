"""Controls drawn from the table of the link's parameters: kind, range and usual value are its own.

A slider has a field beside it, in which any number between its ends can be typed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from core.link.kinds import Number, Switch, Text, write_number
from core.link.parameters import PARAMETERS
from core.number import number as short
from pages.shared import link
from pages.shared.i18n import _

Value = TypeVar("Value")

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
    link.release(key)
    if not link.keep(key, value, usual):
        link.say(key, [], is_step=False)  # a link need not say what is as usual
    return value


def slider(label: str, key: str, *, help: str, disabled: bool = False) -> Any:  # noqa: A002
    """Show a slider with a field to type into; return its number.

    Parameters
    ----------
    label : str
    key : str
        A parameter of kind `Number` with a step or marks.
    help : str
        What the number does.
    disabled : bool, default=False
    """
    kind = _kind(key, Number)
    refused = f"{key}_refused"
    shared: dict[str, Any] = {
        "key": key,
        "bind": "query-params",
        "help": help,
        "disabled": disabled,
    }

    def draw() -> Any:
        if kind.marks:
            marks = _marks(key, kind)
            return st.select_slider(label, marks, kind.usual, format_func=write_number, **shared)
        return st.slider(label, kind.low, kind.high, kind.usual, kind.step, **shared)

    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"{key}_slider"
    ):
        value = bound(key, draw)
        if st.session_state.get(refused, value) != value:  # another one is set since
            del st.session_state[refused]
        field = _field(key, value)
        st.text_input(
            _("{label}: type a number").format(label=label),
            write_number(value),
            key=field,
            label_visibility="collapsed",
            disabled=disabled,
            max_chars=40,
            width=FIELD_WIDTH,
            on_change=_take_typed,
            args=(key, field),
        )
    if refused in st.session_state:
        st.error(_range(label, kind))
    return value


def number_field(
    label: str,
    key: str,
    *,
    help: str,  # noqa: A002
    high: int | None = None,
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
    """
    kind = _kind(key, Number)
    most = int(kind.high if high is None else high)
    if st.session_state.get(key, 0) > most:  # chosen where there were more
        st.session_state[key] = most
        link.say(key, kind.write(most), is_step=False)

    def draw() -> float:
        return st.number_input(
            label, int(kind.low), most, int(kind.usual), key=key, bind="query-params", help=help
        )

    return int(bound(key, draw, high=most))


def switch(label: str, key: str, *, help: str, usual: bool | None = None) -> bool:  # noqa: A002
    """Show a switch; return whether it is on. `usual` is where the link does not say, if given."""
    on = _kind(key, Switch).usual if usual is None else usual
    return bound(
        key, lambda: st.toggle(label, on, key=key, bind="query-params", help=help), usual=on
    )


def text_field(label: str, key: str, *, help: str) -> str:  # noqa: A002
    """Show a field for a text; return the text."""
    kind = _kind(key, Text)
    return bound(
        key,
        lambda: st.text_input(
            label, kind.usual, max_chars=kind.most, key=key, bind="query-params", help=help
        ),
    )


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


def _take_typed(key: str, field: str) -> None:
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
