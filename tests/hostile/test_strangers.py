"""One person's runs never reach another who sits at the same server, whatever they send."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.digits.recipe import MODERN, to_dict
from core.store.store import Store
from tests.hostile.spy import Spy

pytestmark = pytest.mark.long

ADA, EVE = "a" * 32, "e" * 32
"""Whose browsers these are."""

SECRET = "name of a run that nobody else knows"


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{home / 'neuron_ladder.sqlite3'}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def secret(store: Store) -> str:
    """The id of a run of Ada's that has not come to its end."""
    run = store.runs.create(ADA, SECRET, to_dict(MODERN), n_epochs=3, status="paused")
    return run.id


def visit(
    server: str, page: str, owner: str, query: str, do: Callable[[Spy], Awaitable[None]]
) -> bytes:
    """Open a page, do something there, and return all that was sent."""

    async def go() -> bytes:
        async with Spy(server, page, owner, query) as tab:
            await tab.run()
            await do(tab)
            return tab.seen

    return asyncio.run(go())


async def look(_: Spy) -> None:
    """Do nothing else."""


@pytest.mark.parametrize("page", ["train", "compare", "sketch", "privacy"])
def test_nobody_sees_anothers_runs_without_their_link(server: str, secret: str, page: str) -> None:
    own = visit(server, page, ADA, "", look)
    assert (SECRET.encode() in own) == (page in ("train", "compare"))
    for stranger in (EVE, "local", "", ADA.upper(), f"{ADA[:-1]}b", ADA[:-1], f"{ADA}a"):
        seen = visit(server, page, stranger, "", look)
        assert secret.encode() not in seen
        assert SECRET.encode() not in seen


def test_a_link_shows_a_run_to_others_and_lets_them_do_nothing_to_it(
    server: str, store: Store, secret: str
) -> None:
    """Nor by the name of a button that they were never shown."""
    buttons: dict[str, str] = {}

    async def note(tab: Spy) -> None:
        buttons.update(
            {key: tab.id_of(key) for key in ("tr_resume", "tr_stop") if key in tab.widgets}
        )

    async def press(tab: Spy) -> None:
        assert not buttons.keys() & tab.widgets.keys()
        for widget in buttons.values():
            await tab.say(WidgetState(id=widget, trigger_value=True))

    visit(server, "train", ADA, f"run={secret}", note)
    assert "tr_resume" in buttons
    assert SECRET.encode() in visit(server, "train", EVE, f"run={secret}", press)
    found = store.runs.get(secret)
    assert found is not None
    assert found.status == "paused"


def test_what_one_sets_another_does_not_see(server: str) -> None:
    """Two sessions on one page, at the same time, with caches that are everybody's."""

    async def go() -> None:
        async with Spy(server, "one_weight", ADA) as ada, Spy(server, "one_weight", EVE) as eve:
            await asyncio.gather(ada.run(), eve.run())
            await asyncio.gather(ada.slide("ow_rate", 1.25), eve.slide("ow_rate", 0.25))
            for tab, own, other in ((ada, "1.250", "0.250"), (eve, "0.250", "1.250")):
                assert f"2·{own}·".encode() in tab.seen
                assert f"2·{other}·".encode() not in tab.seen

    asyncio.run(go())
