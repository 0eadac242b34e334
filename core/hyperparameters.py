"""What a lesson's numbers may be: one clear sentence for each rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.messages import N_, InputError, require

LARGEST = 1e50
"""The largest size of a sample or a parameter: its square's square is still a finite number."""

SMALLEST = 1e-50
"""The smallest size of a number in own data but for 0: its square's square is still more than 0."""


def check_parameters(**values: float) -> None:
    """Check starting values of parameters: numbers no larger than `LARGEST`.

    Raises
    ------
    InputError
        If one of them is larger, infinite or not a number.

    Examples
    --------
    >>> check_parameters(start_weight=0.1)
    >>> check_parameters(start_weight=float("nan"))
    Traceback (most recent call last):
    core.messages.InputError: start_weight must be between −1e+50 and 1e+50, not nan.
    """
    for name, value in values.items():
        require(
            is_number(value) and abs(value) <= LARGEST,
            N_("{name} must be between −{limit} and {limit}, not {value}."),
            name=name,
            limit=LARGEST,
            value=value,
        )


def checked_start(start: ArrayLike, n_params: int) -> NDArray[np.float64]:
    """Check the parameters to start from, and return a copy of them.

    Raises
    ------
    InputError
        If it is not a row of `n_params` numbers, none larger than `LARGEST`.

    Examples
    --------
    >>> checked_start([1, 2], 2)
    array([1., 2.])
    >>> checked_start([1, float("nan")], 2)
    Traceback (most recent call last):
    core.messages.InputError: start must hold 2 numbers between −1e+50 and 1e+50.
    """
    try:
        params = np.array(start, dtype=np.float64)
    except (TypeError, ValueError):
        params = np.empty(0)
    if params.shape != (n_params,) or not (np.abs(params) <= LARGEST).all():
        raise InputError(
            N_("{name} must hold {n} numbers between −{limit} and {limit}."),
            name="start",
            n=n_params,
            limit=LARGEST,
        )
    return params


def check_learning_rate(value: float) -> None:
    """Check a lesson's learning rate: finite, at least 0.

    Raises
    ------
    InputError
        If it is not.

    Examples
    --------
    >>> check_learning_rate(-1)
    Traceback (most recent call last):
    core.messages.InputError: learning_rate must be a finite number of at least 0, not -1.
    """
    require(
        is_number(value) and 0 <= value < np.inf,
        N_("{name} must be a finite number of at least 0, not {value}."),
        name="learning_rate",
        value=value,
    )


def check_counts(**values: int | None) -> None:
    """Check numbers of things: whole, at least 1, or None for those a lesson leaves open.

    Raises
    ------
    InputError
        If one of them is not.

    Examples
    --------
    >>> check_counts(n_epochs=1, batch_size=None)
    >>> check_counts(batch_size=0)
    Traceback (most recent call last):
    core.messages.InputError: batch_size must be a whole number of at least 1, not 0.
    """
    for name, value in values.items():
        if value is not None:
            check_whole(name, value)


def check_whole(name: str, value: object, least: int = 1, most: int | None = None) -> None:
    """Check that `value` is a whole number from `least` to `most`, where there is a most.

    Raises
    ------
    InputError
        If it is not.

    Examples
    --------
    >>> check_whole("seed", 2.5, 0)
    Traceback (most recent call last):
    core.messages.InputError: seed must be a whole number of at least 0, not 2.5.
    >>> check_whole("n_hidden", 33, most=32)
    Traceback (most recent call last):
    core.messages.InputError: n_hidden must be a whole number from 1 to 32, not 33.
    """
    if most is None:
        require(
            is_whole(value) and value >= least,
            N_("{name} must be a whole number of at least {least}, not {value}."),
            name=name,
            least=least,
            value=value,
        )
    else:
        require(
            is_whole(value) and least <= value <= most,
            N_("{name} must be a whole number from {least} to {most}, not {value}."),
            name=name,
            least=least,
            most=most,
            value=value,
        )


def check_number(name: str, value: object, least: float, most: float) -> None:
    """Check that `value` is a number from `least` to `most`.

    Raises
    ------
    InputError
        If it is not.
    """
    require(
        is_number(value) and least <= value <= most,
        N_("{name} must be from {least} to {most}, not {value}."),
        name=name,
        least=least,
        most=most,
        value=value,
    )


def is_whole(value: object) -> TypeGuard[int]:
    """Say whether a value is a whole number, and not a truth value."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def is_number(value: object) -> TypeGuard[float]:
    """Say whether a value is a number, and not a truth value.

    Examples
    --------
    >>> is_number(0.5), is_number(True), is_number("0.5")
    (True, False, False)
    """
    return is_whole(value) or isinstance(value, float | np.floating)


def check_choice(name: str, value: object, allowed: Sequence[str]) -> None:
    """Check that `value` is one of the names in `allowed`.

    Raises
    ------
    InputError
        If it is not.

    Examples
    --------
    >>> check_choice("loss", "cost", ["mean_squared_error"])
    Traceback (most recent call last):
    core.messages.InputError: loss must be one of mean_squared_error, not cost.
    """
    require(
        value in allowed,
        N_("{name} must be one of {allowed}, not {value}."),
        name=name,
        allowed=", ".join(allowed),
        value=value,
    )


def size_of_batch(batch_size: int | None, n_samples: int) -> int:
    """Return the number of samples in a batch: at most all; None is the full batch.

    Examples
    --------
    >>> [size_of_batch(size, 20) for size in (1, 100, None)]
    [1, 20, 20]
    """
    return n_samples if batch_size is None else min(batch_size, n_samples)


def count_batches(n_samples: int, batch_size: int | None) -> int:
    """Return how many updates an epoch has; the last batch may be smaller than the others.

    Examples
    --------
    >>> [count_batches(20, size) for size in (1, 8, 100, None)]
    [20, 3, 1, 1]
    """
    return -(-n_samples // size_of_batch(batch_size, n_samples))  # rounded up


@dataclass(frozen=True)
class Descent:
    """Hyperparameters of every lesson that goes over its samples again and again, batch by batch.

    Parameters
    ----------
    learning_rate : float
        How far one step goes (η), at least 0.
    n_epochs : int
        How many passes over the samples.
    batch_size : int or None
        Samples an update learns from; the last batch of an epoch may be smaller. None, or more
        than there are samples, is the full batch.
    shuffle : bool
        Draw a new order of the samples for each epoch; otherwise they come in data order.
    seed : int, default=0
        Seeds the generator of all that is drawn, at least 0.
    record_every : int or None, default=None
        Record every so-many-th update; None keeps a few hundred records, 1 keeps all.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Descent(learning_rate=0.1, n_epochs=50, batch_size=0, shuffle=True)
    Traceback (most recent call last):
    core.messages.InputError: batch_size must be a whole number of at least 1, not 0.
    """

    learning_rate: float
    n_epochs: int
    batch_size: int | None
    shuffle: bool
    seed: int = 0
    record_every: int | None = None

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        check_whole("n_epochs", self.n_epochs)
        check_counts(batch_size=self.batch_size, record_every=self.record_every)
        check_whole("seed", self.seed, 0)
