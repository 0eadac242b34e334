"""How a share is written, wherever it is one of many images."""

from core.number import number, rounded

EXACT = 2
"""Decimals that tell one of 10,000 images from none."""

CLOSE, CLOSEST = 0.995, 0.00995
"""So near in percent to 0 or 100 a share has two decimals; so near it has its own digits."""


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a share in percent, with more digits towards both ends; nothing where there is none.

    Nothing but 0 reads as 0, and nothing but all as 100.

    Parameters
    ----------
    share : float or None
        From 0 to 1.
    decimals : int, default=1
        Away from the ends; `EXACT` where few images are to be told apart.

    Examples
    --------
    >>> percent(0.9713), percent(0.9713, EXACT), percent(0.9981), percent(0.9999999), percent(None)
    ('97.1', '97.13', '99.81', '> 99.99', '')
    >>> percent(0.0042), percent(1e-7), percent(0), percent(1)
    ('0.42', '1.00·10⁻⁵', '0.0', '100.0')
    """
    if share is None:
        return ""
    value = 100 * float(share)
    if value in (0, 100):
        return f"{value:.{decimals}f}"
    rest = min(value, 100 - value)
    if rest >= CLOSEST:
        return rounded(value, decimals if rest >= CLOSE else EXACT)
    return number(value) if value < CLOSE else "> 99.99"
