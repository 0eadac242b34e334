import itertools

import numpy as np
import pytest

from benchmarks.numbers import __main__ as command
from benchmarks.numbers.composed import GAPS, compose, held_out_writers
from benchmarks.numbers.photographed import photographed
from core.digits.mnist import Digits
from tests.core.digits.strokes import STROKES, draw


@pytest.fixture(scope="module")
def drawings():
    labels = np.array(sorted(STROKES) * 4, np.uint8)
    return Digits(np.stack([draw(label) for label in labels]), labels)


@pytest.fixture(scope="module")
def writers(drawings):
    return np.array(["a", "b", "c", "d"]).repeat(len(drawings.labels) // 4)


def test_numbers_are_as_they_are_said_to_be(drawings, writers):
    numbers = compose(drawings, writers, 36, seed=1)
    assert [len(number.digits) for number in numbers[::3]] == [1, 2, 3, 4, 5, 6] * 2
    for number in numbers:
        low, high = GAPS[number.gap]
        widths = [right - left for left, _, right, _ in number.boxes]
        for one, other in itertools.pairwise(number.boxes):
            gap = other[0] - one[2]
            assert low * np.mean(widths) - 1 <= gap <= high * np.mean(widths) + 1
        assert number.image[:10].max() == number.image[:, -10:].max() == 0
    again = compose(drawings, writers, 36, seed=1)
    assert all(np.array_equal(a.image, b.image) for a, b in zip(numbers, again, strict=True))


def test_half_of_the_writers_is_held_out(drawings, writers):
    assert len(held_out_writers(writers)) == 2
    parts = command.halves(drawings, writers, ["seen", "held out"])
    assert not set(parts["seen"][1]) & set(parts["held out"][1])
    assert len(parts["seen"][1]) + len(parts["held out"][1]) == len(writers)


def test_the_table(drawings, writers, tmp_path, capsys):
    path = tmp_path / "some.npz"
    np.savez(path, images=drawings.images, labels=drawings.labels, writer=writers)
    assert command.main([str(path), "--n", "9"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[::6]] == ["writers seen", "writers held out"]
    assert lines[5].split()[0] == "all"
    np.savez(path, images=drawings.images, labels=drawings.labels)
    assert command.main([str(path)]) == 2
    assert 'does not hold "writer"' in capsys.readouterr().err


def test_a_photo_has_rules(drawings, writers):
    number = compose(drawings, writers, 4)[3]
    photo = photographed(number.image, np.random.default_rng(0))
    assert photo.shape == (720, 960, 3)
    assert photo.std() > 5
