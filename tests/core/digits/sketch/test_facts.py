import numpy as np
import pytest

from core.digits.doubts import BLANK, UNLIKE
from core.digits.network.files import FOLDER, read_model
from core.digits.recognise import Recognition, load_recogniser
from core.digits.sketch.facts import facts
from core.digits.sketch.unprepared import classify_straight
from core.learning.claims import all_hold
from core.learning.exercises import load
from tests.core.digits.strokes import STROKES, draw
from tests.exercises import FILES

CARD = read_model(FOLDER / "sketch.safetensors").card


def reading(label: int | None, reason: str | None = None) -> Recognition:
    return Recognition(label, np.full(10, 0.1), np.zeros((28, 28), np.float32), reason)


def test_what_becomes_of_a_digit_that_is_only_shrunk() -> None:
    for straight, how in ((3, "right"), (8, "other"), (None, "refused")):
        told = facts(CARD, reading(3), reading(straight, None), 3, by_hand=True)
        assert (told["drew"], told["read"], told["shrunk"]) == (3, 3, how)


def test_nothing_is_known_while_nobody_says_which_digit_it_is_or_nothing_is_drawn() -> None:
    for one, drew in ((reading(3), None), (reading(None, BLANK), 3)):
        told = facts(CARD, one, reading(3), drew, by_hand=True)
        assert (told["drew"], told["shrunk"], told["refused"]) == (-1, "", 0)
    assert facts(CARD, reading(None, UNLIKE), None, 3, by_hand=True)["refused"] == 1


def test_whether_a_network_can_refuse() -> None:
    modern = read_model(FOLDER / "modern.safetensors").card
    blank = reading(None, BLANK)
    can = [facts(card, blank, None, None, by_hand=True)["can_refuse"] for card in (CARD, modern)]
    assert can == [1, 0]


UNDERLINED = [*STROKES[7], [(50, 240), (235, 240)]]
LYING = [[(280 - y, x) for x, y in STROKES[7][0]]]


@pytest.mark.parametrize(
    ("challenge", "drew", "strokes", "zoom"),
    [
        ("sk_fool", 7, UNDERLINED, 1.0),
        ("sk_silent", 7, LYING, 1.0),
        ("sk_corner", 0, STROKES[0], 0.25),
    ],
)
def test_the_way_that_is_told_reaches_the_goal(
    challenge: str,
    drew: int,
    strokes: list[list[tuple[float, float]]],
    zoom: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And the digit as one usually draws it does not."""
    goal = next(one.goal for one in load(FILES["sketch"]).challenges if one.id == challenge)
    recogniser = load_recogniser()

    def is_reached(zoom: float) -> bool:
        image = draw(drew, pen=20, zoom=zoom)
        read, straight = recogniser.classify(image), classify_straight(recogniser, image)
        return all_hold(goal, facts(recogniser.card, read, straight, drew, by_hand=True))

    assert not is_reached(1.0)
    monkeypatch.setitem(STROKES, drew, strokes)
    assert is_reached(zoom)
