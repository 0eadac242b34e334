"""How a row is split; digits by the pen, so that nothing here was tuned on."""

import itertools

import numpy as np
import pytest

from core.digits import doubts, mnist, recognise
from core.digits.number.cuts import cuts_through
from core.digits.number.digit_rows import rows_of
from core.digits.number.lattice import best_way
from core.digits.number.ruled import rules_on
from core.digits.number.separate import separate
from core.digits.recognise import load_recogniser, shipped_models
from core.digits.sketch.preview import DOUBTED, SURE, show_split
from tests.core.digits.strokes import draw

RECOGNISER = load_recogniser()


def cropped(digit):
    image = draw(digit)
    return image[:, image.any(axis=0)]


def beside(digits, gap):
    """Digits beside each other; a gap below 0 has them overlap."""
    parts = [cropped(digit) for digit in digits]
    sheet = np.zeros((280, 40 + sum(part.shape[1] + abs(gap) for part in parts)), np.uint8)
    left = 20
    for part in parts:
        place = sheet[:, left : left + part.shape[1]]
        np.maximum(place, part, out=place)
        left += part.shape[1] + gap
    return sheet


@pytest.mark.parametrize("gap", [60, 15, -3])
def test_a_number_is_read_apart_near_and_touching(gap):
    image = beside((7, 0, 1, 7), gap)
    reading = RECOGNISER.read(image)
    assert reading.number == "7017"
    lefts = [digit.box[0] for digit in reading.digits]
    assert lefts == sorted(lefts)
    for digit in reading.digits:
        left, top, right, bottom = digit.box
        assert image[top:bottom, left:right].max() == 255
        assert digit.probabilities.sum() == pytest.approx(1)
        assert digit.probabilities.max() >= 0.5
        with pytest.raises(ValueError, match="read-only"):
            digit.probabilities[0] = 0


def test_two_rows_are_read_from_the_top():
    image = np.vstack([beside((1, 7), 30)[:, :220], beside((0, 1), 30)[:, :220]])
    assert RECOGNISER.read(image).text == "17\n01"


def test_dark_ink_and_colours_are_read_alike():
    image = beside((7, 0), 20)
    assert RECOGNISER.read(255 - image).number == RECOGNISER.read(image).number == "70"
    assert RECOGNISER.read(np.dstack([image] * 3)).number == "70"


def test_one_digit_is_read_exactly_as_before():
    images = [*mnist.load("test").images[:60], *map(draw, (0, 1, 7))]
    for image in images:
        alone, reading = RECOGNISER.classify(image), RECOGNISER.read(image)
        if alone.label is None:
            continue
        (digit,) = reading.digits
        assert digit.label == alone.label
        assert np.array_equal(digit.probabilities, alone.probabilities)
        assert np.array_equal(digit.pixels, alone.pixels)


def test_nothing_and_a_scribble_are_no_number():
    blank = RECOGNISER.read(np.zeros((280, 280), np.uint8))
    assert (blank.digits, blank.text, blank.number) == ((), "", None)
    assert blank.alone.reason == doubts.BLANK
    star = np.maximum(draw(7), draw(7).T) | np.rot90(draw(7)) | np.rot90(draw(7), 2)
    reading = RECOGNISER.read(star)
    assert reading.number is None
    assert len(reading.digits) == 1


def test_a_doubt_is_told_of_its_digit(monkeypatch):
    image = beside((7, 0, 1, 7), -3)
    sure = [digit.probabilities.max() for digit in RECOGNISER.read(image).digits]
    monkeypatch.setattr(recognise, "LEAST_IN_NUMBER", np.nextafter(min(sure), 1))
    reading = RECOGNISER.read(image)
    at = int(np.argmin(sure))
    assert reading.text == "7017"[:at] + "?" + "7017"[at + 1 :]
    assert reading.number is None
    assert reading.digits[at].reason in (doubts.SPLIT, doubts.UNDECIDED)
    picture = show_split(image, reading.digits)
    assert (picture == SURE).all(axis=2).any()
    assert (picture == DOUBTED).all(axis=2).any()


@pytest.mark.parametrize("name", ["article", "modern"])
def test_a_network_that_does_not_doubt_splits_too(name):
    reading = load_recogniser(shipped_models()[name]).read(beside((7, 1), 40))
    assert len(reading.digits) == 2


def test_probabilities_of_parts_sum_over_all_ways():
    """Three cuts in a row of four pieces: eight ways, counted one by one."""
    rng = np.random.default_rng(0)
    starts, ends = np.triu_indices(5, 1)
    scores = rng.normal(size=len(starts))
    index = {(int(a), int(b)): k for k, (a, b) in enumerate(zip(starts, ends, strict=True))}
    total, of_part, best = 0.0, np.zeros(len(starts)), (-np.inf, [])
    for chosen in range(8):
        stops = [0, *(k + 1 for k in range(3) if chosen >> k & 1), 4]
        parts = [index[a, b] for a, b in itertools.pairwise(stops)]
        of_way = scores[parts].sum()
        best = max(best, (of_way, parts))
        total += np.exp(of_way)
        of_part[parts] += np.exp(of_way)
    found = best_way(5, starts, ends, scores)
    assert found.parts == best[1]
    np.testing.assert_allclose(found.probabilities, of_part / total)


def test_cuts_do_not_cross_and_go_through_the_paper_between():
    image = beside((0, 0), 10)[60:220, 20:-30].astype(np.float32) / 255
    cuts = cuts_through(image)
    assert (np.diff(cuts.columns, axis=0) >= 0).all()
    assert (cuts.crossed[1:-1] == 0).any()
    assert separate(RECOGNISER.model, image)


def test_a_bar_above_its_digit_is_in_its_row():
    ink = np.zeros((60, 60), np.float32)
    ink[20:60, 5:15] = ink[20:60, 40:50] = 1
    ink[8:14, 5:25] = 1
    (row,) = rows_of(ink)
    assert row.ink.shape == (52, 45)


@pytest.mark.parametrize("slope", [-0.03, 0, 0.02])
def test_rules_are_left_out_and_strokes_stay(slope):
    strength = np.zeros((120, 200), np.float32)
    x = np.arange(200)
    for y in (30, 70, 100):
        strength[np.round(y + slope * (x - 100)).astype(int), x] = 0.3
    strength[40:90, 90:96] = 0.8  # crosses one rule
    rules = rules_on(strength > 0.1, strength)
    assert not rules[40:90, 90:96].any()
    left = (strength > 0.1) & ~rules
    left[40:90, 90:96] = False
    assert left.sum() <= 12
