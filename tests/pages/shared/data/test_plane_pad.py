import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core.hyperparameters import LARGEST, SMALLEST
from core.link.packed import MOST_ROWS, pack
from core.own_data import TWO_CLASSES, read_csv
from pages.shared.data.plane_pad import MARKS, MOST_SET, checked, extent_of
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/planes/boundary/boundary.py"

numbers = st.just(0.0) | st.floats(SMALLEST, LARGEST) | st.floats(-LARGEST, -SMALLEST)
points = st.lists(st.tuples(numbers, numbers), max_size=5).map(
    lambda pairs: np.array([[*pair, 0.0] for pair in pairs]).reshape(-1, 3)
)


@given(points)
@example(np.array([[0.0, 3.73e49, 0.0], [0.0, -1.98e49, 0.0]]))  # a single number stood there
def test_all_points_lie_in_the_shown_plane_and_can_be_told_apart(drawn: np.ndarray) -> None:
    for axis, values in zip(extent_of(drawn), drawn[:, :2].T, strict=True):
        assert axis.low < axis.high
        assert ((values >= axis.low) & (values <= axis.high)).all()
        assert 100 <= (axis.high - axis.low) / axis.step <= 2000
        assert axis.low + axis.step > axis.low
        assert 2 <= len(axis.ticks()) <= 5


@pytest.mark.parametrize(
    "told",
    [
        *(None, 1, "points", {"x": 1}, [[1, 2]], [[1, 2, "a"]], [[1, 2, 2]], [[1, 2, 0.5]]),
        *([[1, 2, -1]], [[1e51, 2, 0]], [[1, 1e-51, 0]], [[float("nan"), 2, 0]], [1, 2, 0, 1]),
        [[1, 2, 0]] * (2 * MOST_SET + 1),
    ],
)
def test_what_the_plane_cannot_have_sent_is_nothing(told: object) -> None:
    assert checked(told, 2) is None


def test_what_the_plane_sends_is_points() -> None:
    good = checked([[1, 2, 0], [0, -0.5, 1]], 2)
    assert good is not None
    assert good.tolist() == [[1, 2, 0], [0, -0.5, 1]]
    assert checked([], 2) is not None
    assert checked([[1, 2, 3]], len(MARKS)) is not None
    assert checked([[1, 2, -0.5]], 0) is not None  # a number instead of a class
    assert checked([[1, 2, 1e51]], 0) is None


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="own_points_text").set_value(text)
    return app.button(key="own_points_use").click().run()


def in_use(app: AppTest) -> str:
    return next(caption.value for caption in app.caption if caption.value.startswith("In use"))


def shown(app: AppTest) -> list[list[float]]:
    drawn: list[list[float]] = table(app, "samples")[["x1", "x2", "y"]].to_numpy().tolist()
    return drawn


def test_points_are_pasted_told_learned_from_and_travel_in_the_link(open_page: Open) -> None:
    app = open_page(PAGE, src="own")
    assert in_use(app).startswith("In use: an example, N = 6.")
    app = paste(app, "x1;x2;class\n1,5;2;red\n−1;0;blue\n2;2;red")
    points = [[1.5, 2, 1], [-1, 0, 0], [2, 2, 1]]
    assert shown(app) == points
    assert in_use(app) == (
        "In use: the pasted text, N = 3. The classes became numbers: `blue` → 0, `red` → 1."
    )
    packed = pack(tuple(tuple(map(float, point)) for point in points))
    assert app.query_params["pts"] in (packed, [packed])
    again = read_csv(table(app, "samples").to_csv(index=False), TWO_CLASSES)
    assert np.column_stack(again.columns).tolist() == points

    for text, sentence in [
        ("1,2,a\n3,4,b\n5,6,c", "There are 3 classes, a, b, c; there may be 2 at most."),
        ("1,2\n3,4", "Row 1 must have 3 cells, not 2"),
        ("1,2,red\n3,4,", "Row 2, column class: there is no class."),
        ("1e-160,2,0", "1e-160 is nearer to 0 than 1e-50"),
    ]:
        app = paste(app, text)
        assert len(app.error) == 1
        assert sentence in app.error[0].value
        assert shown(app) == points
    app = paste(app, "1,2,1\n3,4,1")
    assert not app.error
    assert in_use(app).endswith("All are of one class: there is nothing to part yet.")
    assert shown(app) == [[1, 2, 1], [3, 4, 1]]

    app.button(key="preset_1").click().run()
    assert len(shown(app)) == 100


def test_points_of_a_link_are_opened_and_too_many_are_told(open_page: Open) -> None:
    app = open_page(PAGE, src="own", pts=pack(((1.0, 2.0, 0.0), (3.0, 4.5, 1.0))))
    assert shown(app) == [[1, 2, 0], [3, 4.5, 1]]
    assert in_use(app) == "In use: the link, N = 2."
    rows = [f"{i % 37},{i % 41},{i % 2}" for i in range(MOST_SET + 1)]
    app = paste(app, "\n".join(rows[: MOST_ROWS + 1]))
    assert "so this one carries none" in in_use(app)
    assert "pts" not in app.query_params
    app = paste(app, "\n".join(rows))
    said = [element.value for element in (*app.caption, *app.markdown)]
    assert "Too many points to set them one by one." in said
    assert any("takes too long for more than 500 points" in text for text in said)
    assert not app.exception
