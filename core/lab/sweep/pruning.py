"""A run among the others of its sweep: Optuna's storage, in our database, holds what all reached.

Optuna's own pruners decide at the moment when a run has done so many epochs, against those that
came before it: who comes first has nobody to be compared with. This one, given to Optuna as its
`pruner`, is asked when a run is about to go on, after all others have had their turn.
"""

import functools
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import optuna
from optuna.exceptions import StorageInternalError
from optuna.storages import BaseStorage, RDBStorage, get_storage
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState, create_trial
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from core.lab.sweep.plan import Sweep
from core.lab.sweep.rounds import least, rounds
from core.lab.sweep.sampling import distributions, params
from core.lab.sweep.space import Value
from core.store.engine import PATIENCE, WAITS
from core.store.errors import explained
from core.store.records import EpochRow

RUN = "run"
"""The attribute of a trial that says which run it is."""

STATES = {"done": TrialState.COMPLETE, "pruned": TrialState.PRUNED}
"""What a trial is by its run's status; otherwise it has failed."""

AT_ONCE = 10
"""So often the tables are tried to be made: Optuna fails if two processes make them at once."""


class WorseHalf(optuna.pruners.BasePruner):
    """Ends a trial that is not in the better half of those that have come as far.

    Parameters
    ----------
    n_epochs : int
        Of a run that goes to its end; see `core.lab.sweep.rounds.rounds`.
    """

    def __init__(self, n_epochs: int) -> None:
        self._rounds = rounds(n_epochs)

    def prune(self, study: Study, trial: FrozenTrial) -> bool:
        """Tell whether the trial is to be ended now."""
        if trial.last_step not in self._rounds:
            return False
        return reached(trial, trial.last_step) < least(others(study, trial.last_step))


def reached(trial: FrozenTrial, epoch: int) -> float:
    """Give the best accuracy up to an epoch."""
    return max(value for step, value in trial.intermediate_values.items() if step <= epoch)


def others(study: Study, epoch: int) -> list[float]:
    """Give what all trials that have done an epoch had reached by then, the asking one too."""
    trials = study.get_trials(deepcopy=False)
    return [reached(t, epoch) for t in trials if epoch in t.intermediate_values]


@dataclass(frozen=True)
class Hopeless:
    """Why a run is ended early."""

    epoch: int
    own: float
    """The validation accuracy it had reached."""
    least: float
    """What the better half had reached at least."""


class Contest:
    """One run's place in the contest of its sweep.

    All methods may raise a `StoreError`.

    Parameters
    ----------
    url : str
        Of the store.
    sweep_id : str
    sweep : Sweep
    run_id : str
    cell : mapping
        The run's values of what the sweep varies.
    """

    def __init__(
        self, url: str, sweep_id: str, sweep: Sweep, run_id: str, cell: Mapping[str, Value]
    ) -> None:
        self._url = url
        self._rounds = rounds(sweep.base.n_epochs)
        with by_optuna(url):
            self._storage = open_storage(url)
            self._study = optuna.create_study(
                storage=self._storage,
                study_name=sweep_id,
                direction="maximize",
                pruner=WorseHalf(sweep.base.n_epochs),
                load_if_exists=True,
            )
            self._study_id = self._storage.get_study_id_from_name(sweep_id)
            self._trial_id = self._find(run_id) or self._storage.create_new_trial(
                self._study_id,
                create_trial(
                    state=TrialState.RUNNING,
                    params=params(sweep, cell),
                    distributions=distributions(sweep),
                    user_attrs={RUN: run_id},
                ),
            )

    def report(self, rows: Sequence[EpochRow]) -> None:
        """Tell what the run has reached; what is known already does no harm."""
        with by_optuna(self._url):
            trial = self._storage.get_trial(self._trial_id)
            if trial.state != TrialState.RUNNING:
                return
            for row in rows:
                if row.epoch not in trial.intermediate_values:
                    accuracy = row.validation_accuracy or 0.0
                    self._storage.set_trial_intermediate_value(self._trial_id, row.epoch, accuracy)

    def is_over(self, epoch: int) -> bool:
        """Tell whether a round ends with this epoch."""
        return epoch in self._rounds

    def hopeless(self) -> Hopeless | None:
        """Say why the run is not worth going on, if it is not; once ended, nobody asks again."""
        with by_optuna(self._url):
            trial = self._storage.get_trial(self._trial_id)
            if trial.state != TrialState.RUNNING or not self._study.pruner.prune(
                self._study, trial
            ):
                return None
            epoch = trial.last_step or 0
            return Hopeless(epoch, reached(trial, epoch), least(others(self._study, epoch)))

    def end(self, status: str) -> None:
        """Tell that the run is done, diverged or pruned."""
        with by_optuna(self._url):
            trial = self._storage.get_trial(self._trial_id)
            if trial.state == TrialState.RUNNING:
                values = [reached(trial, trial.last_step)] if trial.last_step else None
                state = STATES.get(status, TrialState.FAIL) if values else TrialState.FAIL
                self._storage.set_trial_state_values(self._trial_id, state, values)

    def _find(self, run_id: str) -> int | None:
        for trial in self._storage.get_all_trials(self._study_id, deepcopy=False):
            if trial.user_attrs.get(RUN) == run_id:
                return self._storage.get_trial_id_from_study_id_trial_number(
                    self._study_id, trial.number
                )
        return None


def forget(url: str, sweep_id: str) -> None:
    """Delete a sweep's study, if there is one."""
    with by_optuna(url):
        storage = open_storage(url)
        if any(study.study_name == sweep_id for study in storage.get_all_studies()):
            storage.delete_study(storage.get_study_id_from_name(sweep_id))


@functools.cache
def open_storage(url: str) -> BaseStorage:
    """Open Optuna's tables in the database of the store; make them if there are none."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    is_file = make_url(url).get_backend_name() == "sqlite"
    options = (
        {"connect_args": {"timeout": PATIENCE}}
        if is_file
        else {"pool_pre_ping": True, "connect_args": dict(WAITS)}
    )
    for _ in range(AT_ONCE):
        try:
            return get_storage(RDBStorage(url, options))
        except (SQLAlchemyError, StorageInternalError) as error:
            failure = error
            time.sleep(0.1)
    raise failure


@contextmanager
def by_optuna(url: str) -> Iterator[None]:
    """Turn what the database says to Optuna inside the block into a `StoreError`."""
    with explained(make_url(url)):
        try:
            yield
        except StorageInternalError as error:
            raise (error.__cause__ or error) from error
