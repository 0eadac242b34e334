"""The record of a training run: the parameters a model had, after which update, at which loss."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.messages import N_, require

if TYPE_CHECKING:
    import pandas as pd

MAX_RECORDS = 300
"""The most records a lesson keeps when it may choose (``record_every=None``)."""

DIVERGED_AT = 1e6
"""A run has diverged when its loss exceeds this many times ``max(first loss, 1)``."""


@dataclass(frozen=True, eq=False)
class History:
    """Recorded states of one training run, in the order they happened; every column is read-only.

    Parameters
    ----------
    update : array_like of int, shape (n_records,)
        Number of parameter updates done at each record; starts with 0, ends with the last.
    epoch : array_like of int, shape (n_records,)
        Number of complete passes over the data at each record.
    params : array_like of float, shape (n_records, n_params)
        The model's parameters.
    loss : array_like of float, shape (n_records,)
        The configured loss over all samples, at those parameters.
    param_names : tuple of str
        The name of each column of `params`.
    diverged : bool, default=False
        The loss stopped being finite or left every sensible range, and the run stopped there.
    extra : dict of str to array_like, each of shape (n_records,), optional
        Columns a lesson adds.

    Raises
    ------
    InputError
        If the columns differ in length.

    Examples
    --------
    >>> history = History([0, 1], [0, 1], [[0.5], [0.8]], [0.4, 0.1], ("weight",))
    >>> history.n_records, history.column("weight")
    (2, array([0.5, 0.8]))
    """

    update: NDArray[np.int64]
    epoch: NDArray[np.int64]
    params: NDArray[np.float64]
    loss: NDArray[np.float64]
    param_names: tuple[str, ...]
    diverged: bool = False
    extra: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        set_field = object.__setattr__
        set_field(self, "update", _read_only(self.update, np.int64))
        set_field(self, "epoch", _read_only(self.epoch, np.int64))
        set_field(self, "params", _read_only(self.params, np.float64))
        set_field(self, "loss", _read_only(self.loss, np.float64))
        set_field(self, "extra", {k: _read_only(v, np.float64) for k, v in self.extra.items()})
        n = self.update.size
        columns = [self.epoch, self.params, self.loss, *self.extra.values()]
        require(
            all(len(column) == n for column in columns),
            N_("The columns of a history must all have {n} rows."),
            n=n,
        )
        require(
            self.params.shape == (n, len(self.param_names)),
            N_("params must have one column for each of {names}."),
            names=", ".join(self.param_names),
        )

    @property
    def n_records(self) -> int:
        """The number of recorded states."""
        return int(self.update.size)

    def column(self, name: str) -> NDArray[np.float64]:
        """Return the parameter or extra column called `name`, shape (n_records,).

        Raises
        ------
        KeyError
            If the run has no such column.
        """
        if name in self.param_names:
            values: NDArray[np.float64] = self.params[:, self.param_names.index(name)]
            return values
        return self.extra[name]

    def to_frame(self) -> pd.DataFrame:
        """Return the history as a table: update, epoch, one column a parameter, loss, extras.

        Examples
        --------
        >>> History([0], [0], [[0.5]], [0.4], ("weight",)).to_frame()
           update  epoch  weight  loss
        0       0      0     0.5   0.4
        """
        import pandas as pd

        params = {name: self.column(name) for name in self.param_names}
        return pd.DataFrame(
            {"update": self.update, "epoch": self.epoch, **params, "loss": self.loss, **self.extra}
        )


def thinning(n_updates: int, record_every: int | None) -> int:
    """Return how many updates lie between two records.

    Parameters
    ----------
    n_updates : int
        Number of updates the run will do.
    record_every : int or None
        The caller's wish; None keeps at most `MAX_RECORDS` records.

    Examples
    --------
    >>> thinning(100, None), thinning(1_000_000, None), thinning(1_000_000, 1)
    (1, 3356, 1)
    """
    if record_every is not None:
        return record_every
    return max(1, math.ceil(n_updates / (MAX_RECORDS - 2)))


def recorded_updates(n_updates: int, record_every: int) -> NDArray[np.int64]:
    """Return the updates a run records: 0, every `record_every`-th and always the last.

    Examples
    --------
    >>> recorded_updates(10, 4)
    array([ 0,  4,  8, 10])
    """
    every = np.arange(0, n_updates, record_every, dtype=np.int64)
    return np.append(every, n_updates) if n_updates else np.zeros(1, np.int64)


def _read_only(values: ArrayLike, dtype: type[np.generic]) -> NDArray[np.generic]:
    array: NDArray[np.generic] = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array
