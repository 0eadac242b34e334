"""What a server's processor does for one message of a slider, beside a one-line app.

The messages come as from a browser, one after the other, with no browser on the same processor.
"""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

import psutil

from benchmarks.browser import one_line
from benchmarks.load.learners import SLIDERS
from benchmarks.load.processes import cpu, newest_child
from benchmarks.load.tab import Tab
from benchmarks.table import Measurement, Row
from tests.e2e.chromium import serve

PLAIN = 'import streamlit as st; st.line_chart([0, st.slider("x", 0, 100, key="x")])'
"""The one-line app."""

ROUNDS, MOVES = 5, 20
"""The apps take turns so often, as the machine may be busier now and then; moves in each turn."""


@dataclass
class Place:
    """A page whose slider is moved.

    Parameters
    ----------
    name : str
    server : psutil.Process
    address : str
        Of the server.
    page : str
    key : str
        Of the slider.
    """

    name: str
    server: psutil.Process
    address: str
    page: str
    key: str
    seconds: float = 0.0
    """Of processor time so far."""
    n_messages: int = 0
    """That the server has sent in answer."""


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so few times that they only show that they can be."""
    with one_line(PLAIN) as address, tempfile.TemporaryDirectory() as home:
        places = [Place("one-line app", newest_child(), address, "", "x")]
        with serve(environment={"NEURON_LADDER_HOME": home}) as ours:
            pages = list(SLIDERS.items())[: 1 if tiny else None]
            places += [Place(page, newest_child(), ours, page, key) for page, key in pages]
            rows = partial(message_rows, places, 1 if tiny else ROUNDS, 2 if tiny else MOVES)
            yield Measurement("processor time of a slider's message", rows)


def message_rows(places: Sequence[Place], n_rounds: int, n_moves: int) -> Iterator[Row]:
    """Move each page's slider, in turns; the first page is what the others are compared with."""
    asyncio.run(take_turns(places, n_rounds, n_moves))
    n = n_rounds * n_moves
    plain = places[0].seconds / n
    for place in places:
        each = place.seconds / n
        note = f"{each / plain:.1f} times the one-line app; " if place is not places[0] else ""
        note += f"{place.n_messages / n:.0f} messages in answer"
        yield Row(f"processor time of a slider's message: {place.name}", each, note)


async def take_turns(places: Sequence[Place], n_rounds: int, n_moves: int) -> None:
    """Move each slider to and fro in an open page, once the page has come to rest."""
    async with AsyncExitStack() as stack:
        tabs = []
        for place in places:
            tab = await stack.enter_async_context(Tab(place.address, place.page, "0" * 32))
            await tab.run()
            await tab.run()  # a server's very first page is one that its browser is to load again
            for i in range(4):  # what is loaded once has been
                await move(tab, place.key, i)
            tabs.append(tab)
        for _ in range(n_rounds):
            for place, tab in zip(places, tabs, strict=True):
                used, had = cpu(place.server), tab.n_messages
                for i in range(n_moves):
                    await move(tab, place.key, i)
                place.seconds += cpu(place.server) - used
                place.n_messages += tab.n_messages - had


async def move(tab: Tab, key: str, i: int) -> None:
    """Move a slider to another of its places."""
    slider: Any = tab.widgets[key]
    n_places = round((slider.max - slider.min) / slider.step)
    await tab.slide(key, slider.min + slider.step * (1 + i % (n_places - 1)))
