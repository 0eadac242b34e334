import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.charts.layout import PHONE, PROJECTOR
from core.charts.player import LARGE
from core.ladder import GLOSSARY, HOME, LADDER, PRIVACY, TEACH
from pages.shared.charts.room import LAYOUT
from tests import ROOT
from tests.pages.charts import specification
from tests.pages.conftest import Open

RUNGS = [HOME, *(one for rungs in LADDER.values() for one in rungs), TEACH, GLOSSARY, PRIVACY]
PATHS = [rung.path for rung in RUNGS]
ONE_WEIGHT = "pages/lines/one_weight/one_weight.py"


Opened = Callable[..., AppTest]
OPENED: dict[tuple[str, str], AppTest] = {}


@pytest.fixture
def opened(open_page: Open) -> Opened:
    """Open a page to look at it, once for all tests that change nothing on it."""

    def opened(path: str, locale: str = "en-US") -> AppTest:
        if (path, locale) not in OPENED:
            OPENED[path, locale] = open_page(path, locale)
        return OPENED[path, locale]

    return opened


def controls(app: AppTest) -> list[Any]:
    """The widgets that can have a help text."""
    return [*app.slider, *app.number_input, *app.toggle, *app.selectbox]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_page_starts_in_every_language(path: str, locale: str, opened: Opened) -> None:
    app = opened(path, locale)
    assert len(app.title) == 1
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in app.markdown[0].value)
    assert chinese == (locale == "zh-CN")


@pytest.mark.parametrize("path", PATHS)
def test_headings_leave_no_level_out(path: str, opened: Opened) -> None:
    main = opened(path).main
    levels = [int(heading.proto.tag[1]) for heading in (*main.title, *main.header, *main.subheader)]
    texts = "\n".join(text.value for text in main.markdown if "```" not in text.value)
    levels += [len(marks) for marks in re.findall(r"^(#+) ", texts, re.MULTILINE)]
    assert levels.count(1) == 1
    assert set(levels) == set(range(1, max(levels) + 1))


@pytest.mark.parametrize("path", PATHS[:-1])
def test_every_page_ends_with_the_way_to_what_is_kept_of_one(path: str, opened: Opened) -> None:
    assert opened(path).get("page_link")[-1].proto.page == PRIVACY.name


def test_a_language_without_a_catalogue_gets_english(open_page: Open, opened: Opened) -> None:
    home = PATHS[0]
    assert open_page(home, "fr-FR").markdown[0].value == opened(home).markdown[0].value


@pytest.mark.parametrize("path", PATHS)
def test_every_widget_that_can_has_a_key_and_says_what_it_does(path: str, opened: Opened) -> None:
    for widget in controls(opened(path)):
        assert widget.key
        assert widget.help


def test_a_key_means_the_same_on_every_page_that_has_it(opened: Opened) -> None:
    meaning: dict[str, str] = {}
    for path in PATHS:
        for widget in controls(opened(path)):
            assert meaning.setdefault(str(widget.key), widget.label) == widget.label


@pytest.mark.parametrize(
    "module",
    ["app", "pages.shared.frame", "core.charts.start.home.pictures", "core.lines.one_weight"],
)
def test_importing_draws_nothing_and_loads_neither_torch_nor_altair(module: str) -> None:
    code = f"import sys, {module}; print({{'torch', 'altair'}} & sys.modules.keys() or 'none')"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "none"
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


def has_large_letters(app: AppTest) -> bool:
    config = specification(app)["config"]
    return bool(config["axis"].get("labelFontSize") == LARGE["labelFontSize"])


def test_a_presented_player_has_large_letters_where_there_is_room(open_page: Open) -> None:
    app = open_page(ONE_WEIGHT, present="true")
    assert app.toggle(key="present").value is True
    assert has_large_letters(app)
    app.session_state[LAYOUT] = PHONE.name
    assert not has_large_letters(app.run())
    app.session_state[LAYOUT] = PROJECTOR.name
    assert has_large_letters(app.run())
    app.toggle(key="present").set_value(False).run()
    assert not has_large_letters(app)


def test_presenting_ends_where_there_is_no_player_and_goes_on_where_there_is(
    open_page: Open,
) -> None:
    app = open_page(ONE_WEIGHT, present="true")
    app.switch_page("pages/digits/sketch/sketch.py").run()
    assert "present" not in {toggle.key for toggle in app.toggle}
    app.switch_page("pages/lines/gradient_descent/gradient_descent.py").run()
    assert has_large_letters(app)
