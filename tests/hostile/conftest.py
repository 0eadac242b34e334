import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT
from tests.e2e.chromium import serve
from tests.hostile.spy import Spy


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """A public server that has had its very first reader, whose browser loads its page again."""

    async def come(address: str) -> None:
        async with Spy(address, "", "0" * 32) as tab:
            await tab.run()

    with serve(ROOT / "deploy" / "serve.py", {"NEURON_LADDER_HOME": str(home)}) as address:
        asyncio.run(come(address))
        yield address
