from core.learning.exercises import read
from core.learning.progress import Entry, Progress
from core.start.home.standing import Standing, minutes, standing

TEXT = {"en": "."}
CHOICES = [
    {"text": TEXT, "why": TEXT, "right": True},
    {"text": TEXT, "why": TEXT, "misconception": "x"},
]
PAGE = read(
    {
        "page": "a",
        "questions": [{"id": i, "about": "", "text": TEXT, "choices": CHOICES} for i in "bc"],
        "challenges": [
            {
                "id": "d",
                "text": TEXT,
                "goal": ["n > 1"],
                "hints": [TEXT, TEXT],
                "done": TEXT,
                "way": {"n": 2},
            }
        ],
    }
)


def test_only_what_is_right_now_counts() -> None:
    progress = Progress({"a/b": Entry(1, True), "a/c": Entry(1, False), "z/d": Entry(1, True)})
    assert standing(PAGE, progress) == Standing(1, 2, 0, 1)
    assert not standing(PAGE, progress).is_done
    done = progress.merged(Progress({"a/c": Entry(2, True), "a/d": Entry(2, True)}))
    assert standing(PAGE, done).is_done


def test_more_to_do_takes_longer() -> None:
    assert minutes(PAGE) == 10
    assert minutes(read({"page": "a"})) == 5
