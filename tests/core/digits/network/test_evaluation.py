import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network import files
from core.digits.network.evaluation import Evaluation, evaluate
from core.digits.network.model import Model
from core.digits.network.temperature import softmax
from core.digits.recognise import load_recogniser, shipped_models
from core.messages import InputError
from tests.core.digits.networks import random_convolutional


@pytest.fixture(scope="module")
def test_set():
    return mnist.load("test")


@pytest.fixture(scope="module", params=["article", "modern", "sketch"])
def shipped(request, test_set):
    model = files.read_model(shipped_models()[request.param])
    return model, evaluate(model, test_set)


def test_the_accuracies_are_those_of_the_model_card(shipped):
    model, found = shipped
    assert found.accuracy == pytest.approx(model.card.test_accuracy)
    assert found.accuracy_per_digit == pytest.approx(model.card.test_accuracy_per_digit)


def test_the_confusion_matrix_counts_every_image_once(shipped, test_set):
    _, found = shipped
    assert found.confusion.sum(axis=1).tolist() == np.bincount(test_set.labels).tolist()
    for label, answer in ((0, 0), (9, 4), (3, 5), (1, 0)):
        one_by_one = sum(
            t == label and a == answer for t, a in zip(found.labels, found.answers, strict=True)
        )
        assert found.confusion[label, answer] == one_by_one
        assert found.in_cell(label, answer).size == one_by_one


def test_the_worst_mistakes_are_wrong_and_none_is_worse(shipped):
    _, found = shipped
    worst = found.worst_mistakes(10)
    assert (found.answers[worst] != found.labels[worst]).all()
    right = found.probability_of_right
    assert (np.diff(right[worst]) >= 0).all()
    others = np.setdiff1d(np.flatnonzero(~found.is_right), worst)
    assert right[others].min() >= right[worst].max()
    assert found.worst_mistakes(100_000).size == (~found.is_right).sum()


def test_images_of_a_cell_come_the_surest_first(shipped):
    _, found = shipped
    rows = found.in_cell(9, 4)
    assert (np.diff(found.probabilities[rows, 4]) <= 0).all()


def test_a_small_case_by_hand():
    probabilities = np.full((4, 10), 0.02)
    for row, answer in enumerate([1, 1, 2, 2]):
        probabilities[row, answer] = 0.82
    found = Evaluation(np.array([1, 2, 2, 2], np.uint8), probabilities)
    assert found.accuracy == 0.75
    assert found.accuracy_per_digit[[1, 2]] == pytest.approx([1, 2 / 3])
    assert np.isnan(found.accuracy_per_digit[0])
    assert found.worst_mistakes(5).tolist() == [1]
    assert found.probability_of_right.tolist() == [0.82, 0.02, 0.82, 0.82]


def test_it_agrees_with_the_recogniser(test_set):
    """MNIST's images are prepared already: preparing them again changes few of them."""
    recogniser = load_recogniser()
    found = evaluate(recogniser.model, Digits(test_set.images[:200], test_set.labels[:200]))
    again = recogniser.classify_many(list(test_set.images[:200]))
    answers = [result.probabilities.argmax() for result in again]
    assert (found.answers == answers).mean() > 0.98


def test_a_convolutional_network_reads_each_image_once(test_set):
    few = Digits(test_set.images[:70], test_set.labels[:70])
    model = random_convolutional(averages_shifts=True)
    found = evaluate(model, few)
    once = softmax(model.logits(few.pixels()), model.card.temperature)
    np.testing.assert_allclose(found.probabilities, once, atol=1e-9)


def test_no_image_and_no_digit_get_a_sentence(shipped, test_set):
    model, found = shipped
    with pytest.raises(InputError, match="at least one image"):
        evaluate(model, Digits(test_set.images[:0], test_set.labels[:0]))
    with pytest.raises(InputError, match="label must be a digit from 0 to 9, not 10"):
        found.in_cell(10, 0)
    with pytest.raises(InputError, match="answer must be a digit from 0 to 9, not -1"):
        found.in_cell(0, -1)


def test_what_is_shared_cannot_be_changed(shipped):
    model, found = shipped
    assert isinstance(model, Model)
    for array in (found.probabilities, found.answers, found.is_right, found.confusion):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
