"""Who comes next, and who makes room: the rules of the queue.

An owner who has fewer runs at work comes before one who has more; among equals, who has waited
longer. So one person with fifty runs and one with a single run both get on. Where all places are
taken, a run can be asked to make room: it is paused in the middle of its epoch, waits in the queue
again, and nothing of it is lost.
"""

import heapq
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

TURN = 60.0
"""Seconds that a run may keep its place while others wait for their turn."""


class Queued(Protocol):
    """What the rules need to know of a run."""

    @property
    def id(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def queued_at(self) -> float: ...
    @property
    def started_at(self) -> float | None: ...


Waiting = TypeVar("Waiting", bound=Queued)
Working = TypeVar("Working", bound=Queued)


@dataclass(frozen=True)
class Ticket:
    """The least that stands for a run in the queue: for examples and tests."""

    id: str
    owner: str
    queued_at: float = 0.0
    started_at: float | None = None


def in_order(waiting: Sequence[Waiting], at_work: Sequence[Queued]) -> list[Waiting]:
    """Give the waiting runs in the order in which they will start.

    Parameters
    ----------
    waiting : sequence of Queued
    at_work : sequence of Queued
        The runs that have a place now.

    Returns
    -------
    list of Queued

    Examples
    --------
    >>> waiting = [Ticket("a2", "Ann", 1), Ticket("a3", "Ann", 2), Ticket("b1", "Bob", 3)]
    >>> [ticket.id for ticket in in_order(waiting, [Ticket("a1", "Ann")])]
    ['b1', 'a2', 'a3']
    """
    places = Counter(run.owner for run in at_work)
    lines: dict[str, deque[tuple[int, Waiting]]] = {}  # of each owner, who waited longest first
    for number, run in enumerate(sorted(waiting, key=lambda run: run.queued_at)):
        lines.setdefault(run.owner, deque()).append((number, run))
    heads = [(places[owner], line[0][0], owner) for owner, line in lines.items()]
    heapq.heapify(heads)
    ordered: list[Waiting] = []
    while heads:
        n_places, _number, owner = heapq.heappop(heads)
        line = lines[owner]
        ordered.append(line.popleft()[1])
        if line:
            heapq.heappush(heads, (n_places + 1, line[0][0], owner))
    return ordered


def who_makes_room(
    waiting: Sequence[Queued], at_work: Sequence[Working], now: float
) -> Working | None:
    """Choose the run that gives its place to who waits, where there is no other place.

    It is a run of the owner who has most places. It goes at once where the one who waits would
    still have no more than they; it goes after its turn where the one who waits has fewer.

    Parameters
    ----------
    waiting, at_work : sequence of Queued
    now : float
        Unix seconds.

    Returns
    -------
    Queued or None
        None where everybody has to wait.

    Examples
    --------
    >>> at_work = [Ticket("a1", "Ann", started_at=0.0), Ticket("a2", "Ann", started_at=5.0)]
    >>> who_makes_room([Ticket("b1", "Bob")], at_work, now=6.0).id
    'a2'
    >>> who_makes_room([Ticket("a3", "Ann")], at_work, now=600.0) is None
    True
    """
    if not waiting or not at_work:
        return None
    places = Counter(run.owner for run in at_work)
    has = places[in_order(waiting, at_work)[0].owner]
    most = max(places.values())
    richest = [run for run in at_work if places[run.owner] == most]
    if most >= has + 2:
        return max(richest, key=started)
    longest = min(richest, key=started)
    if most > has and not 0 <= now - started(longest) < TURN:
        return longest  # or it began in the future: the clock was set back
    return None


def started(run: Queued) -> float:
    """Since when it has had its place, in unix seconds."""
    return run.started_at or 0.0
