"""How long something will still take, from how fast it has gone on so far."""

from dataclasses import dataclass, field

FEW = 4
"""As long as no more has been seen, it may take twice as long."""


@dataclass
class Pace:
    """What was seen of something that goes on: when how much of it was done.

    Only moments count at which more was done than before: the first one ends what comes before,
    such as the start of a worker, which says nothing about the rest.

    Examples
    --------
    >>> pace = Pace()
    >>> for second, done in [(0, 0), (30, 0), (40, 1), (42, 2), (44, 3)]:
    ...     pace.look(second, done)
    >>> pace.left(44, total=13)  # two seconds each, ten to go; not the fifteen of 44 / 3
    (20.0, 40.0)
    """

    _seen: list[tuple[float, float]] = field(default_factory=list)
    _before: float | None = None

    def look(self, now: float, done: float) -> None:
        """See how much is done.

        Parameters
        ----------
        now : float
            In seconds, from any moment on.
        done : float
            How much; it never falls.
        """
        if self._before is not None and done > self._before:
            self._seen.append((now, done))
        self._before = done

    def left(self, now: float, total: float) -> tuple[float, float] | None:
        """Return the least and the most seconds that are left; None while nobody can know.

        Parameters
        ----------
        now : float
            As in `look`.
        total : float
            How much is to be done.
        """
        if len(self._seen) < 2:
            return None
        (began, first), (middle, half), (ended, done) = (
            self._seen[i] for i in (0, (len(self._seen) - 1) // 2, -1)
        )
        waited = now - ended  # more than usual, where it goes on no longer
        each = [
            (ended - began) / (done - first),
            (ended - middle) / (done - half),
            (waited + ended - began) / (done - first + 1),
        ]
        unsure = 2.0 if len(self._seen) <= FEW else 1.0
        return (total - done) * min(each[:2]), (total - done) * max(each) * unsure
