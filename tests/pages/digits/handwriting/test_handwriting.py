import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from core.digits.handwriting import asking
from core.digits.recognise import load_recogniser
from tests.core.digits.strokes import draw
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/handwriting/handwriting.py"

# Where pages/shared/canvas.py keeps this page's drawing, and the page's writing.py the kept ones.
IMAGE, STROKES, SAMPLES = "hand_drawn_image", "hand_drawn_strokes", "handwriting"


def keep(app: AppTest, drawing: NDArray[np.uint8]) -> AppTest:
    """Draw on the canvas, and keep it."""
    app.session_state[IMAGE] = drawing
    app.session_state[STROKES] = []
    app.run()
    app.button(key="hand_keep").click().run()
    assert not app.exception
    return app


def with_kept(app: AppTest, *digits: tuple[int, int]) -> AppTest:
    """As if the reader had written for each label the second digit of the pair."""
    samples = [asking.take(label, draw(digit)) for label, digit in digits]
    app.session_state[SAMPLES] = samples
    return app.run()


def asked(app: AppTest) -> str:
    return str(app.header[0].value)


def test_digits_are_asked_for_kept_and_the_canvas_is_emptied(open_page: Open) -> None:
    app = open_page(PAGE)
    assert asked(app) == "Write a 0"
    assert app.button(key="hand_keep").disabled
    keep(app, draw(0))
    assert asked(app) == "Write a 1"
    assert app.session_state[IMAGE] is None
    assert app.button(key="hand_keep").disabled
    assert app.metric[0].value == "1 / 1"
    keep(app, draw(7))  # a 7 in the place of a 1
    assert app.metric[0].value == "1 / 2"
    texts = [text.value for text in app.markdown]
    assert any("You wrote **1**, but the network reads **7**" in text for text in texts)
    cells = table(app, "cells")
    assert cells[cells["n"] > 0][["written", "read"]].to_numpy().tolist() == [
        ["0", "0"],
        ["1", "7"],
    ]


def test_mnists_confusion_stands_beside(open_page: Open) -> None:
    app = with_kept(open_page(PAGE), (0, 0))
    yours, beside = [
        pa.ipc.open_stream(dataset.data.data).read_pandas()
        for chart in app.get("vega_lite_chart")
        for dataset in chart.proto.datasets
        if dataset.name == "cells"
    ]
    assert yours["n"].sum() == 1
    assert beside["n"].sum() == 10_000
    right = beside[beside["written"] == beside["read"]]["n"].sum()
    assert right == round(10_000 * load_recogniser().card.test_accuracy)


def test_nothing_drawn_cannot_be_kept(open_page: Open) -> None:
    app = open_page(PAGE)
    app.session_state[IMAGE] = np.zeros((280, 280, 4), np.uint8)
    app.session_state[STROKES] = []
    app.run()
    assert app.button(key="hand_keep").disabled


def test_the_last_one_is_taken_back_and_all_are_deleted_at_once(open_page: Open) -> None:
    app = with_kept(open_page(PAGE), (0, 0), (1, 1))
    app.button(key="hand_back").click().run()
    assert asked(app) == "Write a 1"
    assert app.metric[0].value == "1 / 1"
    app.session_state[IMAGE] = draw(1)
    app.run()
    app.button(key="hand_delete").click().run()
    assert app.session_state[SAMPLES] == []
    assert app.session_state[IMAGE] is None
    assert asked(app) == "Write a 0"
    assert not app.metric
    assert len(app.get("download_button")) == 0


def test_after_ten_digits_one_may_go_on_to_thirty(open_page: Open) -> None:
    app = with_kept(open_page(PAGE), *[(digit, 1) for digit in range(10)])
    assert "All of them are there." in [box.value for box in app.success]
    assert len(app.get("download_button")) == 2
    app.selectbox(key="hand_times").set_value("3").run()
    assert asked(app) == "Write a 0"
    with_kept(app, *[(digit, 1) for digit in range(10)] * 3)
    assert "All of them are there." in [box.value for box in app.success]
    assert app.metric[0].value == "3 / 30"


def test_no_more_than_thirty_are_kept(open_page: Open) -> None:
    app = with_kept(open_page(PAGE, hand_times="3"), *[(1, 1)] * asking.MOST)
    keep(app, draw(0))
    assert len(app.session_state[SAMPLES]) == asking.MOST


def test_shuffled_asks_in_another_order(open_page: Open) -> None:
    app = open_page(PAGE)
    app.toggle(key="hand_shuffled").set_value(True).run()
    expected = asking.to_ask(1, shuffled=True)[0]
    assert asked(app) == f"Write a {expected}"


def test_an_unsure_one_is_wrong_and_said(open_page: Open) -> None:
    app = open_page(PAGE)
    scribble = np.zeros((280, 280), np.uint8)
    scribble[30:250:22] = scribble[:, 30:250:22] = 255
    keep(app, scribble)
    assert app.metric[0].value == "0 / 1"
    assert any("The network is **unsure**." in text.value for text in app.markdown)
    cells = table(app, "cells")
    assert cells[cells["n"] > 0]["read"].tolist() == ["?"]


def test_another_network_scores_the_same_digits(open_page: Open) -> None:
    app = with_kept(open_page(PAGE), (0, 0), (1, 1))
    before = table(app, "shares")["mnist"].tolist()
    app.selectbox(key="net").set_value("article").run()
    assert app.metric[0].value.endswith("/ 2")
    assert table(app, "shares")["mnist"].tolist() != before


def test_the_digits_stay_while_one_looks_at_another_page(open_page: Open) -> None:
    app = with_kept(open_page(PAGE), (0, 0), (1, 1))
    app.switch_page("pages/digits/sketch/sketch.py").run()
    assert not app.exception
    app.switch_page(PAGE).run()
    assert app.metric[0].value == "2 / 2"


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_state_of_the_page_is_shown(locale: str, open_page: Open) -> None:
    app = with_kept(open_page(PAGE, locale), *[(digit, 7) for digit in range(10)])
    assert not app.exception
    assert app.metric[0].value == "1 / 10"
