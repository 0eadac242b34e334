"""A time line of several runs, each going on from the end of the one before, shown as one."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.charts.player import thin
from core.history import History
from core.planes.playground import Config, Run
from core.planes.playground.network import Floats, count_params
from core.planes.playground.start import carry
from core.planes.playground.timeline import column


class Stretch(NamedTuple):
    """The frames of one run."""

    run: Run
    rows: NDArray[np.intp]
    """Its records that are frames."""
    config: Config
    """Its settings; but the network is that of the last run, where that answers the same."""
    params: Floats
    """Of that network, a row a frame."""
    is_drawn: bool
    """Whether it is: the drawing is the last run's."""


def joined(runs: Sequence[Run]) -> History:
    """Return the record of all runs as one, without parameters.

    Examples
    --------
    >>> from core.planes.playground import train
    >>> first = train([[0, 1], [1, 0]], [0, 1], Config(n_epochs=2))
    >>> both = joined([first, train([[0, 1], [1, 0]], [0, 1], Config(n_epochs=2), after=first)])
    >>> both.update.tolist(), both.epoch.tolist()
    ([0, 1, 2, 2, 3, 4], [0, 1, 2, 2, 3, 4])
    """
    names = dict.fromkeys(name for run in runs for name in run.extra)
    loss = column(runs, "loss")
    return History(
        update=column(runs, "update").astype(np.int64),
        epoch=column(runs, "epoch").astype(np.int64),
        params=np.empty((loss.size, 0)),
        loss=loss,
        param_names=(),
        diverged=runs[-1].diverged,
        extra={name: column(runs, name) for name in names},
    )


def stretches(runs: Sequence[Run], n_frames: int) -> list[Stretch]:
    """Return the frames of all runs, at most so many, evenly over the time line."""
    last, first, made = runs[-1].config, 0, []
    rows = thin(sum(run.n_records for run in runs), n_frames)
    for run in runs:
        own = rows[(rows >= first) & (rows < first + run.n_records)] - first
        first += run.n_records
        if own.size:
            made.append(_stretch(run, own, last))
    return made


def frame_at(runs: Sequence[Run], n_frames: int, step: int) -> tuple[Run, Config, Floats, int]:
    """Return what stands in a frame: its run, the network's settings and numbers, and the record.

    A step beyond the last frame is the last.

    Examples
    --------
    >>> from core.planes.playground import train
    >>> run = train([[0, 1], [1, 0]], [0, 1], Config(n_epochs=9))
    >>> shown, _config, params, record = frame_at([run], 4, 1)
    >>> int(shown.update[record]), bool((params == run.params[record]).all())
    (3, True)
    """
    parts = stretches(runs, n_frames)
    step = min(step, sum(part.rows.size for part in parts) - 1)
    for part in parts:
        if step < part.rows.size:
            return part.run, part.config, part.params[step], int(part.rows[step])
        step -= part.rows.size
    raise IndexError(step)


def _stretch(run: Run, rows: NDArray[np.intp], last: Config) -> Stretch:
    params, config = run.params[rows], run.config
    if (config.inputs, config.hidden_sizes) == (last.inputs, last.hidden_sizes):
        return Stretch(run, rows, config, params, is_drawn=True)
    if not _grows_into(config, last):
        return Stretch(run, rows, config, params, is_drawn=False)
    grown = dataclasses.replace(config, inputs=last.inputs, hidden_sizes=last.hidden_sizes)
    nothing = np.zeros(count_params(grown))
    params = np.stack([carry(row, config, grown, nothing) for row in params])
    return Stretch(run, rows, grown, params, is_drawn=True)


def _grows_into(config: Config, last: Config) -> bool:
    """Whether the last network has all that this one has, and so can answer as it does."""
    sizes, wanted = config.hidden_sizes, last.hidden_sizes
    return (
        len(sizes) == len(wanted)
        and all(size <= more for size, more in zip(sizes, wanted, strict=True))
        and set(config.inputs) <= set(last.inputs)
    )
