"""The command: what it refuses, a small sweep from end to end, and Ctrl-C."""

import dataclasses
import os
import re
import shlex
import signal
import subprocess
import sys
import threading

import psutil
import pytest

from core.command import INTERRUPTED
from core.digits.recipe import ARTICLE, MODERN
from core.jobs import sweep_command
from core.lab.sweep.command_line import COMMAND, command_line
from core.lab.sweep.plan import Sweep, sweep_of
from core.lab.sweep.results import progress
from core.store.store import Store
from tests.waiting import PATIENCE, wait_for

TINY = "--n-images 500 --hidden 12 --batch-size 50,100 --learning-rate 0.001..0.1:3 --epochs 4"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
    monkeypatch.delenv("NEURON_LADDER_SCHEDULER", raising=False)
    monkeypatch.setattr("core.jobs.cluster.n_local_workers", lambda: 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("", "Nothing varies: give a hyperparameter a range or two values, such as 1e-4..1e-1."),
        ("--learning-rate 1..0.1", "learning_rate: a range must rise, but 0.1 is not above 1."),
        ("--batch-size ,", "batch_size has no value to try: name some, such as 64,256,1024."),
        (
            "--learning-rate 1e-4..1:100 --dropout 0..0.5:100",
            "The sweep would have 10,000 runs; it may have from 1 to 1,000.",
        ),
        ("--dropout 0..0.5 --runs 1001", "The sweep would have 1,001 runs; it may have from 1"),
        ("--dropout 0..0.5 --epochs 0", "n_epochs must be a whole number from 1 to"),
        ("--dropout 0..0.5 --name ''", "The name must have 1 to 80 characters, not 0."),
        ("--resume nothing", "There is no sweep nothing."),
        ("--resume ''", "There is no sweep ."),
        ("--resume nothing --epochs 9", "--resume takes no other options: a sweep goes on as it"),
        ("--batch-size 1,2 --resume=nothing", "--resume takes no other options"),
        ("--seed 0 --resume nothing", "--resume takes no other options"),
        ("--momentum 0.9", "unrecognized arguments: --momentum 0.9"),
        ("--method best", "invalid choice: 'best'"),
    ],
)
def test_what_it_refuses_is_told_in_a_line_before_anything_starts(
    arguments, sentence, monkeypatch, capsys
):
    monkeypatch.setattr(sweep_command, "Jobs", lambda _: pytest.fail("something started"))
    try:
        code = sweep_command.main(shlex.split(arguments))
    except SystemExit as error:  # what argparse finds
        code = error.code
    told = capsys.readouterr().err
    assert code == 2
    assert sentence in told
    assert told.count("\n") == 1
    assert Store().sweeps.of_owner("local") == []


@pytest.mark.parametrize(
    "sweep",
    [
        sweep_of(MODERN, {"learning_rate": "1e-4..1e-1", "batch_size": "64,256"}, n_runs=24),
        sweep_of(MODERN, {"learning_rate": "1e-4..1e-1:3"}, prunes=False),
        sweep_of(
            dataclasses.replace(ARTICLE, n_epochs=7, seed=3, n_images=500, activation="tanh"),
            {"layer_sizes": "none,30-20", "weight_decay": "0,1e-3", "loss": "cross_entropy"},
        ),
        sweep_of(
            dataclasses.replace(MODERN, layer_sizes=(784, 10), optimiser="sgd", distortion=0.0),
            {"dropout": "0..0.5", "learning_rate": "0.1..10"},
            "random",
            9,
        ),
    ],
)
def test_a_sweep_written_as_a_command_line_is_the_same_sweep(sweep: Sweep):
    words = shlex.split(command_line(sweep).removeprefix(COMMAND))
    made = sweep_command.sweep_from(sweep_command.make_parser().parse_args(words))
    name = {"name": sweep.base.name}
    assert dataclasses.replace(made, base=dataclasses.replace(made.base, **name)) == sweep


def started(*more: str) -> tuple[subprocess.Popen[str], threading.Thread, list[str]]:
    """Start the command as in a terminal, with a thread that collects what it says."""
    command = subprocess.Popen(
        [sys.executable, "-m", "core.digits.sweep", *shlex.split(TINY), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    said: list[str] = []
    assert command.stdout is not None
    reader = threading.Thread(target=said.extend, args=(command.stdout,), daemon=True)
    reader.start()
    return command, reader, said


@pytest.mark.proof
def test_ctrl_c_while_a_worker_starts_shows_no_traceback():
    command, reader, said = started()

    def is_importing() -> bool:
        children = psutil.Process(command.pid).children(recursive=True)
        return any(child.cpu_times().user > 0.3 for child in children)

    wait_for(is_importing, "a worker")
    os.killpg(command.pid, signal.SIGINT)
    assert command.wait(PATIENCE) == INTERRUPTED
    reader.join(PATIENCE)
    assert "Traceback" not in "".join(said)
    assert f"Go on with: {COMMAND} --resume " in "".join(said)


@pytest.mark.proof
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on():
    command, reader, said = started("--epochs", "200")
    store = Store()

    def some_epochs() -> bool:
        rows = store.sweeps.of_owner("local")
        return bool(rows) and progress(store.runs.matching(sweep=rows[0].id)).n_epochs >= 2

    wait_for(some_epochs, "two epochs")
    os.killpg(command.pid, signal.SIGINT)  # as a terminal does: also the workers get it
    assert command.wait(PATIENCE) == INTERRUPTED
    reader.join(PATIENCE)
    told = "".join(said)
    (row,) = store.sweeps.of_owner("local")
    assert "Traceback" not in told
    assert f"Go on with: {COMMAND} --resume {row.id}" in told
    assert "Best: " in told
    done = progress(store.runs.matching(sweep=row.id))
    assert done.by_status.get("stopped", 0) >= 1
    assert not done.is_active
    assert done.n_epochs >= 2


@pytest.mark.long
def test_a_sweep_from_end_to_end_with_a_break(monkeypatch, capsys):
    interrupted = iter([True])
    watch = sweep_command.watch

    def interrupted_once(jobs, row):
        wait_for(lambda: progress(jobs.store.runs.matching(sweep=row.id)).n_epochs, "an epoch")
        if next(interrupted, False):
            raise KeyboardInterrupt
        watch(jobs, row)

    monkeypatch.setattr(sweep_command, "watch", interrupted_once)
    assert sweep_command.main([*shlex.split(TINY), "--name", "tiny"]) == INTERRUPTED
    store = Store()
    (row,) = store.sweeps.of_owner("local")
    assert row.stopped is not None
    assert row.name == "tiny"
    assert capsys.readouterr().out.splitlines()[0] == (
        f"Sweep {row.id}: 6 runs of 4 epochs; as the worse half ends early, about 13 epochs."
    )
    assert sweep_command.main(["--resume", row.id]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"Going on with the sweep {row.id}: tiny."
    runs = store.runs.matching(sweep=row.id)
    assert {run.status for run in runs} == {"done", "pruned"}
    ends = [line for line in told if re.search("(done|pruned) after epoch", line)]
    assert {line.split(":")[0] for line in ends} == {run.name for run in runs}
    assert "6 of 6 runs are over." in told
    best = max(
        (epoch for epochs in store.sweeps.epochs(row.id).values() for epoch in epochs),
        key=lambda epoch: epoch.validation_accuracy or 0,
    )
    (said,) = [line for line in told if line.startswith("Best: ")]
    assert f"{best.validation_accuracy:.2%} of the held-out images right" in said
    assert f"{best.test_accuracy:.2%} of the test images" in said
    assert told[-1].endswith(f"sweep?sweep={row.id}")
