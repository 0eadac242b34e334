import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime import RuntimeState

from core.ladder import PATHS
from pages.shared import first_visit
from tests import ROOT
from tests.pages.conftest import Open

PAGE = "pages/lines/one_weight/one_weight.py"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was started in the background, instead of starting it."""
    begun: list[str] = []
    monkeypatch.setattr(first_visit, "compile_in_background", lambda: begun.append("compiling"))
    monkeypatch.setattr(first_visit, "_load_ahead", lambda *_: begun.append("loading"))
    first_visit._compiling.cache_clear()
    yield begun
    first_visit._compiling.cache_clear()


def test_a_server_compiles_in_the_background_once_it_has_a_reader(
    monkeypatch: pytest.MonkeyPatch, started: list[str]
) -> None:
    server = SimpleNamespace(state=RuntimeState.NO_SESSIONS_CONNECTED)
    monkeypatch.setattr(first_visit.runtime, "exists", lambda: True)
    monkeypatch.setattr(first_visit.runtime, "get_instance", lambda: server)
    first_visit.compile_for_all()
    assert started == []
    server.state = RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED
    first_visit.compile_for_all()
    first_visit.compile_for_all()
    assert started == ["compiling", "loading"]


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was loaded ahead, instead of loading it; one page and its loop were there already."""
    done: list[str] = []
    monkeypatch.setattr(first_visit, "PAUSE", 0)
    monkeypatch.setattr(first_visit, "_DONE", {PAGE, "curves/mlp"})
    monkeypatch.setattr(first_visit, "_import", lambda path: done.append(path.stem))
    monkeypatch.setattr(
        first_visit, "LOOPS", {name: lambda n=name: done.append(n) for name in first_visit.LOOPS}
    )
    return done


def test_pages_are_loaded_ahead_once_their_loops_are_compiled(loaded: list[str]) -> None:
    looks = iter([None, None, 0])

    def poll() -> int | None:
        assert not loaded
        return next(looks)

    server = SimpleNamespace(state=RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED)
    first_visit._load_ahead(SimpleNamespace(poll=poll), server)
    assert sorted(loaded) == sorted(
        [name for name in PATHS if name != "one_weight"]
        + [name for name in first_visit.LOOPS if name != "curves/mlp"]
    )
    assert set(PATHS.values()) | set(first_visit.LOOPS) <= first_visit._DONE


@pytest.mark.parametrize("is_compiled", [False, True])
def test_nothing_is_loaded_ahead_by_a_server_that_ends(
    is_compiled: bool, loaded: list[str]
) -> None:
    compiling = SimpleNamespace(poll=lambda: 0 if is_compiled else None)
    first_visit._load_ahead(compiling, SimpleNamespace(state=RuntimeState.STOPPING))
    assert loaded == []


def test_a_test_of_a_page_starts_nothing(open_page: Open, started: list[str]) -> None:
    open_page()
    assert started == []


def test_a_first_visit_says_what_it_waits_for(
    monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    said: list[str] = []

    @contextmanager
    def spinner(text: str, **_: object) -> Iterator[None]:
        said.append(text)
        yield

    monkeypatch.setattr(first_visit, "_DONE", set())
    monkeypatch.setattr(first_visit.st, "spinner", spinner)
    app = open_page(PAGE)
    assert [text.partition(":")[0] for text in said] == [
        "Loading what this page needs",
        "Compiling the training loop for this computer",
    ]
    app.run()
    assert len(said) == 2


def test_what_a_page_imports_at_its_top_is_imported_and_nothing_is_drawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    page = tmp_path / "page.py"
    page.write_text("import colorsys\nfrom pathlib import Path\nraise RuntimeError\n", "utf-8")
    first_visit._import(page)
    assert "colorsys" in sys.modules


@pytest.mark.parametrize("path", PATHS.values())
def test_a_pages_imports_are_found_and_those_of_its_functions_are_not(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    imports = [x for x in ast.parse(text).body if isinstance(x, ast.Import | ast.ImportFrom)]
    found = ast.parse("\n".join(first_visit.IMPORT.findall(text))).body
    assert [ast.dump(one) for one in found] == [ast.dump(one) for one in imports]
