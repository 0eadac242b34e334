import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.handwriting.asking import MOST, ROUNDS, next_digit, take, to_ask
from core.messages import InputError
from tests.core.digits.strokes import draw


@given(
    st.sampled_from(ROUNDS),
    st.booleans(),
    st.integers(0, 99),
    st.lists(st.integers(0, 29), max_size=30, unique=True),
)
def test_whatever_is_written_already_the_rest_is_asked_for(rounds, shuffled, seed, done):
    asked = to_ask(rounds, shuffled=shuffled, seed=seed)
    assert sorted(asked) == sorted(rounds * list(range(10)))
    written = [asked[place] for place in done if place < len(asked)]
    while (digit := next_digit(asked, written)) is not None:
        written.append(digit)
    assert sorted(written) == sorted(asked)


def test_shuffled_rounds_each_have_every_digit_in_another_order():
    asked = to_ask(3, shuffled=True)
    rounds = [asked[:10], asked[10:20], asked[20:]]
    assert all(sorted(order) == list(range(10)) for order in rounds)
    assert len({tuple(order) for order in rounds}) == 3
    assert len(asked) == MOST


def test_a_taken_back_digit_is_asked_for_again():
    asked = to_ask(1)
    assert next_digit(asked, [0, 1, 2]) == 3
    assert next_digit(asked, [0, 1]) == 2


def test_what_is_kept_is_small_and_read_only(written):
    for sample in written:
        assert sample.pixels.nbytes == 784
        with pytest.raises(ValueError, match="read-only"):
            sample.pixels[0, 0] = 1


def test_nothing_is_kept_of_an_empty_canvas():
    assert take(3, np.zeros((280, 280, 4), np.uint8)) is None


@pytest.mark.parametrize("label", [-1, 10])
def test_a_label_is_a_digit(label):
    with pytest.raises(InputError, match="0 to 9"):
        take(label, draw(1))
