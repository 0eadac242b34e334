import numpy as np

from core.digits.doubts import BLANK, UNLIKE
from core.digits.network.files import FOLDER, read_model
from core.digits.recognise import Recognition
from core.digits.sketch.facts import facts

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
