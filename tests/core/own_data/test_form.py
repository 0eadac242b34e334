import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.hyperparameters import LARGEST, SMALLEST
from core.messages import InputError
from core.own_data import TWO_CLASSES, Form, from_table, read_csv, reading_of, to_table

POINTS = [[1.0, 2.0, 0.0], [3.0, 4.0, 1.0]]

numbers = st.just(0.0) | st.floats(SMALLEST, LARGEST) | st.floats(-LARGEST, -SMALLEST)


@pytest.mark.parametrize(
    ("content", "classes"),
    [
        ("1,2,0\n3,4,1", ()),
        ("x1,x2,class\n1,2,0\n3,4,1", ()),
        ("x1,x2,y\n1.0,2.0,0.0\n3.0,4.0,1.0", ()),
        ("label;X₂;x_1;date\n0;2;1;today\n1;4;3;\n", ()),
        ("length,width,kind\n1,2,blue\n3,4,red", ("blue", "red")),
        ("1;2;a, or b\n3;4;c", ("a, or b", "c")),
        ("1,0;2,0;no\n3,0;4,0;yes", ("no", "yes")),
        ("1 2 −1\n3 4 +1", ("−1", "1")),
        ("1\t2\t9\n3\t4\t10", ("9", "10")),
        ("x1,x2,类别\n1,2,-\n3,4,?", ("-", "?")),
        ("１，２，0\n３，４，１", ()),
    ],
)
def test_points_and_their_classes_as_people_write_them(
    content: str, classes: tuple[str, ...]
) -> None:
    reading = read_csv(content, TWO_CLASSES)
    assert np.column_stack(reading.columns).tolist() == POINTS
    assert reading.classes == classes
    x, y = reading.samples
    assert x.shape == (reading.n_samples, 2) == (2, 2)
    assert y.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("1,2\n3,4", "Row 1 must have 3 cells, not 2, unless a header names x1, x2, class; where"),
        ("x1,x2\n3,4", "The header has 2 columns; it must name x1, x2, class."),
        ("a;b;c;d\n1;2;3;4", "The header has 4 columns; it must name x1, x2, class."),
        ("x1,x1,class\n1,2,0", "The header names column x1 twice."),
        ("x1,x2,y,class\n1,2,0,1", "The header names column class twice."),
        ("1,2,red\n3,4,", "Row 2, column class: there is no class."),
        ("1,2,red\n3,4,NaN", "Row 2, column class: there is no class."),
        ("1,2,0\n3,4,1\n5,6,2", "There are 3 classes, 0, 1, 2; there may be 2 at most."),
        ("1,2,a\n3,4,b\n5,6,A", "There are 3 classes, A, a, b; there may be 2 at most."),
        (
            "\n".join(f"1,2,{name}" for name in "gfedcba"),
            "There are 7 classes, a, b, c, d, e, …; there may be 2 at most.",
        ),
        ("1,2,0\n3,four,1", "Row 2, column x2: four is not a number."),
        ("1,2,0\n3,1e51,1", "Row 2, column x2: there must be a number between −1e+50 and"),
        ("1,2,0\n1e-160,4,1", "Row 2, column x1: 1e-160 is nearer to 0 than 1e-50; write 0 if"),
        ("1.234;2.345;0", "Row 1, column x1: 1.234 can mean 1.234 or 1234; write"),
    ],
)
def test_what_is_wrong_with_points_is_told_in_one_sentence(content: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        read_csv(content, TWO_CLASSES)
    assert str(caught.value).startswith(sentence)


def test_a_class_alone_keeps_its_number_or_is_the_first() -> None:
    assert read_csv("1,2,1\n3,4,1", TWO_CLASSES).samples.y.tolist() == [1, 1]
    alone = read_csv("1,2,red\n3,4,red", TWO_CLASSES)
    assert (alone.samples.y.tolist(), alone.classes) == ([0, 0], ("red",))


def test_another_form_has_more_classes_or_a_number() -> None:
    four = Form(("x1", "x2", "class"), 4)
    text = "1,2,3\n3,4,0\n5,6,2\n7,8,1"
    assert read_csv(text, four).samples.y.tolist() == [3, 0, 2, 1]
    regress = Form(("x1", "x2", "y"))
    assert read_csv("1,2,−0.5\n3,4,2e3", regress).samples.y.tolist() == [-0.5, 2000]


@settings(max_examples=30)
@given(st.lists(st.tuples(numbers, numbers, st.integers(0, 1)), min_size=1, max_size=20))
def test_points_come_back_from_a_table_exactly(rows: list[tuple[float, float, int]]) -> None:
    points = np.array(rows, dtype=float)
    frame = to_table(reading_of(points[:, :2], points[:, 2]).columns, TWO_CLASSES)
    assert list(frame.columns) == ["x1", "x2", "class"]
    for reading in (from_table(frame, TWO_CLASSES), read_csv(frame.to_csv(), TWO_CLASSES)):
        assert np.array_equal(np.column_stack(reading.columns), points)


@given(st.text() | st.text("0123456789.,;\t\n\"'xe-_ red\0"))
def test_anything_gives_points_or_a_sentence(content: str) -> None:
    try:
        reading = read_csv(content, TWO_CLASSES)
    except InputError:
        return
    assert set(reading.samples.y) <= {0, 1}
    assert np.isfinite(reading.samples.x).all()


def test_names_in_a_table_are_told_like_those_in_a_file() -> None:
    frame = pd.DataFrame({"x1": ["1", "3"], "x2": ["2", "4"], "class": ["red", "blue"]})
    assert from_table(frame, TWO_CLASSES).classes == ("blue", "red")
