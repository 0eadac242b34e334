import re
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.digits.classroom import attempts, codes
from core.digits.classroom import learn as lesson
from core.digits.classroom.attempts import Attempts
from core.digits.classroom.codes import Held
from core.digits.classroom.facts import count
from core.digits.handwriting import teach
from core.digits.handwriting.asking import take
from pages.shared.jobs import store
from pages.shared.owner import LOCAL
from tests.core.digits.strokes import draw
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/classroom/classroom.py"
HELD = "classes_held"
"""Where the page's arriving.py has the classes that this browser leads."""


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins as in a fresh server."""
    for name, most in {"WRONG": 3, "ALL_WRONG": 100, "OPENED": 100, "SENT": 2}.items():
        monkeypatch.setattr(attempts, name, Attempts(most, 3600))


@pytest.fixture
def led() -> Iterator[Held]:
    """A class that this browser leads, with two hands; of the second a 7 stands for a 1."""
    one = Held(codes.new_code(), codes.new_key())
    class_id = codes.class_id(one.code)
    store().classes.open(class_id, LOCAL, codes.key_hash(one.key), days=1)
    for owner, digits in (("ada", ((0, 0), (1, 1), (7, 7))), ("bob", ((0, 0), (1, 7)))):
        store().classes.join(class_id, owner)
        for label, drawn in digits:
            sample = take(label, draw(drawn))
            assert sample is not None
            store().classes.add(class_id, owner, label, sample.pixels.tobytes())
    yield one
    store().classes.close(class_id)


def enter(open_page: Open, one: Held, *, leads: bool) -> AppTest:
    app = open_page(PAGE, room=codes.write_code(one.code))
    if leads:
        app.session_state[HELD] = codes.write_held([one])
        app.run()
        assert not app.exception
    return app


def texts(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.error, *app.warning, *app.success, *app.info]
    return "\n".join(str(one.value) for one in shown)


def guessed(app: AppTest) -> tuple[str, float | None]:
    """What was guessed, and how many percent it was, as far as that is told."""
    told = "\n".join(one.value for one in app.markdown)
    if waits := re.search(r"(?:You guess: |你的猜测：)(\d+)", told):
        return waits[1], None
    gap = re.search(r"(?:ou said|你猜) (\d+) ?%.*?([\d.]+) ?%", told)
    assert gap is not None, told
    assert re.search(f'aria-label="[^"]*{gap[1]}; [^"]*{gap[2]}"', told), "no picture"
    return gap[1], float(gap[2])


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_class_is_opened_watched_learned_from_and_deleted(
    locale: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teach, "N_UPDATES", 5)
    monkeypatch.setattr(lesson, "N_FROM_NOTHING", 5)
    app = open_page(PAGE, locale)
    app.button(key="classroom_open").click().run()
    (held,) = codes.read_held(app.session_state[HELD])
    assert app.query_params["room"] == codes.write_code(held.code)
    class_id = codes.class_id(held.code)
    for owner, drawn in (("ada", 1), ("bob", 7)):
        number = store().classes.join(class_id, owner)
        for label in (1, 2, 7):
            sample = take(label, draw(drawn))
            assert sample is not None
            store().classes.add(class_id, owner, label, sample.pixels.tobytes())
    app.run()
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["2 / 60", "6"]
    predictions = table(app, "predictions").set_index("digit")
    assert predictions.loc[["1", "7"], "n_read"].tolist() == [3, 3]
    assert table(app, "cells")["n"].sum() == 6
    app.slider(key="guess_classroom").set_value(100).run()
    app.button(key="guess_run").click().run()
    assert guessed(app) == ("100", None)
    app.button(key="room_learn").click().run()
    assert not app.exception
    assert table(app, "hands")["hand"].tolist() == ["1", "1", "2", "2"]
    (table_of_both,) = [one.value for one in app.markdown if "| ---: | ---: |" in one.value]
    n_right = int(re.findall(r" (\d)\u00a0/\u00a03 \|", table_of_both)[-1])
    assert guessed(app) == ("100", round(100 * n_right / 3))
    app.button(key="room_save").click().run()
    assert store().models.of_owner(LOCAL)[0].card["held_out"].endswith("digits of a class.")
    app.button(key="room_forget").click().run()
    assert "hands" not in {d.name for c in app.get("vega_lite_chart") for d in c.proto.datasets}
    app.button(key="classroom_close").click().run()
    assert not app.exception
    assert store().classes.get(class_id) is None
    assert "classroom_open" in keys(app)
    assert number == 2


def test_who_wrote_is_told_what_came_of_a_guess_and_of_the_run(open_page: Open, led: Held) -> None:
    """The run was the teacher's, in another browser."""
    class_id = codes.class_id(led.code)
    store().classes.join(class_id, LOCAL)
    app = enter(open_page, led, leads=False)
    app.slider(key="guess_classroom").set_value(60).run()
    app.button(key="guess_run").click().run()
    assert guessed(app) == ("60", None)
    held = np.array([True, True, True, True, False])
    counts = count("alone", held, ~held, held, (9947, 9930))
    store().classes.note_learned(class_id, counts)
    app.run()
    assert guessed(app) == ("60", 100.0)
    assert "Of 4 held back it reads 4 right, and read 0 before" in texts(app)
    assert "of the 4 digits that were held back" not in texts(app)  # it is said once
    late = enter(open_page, led, leads=False)  # who has not guessed is not asked afterwards
    assert not {"guess_run", "predict"} & keys(late)
    assert "of the 4 digits that were held back" in texts(late)
    done = {name for name, one in late.session_state["progress"].entries.items() if one.is_right}
    assert done == {"classroom/cl_gain"}


def test_a_learner_says_yes_writes_ten_and_takes_them_back(open_page: Open, led: Held) -> None:
    class_id = codes.class_id(led.code)
    app = enter(open_page, led, leads=False)
    assert "classroom_close" not in keys(app)
    assert "You are asked for ten handwritten digits" in texts(app)
    assert store().classes.number(class_id, LOCAL) is None  # nothing before one has said yes
    app.button(key="classroom_join").click().run()
    assert [metric.value for metric in app.metric] == ["3"]
    app.session_state["class_drawn_image"] = draw(0)
    app.session_state["class_drawn_strokes"] = []
    app.run()
    app.button(key="classroom_send").click().run()
    assert not app.exception
    assert "You wrote **0**. The network reads **0**" in texts(app)
    assert [row.label for row in store().classes.digits(class_id, 3)] == [0]
    assert app.header[0].value == "Write a 1"
    for label in range(1, 10):
        store().classes.add(class_id, LOCAL, label, bytes(784))
    app.run()
    assert "All ten are there." in texts(app)
    store().classes.remove(class_id, 3, 4)  # the teacher does
    assert app.run().header[0].value == "Write a 4"
    app.button(key="classroom_take_back").click().run()
    assert "Your digits are deleted." in texts(app)
    assert {mark.hand for mark in store().classes.marks(class_id)} == {1, 2}


def test_who_sends_too_quickly_loses_nothing(open_page: Open, led: Held) -> None:
    app = enter(open_page, led, leads=False)
    app.button(key="classroom_join").click().run()
    for _again in range(3):
        app.session_state["class_drawn_image"] = draw(1)
        app.session_state["class_drawn_strokes"] = []
        app.run()
        app.button(key="classroom_send").click().run()
    assert "That was quick" in texts(app)
    assert app.header[0].value == "Write a 2"
    assert np.array_equal(app.session_state["class_drawn_image"], draw(1))


def test_the_teacher_removes_a_bad_drawing_and_a_hand(open_page: Open, led: Held) -> None:
    class_id = codes.class_id(led.code)
    app = enter(open_page, led, leads=True)
    assert "Read worst: hand 2 (1 of 2)." in texts(app)
    app.session_state["room_tidy"] = True
    app.run()
    app.selectbox(key="room_hand").set_value(2).run()
    app.session_state["room_digit"] = 1
    app.run()
    app.button(key="room_remove").click().run()
    assert not app.exception
    assert [(m.hand, m.label) for m in store().classes.marks(class_id)] == [
        (1, 0),
        (1, 1),
        (1, 7),
        (2, 0),
    ]
    app.selectbox(key="room_hand").set_value(1).run()
    app.button(key="room_remove_hand").click().run()
    assert [(m.hand, m.label) for m in store().classes.marks(class_id)] == [(2, 0)]


def test_a_code_alone_leads_no_class_and_a_guessed_one_opens_none(
    open_page: Open, led: Held
) -> None:
    forged = Held(led.code, codes.new_key())
    inside = enter(open_page, forged, leads=True)
    assert "classroom_join" in keys(inside)  # a learner like any other
    for guess in range(3):
        app = open_page(PAGE, room=f"{guess}" * 12)
        assert "There is no class with this code" in texts(app)
    app = open_page(PAGE, room=led.code)  # even the right one, for a while
    assert "Those were many wrong codes" in texts(app)
    assert "classroom_join" not in keys(app)
    assert "classroom_join" in keys(inside.run())  # who is in stays in


@pytest.mark.parametrize("typed", ["x", "K7QM-2XVB-9RT", "<script>" * 40, "\x00" * 12, "''''''"])
def test_what_is_no_code_gets_one_sentence(typed: str, open_page: Open) -> None:
    app = open_page(PAGE, room=typed)
    assert [error.value for error in app.error] == [
        "The code of a class has 12 letters and digits, such as K7QM-2XVB-9RTC."
    ]
    assert "classroom_open" in keys(app)
