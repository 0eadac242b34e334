"""How far one is with what a page asks, and about how long all of it takes."""

from dataclasses import dataclass

from core.learning.exercises import Exercises
from core.learning.progress import Progress

LOOK, ANSWER, REACH = 5, 1, 3
"""About the minutes that playing with a page takes, a guess or a question, and a challenge."""


@dataclass(frozen=True)
class Standing:
    """How far one is.

    Parameters
    ----------
    answered, n_questions : int
        The questions answered rightly, and all there are.
    reached, n_challenges : int
        The challenges reached, and all there are.
    """

    answered: int
    n_questions: int
    reached: int
    n_challenges: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return (self.answered, self.reached) == (self.n_questions, self.n_challenges)

    def __add__(self, other: "Standing") -> "Standing":
        """Return both pages' together.

        Examples
        --------
        >>> Standing(1, 2, 0, 1) + Standing(0, 2, 1, 3)
        Standing(answered=1, n_questions=4, reached=1, n_challenges=4)
        """
        return Standing(
            self.answered + other.answered,
            self.n_questions + other.n_questions,
            self.reached + other.reached,
            self.n_challenges + other.n_challenges,
        )


def standing(exercises: Exercises, progress: Progress) -> Standing:
    """Tell how far one is with a page.

    Parameters
    ----------
    exercises : Exercises
        What the page asks.
    progress : Progress
        What one has done.
    """
    questions = [one.id for one in exercises.questions]
    challenges = [one.id for one in exercises.challenges]
    return Standing(
        progress.done(exercises.page, questions),
        len(questions),
        progress.done(exercises.page, challenges),
        len(challenges),
    )


def minutes(exercises: Exercises) -> int:
    """Return about how many minutes a page takes, in fives.

    Examples
    --------
    >>> minutes(Exercises("one_weight"))
    5
    """
    asked = len(exercises.questions) + (exercises.prediction is not None)
    total = LOOK + ANSWER * asked + REACH * len(exercises.challenges)
    return 5 * round(total / 5)
