import pytest

from core.own_data.rows import cuts


@pytest.mark.parametrize(
    ("text", "separators"),
    [
        ("1,5 200", [",", " "]),
        ("1, 5", [","]),
        ("1;5", [";"]),
        ("0,1；0,2", [";", ","]),
        ("sep=|\n1;2|3", ["|"]),
        ('"sep=,"\n1,2', [","]),
        ("1，2,5", ["，", ",", ","]),
        ("12", []),
        ("", []),
    ],
)
def test_a_text_is_cut_in_each_way_that_parts_its_first_row(
    text: str, separators: list[str]
) -> None:
    assert [cut.separator for cut in cuts(text)] == separators


def test_remarks_are_left_out_and_keep_their_rows_number() -> None:
    text = '# a,"b\nx,y\n1,2 # "a", b\n\n"#3",#N/A # c\nitem #1,2'
    assert list(cuts(text)[0].rows()) == [
        (2, ["x", "y"]),
        (3, ["1", "2"]),
        (5, ["#3", "#N/A # c"]),
        (6, ["item #1", "2"]),
    ]
