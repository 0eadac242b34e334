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
        """Return where numbers stand, and these.

        Examples
        --------
        >>> Extent(-3, 3).ticks()
        [(-2.0, '−2'), (0.0, '0'), (2.0, '2')]
        """
        apart = (self.high - self.low) / 4
        power = 10.0 ** math.floor(math.log10(apart))
        apart = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= apart)
        first, last = math.ceil(self.low / apart), math.floor(self.high / apart)
        return [(i * apart, _tick(i * apart)) for i in range(first, last + 1)]


def _tick(value: float) -> str:
    if value == 0 or 1e-4 <= abs(value) < 1e5:
        return f"{value:.6g}".replace("-", "−")
    return number(value)
