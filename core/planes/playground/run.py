"""A run of the Playground: its history, its settings, and what it takes to train on."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.datasets import read_only
from core.history import History
from core.hyperparameters import checked_start
from core.messages import N_, require
from core.planes.playground import network as net
from core.planes.playground.network import Floats
from core.planes.playground.start import carry, draw_start
from core.planes.points import Points

if TYPE_CHECKING:
    from core.planes.playground.lesson import Config


NO_POINTS = Points(*read_only(np.empty((0, 2)), np.empty(0)))
"""Read-only, as all points: the loop is compiled for such arrays, once."""


@dataclass(frozen=True, eq=False)
class State:
    """What it takes to go on from a moment of a run, beside the parameters."""

    memory: Floats
    """What momentum and Adam remember of each parameter, shape (2, n_params)."""
    n_steps: int
    """How many updates were done with that memory."""
    rng: np.random.Generator
    """Draws what comes next."""
    highest_loss: float | None
    """Above this loss the run counts as diverged; None: it has not begun."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Run(History):
    """A history, the settings that it was made with, and what it takes to train on."""

    config: Config
    state: State
    ended_at: int
    """The update after which the run ended; a last one that left the range of floats counts."""
    stopped_early: bool = False
    """The loss of the test samples had not fallen for `Config.patience` epochs."""


class Beginning(NamedTuple):
    """Where a run begins."""

    params: Floats
    update: int
    epoch: int
    state: State


class Measured(NamedTuple):
    """What is known of a recorded state; nan where there are no samples."""

    loss: float
    accuracy: float
    n_dead: float
    test_loss: float
    test_accuracy: float
    test_n_dead: float


def begin(config: Config, start: ArrayLike | None, after: Run | None) -> Beginning:
    """Draw the start, or take over what `after` ended with.

    The generator goes on where it was unless the seed changes. What the optimiser remembers is kept
    where the same optimiser goes on with the same network from where it stood, and the run did not
    diverge.

    Raises
    ------
    InputError
        If `start` does not fit the network.
    """
    rng = np.random.default_rng(config.seed)
    n_params = net.count_params(config)
    memory = np.zeros((2, n_params))
    if after is None:
        params = draw_start(rng, config)
        if start is not None:
            params = checked_start(start, n_params)
        return Beginning(params, 0, 0, State(memory, 0, rng, None))
    if config.seed == after.config.seed:
        rng = copy.deepcopy(after.state.rng)
    same_network = (after.config.inputs, net.layer_sizes(after.config), after.config.loss) == (
        config.inputs,
        net.layer_sizes(config),
        config.loss,
    )
    if same_network:
        params = after.params[-1].copy()
    else:
        params = carry(after.params[-1], after.config, config, draw_start(rng, config))
    n_steps = 0
    highest_loss = None
    if start is not None:
        params = checked_start(start, n_params)
    elif not after.diverged:
        if after.config.loss == config.loss:
            highest_loss = after.state.highest_loss
        if same_network and after.config.optimiser == config.optimiser:
            memory, n_steps = after.state.memory.copy(), after.state.n_steps
    state = State(memory, n_steps, rng, highest_loss)
    return Beginning(params, int(after.update[-1]), int(after.epoch[-1]), state)


def check_patience(config: Config, n_test: int) -> None:
    """Raise an InputError where there is a patience without test samples."""
    require(
        config.patience is None or n_test > 0,
        N_("Early stopping needs test samples: keep a share of the samples apart."),
    )


def finished(
    config: Config,
    update: ArrayLike,
    epoch: ArrayLike,
    params: ArrayLike,
    measured: Sequence[Measured] | Floats,
    rates: ArrayLike,
    state: State,
    *,
    ended_at: int,
    diverged: bool,
    stopped_early: bool,
) -> Run:
    """Return what was recorded as a run, without a last state that is not finite."""
    names = net.param_names(config)
    columns = np.asarray(measured, dtype=np.float64).reshape(-1, len(Measured._fields))
    rows = np.asarray(params, dtype=np.float64).reshape(-1, len(names))
    finite = np.isfinite(columns[:, 0]) & np.isfinite(rows).all(axis=1)
    table = dict(zip(Measured._fields, columns[finite].T, strict=True))
    has_test = bool(np.isfinite(table["test_n_dead"]).all())
    has_classes = config.loss != "mean_squared_error"
    shown = {
        "test_loss": has_test,
        "accuracy": has_classes,
        "test_accuracy": has_test and has_classes,
        "n_dead": "relu" in net.activations(config),
    }
    return Run(
        update=np.asarray(update)[finite],
        epoch=np.asarray(epoch)[finite],
        params=rows[finite],
        loss=table["loss"],
        param_names=names,
        diverged=diverged,
        extra={"learning_rate": np.asarray(rates)[finite]}
        | {name: table[name] for name, is_shown in shown.items() if is_shown},
        config=config,
        state=state,
        ended_at=ended_at,
        stopped_early=stopped_early,
    )
