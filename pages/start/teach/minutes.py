"""How long a lesson takes, by estimate: nobody has held a clock to a class yet."""

import re
from collections.abc import Iterator

from core.teach.lesson_plan import LessonPlan, Step, asked_on, wanted

A_MINUTE = 200
"""Words that one reads and thinks about; a Chinese character counts as three quarters of one."""

STEP, GUESS, ANSWER = 60, 20, 20
"""Seconds to set a step's page, play its run and look again; for a guess; for an answer."""

CHARACTER = re.compile(r"[\u4e00-\u9fff]")


def minutes(plan: LessonPlan, language: str) -> int:
    """Return about how many minutes a lesson takes.

    Parameters
    ----------
    plan : LessonPlan
    language : str
        In which it is read.
    """
    seconds = 0.0
    for step in plan.steps:
        asked = asked_on(step.page)
        assert asked is not None
        asked = wanted(step, asked)
        seconds += STEP + GUESS * (asked.prediction is not None) + ANSWER * len(asked.questions)
        seconds += sum(map(n_words, _read(step, language))) * 60 / A_MINUTE
    return round(seconds / 60)


def _read(step: Step, language: str) -> Iterator[str]:
    """Yield what one reads at a step: the task, what is asked, and why an answer is right."""
    yield step.task.told(language)
    asked = asked_on(step.page)
    assert asked is not None
    asked = wanted(step, asked)
    if asked.prediction:
        yield asked.prediction.text.told(language)
    for question in asked.questions:
        yield question.text.told(language)
        yield from (choice.text.told(language) for choice in question.choices)
        yield from (choice.why.told(language) for choice in question.choices if choice.right)


def n_words(text: str) -> float:
    """Return how long a text is, in words.

    Examples
    --------
    >>> n_words("One weight, one pass."), n_words("一个权重")
    (4.0, 3.0)
    """
    return len(CHARACTER.sub(" ", text).split()) + 0.75 * len(CHARACTER.findall(text))
