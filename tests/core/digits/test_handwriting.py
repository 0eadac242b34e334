import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.digits import handwriting, mnist
from core.digits.handwriting import MOST, UNSURE, Sample, Score
from core.digits.recognise import load_recogniser, shipped_models
from core.messages import InputError
from tests.core.digits.strokes import draw

RECOGNISER = load_recogniser()


@pytest.fixture(scope="module")
def written():
    """Three drawings, and a scribble under the name of a 4."""
    scribble = np.zeros((280, 280), np.uint8)
    scribble[30:250:22] = scribble[:, 30:250:22] = 255
    drawings = [(7, draw(7)), (1, draw(1)), (0, draw(0)), (4, scribble)]
    return [handwriting.take(label, drawing) for label, drawing in drawings]


@given(
    st.sampled_from(handwriting.ROUNDS),
    st.booleans(),
    st.integers(0, 99),
    st.lists(st.integers(0, 29), max_size=30, unique=True),
)
def test_whatever_is_written_already_the_rest_is_asked_for(rounds, shuffled, seed, done):
    asked = handwriting.to_ask(rounds, shuffled=shuffled, seed=seed)
    assert sorted(asked) == sorted(rounds * list(range(10)))
    written = [asked[place] for place in done if place < len(asked)]
    while (digit := handwriting.next_digit(asked, written)) is not None:
        written.append(digit)
    assert sorted(written) == sorted(asked)


def test_shuffled_rounds_each_have_every_digit_in_another_order():
    asked = handwriting.to_ask(3, shuffled=True)
    rounds = [asked[:10], asked[10:20], asked[20:]]
    assert all(sorted(order) == list(range(10)) for order in rounds)
    assert len({tuple(order) for order in rounds}) == 3
    assert len(asked) == MOST


def test_a_taken_back_digit_is_asked_for_again():
    asked = handwriting.to_ask(1)
    assert handwriting.next_digit(asked, [0, 1, 2]) == 3
    assert handwriting.next_digit(asked, [0, 1]) == 2


def test_what_is_kept_is_small_and_read_only(written):
    for sample in written:
        assert sample.pixels.nbytes == 784
        with pytest.raises(ValueError, match="read-only"):
            sample.pixels[0, 0] = 1


def test_nothing_is_kept_of_an_empty_canvas():
    assert handwriting.take(3, np.zeros((280, 280, 4), np.uint8)) is None


@pytest.mark.parametrize("label", [-1, 10])
def test_a_label_is_a_digit(label):
    with pytest.raises(InputError, match="0 to 9"):
        handwriting.take(label, draw(1))


@pytest.mark.parametrize("name", shipped_models())
def test_each_network_reads_them_as_it_reads_the_drawings(name):
    recogniser = load_recogniser(shipped_models()[name])
    samples = [handwriting.take(label, draw(label)) for label in (0, 1, 7)]
    readings = recogniser.classify_many([draw(label) for label in (0, 1, 7)])
    result = handwriting.score(recogniser, samples)
    expected = [UNSURE if r.label is None else r.label for r in readings]
    assert result.read_as.tolist() == expected
    shown = [r.probabilities for r in readings]
    np.testing.assert_allclose(result.probabilities, shown, atol=0.02)


def test_an_unsure_one_counts_as_wrong(written):
    result = handwriting.score(RECOGNISER, written)
    assert result.right.tolist() == [True, True, True, False]
    assert result.read_as[3] == UNSURE
    assert result.confusion[4, UNSURE] == 1
    assert result.confusion.sum() == len(written)
    assert result.confusion.trace() == 3


def test_the_confusion_counts_pairs():
    rng = np.random.default_rng(0)
    labels, read_as = rng.integers(0, 10, 200), rng.integers(0, 11, 200)
    confusion = Score(labels, read_as, np.full((200, 10), 0.1)).confusion
    for label, answer in np.ndindex(10, 11):
        assert confusion[label, answer] == np.sum((labels == label) & (read_as == answer))


def test_no_digits_have_an_empty_score():
    result = handwriting.score(RECOGNISER, [])
    assert result.confusion.sum() == 0
    assert result.probabilities.shape == (0, 10)


@pytest.mark.parametrize("n", [1, 10, 30])
def test_the_interval_ends_where_the_count_is_two_deviations_off(n):
    for n_right in range(n + 1):
        low, high = handwriting.plausible_accuracy(n_right, n)
        assert 0 <= low <= n_right / n <= high <= 1
        for end in (low, high):
            if 0 < end < 1:
                deviation = np.sqrt(end * (1 - end) / n)
                assert abs(n_right / n - end) == pytest.approx(1.96 * deviation)


def test_the_table_gives_the_digits_back(written):
    result = handwriting.score(RECOGNISER, written)
    rows = list(csv.DictReader(io.StringIO(handwriting.to_csv(written, result))))
    assert [row["label"] for row in rows] == ["7", "1", "0", "4"]
    assert [row["read_as"] for row in rows] == ["7", "1", "0", ""]
    for row, sample in zip(rows, written, strict=True):
        pixels = [int(row[f"pixel_{number}"]) for number in range(784)]
        assert np.array_equal(np.reshape(pixels, (28, 28)), sample.pixels)
        assert 0.1 <= float(row["probability"]) <= 1


def test_the_sheet_has_a_place_for_each_and_a_frame_for_the_wrong_ones(written):
    result = handwriting.score(RECOGNISER, written)
    sheet = handwriting.contact_sheet(written, result, columns=2, zoom=2)
    height, width = sheet.shape[0] // 2, sheet.shape[1] // 2
    places = [np.s_[y : y + height, x : x + width] for y in (0, height) for x in (0, width)]
    order = [2, 1, 3, 0]  # by label: 0, 1, 4, 7
    for place, number in zip(places, order, strict=True):
        tile = sheet[place]
        picture = 255 - written[number].pixels.repeat(2, axis=0).repeat(2, axis=1)
        assert np.array_equal(tile[6:62, 6:62], picture)
        assert (tile[2, 2:-2].max() == 0) == (not result.right[number])
    image = Image.open(io.BytesIO(handwriting.to_png(sheet)))
    assert np.array_equal(np.asarray(image), sheet)


def test_there_is_no_sheet_without_digits():
    with pytest.raises(InputError, match="no digit yet"):
        handwriting.contact_sheet([], handwriting.score(RECOGNISER, []))


def test_mnists_own_digits_are_scored_as_the_card_says():
    test = mnist.load("test")
    samples = [Sample(int(test.labels[n]), test.images[n]) for n in range(500)]
    result = handwriting.score(RECOGNISER, samples)
    assert result.right.mean() == pytest.approx(RECOGNISER.card.test_accuracy, abs=0.02)
