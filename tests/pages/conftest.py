import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

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


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Every AppTest asks all installed packages for components, which takes most of its time."""
    scan = functools.cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch) -> FakeJobs:
    """The jobs of every page: without workers, but in the real store."""
    fake = FakeJobs()
    monkeypatch.setattr("pages.shared.runs.jobs._jobs", lambda _address: fake)
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
