"""A class's link: the arm it leads to, what the browser keeps of it, and the way out."""

import pytest
from streamlit.testing.v1 import AppTest

from core.learning.arms import ARMS, arm
from pages.asking import experiment
from pages.shared import owner
from tests.pages.conftest import Open

HOME = "pages/start/home/home.py"
ONE_WEIGHT = "pages/lines/one_weight/one_weight.py"


def cookie(app: AppTest) -> str:
    """What the page puts into the cookie; "" if it puts none."""
    scripts = (e.proto.body for e in app.get("html") if "document.cookie" in e.proto.body)
    found = [script for script in scripts if f'"{experiment.COOKIE}=' in script]
    return found[0].split("=")[2].split(";")[0] if found else ""


def test_a_link_of_a_class_is_kept_on_every_page_and_by_the_browser(open_page: Open) -> None:
    app = open_page(HOME, **{"class": "123"})
    kept = app.session_state[experiment.KEPT]
    assert kept.startswith("123.")
    assert cookie(app) == kept
    app.switch_page(ONE_WEIGHT).run()
    assert app.query_params["class"] in ("123", ["123"])
    assert app.session_state[experiment.KEPT] == kept


def test_without_such_a_link_nothing_is_kept(open_page: Open) -> None:
    app = open_page(HOME)
    assert experiment.KEPT not in app.session_state
    assert cookie(app) == ""
    assert "class" not in app.query_params


@pytest.mark.parametrize("text", ["123.45", "0.45"])
def test_the_next_visit_is_in_the_same_arm(
    text: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(owner.st.context), "cookies", {experiment.COOKIE: text})
    app = open_page("pages/start/check/check.py")
    class_number, number = map(int, text.split("."))
    told = [caption.value for caption in app.caption if f"class {class_number}" in caption.value]
    assert bool(told) == bool(class_number)
    assert cookie(app) == ""
    assert arm(class_number, number) in ("asks", "shows")
    if class_number:
        app.button(key="check_no_part").click().run()
        assert cookie(app) == f"0.{number}"
        assert not [c.value for c in app.caption if f"class {class_number}" in c.value]


@pytest.mark.parametrize("text", ["<script>", "1.2.3", "9999999.1", "5.", "５.６"])
def test_what_no_app_wrote_counts_as_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(owner.st.context), "cookies", {experiment.COOKIE: text})
    assert experiment.asks()
    assert experiment.current_class() == 0


def test_another_class_is_another_class_of_the_same_browser(open_page: Open) -> None:
    app = open_page(HOME, **{"class": "123"})
    number = app.session_state[experiment.KEPT].split(".")[1]
    app.query_params["class"] = "7"
    app.run()
    assert app.session_state[experiment.KEPT] == f"7.{number}"
    app.query_params["class"] = "0"
    app.run()
    assert app.session_state[experiment.KEPT] == f"0.{number}"


def test_asks_is_what_the_arm_says(monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for number in range(1, 40):
        held = {experiment.COOKIE: f"7.{number}"}
        monkeypatch.setattr(type(owner.st.context), "cookies", held)
        assert experiment.asks() == (arm(7, number) == "asks")
        found.add(experiment.asks())
    assert found == {True, False}


def asked(app: AppTest) -> set[str]:
    """What a page asks, by the beginning of its elements' keys."""
    keys = {str(button.key) for button in app.button}
    beginnings = ("predict", "guess", "check_ow", "hint")
    found = {one for one in beginnings if any(key.startswith(one) for key in keys)}
    texts = " ".join(text.value for text in (*app.header, *app.caption))
    return found | {word for word in ("Questions", "Challenges", "questions 0/") if word in texts}


@pytest.mark.parametrize("wanted", ARMS)
def test_in_one_arm_a_page_asks_and_in_the_other_it_is_the_same_without(
    wanted: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = next(number for number in range(1, 100) if arm(7, number) == wanted)
    held = {experiment.COOKIE: f"7.{number}"}
    monkeypatch.setattr(type(owner.st.context), "cookies", held)
    lesson, home = open_page(ONE_WEIGHT), open_page(HOME)
    in_lesson = {"guess", "check_ow", "hint", "Questions", "Challenges"}
    assert asked(lesson) == (in_lesson if wanted == "asks" else set())
    assert asked(home) == ({"questions 0/"} if wanted == "asks" else set())
    assert any("Things to try" in header.value for header in lesson.header)
    assert len(lesson.get("vega_lite_chart")) == 1
