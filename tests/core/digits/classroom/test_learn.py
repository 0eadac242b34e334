from collections import Counter

import numpy as np
import pytest

from core.digits import mnist
from core.digits.classroom import learn as lesson
from core.digits.classroom.gathered import Gathered, gather
from core.digits.classroom.learn import drawn_weights, learn
from core.digits.handwriting.score import UNSURE, score
from core.digits.network.model import Model
from core.digits.recognise import Recogniser, load_recogniser, shipped_models
from core.messages import InputError
from core.store.records import ClassDigit
from tests.core.digits.networks import random_convolutional


@pytest.fixture(scope="module")
def modern() -> Model:
    return load_recogniser(shipped_models()["modern"]).model


@pytest.fixture(scope="module")
def upside_down() -> Gathered:
    """A class that writes on its head: six hands, each digit of MNIST turned round."""
    test, seen, rows = mnist.load("test"), Counter[int](), []
    for image, label in zip(test.images, test.labels.tolist(), strict=True):
        seen[label] += 1
        if seen[label] <= 6:
            pixels = np.ascontiguousarray(image[::-1, ::-1]).tobytes()
            rows.append(ClassDigit(seen[label], label, 0.0, pixels))
    return gather(sorted(rows, key=lambda row: (row.hand, row.label)))


@pytest.mark.parametrize("from_nothing", [False, True])
def test_what_was_held_back_is_read_better_than_before(
    modern: Model, upside_down: Gathered, from_nothing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 6 and 9 one is the other on its head: they cannot be read by who knows the usual ones."""
    monkeypatch.setattr(lesson, "N_FROM_NOTHING", 150)
    held_back = upside_down.is_held_back
    new = learn(modern, upside_down.part(~held_back), None, from_nothing=from_nothing)
    before, after = (
        score(Recogniser(model), upside_down.part(held_back)).right.sum() for model in (modern, new)
    )
    assert after >= before + 3
    assert not any(array.flags.writeable for array in new.weights.values())


def test_who_begins_with_nothing_doubts_nothing_and_its_seed_decides(
    modern: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson, "N_FROM_NOTHING", 3)
    rng = np.random.default_rng(0)
    drawn = drawn_weights(modern.card, rng)
    assert {name: a.shape for name, a in drawn.items()} == {
        name: a.shape for name, a in modern.weights.items()
    }
    assert abs(float(drawn["1.weight"].std()) - np.sqrt(2 / 784)) < 1e-3
    assert not any(array.any() for name, array in drawn.items() if name.endswith("bias"))
    one = gather([ClassDigit(1, 7, 0.0, bytes(784))]).samples
    first, again, other = (learn(modern, one, None, from_nothing=True, seed=s) for s in (1, 1, 2))
    assert np.array_equal(first.weights["1.weight"], again.weights["1.weight"])
    assert not np.array_equal(first.weights["1.weight"], other.weights["1.weight"])
    assert score(Recogniser(first), one).read_as.tolist() != [UNSURE]


def test_what_cannot_be_learned_gets_one_sentence(modern: Model) -> None:
    with pytest.raises(InputError, match="There is no digit to learn from yet"):
        learn(modern, (), None)


def test_a_convolutional_network_learns_from_a_class_too(
    upside_down: Gathered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson, "N_FROM_NOTHING_WITH_MAPS", 80)
    held_back = upside_down.is_held_back
    small = random_convolutional(hidden=(20,), channels=(4, 8))
    new = learn(small, upside_down.part(~held_back), None, from_nothing=True)
    right = score(Recogniser(new), upside_down.part(held_back)).right
    assert right.mean() > 0.4
