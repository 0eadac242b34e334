import numpy as np
import pytest

from core.digits import mnist
from core.digits.handwriting.asking import Sample, take
from core.digits.handwriting.score import UNSURE, Score, plausible_accuracy, score
from core.digits.recognise import load_recogniser, shipped_models
from tests.core.digits.strokes import draw

RECOGNISER = load_recogniser()


@pytest.mark.parametrize("name", shipped_models())
def test_each_network_reads_them_as_it_reads_the_drawings(name):
    recogniser = load_recogniser(shipped_models()[name])
    samples = [take(label, draw(label)) for label in (0, 1, 7)]
    readings = recogniser.classify_many([draw(label) for label in (0, 1, 7)])
    result = score(recogniser, samples)
    expected = [UNSURE if r.label is None else r.label for r in readings]
    assert result.read_as.tolist() == expected
    shown = [r.probabilities for r in readings]
    np.testing.assert_allclose(result.probabilities, shown, atol=0.02)


def test_an_unsure_one_counts_as_wrong(written):
    result = score(RECOGNISER, written)
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
    result = score(RECOGNISER, [])
    assert result.confusion.sum() == 0
    assert result.probabilities.shape == (0, 10)


@pytest.mark.parametrize("n", [1, 10, 30])
def test_the_interval_ends_where_the_count_is_two_deviations_off(n):
    for n_right in range(n + 1):
        low, high = plausible_accuracy(n_right, n)
        assert 0 <= low <= n_right / n <= high <= 1
        for end in (low, high):
            if 0 < end < 1:
                deviation = np.sqrt(end * (1 - end) / n)
                assert abs(n_right / n - end) == pytest.approx(1.96 * deviation)


def test_mnists_own_digits_are_scored_as_the_card_says():
    test = mnist.load("test")
    samples = [Sample(int(test.labels[n]), test.images[n]) for n in range(500)]
    result = score(RECOGNISER, samples)
    assert result.right.mean() == pytest.approx(RECOGNISER.card.test_accuracy, abs=0.02)
