import math

import numpy as np
import pytest

from core.digits.classroom.facts import COUNTS, NONE_READ, RECIPE, count, facts
from core.digits.handwriting.asking import take
from core.digits.handwriting.score import score
from core.digits.recognise import load_recogniser, shipped_models
from core.learning.claims import all_hold
from core.learning.exercises import load
from tests.core.digits.strokes import STROKES, draw
from tests.exercises import FILES

GOALS = {one.id: one.goal for one in load(FILES["classroom"]).challenges}
READ = np.array([True, True])


@pytest.mark.parametrize(
    ("challenge", "right", "counts", "is_reached"),
    [
        ("cl_worth", READ, None, False),
        ("cl_worth", np.array([True, False]), None, True),
        ("cl_gain", READ, (24, 6, 3, 4, 9947, 9927, "beside"), True),
        (
            "cl_gain",
            READ,
            (24, 6, 3, 3, 9947, 9947, "beside"),
            False,
        ),  # nothing learned
        ("cl_gain", READ, (24, 6, 3, 6, 9947, 9926, "beside"), False),  # too much forgotten
        ("cl_gain", READ, None, False),
        ("cl_nothing", READ, (24, 6, 3, 6, 9947, 5000, "nothing"), True),
        ("cl_nothing", READ, (24, 6, 3, 6, 9947, 4999, "nothing"), False),
        ("cl_nothing", READ, (24, 6, 3, 6, 9947, 9940, "alone"), False),
    ],
)
def test_a_challenge_is_reached_by_what_it_asks_for_and_by_no_less(
    challenge: str, right: np.ndarray, counts: tuple[int | str, ...] | None, is_reached: bool
) -> None:
    learned = None if counts is None else dict(zip((*COUNTS, RECIPE), counts, strict=True))
    assert all_hold(GOALS[challenge], facts(right, learned)) is is_reached


def test_a_seven_underlined_is_worth_learning(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the challenge's way has it."""
    monkeypatch.setitem(STROKES, 7, [*STROKES[7], [(50, 240), (235, 240)]])
    sample = take(7, draw(7))
    assert sample is not None
    for path in shipped_models().values():
        assert not score(load_recogniser(path), [sample]).right.any()


def test_where_nothing_was_held_back_the_share_of_it_is_not_known() -> None:
    counts = count("beside", np.array([False]), READ[:1], READ[:1], (9947, 9940))
    found = facts(NONE_READ, counts)
    assert math.isnan(found["held_percent"])
    assert found["mnist_lost"] == 7
