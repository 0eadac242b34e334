"""What a lesson's numbers may be: one clear sentence for each rule."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.messages import N_, InputError, require

LARGEST = 1e50
"""The largest size of a sample or a parameter: its square's square is still a finite number."""


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
            abs(value) <= LARGEST,
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
    """Check a learning rate: finite, at least 0.

    Raises
    ------
    InputError
        If it is not.
    """
    require(
        0 <= value < np.inf,
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
            check_count(name, value)


def check_count(name: str, value: int) -> None:
    """Check a number of things: whole, at least 1.

    Raises
    ------
    InputError
        If it is not.
    """
    require(
        isinstance(value, int | np.integer) and value >= 1,
        N_("{name} must be a whole number of at least 1, not {value}."),
        name=name,
        value=value,
    )


def check_seed(value: int) -> None:
    """Check the seed of a generator: whole, at least 0.

    Raises
    ------
    InputError
        If it is not.
    """
    require(
        isinstance(value, int | np.integer) and value >= 0,
        N_("{name} must be a whole number of at least 0, not {value}."),
        name="seed",
        value=value,
    )


def check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
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
