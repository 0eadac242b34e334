import subprocess
import sys
from pathlib import Path

import pytest

from pages.shared.frame import HOME, LADDER
from tests import ROOT
from tests.pages.conftest import Open

RUNGS = [HOME, *(rung for rungs in LADDER.values() for rung in rungs)]
PATHS = [rung.path for rung in RUNGS]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN", "fr-FR"])
def test_every_page_starts_in_every_language(path: str, locale: str, open_page: Open) -> None:
    app = open_page(path, locale)
    assert len(app.title) == 1
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in app.markdown[0].value)
    assert chinese == (locale == "zh-CN")


@pytest.mark.parametrize("path", PATHS)
def test_every_widget_that_can_has_a_key_and_says_what_it_does(path: str, open_page: Open) -> None:
    app = open_page(path)
    for widget in [*app.slider, *app.number_input, *app.toggle, *app.selectbox]:
        assert widget.key
        assert widget.help


def test_a_key_means_the_same_on_every_page_that_has_it(open_page: Open) -> None:
    meaning: dict[str, str] = {}
    for path in PATHS:
        app = open_page(path)
        for widget in [*app.slider, *app.number_input, *app.toggle, *app.selectbox]:
            assert meaning.setdefault(str(widget.key), widget.label) == widget.label


@pytest.mark.parametrize("module", ["app", "pages.shared.frame", "core.lines.one_weight"])
def test_importing_draws_nothing_and_loads_no_torch(module: str) -> None:
    code = f"import sys, {module}; print('torch' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
    assert "ScriptRunContext" not in run.stderr


@pytest.mark.long
def test_start_and_lines_load_no_torch_when_they_are_shown() -> None:
    pages = [p for p in PATHS if Path(p).parts[1] in ("start", "lines")]
    assert len(pages) > 5
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('app.py', default_timeout=60).run()\n"
        f"for page in {pages!r}:\n"
        "    assert not app.switch_page(page).run().exception\n"
        "print('torch' in sys.modules, 'torchvision' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["False", "False"]
