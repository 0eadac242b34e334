"""Several runs, each going on where the one before ended, as one time line."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.planes.playground.by_hand import turned
from core.planes.playground.lesson import Config, train
from core.planes.playground.run import Run, begin
from core.planes.points import Points


class Change(NamedTuple):
    """A setting that is not as it was."""

    update: int
    """How many updates were done before."""
    field: str
    """Its name in `Config`."""
    before: Any
    now: Any


def train_all(
    x: ArrayLike,
    y: ArrayLike,
    configs: Sequence[Config],
    *,
    test: Points | None = None,
    turns: Sequence[Mapping[str, float]] = (),
    engine: Callable[..., Run] = train,
) -> list[Run]:
    """Train with the first settings, then on with the next, and so on.

    Parameters
    ----------
    x, y, test
        As in `core.planes.playground.train`.
    configs : sequence of Config
        The settings of each run.
    turns : sequence of mapping, optional
        For each run, what is turned by hand before it begins: see `by_hand.turned`.
    engine : callable, optional
        What trains: from scratch, or `torch_engine.train`.
    """
    runs: list[Run] = []
    for i, config in enumerate(configs):
        before = runs[-1] if runs else None
        start = None
        if i < len(turns) and turns[i]:
            start = turned(begin(config, None, before).params, config, turns[i])
        runs.append(engine(x, y, config, test=test, after=before, start=start))
    return runs


def changes(runs: Sequence[Run]) -> list[Change]:
    """Return what changed between the runs; more epochs of the same change nothing."""
    found = []
    for one, other in pairwise(runs):
        before, now = dataclasses.asdict(one.config), dataclasses.asdict(other.config)
        found += [
            Change(int(other.update[0]), name, before[name], now[name])
            for name in before
            if before[name] != now[name] and name not in ("n_epochs", "record_every")
        ]
    return found


def column(runs: Sequence[Run], name: str) -> NDArray[np.float64]:
    """Return a column of all runs, one after the other: "update", "epoch", "loss" or an extra one.

    Where a run begins stands twice, as the end of the one before and as the beginning of the next:
    a new neuron may have changed the loss. A run that has no such column has nan there.
    """
    pieces = []
    for run in runs:
        if name in ("update", "epoch", "loss"):
            pieces.append(np.asarray(getattr(run, name), dtype=np.float64))
        else:
            pieces.append(run.extra.get(name, np.full(run.n_records, np.nan)))
    return np.concatenate(pieces)
