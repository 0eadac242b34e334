from core.teach.lesson_link import ready
from core.teach.lesson_plan import read
from pages.start.teach.minutes import minutes


def test_the_ready_lessons_take_about_ten_minutes_in_either_language() -> None:
    for plan in ready().values():
        english, chinese = minutes(plan, "en"), minutes(plan, "zh")
        assert 4 <= english <= 12
        assert abs(english - chinese) <= 2


def test_more_to_read_takes_longer() -> None:
    step = {"page": "one_weight", "guidance": "none"}
    short, long = (read({"title": "A", "steps": [step | {"task": "w " * n}]}) for n in (1, 400))
    assert (minutes(short, "en"), minutes(long, "en")) == (1, 3)
