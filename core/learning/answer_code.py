"""Answers as a code that one can read out, paste or send: checked by its last letters."""

from core.checked_code import read_bits, write_bits
from core.learning import concepts
from core.learning.answers import LONGEST, STEP, Answers
from core.learning.arms import ARMS, MOST_CLASSES
from core.messages import N_, InputError, require

EDITION = 1
"""Of the code's form."""

UNANSWERED = 7
"""In a code, what stands for no answer."""


def _widths() -> list[int]:
    """Return the bits of each number of a code: form, test, learner, arm, class, times, answers."""
    return [4, 16, 32, 1, 20, 7, 7, *[3] * (2 * len(concepts.items()))]


def write_code(answers: Answers) -> str:
    """Write answers as a code, groups of five letters, the last of which check the others."""
    values = [
        EDITION,
        concepts.mark(),
        int(answers.learner[1:], 16),
        ARMS.index(answers.arm),
        answers.class_number,
        answers.seconds_before // STEP,
        answers.seconds_after // STEP,
        *(UNANSWERED if answer is None else answer for answer in answers.answers),
    ]
    return write_bits(values, _widths())


def read_code(text: str, row: int = 1) -> Answers:
    """Read a code; small letters, spaces and look-alikes do no harm.

    Raises
    ------
    InputError
        If it is none, or of another test.
    """
    refused = InputError(N_("Row {row}: this is no code, or a letter of it is wrong."), row=row)
    values = read_bits(text, _widths())
    if values is None:
        raise refused
    edition, test, learner, arm, class_number, *times_and_answers = values
    require(
        (edition, test) == (EDITION, concepts.mark()),
        N_("Row {row}: these are answers to another edition of the test."),
        row=row,
    )
    answers = [None if value == UNANSWERED else value for value in times_and_answers[2:]]
    most = [len(item.choices) for item in concepts.items()] * 2
    times = [time * STEP for time in times_and_answers[:2]]
    is_known = all((a or 0) <= n for a, n in zip(answers, most, strict=True))
    if not is_known or class_number > MOST_CLASSES or max(times) > LONGEST:
        raise refused
    n = len(concepts.items())
    before, after = tuple(answers[:n]), tuple(answers[n:])
    return Answers(f"L{learner:08x}", class_number, ARMS[arm], before, after, *times)
