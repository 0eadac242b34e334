import pytest

from core.learning import concepts
from core.learning.answers import LONGEST, STEP, Answers, answered, entry, seconds
from core.learning.progress import Progress

N = len(concepts.items())


def test_a_readers_progress_holds_both_halves() -> None:
    progress = Progress()
    for place, item in enumerate(concepts.items()[:5]):
        progress = progress.with_entry(
            entry("before", item.id), right=False, answer=str(place), at=100 + 40 * place
        )
    assert answered(progress, "before") == (0, 1, 2, 3, 4, *[None] * (N - 5))
    assert answered(progress, "after") == (None,) * N
    assert (seconds(progress, "before"), seconds(progress, "after")) == (150, 0)


@pytest.mark.parametrize("text", ["5", "-1", "", "right", "²", "1.0"])
def test_what_is_no_answer_is_none(text: str) -> None:
    item = concepts.items()[0]
    progress = Progress().with_entry(entry("after", item.id), right=True, answer=text, at=1)
    assert answered(progress, "after") == (None,) * N


@pytest.mark.parametrize(("spent", "told"), [(0, 0), (14, 0), (15, 30), (100, 90), (9999, LONGEST)])
def test_times_are_told_coarsely(spent: int, told: int) -> None:
    first, last = (entry("after", concepts.items()[i].id) for i in (0, -1))
    progress = Progress().with_entry(first, right=True, answer="1", at=1_000_000)
    progress = progress.with_entry(last, right=True, answer="1", at=1_000_000 + spent)
    assert seconds(progress, "after") == told
    assert told % STEP == 0


def test_how_many_were_answered() -> None:
    row = Answers("L00000000", 0, "asks", (1, 0, None), (None, 2, 3))
    assert row.answers == (1, 0, None, None, 2, 3)
    assert row.n_answered == 4
