"""The contest of a sweep in Optuna's storage, on both kinds of database, without any training."""

import subprocess
import sys
from pathlib import Path

import optuna
import pytest
from sqlalchemy import make_url

from core.digits.recipe import MODERN
from core.lab.sweep.plan import Sweep, sweep_of
from core.lab.sweep.pruning import Contest, Hopeless, forget, open_storage
from core.lab.sweep.sampling import cells
from core.store.errors import StoreError
from core.store.records import EpochRow
from core.store.store import Store

BASE = MODERN  # 30 epochs: compared after 7 and 15 of them
SWEEP = sweep_of(BASE, {"learning_rate": "1e-4..1e-1:4", "optimiser": "sgd,adam"})
ID = "0123456789abcdef"


@pytest.fixture
def url(database_url: str) -> str:
    store = Store(database_url)
    store.close()
    return store.url


def contest(url: str, run: int, sweep: Sweep = SWEEP) -> Contest:
    return Contest(url, ID, sweep, f"run {run}", cells(sweep)[run])


def rows(*accuracies: float, first: int = 1) -> list[EpochRow]:
    return [
        EpochRow(epoch=number, images=1, seconds=1.0, validation_accuracy=accuracy)
        for number, accuracy in enumerate(accuracies, start=first)
    ]


def reported(url: str, run: int, *accuracies: float) -> Contest:
    one = contest(url, run)
    one.report(rows(*accuracies))
    return one


def test_the_worse_half_is_hopeless_when_a_round_is_over(url):
    runs = [reported(url, run, *[0.1] * 6, 0.1 * run) for run in range(5)]
    assert [one.is_over(7) for one in runs] == [True] * 5
    verdicts = [one.hopeless() for one in runs]
    assert [verdict is None for verdict in verdicts] == [False, False, True, True, True]
    assert verdicts[0] == Hopeless(epoch=7, own=0.1, least=0.2)


def test_nobody_is_compared_within_a_round(url):
    best = reported(url, 0, *[0.9] * 7)
    worst = reported(url, 1, *[0.1] * 8)
    assert worst.hopeless() is None
    assert not worst.is_over(8)
    assert best.hopeless() is None


def test_the_best_epoch_so_far_counts(url):
    once_good = reported(url, 0, *[0.95] + [0.1] * 6)
    steady = reported(url, 1, *[0.9] * 7)
    assert once_good.hopeless() is None
    assert steady.hopeless() == Hopeless(7, 0.9, 0.95)


def test_who_ended_early_still_counts_and_is_not_asked_again(url):
    best, worst = reported(url, 0, *[0.9] * 7), reported(url, 1, *[0.1] * 7)
    assert worst.hopeless() is not None
    worst.end("pruned")
    assert worst.hopeless() is None  # its owner may resume it
    worst.report(rows(0.2, first=8))
    best.end("done")
    middle = reported(url, 2, *[0.5] * 7)
    assert middle.hopeless() is None  # the second of three
    late = reported(url, 3, *[0.3] * 7)
    assert late.hopeless() == Hopeless(7, 0.3, 0.5)


def test_a_worker_that_takes_a_run_over_finds_what_it_had_reached(url):
    reported(url, 0, *[0.9] * 7)
    reported(url, 1, *[0.1] * 5)
    again = contest(url, 1)
    again.report(rows(*[0.1] * 7))  # what the store has; five of them are known
    assert again.hopeless() == Hopeless(7, 0.1, 0.9)


def test_others_can_read_the_study_with_optuna_alone(url):
    first, second, third = (reported(url, run, 0.5, 0.5 + 0.1 * run) for run in range(3))
    first.end("done")
    second.end("pruned")
    third.end("diverged")
    study = optuna.load_study(study_name=ID, storage=open_storage(url))
    states = [trial.state.name for trial in study.trials]
    assert states == ["COMPLETE", "PRUNED", "FAIL"]
    assert study.best_value == 0.5
    assert study.trials[1].intermediate_values == {1: 0.5, 2: 0.6}
    optimiser = [cell["optimiser"] for cell in cells(SWEEP)[:3]]
    assert [trial.params["optimiser"] for trial in study.trials] == optimiser


def test_a_run_that_reached_nothing_fails(url):
    contest(url, 0).end("diverged")
    study = optuna.load_study(study_name=ID, storage=open_storage(url))
    assert [trial.state.name for trial in study.trials] == ["FAIL"]


def test_a_deleted_sweep_is_forgotten(url):
    reported(url, 0, 0.5)
    forget(url, ID)
    assert optuna.get_all_study_names(open_storage(url)) == []
    forget(url, ID)


def test_our_tables_and_optunas_live_in_one_database(url):
    reported(url, 0, 0.5)
    store = Store(url)  # still the newest version of ours
    run = store.create_run("ada", "alone", {}, n_epochs=1)
    assert store.runs() == [run]
    store.close()


def test_a_database_that_is_gone_is_told_in_a_sentence(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'runs.sqlite3'}"
    Store(url).close()
    one = reported(url, 0, 0.5)
    database = Path(str(make_url(url).database))
    for file in tmp_path.iterdir():
        file.unlink()
    database.mkdir()
    open_storage(url)._backend.engine.dispose()  # type: ignore[attr-defined]
    with pytest.raises(StoreError):
        one.hopeless()


WORKER = """
import sys
from tests.core.lab.sweep.test_pruning import contest, rows
url, run = sys.argv[1], int(sys.argv[2])
sys.stdin.read(1)
for epoch in range(1, 8):
    contest(url, run).report(rows(*[0.1 * run] * epoch))
"""


def test_workers_that_begin_at_once_neither_fail_nor_lose_anything(url):
    """Also the tables are made by whoever comes first."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, str(run)], stdin=subprocess.PIPE, text=True
        )
        for run in range(3)
    ]
    for worker in workers:
        worker.communicate("!", timeout=120)
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    found = [contest(url, run).hopeless() for run in range(3)]
    assert found == [Hopeless(7, 0.0, 0.1), None, None]
