"""An axis of a pad: the part of the numbers that it shows, and where numbers stand at it."""

import math
from typing import NamedTuple

from core.number import number


class Extent(NamedTuple):
    """The part of the numbers that an axis shows."""

    low: float
    high: float

    @property
    def step(self) -> float:
        """How finely points are set: about half a pixel, a power of ten."""
        return float(10.0 ** math.floor(math.log10((self.high - self.low) / 150)))

    def ticks(self) -> list[tuple[float, str]]:
        """Return where numbers stand, two to five, and these.

        Examples
        --------
        >>> Extent(-3, 3).ticks()
        [(-2.0, '−2'), (0.0, '0'), (2.0, '2')]
        """
        fifth = (self.high - self.low) / 5  # the next larger of 1, 2, 5, 10 is less than a half
        power = 10.0 ** math.floor(math.log10(fifth))
        apart = next(power * nice for nice in (1, 2, 5, 10, 20) if power * nice > fifth)
        first, last = math.ceil(self.low / apart), math.floor(self.high / apart)
        return [(i * apart, _tick(i * apart)) for i in range(first, last + 1)]


def _tick(value: float) -> str:
    if value == 0 or 1e-4 <= abs(value) < 1e5:
        return f"{value:.6g}".replace("-", "−")
    return number(value)
