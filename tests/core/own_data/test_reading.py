import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import Samples
from core.hyperparameters import LARGEST, SMALLEST
from core.messages import InputError
from core.own_data import MAX_BYTES, MAX_ROWS, TwoMeaningsError, from_table, read_csv

DATA = Path(__file__).parent / "data"

sizes = st.just(0.0) | st.floats(SMALLEST, LARGEST)
values = st.builds(lambda size, sign: sign * size, sizes, st.sampled_from([1, -1]))


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
        "x,y\n1,2\n3,4".encode("utf-16-be"),
        "x;y\n1,0;2,0\n3,00;4",
        "1.0;2,0\n3,0;4.0",
        "1|2|\n3|4|",
        "1 2\n  3   4  ",
        "1 ,2\n3 ,4",
        "1，2\n3、4",
        "x,y\n1，2\n3，4",
        "１；２\n３．０；４",
        "SEP=;\nx;y\n1,0;2\n3;4",
        "sep=,\n1,2\n3,4",
        '# made by, "hand\nx,y\n1,2 # a remark, with a comma\n  # another\n3,4',
        "x,y,\n1,2,,\n3,4",
        ",x,y\n0,1,2\n1,3,4",
        "1.0·10⁰;2·10^0\n3×10⁻⁰;400%",
    ],
)
def test_reads_what_spreadsheets_and_people_write(content: bytes | str) -> None:
    x, y = read_csv(content).samples
    assert x.tolist() == [1, 3]
    assert y.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "There is no row with data."),
        (b"\xef\xbb\xbf", "There is no row with data."),
        ("\n \n,\n", "There is no row with data."),
        ("x,y\n", "There is no row with data."),
        ("1\n2", "There is only one column; x, y must be separated by comma,"),
        ("x\n1", "There is only one column; x, y must be separated by comma,"),
        ("1,2,3", "Row 1 must have 2 cells, not 3, unless a header names x, y; where"),
        ("1 2 3", "Row 1 must have 2 cells, not 3, unless a header names x, y."),
        ("\n1,5,2,5", "Row 2 must have 2 cells, not 4, unless a header names x, y; where"),
        ("a,b,c\n1,2,3", "The header has 3 columns; it must name x, y."),
        ("x,y,x\n1,2,3", "The header names column x twice."),
        ("x,x\n1,2", "The header names column x twice."),
        ("x,y\n1,2\n3", "Row 3 must have 2 cells, not 1."),
        ("x,y\n1,5,2,5", "Row 2 must have 2 cells, not 4; where commas are decimal marks, put"),
        ("# a remark\nx;y\n1;2,5,3", "Row 3, column y: 2,5,3 is not a number."),
        ("x,y\n#N/A,2\n1,3", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n#DIV/0!,2\n1,3", "Row 2, column x: #DIV/0! is not a number."),
        ("x,y\n\n1,2\n3,abc", "Row 4, column y: abc is not a number."),
        ("1,abc", "Row 1, column y: abc is not a number."),
        ("size,price\n1,2\n1_000,3", "Row 3, column size: 1_000 is not a number."),
        ("x,y\n1,", "Row 2, column y: there is no number."),
        ("x,y\n,1", "Row 2, column x: there is no number."),
        ("x,y\n1,nan", "Row 2, column y: there must be a number between −1e+50 and"),
        ("NA,NA\n1,2", "Row 1, column x: there must be a number between −1e+50 and"),
        ("x,y\n-inf,1", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n1e999,1", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n1e-51,1", "Row 2, column x: 1e-51 is nearer to 0 than 1e-50; write 0 if that is"),
        ("x,y\n1,-1e-999", "Row 2, column y: -1e-999 is nearer to 0 than 1e-50; write 0 if that"),
        ("x,y\n1e51,1", "Row 2, column x: there must be a number between −1e+50 and"),
        ("x,y\n" + "z" * 50 + ",1", "Row 2, column x: zzzzzzzzzzzzzzzzzzz… is not a number."),
        ('x,y\n1,2\n1,"2\n3,4\n', "Row 3, column y: 2 3,4 is not a number."),
        ('x,y\n1,"' + "2" * 200_000, "Row 2 cannot be read: is a quote open?"),
        (b"x,y\n1,\xff\xfe", "Row 2, column y: ÿþ is not a number."),
        (b"x,y\n1,2\x81", "The file is no text in UTF-8, UTF-16, GBK or Windows-1252; save"),
        (b"\xff\xfe1", "The file is no text in UTF-8, UTF-16, GBK or Windows-1252; save"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "The file is no text in UTF-8, UTF-16, GBK or"),
        (b"PK\x03\x04\x14\0", "The file is a workbook; save its sheet as CSV first."),
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
        read_csv("x;y\n1,5;zwei")
    german = {caught.value.message: "Zeile {row}, Spalte {column}: {cell} ist keine Zahl."}
    assert caught.value.translated(german.__getitem__) == "Zeile 2, Spalte y: zwei ist keine Zahl."


def test_a_cell_with_braces_is_no_placeholder() -> None:
    with pytest.raises(InputError, match=r"Row 2, column x: \{row\} is not a number\."):
        read_csv("x,y\n{row},1")


def test_as_many_rows_as_allowed() -> None:
    x, y = read_csv("x,y\n" + "0.25,-12.5\n" * MAX_ROWS).samples
    assert x.shape == y.shape == (MAX_ROWS,)


@given(st.lists(st.tuples(values, values), min_size=1), st.sampled_from(","), st.booleans())
def test_a_round_trip_through_text_is_exact(
    pairs: list[tuple[float, float]], separator: str, header: bool
) -> None:
    lines = [f"x{separator}y"] * header + [f"{x!r}{separator}{y!r}" for x, y in pairs]
    for content in ("\n".join(lines), "\r\n".join(lines).encode("utf-16")):
        samples = read_csv(content).samples
        assert list(zip(samples.x.tolist(), samples.y.tolist(), strict=True)) == pairs


@given(arrays(np.float64, st.tuples(st.integers(1, 20), st.just(2)), elements=values))
def test_a_round_trip_through_pandas_is_exact(table: np.ndarray) -> None:
    frame = pd.DataFrame(table, columns=["x", "y"])
    for reading in (read_csv(frame.to_csv(index=False)), from_table(frame)):
        samples = reading.samples
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
        samples = read_csv(content).samples
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
    x, y = from_table(frame).samples
    assert x.tolist() == [1, 2.5]
    assert y.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"x": [1.0]}, "The table must have the columns x, y, each of them once."),
        ({"x": [], "y": []}, "There is no row with data."),
        ({"x": [None], "y": [None]}, "There is no row with data."),
        ({"x": [1, 2], "y": [1, None]}, "Row 2, column y: there is no number."),
        ({"x": [None, None], "y": [None, 2]}, "Row 2, column x: there is no number."),
        (
            {"x": [1, math.inf], "y": [1, 2]},
            "Row 2, column x: there must be a number between −1e+50 and 1e+50, not inf.",
        ),
        ({"x": ["one"], "y": [1]}, "Row 1, column x: one is not a number."),
        (
            {"x": ["0.5", "1,234"], "y": ["1.234", 1]},
            "Row 2, column x: 1,234 can mean 1.234 or 1234; write 1.2340 or 1234.",
        ),
        ({"x": np.ones(MAX_ROWS + 1), "y": 1.0}, "There are more than 100,000 rows with data."),
    ],
)
def test_a_bad_table_is_told_in_one_sentence(columns: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        from_table(pd.DataFrame(columns))
    assert str(caught.value).startswith(sentence)


def test_a_table_with_two_columns_x() -> None:
    frame = pd.DataFrame([[1, 2, 3]], columns=["x", "x", "y"])
    with pytest.raises(InputError, match="the columns x, y, each of them once"):
        from_table(frame)


@pytest.mark.parametrize(
    ("name", "x", "y"),
    [
        ("comments.csv", [1], [2]),
        ("cp1252.csv", [1], [2]),
        ("de_excel.csv", [0.1, 0.3], [0.2, 0.4]),
        ("de_excel_tab.csv", [0.1], [0.2]),
        ("fullwidth_comma.csv", [0.1], [0.2]),
        ("gbk.csv", [1], [2]),
        ("ideographic_sep.csv", [1], [2]),
        ("percent.csv", [0.1], [0.2]),
        ("pipe.csv", [1], [2]),
        ("quoted_de.csv", [0.1], [0.2]),
        ("sep_line.csv", [1], [2]),
        ("space_separated.txt", [0.1], [0.2]),
        ("unicode_minus.csv", [-1], [-2]),
    ],
)
def test_files_as_people_have_them(name: str, x: list[float], y: list[float]) -> None:
    reading = read_csv((DATA / name).read_bytes())
    assert [values.tolist() for values in reading.samples] == [x, y]
    assert reading.has_percent == (name == "percent.csv")


@pytest.mark.parametrize(
    ("content", "sentence", "readings"),
    [
        (
            (DATA / "thousands.csv").read_bytes(),
            "Row 2, column x: 1.234 can mean 1.234 or 1234; write 1.2340 or 1234.",
            {
                "1.234": ([1.234, 1234567], [2.5, 3]),
                "1234": ([1234, 1234567], [2.5, 3]),
            },
        ),
        (
            '"1,000",2',
            "Row 1, column x: 1,000 can mean 1 or 1000; write 1 or 1000.",
            {"1": ([1], [2]), "1000": ([1000], [2])},
        ),
        (
            "1.234;2.5",
            "Row 1, column x: 1.234 can mean 1.234 or 1234; write 1.2340 or 1234.",
            {"1.234": ([1.234], [2.5]), "1234": ([1234], [2.5])},
        ),
        (
            "1,5 200\n3,5 300",
            "Sample 1 can mean x = 1, y = 5200 or x = 1.5, y = 200; put semicolons between the",
            {
                "x = 1, y = 5200": ([1, 3], [5200, 5300]),
                "x = 1.5, y = 200": ([1.5, 3.5], [200, 300]),
            },
        ),
    ],
)
def test_two_meanings_are_asked_about(
    content: bytes | str, sentence: str, readings: dict[str, tuple[list[float], list[float]]]
) -> None:
    with pytest.raises(TwoMeaningsError) as caught:
        read_csv(content)
    assert str(caught.value).startswith(sentence)
    found = {
        name: tuple(values.tolist() for values in reading.samples)
        for name, reading in caught.value.readings.items()
    }
    assert found == readings


@pytest.mark.parametrize(
    ("content", "x"),
    [
        ("1.234;1\n0.5;1", [1.234, 0.5]),
        ("1.234;1\n0,5;1", [1234, 0.5]),
        ('"1,234",1\n"1,234,567.5",1', [1234, 1234567.5]),
        ("1.234,1", [1.234]),
    ],
)
def test_the_rest_of_the_column_tells_which_is_meant(content: str, x: list[float]) -> None:
    assert read_csv(content).samples.x.tolist() == x


def test_what_the_sentence_advises_is_read_as_it_says() -> None:
    for separator in ";\t|":
        assert read_csv(f"1.2340{separator}1234").samples.x.tolist() == [1.234]
    assert read_csv("1,5; 200").samples.x.tolist() == [1.5]
    assert read_csv("1; 5 200").samples.y.tolist() == [5200]


def test_a_table_is_read_as_a_csv_is() -> None:
    cells = ["0,5", ".01", "1e-3", "−3", "10%", "1.234", "1 234,5", "２"]
    reading = from_table(pd.DataFrame({"x": cells, "y": "1"}))
    assert reading.samples.x.tolist() == [0.5, 0.01, 0.001, -3, 0.1, 1.234, 1234.5, 2]
    assert reading.has_percent
