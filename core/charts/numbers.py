"""Numbers as the charts write them: short, of a steady width, with a real minus sign."""

import math

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    return f"{digits}·10{_superscript(power)}".replace("-", "−")


def factor(value: float) -> str:
    """Return `value` as a factor of a product: in brackets where it is negative.

    Examples
    --------
    >>> factor(0.5), factor(-0.5)
    ('0.500', '(−0.500)')
    """
    text = number(value)
    return f"({text})" if text.startswith("−") else text


def short(value: float) -> str:
    """Return `value` in at most eight letters, for a place where there is room for no more.

    Examples
    --------
    >>> short(0.27), short(-12.345), short(-1234.5), short(-0.00002), short(0)
    ('0.270', '−12.35', '−1·10³', '−2·10⁻⁵', '0')
    """
    size = abs(value)
    if not math.isfinite(value) or size == 0:
        return number(value)
    if 5e-4 <= size < 999.95:
        decimals = 3 if size < 9.9995 else 2 if size < 99.995 else 1
        return f"{value:.{decimals}f}".replace("-", "−")
    digits, power = f"{value:.0e}".split("e")
    return f"{digits}·10{_superscript(power)}".replace("-", "−")


def _superscript(power: str) -> str:
    return str(int(power)).translate(SUPERSCRIPTS)
