"""The prediction above One weight's player: asked, answered, told, dropped."""

from streamlit.testing.v1 import AppTest

from core.learning.exercises import load
from core.number import number
from pages.asking.prediction import FACTS, Asked, _follow
from tests import ROOT
from tests.pages.charts import specification, table
from tests.pages.conftest import Open

PAGE = "pages/lines/one_weight/one_weight.py"
ASKED = load((ROOT / PAGE).with_name("exercises.toml")).prediction
assert ASKED is not None


def row(app: AppTest) -> str:
    """What stands above the player: the phase of the prediction, by its buttons."""
    keys = {button.key for button in app.button}
    return "open" if "guess_skip" in keys else "folded" if "predict" in keys else "told"


def guess(app: AppTest, value: float) -> AppTest:
    app.slider(key="guess_one_weight").set_value(value).run()
    return app.button(key="guess_run").click().run()


def told(app: AppTest) -> str:
    icons = (":material/check_circle: ", ":material/straighten: ")
    (text,) = [one.value for one in app.markdown if one.value.startswith(icons)]
    return str(text).split(": ", 1)[1]


def order(app: AppTest) -> tuple[int, str]:
    """The number of the player's last order, and where it is to stand."""
    number, where, _run = app.session_state["one_weight_order"]
    return number, where


def test_one_guesses_sees_the_guess_and_is_told_the_gap_once(open_page: Open) -> None:
    app = open_page(PAGE)
    assert row(app) == "open"
    assert order(app) == (0, "start")
    assert len(table(app, "guess")) == 0
    layout = specification(app)
    app = guess(app, -0.5)
    assert row(app) == "told"
    assert order(app) == (1, "play")
    assert table(app, "guess")["value"].tolist() == [-0.5]
    assert specification(app) == layout
    end = app.session_state[FACTS]["end_weight"]
    words = {"guess": "−0.500", "truth": f"{end:.3f}", "gap": f"{end + 0.5:.3f}"}
    assert told(app) == ASKED.far.told("en", {**app.session_state[FACTS], **words})
    entry = app.session_state["progress"].entries["one_weight/ow_end"]
    assert (entry.is_right, entry.tries) == (False, 1)
    app.run()
    assert app.session_state["progress"].entries["one_weight/ow_end"] == entry
    app.slider(key="ow_rate").set_value(0.3).run()
    assert row(app) == "folded"
    assert len(table(app, "guess")) == 0
    assert order(app) == (2, "follow")


def test_a_good_guess_is_called_good(open_page: Open) -> None:
    app = guess(open_page(PAGE), 1.55)
    words = {"guess": "1.550", "truth": f"{app.session_state[FACTS]['end_weight']:.3f}", "gap": ""}
    near = ASKED.near.told("en", {**app.session_state[FACTS], **words})
    assert told(app)[:20] == near[:20]


def test_it_is_skipped_and_asked_for_and_the_end_is_not_told_meanwhile(open_page: Open) -> None:
    app = open_page(PAGE)

    def tells_the_end() -> bool:
        return any("At the end" in one.value for one in app.caption)

    assert not tells_the_end()
    app.button(key="guess_skip").click().run()
    assert row(app) == "folded"
    assert tells_the_end()
    assert order(app) == (0, "start")  # it stands where it stood
    app.button(key="predict").click().run()
    assert row(app) == "open"
    assert order(app) == (1, "start")


def test_each_thing_to_try_is_asked_about_once_and_begins_at_the_start(open_page: Open) -> None:
    app = open_page(PAGE)
    app.button(key="preset_1").click().run()
    assert (row(app), order(app)) == ("open", (1, "start"))
    app.button(key="guess_skip").click().run()
    app.button(key="preset_2").click().run()
    assert row(app) == "open"
    app.button(key="preset_1").click().run()
    assert (row(app), order(app)) == ("folded", (3, "start"))


def test_while_one_presents_nothing_is_asked(open_page: Open) -> None:
    app = open_page(PAGE, present="true")
    assert "guess_skip" not in {button.key for button in app.button}


def test_how_far_off_one_was_of_a_run_that_left_the_axis_is_not_a_number(open_page: Open) -> None:
    app = open_page(PAGE, ow_rate="4.0")
    found = app.session_state[FACTS]
    assert ASKED.away is not None
    assert found["n_updates"] < found["n"]
    app = guess(app, -0.5)
    words = {"guess": "−0.500", "truth": number(found["end_weight"])}
    assert told(app) == ASKED.away.told("en", {**found, **words})


def test_a_guess_about_a_run_to_come_goes_with_its_recipe() -> None:
    asked = Asked(run="before", phase="told", guess=90.0, waits=True, recipe="a")
    _follow(asked, {"recipe": "a", "run_epochs": 3}, None)
    assert (asked.phase, asked.guess) == ("told", 90.0)
    _follow(asked, {"recipe": "b", "run_epochs": 3}, None)
    assert (asked.phase, asked.guess) == ("folded", None)
    unanswered = Asked(run="before", phase="open", waits=True, recipe="a")
    _follow(unanswered, {"recipe": "b"}, None)
    assert unanswered.phase == "open"


def test_while_it_is_asked_the_chart_holds_the_answer_back(open_page: Open) -> None:
    app = open_page(PAGE)
    assert table(app, "view")["asks"].tolist() == [True]
    layout = specification(app)
    app.button(key="guess_skip").click().run()
    assert table(app, "view")["asks"].tolist() == [False]
    assert specification(app) == layout
