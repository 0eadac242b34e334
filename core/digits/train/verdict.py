"""What the curves of a run say: it still learns, it learns by heart, it has lost its way.

The training loss alone says little, because a network can learn its images by heart. What counts is
the loss on images that it has never seen, and how far the two are apart.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.messages import N_, Translate
from core.number import number
from core.percent import percent

FIRST_EPOCHS = 3
"""So many epochs are needed to see where the curves go."""

GUESSING = 0.2
"""Ten digits guessed at random are right in 10 % of the cases; up to here it may be chance."""

GUESSED_LOSS = {"cross_entropy": math.log(10), "mean_squared_error": 0.1}
"""The losses of a network that gives every digit the same score, 0."""

FAR_ABOVE = 2
"""A loss so many times that of guessing has been thrown there by too large steps."""

RISE = 0.04
"""A test loss that has risen by this share above its lowest value has turned round."""

FALL = 0.02
"""A test loss that fell by this share over the last epochs is still falling."""

GAP = 0.01
"""Training and test accuracy so far apart: some of it was learned by heart."""


class Measured(Protocol):
    """What is measured at one moment of a run; the losses and accuracies may be missing."""

    @property
    def epoch(self) -> float: ...
    @property
    def train_loss(self) -> float | None: ...
    @property
    def train_accuracy(self) -> float | None: ...
    @property
    def test_loss(self) -> float | None: ...
    @property
    def test_accuracy(self) -> float | None: ...


@dataclass(frozen=True)
class Verdict:
    """What the curves say right now, as a sentence with values."""

    kind: str
    """"early", "diverged", "too fast", "guessing", "by heart", "improving", "apart" or "level"."""
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def translated(self, translate: Translate = str) -> str:
        """Return the sentence in the reader's language."""
        return translate(self.message).format(**self.values)


def verdict(epochs: Sequence[Measured], loss: str, *, diverged: bool = False) -> Verdict:
    """Say what the curves of training and test say after the last epoch.

    Parameters
    ----------
    epochs : sequence of Measured
        The full epochs, the first one first.
    loss : {"cross_entropy", "mean_squared_error"}
        Which loss it is.
    diverged : bool, default=False
        Whether the run ended because its loss was not finite.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> def epoch(i, train, test):
    ...     return SimpleNamespace(
    ...         epoch=i, train_loss=train, test_loss=test, train_accuracy=0.99, test_accuracy=0.8
    ...     )
    >>> losses = [(1.5, 1.6), (0.8, 1.1), (0.4, 0.9), (0.2, 1.0), (0.1, 1.2)]
    >>> said = verdict([epoch(i, *both) for i, both in enumerate(losses, start=1)], "cross_entropy")
    >>> said.kind, said.values["epoch"]
    ('by heart', 3)
    """
    train_loss, test_loss = (column(epochs, name) for name in ("train_loss", "test_loss"))
    if diverged or not np.isfinite([*train_loss, *test_loss]).all():
        return Verdict(
            "diverged",
            N_(
                "The loss has grown beyond all numbers: the steps were too large, and each one "
                "overshot further than the one before. Try a smaller learning rate."
            ),
        )
    guesses = bool((column(epochs[-1:], "test_accuracy") <= GUESSING).any())
    if guesses and test_loss.max() > FAR_ABOVE * GUESSED_LOSS[loss]:
        return Verdict(
            "too fast",
            N_(
                "The test loss was thrown up to {loss}, and guessing gives {guessed}: the steps "
                "are too large, and the network has hardly learned anything. Try a smaller "
                "learning rate."
            ),
            {"loss": number(test_loss.max()), "guessed": number(GUESSED_LOSS[loss])},
        )
    if len(epochs) < FIRST_EPOCHS:
        return Verdict(
            "early",
            N_("Too early to say: after {n} epochs one sees where the two curves go."),
            {"n": FIRST_EPOCHS},
        )
    train, test = (column(epochs, name)[-1] for name in ("train_accuracy", "test_accuracy"))
    accuracies = {"train": percent(train), "test": percent(test)}
    if guesses:
        return Verdict(
            "guessing",
            N_(
                "It reads {test} % of the test images right, and guessing gives 10 %: so far it "
                "has hardly learned anything. Perhaps the learning rate is far too small."
            ),
            accuracies,
        )
    lowest = int(test_loss.argmin())
    risen = recent(test_loss) > (1 + RISE) * test_loss[lowest]
    if risen and recent(train_loss) < train_loss[lowest]:
        return Verdict(
            "by heart",
            N_(
                "Since epoch {epoch} the test loss rises while the training loss falls: the "
                "network now learns its images by heart, and is ever surer of its mistakes on new "
                "ones. It reads {train} % of the training images right, and {test} % of the test "
                "images."
            ),
            {"epoch": round(epochs[lowest].epoch), **accuracies},
        )
    if fell(test_loss):
        return Verdict(
            "improving",
            N_(
                "The test loss still falls with the training loss: what the network learns helps "
                "with images it has never seen. More epochs may make it better."
            ),
        )
    if train - test > GAP:
        return Verdict(
            "apart",
            N_(
                "It reads {train} % of the training images right but only {test} % of the test "
                "images, and the test loss no longer falls: what it still learns holds for its own "
                "images only."
            ),
            accuracies,
        )
    return Verdict(
        "level",
        N_(
            "The test loss no longer falls, and the two curves are close: {train} % of the "
            "training images right, {test} % of the test images. It has learned what it can in "
            "this way, and hardly anything by heart."
        ),
        accuracies,
    )


def column(epochs: Sequence[Measured], name: str) -> npt.NDArray[np.float64]:
    """Give one measure of all epochs, (n_epochs,); NaN where it is missing."""
    return np.array([getattr(epoch, name) for epoch in epochs], np.float64)


def recent(loss: npt.NDArray[np.float64]) -> float:
    """Give the lower of the last two: one epoch may be a little worse by chance."""
    return float(loss[-2:].min())


def fell(loss: npt.NDArray[np.float64]) -> bool:
    """Tell whether the last epochs, a tenth of all or three, went below all before them.

    Examples
    --------
    >>> fell(np.array([2.0, 1.0, 0.7, 0.6])), fell(np.array([2.0, 0.6, 0.62, 0.595, 0.6]))
    (True, False)
    """
    n_last = max(FIRST_EPOCHS, len(loss) // 10)
    before = loss[: max(1, len(loss) - n_last)]
    return bool(recent(loss) < (1 - FALL) * before.min())
