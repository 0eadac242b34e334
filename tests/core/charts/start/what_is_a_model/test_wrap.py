from hypothesis import given
from hypothesis import strategies as st

from core.charts.start.what_is_a_model.wrap import width, wrap

letters = st.text(st.sampled_from("ab η，。 学习率（）"), max_size=80)


@given(letters, st.integers(6, 40))
def test_nothing_is_lost_but_blanks(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.text("ab", min_size=1, max_size=6), min_size=1), st.integers(6, 40))
def test_no_line_is_longer_than_the_room(words: list[str], room: int) -> None:
    assert max(width(line) for line in wrap(" ".join(words), room)) <= room


def test_no_line_begins_with_a_comma() -> None:
    assert wrap("学习，学习，再学习。", 9) == ["学习，学", "习，再学", "习。"]
