import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import Samples
from core.hyperparameters import LARGEST
from core.messages import InputError
from core.own_data import MAX_BYTES, MAX_ROWS, from_table, read_csv

values = st.floats(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    "content",
    [
        "1,2\n3,4",
        "1;2\n3;4\n",
        "1\t2\r\n3\t4\r\n",
        "1,2\r3,4",
        "x,y\n1,2\n3,4",
        "Height, Weight\n1, 2\n3, 4",
        '"a;b",c\n1,2\n3,4',
        "y,x\n2,1\n4,3",
        "Y;X\n2;1\n4;3",
        "name,y,date,x\nfirst,2,2020-01-01,1\nlast,4,,3",
        '"x","y"\n"1","2"\n"3","4"',
        "\n\nx,y\n\n1,2\n  \n,\n3,4\n\n",
        "1e0,+2\n3.,0.4E1",
        "\ufeffx,y\n1,2\n3,4",
        b"x,y\n1,2\n3,4",
        b"\xef\xbb\xbfx,y\n1,2\n3,4",
        "x,y\n1,2\n3,4".encode("utf-16"),
        b"\xfe\xff" + "Größe,身高\n1,2\n3,4".encode("utf-16-be"),
    ],
)
def test_reads_what_spreadsheets_write(content: bytes | str) -> None:
    x, y = read_csv(content)
    assert x.tolist() == [1, 3]
    assert y.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "There is no row with data."),
        (b"\xef\xbb\xbf", "There is no row with data."),
        ("\n \n,\n", "There is no row with data."),
        ("x,y\n", "There is no row with data."),
        ("1\n2", "There is only one column; x and y must be separated by comma,"),
        ("x\n1", "There is only one column; x and y must be separated by comma,"),
        ("1,2,3", "Row 1 must have two cells, not 3, unless a header names x and y;"),
        ("\n1,5,2,5", "Row 2 must have two cells, not 4, unless a header names x and y; dec"),
        ("a,b,c\n1,2,3", "Of 3 columns the header must name one x and one y."),
        ("x,y,x\n1,2,3", "The header names column x or y more than once."),
        ("x,x\n1,2", "The header names column x or y more than once."),
        ("x,y\n1,2\n3", "Row 3 must have 2 cells, not 1;"),
        ("x,y\n1,5,2,5", "Row 2 must have 2 cells, not 4; decimals need a point."),
        ("x;y\n1,5;2", "Row 2, column x: write 1,5 with a decimal point, as 1.5."),
        ("1,5;2,5", "Row 1, column x: write 1,5 with a decimal point, as 1.5."),
        ('x,y\n1,"2,5"', "Row 2, column y: write 2,5 with a decimal point, as 2.5."),
        ("x,y\n\n1,2\n3,abc", "Row 4, column y: abc is not a number."),
        ("1,abc", "Row 1, column y: abc is not a number."),
        ("size,price\n1,2\n1_000,3", "Row 3, column size: 1_000 is not a number."),
        ("x,y\n1,", "Row 2, column y: there is no number."),
        ("x,y\n,1", "Row 2, column x: there is no number."),
        ("x,y\n1,nan", "Row 2, column y: there must be a number between −1e+50 and"),
        ("NA,NA\n1,2", "Row 1, column x: there must be a number between −1e+50 and"),
        ("x,y\n-inf,1", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n1e999,1", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n1e51,1", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n" + "z" * 50 + ",1", "Row 2, column x: zzzzzzzzzzzzzzzzzzz… is not a number."),
        ('x,y\n1,2\n1,"2\n3,4\n', "Row 3, column y: 2 3,4 is not a number."),
        ('x,y\n1,"' + "2" * 200_000, "Row 2 cannot be read: is a quote open?"),
        (b"x,y\n1,\xff\xfe", "The file is no text in UTF-8 or UTF-16; save it as UTF-8."),
        (b"\xff\xfe1", "The file is no text in UTF-8 or UTF-16; save it as UTF-8."),
        ("1,2\n" * (MAX_ROWS + 1), "There are more than 100,000 rows with data."),
        (b" " * (MAX_BYTES + 1), "The data are larger than 2 MB."),
        ("é" * (MAX_BYTES // 2 + 1), "The data are larger than 2 MB."),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(content: bytes | str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        read_csv(content)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".") or sentence.endswith("?")


def test_a_sentence_can_be_said_in_another_language() -> None:
    with pytest.raises(InputError) as caught:
        read_csv("x;y\n1,5;2")
    german = {caught.value.message: "Zeile {row}, Spalte {column}: {point} statt {cell}."}
    assert caught.value.translated(german.__getitem__) == "Zeile 2, Spalte x: 1.5 statt 1,5."


def test_a_cell_with_braces_is_no_placeholder() -> None:
    with pytest.raises(InputError, match=r"Row 2, column x: \{row\} is not a number\."):
        read_csv("x,y\n{row},1")


def test_as_many_rows_as_allowed() -> None:
    x, y = read_csv("x,y\n" + "0.25,-12.5\n" * MAX_ROWS)
    assert x.shape == y.shape == (MAX_ROWS,)


@given(st.lists(st.tuples(values, values), min_size=1), st.sampled_from(",;\t"), st.booleans())
def test_a_round_trip_through_text_is_exact(
    pairs: list[tuple[float, float]], separator: str, header: bool
) -> None:
    lines = [f"x{separator}y"] * header + [f"{x!r}{separator}{y!r}" for x, y in pairs]
    for content in ("\n".join(lines), "\r\n".join(lines).encode("utf-16")):
        samples = read_csv(content)
        assert list(zip(samples.x.tolist(), samples.y.tolist(), strict=True)) == pairs


@given(arrays(np.float64, st.tuples(st.integers(1, 20), st.just(2)), elements=values))
def test_a_round_trip_through_pandas_is_exact(table: np.ndarray) -> None:
    frame = pd.DataFrame(table, columns=["x", "y"])
    for samples in (read_csv(frame.to_csv(index=False)), from_table(frame)):
        assert np.array_equal(np.column_stack(samples), table)


@given(
    st.one_of(
        st.binary(),
        st.text(),
        st.text("0123456789.,;\t\n\r\"'xyeE+-_ nainf\0\ufeff"),
        st.text("xy1,\n").map(lambda text: text.encode("utf-16")),
    )
)
def test_anything_gives_samples_or_a_sentence(content: bytes | str) -> None:
    try:
        samples = read_csv(content)
    except InputError:
        return
    assert isinstance(samples, Samples)
    assert samples.x.size == samples.y.size >= 1
    assert np.isfinite(samples.x).all()
    assert np.isfinite(samples.y).all()


def test_a_table_skips_empty_rows() -> None:
    frame = pd.DataFrame(
        {"x": [None, 1, pd.NA, "2.5", " "], "y": [math.nan, 2, None, 4, ""]}, index=[7, 7, 3, 2, 1]
    )
    x, y = from_table(frame)
    assert x.tolist() == [1, 2.5]
    assert y.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"x": [1.0]}, "The table must have one column x and one column y."),
        ({"x": [], "y": []}, "There is no row with data."),
        ({"x": [None], "y": [None]}, "There is no row with data."),
        ({"x": [1, 2], "y": [1, None]}, "Row 2, column y: there is no number."),
        ({"x": [None, None], "y": [None, 2]}, "Row 2, column x: there is no number."),
        (
            {"x": [1, math.inf], "y": [1, 2]},
            "Row 2, column x: there must be a number between −1e+50 and 1e+50, not inf.",
        ),
        ({"x": ["one"], "y": [1]}, "Row 1, column x: one is not a number."),
        ({"x": ["1,5"], "y": [1]}, "Row 1, column x: write 1,5 with a decimal point, as 1.5."),
        ({"x": np.ones(MAX_ROWS + 1), "y": 1.0}, "There are more than 100,000 rows with data."),
    ],
)
def test_a_bad_table_is_told_in_one_sentence(columns: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        from_table(pd.DataFrame(columns))
    assert str(caught.value).startswith(sentence)


def test_a_table_with_two_columns_x() -> None:
    frame = pd.DataFrame([[1, 2, 3]], columns=["x", "x", "y"])
    with pytest.raises(InputError, match="one column x and one column y"):
        from_table(frame)
