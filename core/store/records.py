"""What the store hands out: a run, an epoch of it, a saved model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Status = Literal[
    "queued",
    "running",
    "paused",
    "stopped",
    "done",
    "diverged",
    "failed",
    "interrupted",
    "pruned",
]
"""Waiting, at work, held, ended by its owner, at its end, lost in infinities, ended by an error,
left behind by a worker that died, or ended early by its sweep."""

STATUS: tuple[Status, ...] = get_args(Status)

ACTIVE: tuple[Status, ...] = ("queued", "running")
"""What a run is while it has not come to rest."""

RESUMABLE: tuple[Status, ...] = ("paused", "stopped", "interrupted", "failed", "pruned")
"""What a run is where it can go on."""

Order = Literal["pause", "stop", "make room"]
"""Stop in mid-epoch and keep the place; end after the last whole epoch; wait in the queue again."""

Which = Literal["last", "best"]
"""Which weights of a run: those of its last epoch, or of its best."""


@dataclass(frozen=True)
class Run:
    """One training run.

    Parameters
    ----------
    id : str
        Sixteen hexadecimal digits.
    owner : str
        Whose it is.
    name : str
        What its owner calls it.
    kind : str
        "digits", or a lesson such as "lines/one_weight".
    recipe : dict
        All that decides how it learns, as JSON has it.
    status : str
        One of `STATUS`.
    attempt : int
        How often a worker has begun or resumed it. A worker whose number is old has lost the run.
    n_epochs, epochs_done : int
        How many epochs it is to have, and has.
    created, queued_at : float
        When it was made and last queued, in seconds since 1970, as all times.
    started_at, heartbeat, finished_at : float or None
        When a worker last began or resumed it, when that worker last gave a sign of life, when it
        left the queue or its worker.
    seconds : float
        Of learning, waiting and pauses left out.
    message : str or None
        What to tell its owner, in English, with ``{name}`` where a value belongs.
    values : dict
        The values for `message`.
    sweep : str or None
        The sweep it belongs to.
    trial : int or None
        Its number in the sweep, from 0.
    wanted : str or None
        The `Order` that its worker is to obey.
    """

    id: str
    owner: str
    name: str
    kind: str
    recipe: dict[str, Any]
    status: Status
    attempt: int
    n_epochs: int
    epochs_done: int
    created: float
    queued_at: float
    started_at: float | None
    heartbeat: float | None
    finished_at: float | None
    seconds: float
    message: str | None
    values: dict[str, Any]
    sweep: str | None
    trial: int | None = None
    wanted: Order | None = None


@dataclass(frozen=True)
class Place:
    """What the queue needs to know of a run: a few columns, since it looks often, and at many.

    Parameters
    ----------
    id, owner, queued_at, started_at, attempt, heartbeat, wanted
        As in `Run`.
    """

    id: str
    owner: str
    queued_at: float
    started_at: float | None
    attempt: int
    heartbeat: float | None
    wanted: Order | None


@dataclass(frozen=True)
class SweepRow:
    """Many runs that differ in a few hyperparameters.

    Parameters
    ----------
    id : str
        Sixteen hexadecimal digits.
    owner, name : str
        Whose it is, and what its owner calls it.
    settings : dict
        What is varied, and how, as JSON has it.
    created : float
        When it was made.
    stopped : float or None
        Since when its owner wants it to rest; None while it goes on by itself.
    """

    id: str
    owner: str
    name: str
    settings: dict[str, Any]
    created: float
    stopped: float | None


@dataclass(frozen=True)
class EpochRow:
    """One epoch of a run.

    Parameters
    ----------
    epoch : int
        Its number, from 1.
    images : int
        How many images the run had seen at its end.
    seconds : float
        How long the run had learned by then.
    loss : float or None
        The mean of the batches' losses. None, here and below, is a number that was not measured or
        is not finite.
    train_loss, test_loss : float or None
        Over all training and all test images, at the epoch's end.
    train_accuracy, validation_accuracy, test_accuracy : float or None
        Shares from 0 to 1.
    """

    epoch: int
    images: int
    seconds: float
    loss: float | None = None
    train_loss: float | None = None
    train_accuracy: float | None = None
    validation_accuracy: float | None = None
    test_loss: float | None = None
    test_accuracy: float | None = None


def best_of(epochs: Iterable[EpochRow]) -> EpochRow | None:
    """Give the epoch with the highest validation accuracy, the first of several.

    Examples
    --------
    >>> rows = [EpochRow(n, 100 * n, 1.0, validation_accuracy=a) for n, a in ((1, 0.8), (2, 0.9))]
    >>> best_of(rows).epoch, best_of([])
    (2, None)
    """
    measured = [row for row in epochs if row.validation_accuracy is not None]
    return max(measured, key=lambda row: row.validation_accuracy or 0.0, default=None)


@dataclass(frozen=True)
class SavedModel:
    """A trained network that its owner saved under a name; `run` is None if that was deleted."""

    id: str
    owner: str
    name: str
    card: dict[str, Any]
    run: str | None
    created: float


@dataclass(frozen=True)
class ClassRow:
    """A class that gathers digits, for a time.

    Parameters
    ----------
    id : str
        A hash of its code.
    owner : str
        The teacher's browser.
    key_hash : str
        A hash of the secret with which that browser leads it.
    created, until : float
        When it was opened, and when all of it is deleted.
    learned : mapping or None
        What came of it when a network last learned from it: counts, by name.
    """

    id: str
    owner: str
    key_hash: str
    created: float
    until: float
    learned: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Mark:
    """That there is a digit: enough to see whether anything has changed.

    Parameters
    ----------
    hand : int
        The number of whose it is in its class, from 1.
    label : int
        The digit that was asked for.
    written : float
        When it came.
    """

    hand: int
    label: int
    written: float


@dataclass(frozen=True)
class ClassDigit(Mark):
    """A digit of a class: 28·28 bytes, row by row, 0 for paper and 255 for ink."""

    pixels: bytes
