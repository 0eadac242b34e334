"""The command ``python -m core.digits.sweep``: train a recipe with many hyperparameters."""

import argparse
import dataclasses
import sys
import time
from collections.abc import Sequence

from tqdm import tqdm

from core.command import INTERRUPTED, Parser
from core.digits.recipe import PRESETS
from core.jobs.jobs import Jobs
from core.jobs.sweeps import start
from core.lab.sweep.command_line import COMMAND, flag
from core.lab.sweep.plan import METHODS, Sweep, from_settings, name_of, sweep_of
from core.lab.sweep.results import progress, ranked, results
from core.lab.sweep.rounds import epochs_of_all
from core.lab.sweep.space import NAMES
from core.lab.sweep.text import EXAMPLES
from core.messages import N_, InputError, require
from core.number import whole
from core.store.records import Run, SweepRow, best_of
from core.store.store import Store

OWNER = "local"
"""Whose the runs are: who has the app on the same computer finds them on Lab → Sweep."""

LOOK = 0.5
"""Seconds between two looks at the runs."""

PATIENCE = 30
"""Seconds for the workers to stop after Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start a sweep or go on with one, show how far it is, and say which run was best.

    Ctrl-C stops it. What is done is kept.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line after the program's name; the real one by default.

    Returns
    -------
    int
        The exit code: 0, 2 for bad arguments or no database, or 130 after Ctrl-C.
    """
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.resume is not None and besides_resume(arguments):
        parser.error("--resume takes no other options: a sweep goes on as it was started.")
    try:
        sweep = sweep_from(options) if options.resume is None else None
        store = Store()
        row = begin(store, sweep, options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    jobs = Jobs(store)
    try:
        watch(jobs, row)
        over = True
    except KeyboardInterrupt:
        stop(jobs, row)
        over = False
    finally:
        jobs.close()
    report(store, row)
    if over:
        return 0
    print(f"Go on with: {COMMAND} --resume {row.id}")
    return INTERRUPTED


class Values(argparse.Action):
    """Collects what is to be tried of each hyperparameter, in the order of the command line."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 - argparse gives it
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        namespace.texts = {**namespace.texts, self.const: values}


def make_parser() -> Parser:
    """Make the parser of the command line."""
    parser = Parser(
        prog=COMMAND,
        description="Train a recipe again and again with other hyperparameters. Choices are"
        " written 64,256,1024, ranges 1e-4..1e-1, and 1e-4..1e-1:5 takes five points of one."
        " A single value holds for all runs.",
    )
    for name in NAMES:
        parser.add_argument(
            flag(name),
            action=Values,
            dest="texts",
            const=name,
            default={},
            metavar="VALUES",
            help=f"such as {EXAMPLES[name]}",
        )
    parser.add_argument("--preset", choices=sorted(PRESETS), default="modern", help="the rest")
    parser.add_argument("--epochs", type=int, help="of each run; the preset's own")
    parser.add_argument("--method", choices=METHODS, default="grid", help="default: grid")
    parser.add_argument("--runs", type=int, help="how many; at most 1,000")
    parser.add_argument("--seed", type=int, default=0, help="of all chance; default: 0")
    parser.add_argument(
        "--no-pruning", action="store_true", help="train every run to its end, however poor"
    )
    parser.add_argument("--name", help="what to call the sweep")
    parser.add_argument(
        "--resume", metavar="ID", help="go on with a sweep that was stopped, as it was started"
    )
    return parser


def besides_resume(arguments: Sequence[str] | None) -> list[str]:
    """Give what there is on the command line besides ``--resume ID``.

    Examples
    --------
    >>> besides_resume(["--resume", "0123", "--epochs", "9"])
    ['--epochs', '9']
    """
    parser = Parser(add_help=False)
    parser.add_argument("--resume")
    return parser.parse_known_args(arguments)[1]


def sweep_from(options: argparse.Namespace) -> Sweep:
    """Make the sweep that the command line asks for; an InputError if it is not allowed."""
    base = dataclasses.replace(PRESETS[options.preset], seed=options.seed)
    if options.epochs is not None:
        base = dataclasses.replace(base, n_epochs=options.epochs)
    return sweep_of(
        base, options.texts, options.method, options.runs, prunes=not options.no_pruning
    )


def begin(store: Store, sweep: Sweep | None, options: argparse.Namespace) -> SweepRow:
    """Queue the runs of a new sweep, or those that are left of one that was stopped."""
    if sweep is None:
        row = store.sweeps.get(options.resume)
        require(row is not None, N_("There is no sweep {id}."), id=options.resume)
        assert row is not None
        store.sweeps.resume(row.id)
        print(f"Going on with the sweep {row.id}: {row.name}.")
        return row
    name = " × ".join(sweep.names) if options.name is None else options.name
    row = start(store, OWNER, name, sweep)
    n_runs, n_epochs = sweep.n_planned, sweep.base.n_epochs
    fewer = epochs_of_all(n_runs, n_epochs, prunes=sweep.prunes)
    print(
        f"Sweep {row.id}: {n_runs} runs of {n_epochs} epochs"
        + (
            f"; as the worse half ends early, about {whole(fewer)} epochs." if sweep.prunes else "."
        ),
        flush=True,
    )
    return row


def watch(jobs: Jobs, row: SweepRow) -> None:
    """Show how far the sweep is until it is over, with a line for each run that ends."""
    sweep = from_settings(row.settings)
    told: set[str] = set()
    trouble: str | None = None
    expected = epochs_of_all(sweep.n_planned, sweep.base.n_epochs, prunes=sweep.prunes)
    with tqdm(total=expected, unit="epoch") as bar:
        while True:
            try:
                runs = jobs.store.runs.matching(sweep=row.id)
                ended = [run for run in runs if run.finished_at and run.id not in told]
                for run in sorted(ended, key=lambda run: run.finished_at or 0):
                    told.add(run.id)
                    tqdm.write(line(jobs.store, run))
                done = progress(runs)
                bar.total = max(expected, done.n_epochs) if done.is_active else done.n_epochs
                bar.update(done.n_epochs - bar.n)
                if not done.is_active:
                    return
                error: InputError | None = jobs.trouble
            except InputError as away:  # the database, for a while
                error = away
            if error is not None and str(error) != trouble:
                tqdm.write(str(error), file=sys.stderr)
            trouble = None if error is None else str(error)
            time.sleep(LOOK)


def line(store: Store, run: Run) -> str:
    """Say in a line what became of a run."""
    best = best_of(store.runs.epochs(run.id))
    accuracy = best.validation_accuracy if best is not None else None
    return (
        f"{run.name}: {run.status} after epoch {run.epochs_done}, {accuracy or 0:.2%} of held-out"
        " images"
    )


def stop(jobs: Jobs, row: SweepRow) -> None:
    """Stop the sweep, and give the workers a moment to store what they have."""
    try:
        jobs.store.sweeps.stop(row.id)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not progress(jobs.store.runs.matching(sweep=row.id)).is_active:
                return
            time.sleep(LOOK / 5)
    except InputError as error:
        print(error, file=sys.stderr)


def report(store: Store, row: SweepRow) -> None:
    """Say which run was best, and where to see them all."""
    names = from_settings(row.settings).names
    runs = store.runs.matching(sweep=row.id)
    best = next(iter(ranked(results(runs, store.sweeps.epochs(row.id), names))), None)
    done = progress(runs)
    print(f"{done.n_over} of {done.n_runs} runs are over.")
    if best is not None and best.best is not None:
        print(
            f"Best: {name_of(best.cell)}, after epoch {best.best.epoch}:"
            f" {best.validation_accuracy:.2%} of the held-out images right,"
            f" {best.test_accuracy:.2%} of the test images."
        )
    print(f"All runs are on the page Lab → Sweep: sweep?sweep={row.id}")
