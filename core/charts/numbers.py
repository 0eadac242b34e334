"""Numbers as the charts write them: short, of a steady width, with a real minus sign."""

import math


def number(value: float) -> str:
    """Return `value` with three decimals, or in powers of ten where these would say nothing.

    Examples
    --------
    >>> number(0.5), number(-1 / 3), number(0), number(1234567.0), number(0.00001)
    ('0.500', '−0.333', '0', '1.235·10⁶', '1.000·10⁻⁵')
    >>> number(math.nan), number(-math.inf)
    ('?', '−∞')
    """
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return f"{value:.3f}".replace("-", "−")
    digits, power = f"{value:.3e}".split("e")
    superscript = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits}·10{superscript}".replace("-", "−")


def factor(value: float) -> str:
    """Return `value` as a factor of a product: in brackets where it is negative.

    Examples
    --------
    >>> factor(0.5), factor(-0.5)
    ('0.500', '(−0.500)')
    """
    text = number(value)
    return f"({text})" if text.startswith("−") else text
