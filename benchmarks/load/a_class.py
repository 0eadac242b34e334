"""A class that writes digits: all enter by its code, and send ten within a minute, to a teacher."""

import asyncio
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

import psutil

from benchmarks.load.learners import Learner, Told, Watcher, canvas_state
from benchmarks.load.measuring import OPENING, Row
from benchmarks.load.processes import cpu
from benchmarks.load.servers import Server
from benchmarks.load.tab import Tab, UnansweredError
from core.digits.classroom import codes
from core.digits.classroom.codes import Held

TEACHER = f"{0xC1A55:032x}"
PAGE, LEADS = "classroom", "nl_lead"
"""The page's address, and the cookie of a teacher's browser."""

N_DIGITS = 10
MINUTE = 60.0
"""Seconds in which everybody writes them."""


@dataclass(frozen=True)
class ClassRow:
    """What so many learners met, and what of their digits was kept."""

    row: Row
    n_kept: int

    @property
    def n_errors(self) -> int:
        """How many answers failed, and how many digits were lost."""
        return self.row.n_errors + self.n_lost

    @property
    def n_lost(self) -> int:
        """How many digits were sent and not kept."""
        return N_DIGITS * self.row.n_learners - self.n_kept

    def __str__(self) -> str:
        """Write the row, and below it what was kept."""
        return f"{self.row}\n{self.n_kept:>8} digits kept, {self.n_lost} lost"


@dataclass
class Writer(Learner):
    """Draws a digit and sends it; the answer that counts is that to the sending."""

    async def do(self) -> float:
        """Write the next digit."""
        x = self.rng.randint(100, 180)
        stroke = [(x + self.rng.randint(-20, 20), 40 + 11 * i) for i in range(18)]
        await self.tab.tell("class_canvas", canvas_state([stroke]))
        return await self.tab.click("classroom_send")


async def a_class(server: Server, n_learners: int, seconds: float = MINUTE) -> ClassRow:
    """Have so many learners write ten digits each, while their teacher looks on.

    Parameters
    ----------
    server : Server
        With its store.
    n_learners : int
    seconds : float
        In which they write.
    """
    assert server.store, "nothing is known of this server's classes"
    held = Held(codes.new_code(), codes.new_key())
    class_id = codes.class_id(held.code)
    server.store.classes.open(class_id, TEACHER, codes.key_hash(held.key), days=1)
    told, query = Told(), f"room={held.code}"
    try:
        async with AsyncExitStack() as stack:
            cookies = {LEADS: codes.write_held([held])}
            lead = Tab(server.address, PAGE, TEACHER, query, cookies)
            teacher = await stack.enter_async_context(lead)
            await teacher.run()
            at_once = asyncio.Semaphore(OPENING)

            async def enter(i: int) -> Writer:
                async with at_once:
                    tab = Tab(server.address, PAGE, f"{i + 1:032x}", query)
                    await stack.enter_async_context(tab)
                    await tab.run()
                    await tab.click("classroom_join")
                    return Writer(tab, random.Random(i))

            writers = await asyncio.gather(*map(enter, range(n_learners)))
            me = psutil.Process()
            used, own, began = server.cpu(), cpu(me), time.monotonic()
            watcher = Watcher(teacher, random.Random(0), beat=lambda: None)
            watches = asyncio.create_task(watcher.go_on(began + seconds, Told()))
            await asyncio.gather(*(write_all(one, seconds, told) for one in writers))
            await watches
            row = Row(
                n_learners,
                told,
                server.megabytes(),
                server.cpu() - used,
                cpu(me) - own,
                time.monotonic() - began,
            )
        return ClassRow(row, len(server.store.classes.marks(class_id)))
    finally:
        server.store.classes.close(class_id)


async def write_all(writer: Writer, seconds: float, told: Told) -> None:
    """Write ten digits, spread over the time by chance."""
    began = time.monotonic()
    for moment in sorted(writer.rng.uniform(0, 0.95 * seconds) for _ in range(N_DIGITS)):
        await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
        try:
            told.seconds.append(await writer.do())
        except UnansweredError as error:
            told.errors[str(error)] += 1
