"""Numbers that the browser computes, written as `core.number` and `core.percent` write them.

Each function takes a Vega expression of a number and returns one of its text. They consist of
calls alone, without Vega's ``?`` and ``&&``, so that the tests can evaluate them in Python.
"""

from typing import Any

import altair as alt

from core.number import DECIMALS, SUPERSCRIPTS
from core.percent import CLOSE, CLOSEST, EXACT


def number_text(value: str) -> str:
    """Return the text of a number, as `core.number.number` writes it.

    Parameters
    ----------
    value : str
        A Vega expression. It stands many times in the result: let it be short.

    Examples
    --------
    >>> number_text("datum.w").startswith("if(isValid(datum.w), ")
    True
    """
    size = f"abs({value})"
    digits, power = _digits_and_power(size, ".2e")
    powers = f"{digits} + '·10' + {power}"
    text = powers
    for least, decimals in reversed(DECIMALS):
        here = powers if decimals is None else f"format({size}, '.{decimals}f')"
        text = f"if({size} >= {least}, {here}, {text})" if least else powers
    return _of_any(value, text)


def signed_text(value: str) -> str:
    """Return the text of a number with its sign, as `core.number.signed` writes it."""
    return f"if({value} > 0, '+', '') + {number_text(value)}"


def percent_text(share: str) -> str:
    """Return a share as `core.percent.percent` writes it, exactly, and the sign for percent."""
    value = f"(100 * {share})"
    rest = f"min({value}, 100 - {value})"
    close = f"if({value} < {CLOSE}, {number_text(value)}, '> 99.99')"
    plain = f"format({value}, '.{EXACT}f')"
    text = f"if({rest} == 0, {plain}, if({rest} >= {CLOSEST}, {plain}, {close}))"
    return f"if(isValid({share}), {text} + ' %', '')"


def tick_text(value: str = "datum.value") -> str:
    """Return the text of a number at an axis: exact, without zeros at its end, or a power of ten.

    Examples
    --------
    >>> tick_text().count("'·10'")
    2
    """
    size = f"abs({value})"
    digits, power = _digits_and_power(size, ".6~e")
    powers = f"if({digits} == '1', '10', {digits} + '·10') + {power}"
    plain = f"format({size}, ',.6~r')"
    near = f"if({size} < 999999.5, {plain}, {powers})"
    return _of_any(value, f"if({size} < 0.000099999, {powers}, {near})")


def tick_label() -> str:
    """Return the label of a tick; Vega leaves out those that a logarithmic axis has no room for."""
    return f"if(datum.label == '', '', {tick_text()})"


def quantity(**properties: Any) -> alt.Axis:
    """Return an axis of a quantity, its numbers written by `tick_text`."""
    return alt.Axis(labelExpr=tick_label(), **properties)


def _of_any(value: str, size: str) -> str:
    """Add the sign to the text of a number's size; the rest are no numbers, 0 and infinity."""
    text = f"if(isFinite({value}), {size}, '∞')"
    return f"if(isValid({value}), if({value} == 0, '0', if({value} < 0, '−', '') + {text}), '?')"


def _digits_and_power(size: str, form: str) -> tuple[str, str]:
    """The two parts of a number in powers of ten, the second one set high."""
    parts = f"split(format({size}, '{form}'), 'e')"
    power = f"{parts}[1]"
    for letter, high in ({"+": ""} | SUPERSCRIPTS).items():
        power = f"join(split({power}, '{letter}'), '{high}')"
    return f"{parts}[0]", power
