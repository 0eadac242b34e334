from core.digits.classroom import attempts
from core.digits.classroom.attempts import Attempts


def test_what_may_not_be_tried_is_not_counted_and_time_heals() -> None:
    now = [0.0]
    tries = Attempts(2, 60, clock=lambda: now[0])
    assert tries.take("ada")
    now[0] = 30
    assert tries.take("ada")
    assert not tries.take("ada")
    assert not tries.has_left("ada")
    assert tries.has_left("bob")
    now[0] = 60  # the first is forgotten, the second not yet
    assert tries.take("ada")
    assert not tries.take("ada")


def test_however_many_try_only_so_many_are_remembered(monkeypatch) -> None:
    monkeypatch.setattr(attempts, "MOST_KNOWN", 3)
    tries = Attempts(1, 60)
    for who in "abcde":
        assert tries.take(who)
    assert [tries.has_left(who) for who in "abcde"] == [True, True, False, False, False]
