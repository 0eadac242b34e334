import pytest
from streamlit.testing.v1 import AppTest

from core.digits.handwriting import teach as lesson
from core.digits.handwriting.asking import take
from tests.core.digits.strokes import draw
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/handwriting/handwriting.py"
SAMPLES = "handwriting"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson of a few updates."""
    monkeypatch.setattr(lesson, "N_UPDATES", 10)
    monkeypatch.setattr(lesson, "N_UPDATES_WITH_MAPS", 3)


def written(app: AppTest, *digits: int) -> AppTest:
    """Add digits to those that the reader has written."""
    kept = list(app.session_state[SAMPLES]) if SAMPLES in app.session_state else []
    app.session_state[SAMPLES] = [*kept, *(take(digit, draw(digit)) for digit in digits)]
    return app.run()


def rows(app: AppTest) -> str:
    return next(one.value for one in app.markdown if "| before | after |" in one.value)


def test_a_hand_is_learned_kept_and_deleted_at_once(open_page: Open) -> None:
    app = written(open_page(PAGE), 0, 1, 7)
    app.button(key="hand_learn").click().run()
    assert not app.exception
    assert "| your digits that it learned from | 3 / 3 | 3 / 3 |" in rows(app)
    assert "has not learned from" not in rows(app)
    assert table(app, "taught")["role"].tolist() == ["data"] * 10 + ["model"] * 10
    written(app, 1, 7)
    assert "| your digits that it has not learned from | 2 / 2 | 2 / 2 |" in rows(app)
    app.button(key="hand_save").click().run()
    assert not app.exception
    assert any(option == "Saved: My hand" for option in app.selectbox(key="net").options)
    assert app.button(key="hand_sketch").label == "Sketch with it"
    app.button(key="hand_forget").click().run()
    assert not app.exception
    assert "Saved: My hand" not in app.selectbox(key="net").options
    assert not any("| before | after |" in one.value for one in app.markdown)


def test_without_mnist_it_says_what_was_lost(open_page: Open) -> None:
    app = written(open_page(PAGE, hand_beside="false"), 7)
    app.button(key="hand_learn").click().run()
    assert any("Your digits alone pulled at the weights" in one.value for one in app.markdown)


def test_a_convolutional_network_is_taught_as_well(open_page: Open) -> None:
    app = written(open_page(PAGE, net="cnn"), 7)
    app.button(key="hand_learn").click().run()
    assert not app.exception
    assert "| your digits that it learned from |" in rows(app)
