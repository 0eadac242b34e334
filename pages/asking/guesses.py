"""What a guess is made on, one class a kind: the axis, the truth, the gap, and both in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.learning.claims import Fact, Facts
from core.learning.exercises import Prediction
from core.learning.judge import Gap, gap
from core.number import factor, number, signed, whole
from pages.shared.i18n import language

N_POINTS = 25
"""A guessed curve is taken at so many equal shares of the run."""

Guess = str | float | Sequence[float]
"""The name of what happens; a number; the line's y at both ends of the samples, or the losses."""


@dataclass(frozen=True)
class Outcomes:
    """What happens, of a few names; the prediction itself has them."""

    def gap(self, prediction: Prediction, guess: Any, found: Facts) -> Gap:
        """Compare a guess with what happened."""
        return gap(prediction, guess, found[prediction.fact])

    def words(self, prediction: Prediction, guess: Any, found: Facts) -> Mapping[str, str]:
        """Return guess and truth as the reader calls them."""
        named = {one.name: one.text.told(language(), found) for one in prediction.choices}
        truth = str(found[prediction.fact])
        return {"guess": named[guess], "truth": named.get(truth, truth)}


@dataclass(frozen=True)
class Value:
    """A number, moved along its axis to where it will end.

    Parameters
    ----------
    label : str
        What it is, in the reader's language.
    low, high : int or float
        The ends of the axis, which say nothing of the truth.
    start : int or float
        Where it stands before it is moved.
    step : int or float
        All four are whole numbers, or none is.
    plays : bool, default=True
        The run is in a player, which plays it again. Else one guesses as long as it is to come.
    """

    label: str
    low: float
    high: float
    start: float
    step: float = 0.05
    plays: bool = True

    def gap(self, prediction: Prediction, guess: Any, found: Facts) -> Gap:
        """Compare a guess with what happened."""
        return gap(prediction, guess, found[prediction.fact], self.high - self.low)

    def words(self, prediction: Prediction, guess: Any, found: Facts) -> Mapping[str, str]:
        """Return guess and truth as the reader calls them."""
        truth = found[prediction.fact]
        return {"guess": _as_text(guess), "truth": _as_text(truth)}


def _as_text(value: Fact) -> str:
    if isinstance(value, str):
        return value
    return whole(value) if isinstance(value, int) else number(value)


@dataclass(frozen=True)
class Line:
    """The line that is learned, placed by its two ends.

    Parameters
    ----------
    x, y : array of float, shape (n_samples,)
        The samples.
    weight, bias : float
        Of the line that was learned.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: float
    bias: float = 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """The smallest and the largest x."""
        low, high = float(self.x.min()), float(self.x.max())
        return (low, high) if high > low else (low - 0.5, high + 0.5)

    @property
    def heights(self) -> tuple[float, float]:
        """The ends of the axis of y: the samples, with room to miss them."""
        low, high = float(min(self.y.min(), 0.0)), float(max(self.y.max(), 0.0))
        room = (high - low) / 3 or 1.0
        return low - room, high + room

    def gap(self, prediction: Prediction, guess: Any, found: Facts) -> Gap:
        """Compare a guess with the line that was learned, over its whole length."""
        del found
        x = np.linspace(*self.ends, N_POINTS)
        low, high = self.heights
        guessed = np.interp(x, self.ends, guess)
        return gap(prediction, guessed, self.weight * x + self.bias, high - low)

    def words(self, prediction: Prediction, guess: Any, found: Facts) -> Mapping[str, str]:
        """Return guess and truth as equations."""
        del prediction, found
        left, right = self.ends
        weight = (guess[1] - guess[0]) / (right - left)
        return {
            "guess": _equation(weight, guess[0] - weight * left),
            "truth": _equation(self.weight, self.bias),
        }


def _equation(weight: float, bias: float) -> str:
    """Return a line's equation.

    Examples
    --------
    >>> _equation(-0.5, 2.0), _equation(1.0, 0.0)
    ('y = (−0.500)·x +2.000', 'y = 1.000·x')
    """
    return f"y = {factor(weight)}·x" + (f" {signed(bias)}" if bias else "")


@dataclass(frozen=True)
class Curve:
    """The loss over the updates, drawn from the first one, which is known.

    Parameters
    ----------
    update, loss : array of float, shape (n_records,)
        The run's; of one that is still to come, its ends, with the first loss at both.
    is_over : bool, default=True
        The run has ended, so that one knows what came.
    """

    update: NDArray[np.int64]
    loss: NDArray[np.float64]
    is_over: bool = True

    @classmethod
    def to_come(cls, n_updates: int, first_loss: float) -> "Curve":
        """Return the curve of a run that has not ended: how long it will be, where it starts."""
        return cls(np.array([0, n_updates]), np.full(2, first_loss), is_over=False)

    @property
    def n_updates(self) -> float:
        """How long the run is."""
        return float(max(self.update[-1], 1))

    @property
    def top(self) -> float:
        """The upper end of the axis: twice the first loss, so that a guess may rise."""
        return 2 * float(self.loss[0]) or 1.0

    def truth(self) -> NDArray[np.float64]:
        """Return the losses at the shares of the run at which one guesses."""
        at = np.linspace(0, self.n_updates, N_POINTS)
        return np.interp(at, self.update, self.loss)

    def gap(self, prediction: Prediction, guess: Any, found: Facts) -> Gap:
        """Compare a guess with the run's losses; what left the axis counts as its end."""
        del found
        return gap(prediction, guess, np.minimum(self.truth(), self.top), self.top)

    def words(self, prediction: Prediction, guess: Any, found: Facts) -> Mapping[str, str]:
        """Return what was guessed and what came out as the last loss."""
        del prediction, found
        return {"guess": number(guess[-1]), "truth": number(self.loss[-1])}


Kind = Outcomes | Value | Line | Curve


def checked(kind: Kind, guess: ArrayLike) -> Guess | None:
    """Return what a pad tells as a guess; None if it is none of this kind."""
    n_numbers = 2 if isinstance(kind, Line) else N_POINTS
    try:
        numbers = np.asarray(guess, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    if numbers.shape != (n_numbers,) or not np.isfinite(numbers).all():
        return None
    return [float(one) for one in numbers]
