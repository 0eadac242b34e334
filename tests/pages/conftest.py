import functools
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FunctionType
from typing import Any
from unittest.mock import MagicMock

import altair as alt
import pytest
from jsonschema import Draft7Validator
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from core.store.store import Store
from pages.shared.charts import chart
from tests import ROOT
from tests.pages.fake_jobs import FakeJobs

Open = Callable[..., AppTest]

MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def same_main() -> Iterator[None]:
    """AppTest leaves a page behind as the program's main module; new processes would import it."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the app keeps goes into a folder of the tests, and not into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("NEURON_LADDER_HOME", str(folder))
        patch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
        yield folder


@pytest.fixture(scope="module", autouse=True)
def no_run_is_left() -> Iterator[None]:
    """What one file's tests have run is not seen by the next, whichever that is."""
    yield
    home = os.environ.get("NEURON_LADDER_HOME")  # none where each test has a store of its own
    if home and (database := Path(home) / "neuron_ladder.sqlite3").exists():
        runs = Store(f"sqlite:///{database}").runs
        for run in runs.matching():
            runs.delete(run.id)


class Kept(Mapping[str, Any]):
    """What a session keeps, looked up one by one."""

    def __init__(self, session: SafeSessionState) -> None:
        self.session = session

    def __getitem__(self, key: str) -> Any:
        return self.session._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.session._state.filtered_state)

    def __len__(self) -> int:
        return len(self.session._state.filtered_state)


@pytest.fixture(scope="session", autouse=True)
def done_once() -> Iterator[None]:
    """Spare each AppTest what a server does once, or for browsers, and what only takes its time.

    A server asks all packages for components, and compiles a page, once. It copies where a part of
    a page stands, for when that runs without the page, as it does not here. It gives each message a
    hash, for the browser's sake, and copies all that the session keeps for each field, to look one
    value up. The AppTest asks a thousand times a second whether the page has been drawn, and makes
    up a client, with mocks, where none tells as much.
    """

    def wait(runner: LocalScriptRunner, timeout: float) -> None:
        thread = runner._script_thread
        assert thread is not None
        thread.join(timeout)
        assert not thread.is_alive(), f"a page was not drawn within {timeout} seconds"

    scan, scripts = functools.cache(manifest_scanner.scan_component_manifests), ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        patch.setattr(app_test, "ScriptCache", lambda: scripts)
        patch.setattr(app_test, "MagicMock", functools.partial(MagicMock, get_client=no_client))
        patch.setattr(local_script_runner, "ScriptCache", lambda: scripts)
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        patch.setattr("streamlit.runtime.fragment.deepcopy", lambda kept: kept)
        patch.setattr(script_run_context, "populate_hash_if_needed", lambda _message: None)
        patch.setattr(SafeSessionState, "filtered_state", property(Kept))
        yield


def no_client(_session_id: str) -> None:
    """Return the browser of an AppTest."""


@functools.cache
def vega_lite() -> Draft7Validator:
    """Return Vega-Lite's schema, ready to check with, as Altair makes it anew for each check."""
    return Draft7Validator(alt.Root._rootschema)


@pytest.fixture(scope="session", autouse=True)
def valid_charts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Altair makes charts unchecked here: each layout is compared with Vega-Lite's schema, once.

    By one of the processes of pytest-xdist, whose folders lie in one.
    """
    make, folder = chart._specification, tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def make_and_check(lay_out: FunctionType, *others: object) -> dict[str, Any]:
        made: dict[str, Any] = make(lay_out, *others)
        checked = folder / f"checked {lay_out.__module__}.{lay_out.__qualname__}"
        if not checked.exists():
            of_vega_lite = {k: v for k, v in made.get("config", {}).items() if k != "signals"}
            spec = made | {"config": of_vega_lite}
            if not vega_lite().is_valid(spec):
                alt.Root.validate(spec)  # which tells what is wrong
            checked.touch()
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chart, "_specification", make_and_check)
        yield


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch) -> FakeJobs:
    """The jobs of every page: without workers, but in the real store."""
    fake = FakeJobs()
    monkeypatch.setattr("pages.shared.jobs._jobs", lambda _address: fake)
    return fake


@pytest.fixture
def open_page() -> Open:
    """Open a page of the app, as a browser with this language and these link parameters would."""

    def open_page(
        page: str = "pages/start/home/home.py", locale: str = "en-US", **link: str
    ) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.context = {"locale": locale}
        for name, value in link.items():
            app.query_params[name] = value
        app.switch_page(page).run()
        assert not app.exception
        return app

    return open_page


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with nothing else at work."""
    monkeypatch.setattr(os, "getloadavg", lambda: (0.0, 0.0, 0.0), raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
