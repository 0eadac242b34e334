import math
from decimal import ROUND_HALF_UP, Context, Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.charts.number_text import number_text, percent_text, signed_text, tick_text
from core.number import number, rounded, signed
from core.percent import EXACT, percent


def d3_format(value: float, form: str) -> str:
    """What d3-format makes of a number of at least 0: fixed, in powers of ten, or rounded."""
    digits, kind = int(form.strip(",~efr").lstrip(".")), form[-1]
    if kind == "f":
        return rounded(value, digits)
    exact = Context(digits + (kind == "e"), ROUND_HALF_UP).create_decimal_from_float(value)
    if kind == "r":
        text = f"{exact:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    power = exact.adjusted()
    text = str(exact.scaleb(-power) + Decimal(0).scaleb(-digits))
    if "~" in form:
        text = text.rstrip("0").rstrip(".")
    return f"{text}e{power:+d}"


VEGA = {
    "if_": lambda test, then, otherwise: then if test else otherwise,
    "isValid": lambda value: value is not None and not math.isnan(value),
    "isFinite": math.isfinite,
    "format": lambda value, form: d3_format(value, form) if math.isfinite(value) else "Infinitye0",
    "split": lambda text, by: text.split(by),
    "join": lambda parts, by: by.join(parts),
    "abs": abs,
    "min": min,
}
"""Vega's functions, as far as the expressions use them."""


def evaluate(expression: str, value: float) -> str:
    """What the browser makes of an expression in which ``datum.value`` is `value`."""
    names: dict[str, Any] = VEGA | {"datum": SimpleNamespace(value=value)}
    return str(eval(expression.replace("if(", "if_("), {"__builtins__": {}}, names))


any_number = st.one_of(
    st.floats(allow_nan=True),
    st.floats(-20_000, 20_000),
    st.integers(-20_000, 20_000).map(lambda n: n / 16),  # halves, which two languages round apart
)


@given(any_number)
@example(1.0625)
@example(12_250.0)
@example(9_999.5)
@example(0.0009995)
@example(0.09995)
@example(5e-324)
def test_the_browser_writes_a_number_as_the_server_does(value: float) -> None:
    assert evaluate(number_text("datum.value"), value) == number(value)
    assert evaluate(signed_text("datum.value"), value) == signed(value)


@given(st.floats(0, 1))
@example(1.0)
@example(0.9713)
@example(1 - 1e-9)
@example(1e-9)
def test_the_browser_writes_a_share_as_the_server_does(share: float) -> None:
    assert evaluate(percent_text("datum.value"), share) == f"{percent(share, EXACT)} %"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.1 + 0.2, "0.3"),
        (-0.0005, "−0.0005"),
        (0.00001, "10⁻⁵"),
        (2.5e-5, "2.5·10⁻⁵"),
        (140_000, "140,000"),
        (1.0000000000000001e49, "10⁴⁹"),
        (-3e6, "−3·10⁶"),
    ],
)
def test_ticks_are_short_and_powers_of_ten_look_like_powers(value: float, text: str) -> None:
    assert evaluate(tick_text(), value) == text


@given(st.integers(-50, 50), st.sampled_from([1, 1.5, 2, 2.5, 5]), st.integers(1, 9))
def test_neighbouring_ticks_differ(power: int, step: float, n: int) -> None:
    low, high = n * step * 10.0**power, (n + 1) * step * 10.0**power
    assert evaluate(tick_text(), low) != evaluate(tick_text(), high)
