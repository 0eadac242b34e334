import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.charts.layout import PHONE, PROJECTOR
from core.charts.player import LARGE
from core.ladder import GLOSSARY, HOME, LADDER, PRIVACY, TEACH
from core.link.parameters import WITH_PLAYER
from pages.shared.charts.room import LAYOUT
from tests import ROOT
from tests.pages.charts import recorded_keys, specification
from tests.pages.conftest import Open

RUNGS = [HOME, *(one for rungs in LADDER.values() for one in rungs), TEACH, GLOSSARY, PRIVACY]
PATHS = [rung.path for rung in RUNGS]
ONE_WEIGHT = "pages/lines/one_weight/one_weight.py"


PLAYERS = {
    "pages/start/what_is_a_model/what_is_a_model.py": ["tiny_network", "parameter_count"],
    "pages/lines/one_weight/one_weight.py": ["one_weight"],
    "pages/lines/normal_equation/normal_equation.py": ["normal_equation"],
    "pages/lines/gradient_descent/gradient_descent.py": ["gradient_descent", "race"],
    "pages/lines/weight_and_bias/weight_and_bias.py": ["weight_and_bias"],
    "pages/curves/activations/activations.py": ["activations", "stretch"],
    "pages/curves/sigmoid_neuron/sigmoid_neuron.py": ["sigmoid_neuron", "saturation"],
    "pages/curves/mlp/mlp.py": ["mlp"],
    "pages/planes/boundary/boundary.py": ["boundary", "both_losses"],
    "pages/planes/playground/playground.py": ["playground"],
}
CHARTS = {
    "pages/digits/sketch/sketch.py": ["probabilities"],
    "pages/digits/convolution/convolution.py": ["moving"],
    "pages/digits/inspect/inspect.py": [
        "chart_accuracy",
        "chart_confusion",
        "chart_digit_map",
        "chart_unit_strip",
        "chart_silenced",
    ],
}
"""The keys of version 0.1.0: styles, selectors of tests and the session know charts by them."""

Opened = Callable[..., AppTest]
OPENED: dict[tuple[str, str], AppTest] = {}
KEYS: dict[str, list[str]] = {}
"""Of the charts on each page, in whatever language."""


@pytest.fixture
def opened(open_page: Open, tmp_path: Path) -> Opened:
    """Open a page to look at it, once for all tests that change nothing on it; nothing is kept."""

    def opened(path: str, locale: str = "en-US") -> AppTest:
        if (path, locale) not in OPENED:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("NEURON_LADDER_HOME", str(tmp_path))
                KEYS[path] = recorded_keys(patch)
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


@pytest.mark.parametrize("path", PATHS)
def test_every_page_shows_its_charts_under_their_keys(path: str, opened: Opened) -> None:
    opened(path)
    players = {f"{kind}_{name}" for name in PLAYERS.get(path, []) for kind in ("player", "chart")}
    name = Path(path).stem
    presented = {f"steps_{PLAYERS[path][0]}", "present_switch"} if name in WITH_PLAYER else set()
    assert set(KEYS[path]) == players | set(CHARTS.get(path, [])) | presented


ORDERED = (
    "start/what_is_a_model",
    "lines/one_weight",
    "lines/normal_equation",
    "lines/gradient_descent",
    "lines/weight_and_bias",
    "curves/activations",
    "curves/sigmoid_neuron",
    "curves/mlp",
    "planes/boundary",
    "planes/playground",
    "lab/sweep",
)


def elements(block: Any) -> Iterator[Any]:
    """All that stands in a block, from top to bottom, and its folds."""
    for child in block.children.values():
        if child.type == "expander":
            yield child
        yield from elements(child) if hasattr(child, "children") else [child]


@pytest.mark.parametrize("page", ORDERED)
def test_a_page_goes_from_the_question_to_what_to_remember(page: str, opened: Opened) -> None:
    """The player, right under it what to try, then the verdict, the formula and the code."""
    app = opened(f"pages/{page}/{page.split('/')[1]}.py")
    kinds = []
    for element in elements(app.main):
        kind = element.type
        if kind == "header" and element.value == "Things to try":
            kind = "things to try"
        if kind == "expander" and element.label.startswith("The code that ran"):
            kind = "code"
        if kind == "info" and element.value.startswith("**To remember"):
            kind = "to remember"
        kinds.append(kind)
    order = ["title", "vega_lite_chart", "things to try", "latex", "code", "to remember"]
    places = [kinds.index(kind) for kind in order if kind in kinds]
    assert len(places) >= len(order) - 1  # Sweep has no chart before its first run
    assert places == sorted(places)
    told = [i for i, kind in enumerate(kinds) if kind in ("success", "warning", "error")]
    assert all(places[-4] < i < places[-3] for i in told[:1])
    if "vega_lite_chart" in kinds:
        between = kinds[kinds.index("vega_lite_chart") + 1 : kinds.index("things to try")]
        assert set(between) <= {"caption"}


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


def test_importing_draws_nothing_and_loads_neither_torch_nor_altair() -> None:
    modules = ("core.lines.one_weight", "core.charts.start.home.pictures", "pages.shared.frame")
    code = "import sys\n" + "".join(
        f"import {module}\nassert not {{'torch', 'altair'}} & sys.modules.keys(), {module!r}\n"
        for module in (*modules, "app")
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert "ScriptRunContext" not in run.stderr


@pytest.mark.long
def test_a_new_process_loads_and_compiles_only_what_its_pages_need() -> None:
    """Neither torch nor the store to be shown; torch not even to begin a run on Train."""
    command = [sys.executable, "-m", "tests.pages.new_process"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


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
