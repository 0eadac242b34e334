"""A class at a server, measured: how long answers take, and what they cost."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

import numpy as np
import psutil

from benchmarks.load.learners import PAUSE, SLIDERS, Drawer, Learner, Slider, Told, Watcher
from benchmarks.load.processes import cpu
from benchmarks.load.servers import Server
from benchmarks.load.tab import Tab, UnansweredError

KINDS = ("slide", "draw", "watch")
TURNS = ("slide", "slide", "draw", "slide", "slide", "watch", "slide", "slide", "draw", "slide")
"""What the first ten learners do; it goes on like this."""

OPENING = 3
"""So many pages are opened at once."""

LINES = 10
"""So often a churn is told."""


@dataclass(frozen=True)
class Plan:
    """What is measured.

    Parameters
    ----------
    learners : tuple of int
        How many, row by row.
    seconds : float
        Of each row.
    kinds : tuple of str
        What learners do.
    pages : tuple of str
        Where they move a slider.
    same_link : bool
        Whether all have the same link; else each has samples of their own.
    pause : tuple of float
        Seconds between an answer and the next move, from and to.
    churn : int
        How many sessions come and go; 0 for none.
    """

    learners: tuple[int, ...]
    seconds: float
    kinds: tuple[str, ...] = KINDS
    pages: tuple[str, ...] = tuple(SLIDERS)
    same_link: bool = False
    pause: tuple[float, float] = PAUSE
    churn: int = 0


HEAD = (
    f"{'learners':>8} {'answers':>8} {'p50 s':>7} {'p95 s':>7} {'p99 s':>7} {'errors':>6} "
    f"{'server MB':>9} {'cores':>5} {'ms each':>7} {'client':>6}"
)
"""``ms each`` is the server's processor time for an answer, ``client`` the client's own cores."""

CHURN_HEAD = f"{'sessions':>8} {'p50 s':>7} {'p95 s':>7} {'errors':>6} {'server MB':>9}"


@dataclass(frozen=True)
class Row:
    """What so many learners met, and what it cost."""

    n_learners: int
    told: Told
    megabytes: float
    server_seconds: float
    client_seconds: float
    """Of processor time."""
    seconds: float

    @property
    def n_errors(self) -> int:
        """How many answers failed."""
        return sum(self.told.errors.values())

    def __str__(self) -> str:
        """Write the row, and below it what went wrong."""
        answers = len(self.told.seconds)
        each = 1000 * self.server_seconds / max(answers, 1)
        line = (
            f"{self.n_learners:>8} {answers:>8} {spread(self.told, 50, 95, 99)} "
            f"{self.n_errors:>6} {self.megabytes:>9.0f} {self.server_seconds / self.seconds:>5.2f} "
            f"{each:>7.1f} {self.client_seconds / self.seconds:>6.2f}"
        )
        return "\n".join([line, *(f"{n:>8} × {what}" for what, n in self.told.errors.items())])


@dataclass(frozen=True)
class ChurnLine:
    """What is known after so many sessions."""

    n_sessions: int
    told: Told
    megabytes: float

    @property
    def n_errors(self) -> int:
        """How many answers failed since the last line."""
        return sum(self.told.errors.values())

    def __str__(self) -> str:
        """Write the line."""
        line = (
            f"{self.n_sessions:>8} {spread(self.told, 50, 95)} {self.n_errors:>6} "
            f"{self.megabytes:>9.0f}"
        )
        return "\n".join([line, *(f"{n:>8} × {what}" for what, n in self.told.errors.items())])


def spread(told: Told, *percents: int) -> str:
    """Write the seconds that so many percent of the answers took at most.

    Examples
    --------
    >>> spread(Told([0.1, 0.2, 0.4]), 50, 100), spread(Told(), 50)
    ('  0.200   0.400', '      –')
    """
    if not told.seconds:
        return " ".join(f"{'–':>7}" for _ in percents)
    return " ".join(f"{seconds:7.3f}" for seconds in np.percentile(told.seconds, percents))


async def load(server: Server, plan: Plan) -> AsyncIterator[Row]:
    """Give a row for each number of learners, each of whom opens a page anew.

    Raises
    ------
    UnansweredError
        If a page cannot even be opened once.
    """
    await warm_up(server, plan)
    for n_learners in plan.learners:
        async with AsyncExitStack() as stack:
            told = Told()
            learners = await arrive(server, plan, n_learners, stack, told)
            me = psutil.Process()
            used, own, began = server.cpu(), cpu(me), time.monotonic()
            until = began + plan.seconds
            await asyncio.gather(*(one.go_on(until, told, pause=plan.pause) for one in learners))
            yield Row(
                n_learners,
                told,
                server.megabytes(),
                server.cpu() - used,
                cpu(me) - own,
                time.monotonic() - began,
            )


async def warm_up(server: Server, plan: Plan) -> None:
    """Open each page and do something there, so that what is loaded once has been."""
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(Tab(server.address, "", f"{0:032x}"))
        await home.run()  # a server's very first page is one that its browser is to load again
        for kind in plan.kinds:
            for i in range(len(plan.pages) if kind == "slide" else 1):
                learner = await enter(server, plan, i, kind, stack)
                await learner.do()


async def arrive(
    server: Server, plan: Plan, n: int, stack: AsyncExitStack, told: Told
) -> list[Learner]:
    """Have `n` learners open a page, a few at once; give those to whom it has come."""
    at_once = asyncio.Semaphore(OPENING)
    kinds = turns(plan)

    async def one(i: int) -> Learner | None:
        async with at_once:
            try:
                return await enter(server, plan, i, kinds[i % len(kinds)], stack)
            except UnansweredError as error:
                told.errors[str(error)] += 1
                return None

    return [here for here in await asyncio.gather(*map(one, range(n))) if here is not None]


def turns(plan: Plan) -> list[str]:
    """Give what the first learners do.

    Examples
    --------
    >>> turns(Plan((1,), 1.0, kinds=("draw", "watch")))
    ['draw', 'watch', 'draw']
    """
    return [kind for kind in TURNS if kind in plan.kinds]


async def enter(server: Server, plan: Plan, i: int, kind: str, stack: AsyncExitStack) -> Learner:
    """Have the learner number `i` open a page, which stays open until the stack is closed.

    Raises
    ------
    UnansweredError
        If the page does not come.
    """
    rng, owner = random.Random(i), f"{i:032x}"
    page, query = "sketch", ""
    make: Callable[[Tab, random.Random], Learner] = Drawer
    if kind == "slide":
        page = plan.pages[i % len(plan.pages)]
        query = "" if plan.same_link else f"seed={i}"
        make = partial(Slider, key=SLIDERS[page])
    elif kind == "watch":
        run_id = server.run_at_work(owner)
        page, query = "train", f"run={run_id}"
        make = partial(Watcher, beat=partial(server.beat, run_id))
    tab = await stack.enter_async_context(Tab(server.address, page, owner, query))
    await tab.run()
    return make(tab, rng)


async def churn(server: Server, plan: Plan) -> AsyncIterator[ChurnLine]:
    """Let sessions come, look, move something and go; tell the memory again and again."""
    await warm_up(server, plan)
    yield ChurnLine(0, Told(), server.megabytes())
    told, each, kinds = Told(), max(plan.churn // LINES, 1), turns(plan)
    for i in range(plan.churn):
        try:
            async with AsyncExitStack() as stack:
                learner = await enter(server, plan, i, kinds[i % len(kinds)], stack)
                told.seconds.append(await learner.do())
        except UnansweredError as error:
            told.errors[str(error)] += 1
        if (i + 1) % each == 0:
            yield ChurnLine(i + 1, told, server.megabytes())
            told = Told()
