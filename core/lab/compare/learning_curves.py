"""What a run measured on its way, as a table, and the few numbers that sum it up."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

import pandas as pd

from core.store.records import EpochRow, Run, best_of

MEASURES = [
    "train_loss",
    "train_accuracy",
    "validation_accuracy",
    "test_loss",
    "test_accuracy",
]
"""What a curve has besides its three measures of how far the run is."""

DIGITS = "digits"
"""The kind of the runs of Digits → Train; the others are lessons kept on request."""


def curve(run: Run, epochs: Sequence[EpochRow]) -> pd.DataFrame:
    """Give what a run measured, one row a record.

    Parameters
    ----------
    run : Run
    epochs : sequence of EpochRow
        Of that run, in their order.

    Returns
    -------
    pandas.DataFrame
        ``epoch`` (of a lesson with its fraction), ``images`` seen, ``seconds`` of learning (NaN
        where nobody measured them), and `MEASURES`, as in `EpochRow`; the mean of the epoch's
        batches where it is all that is known of the training loss.
    """
    table = pd.DataFrame([asdict(row) for row in epochs], columns=list(EpochRow.__annotations__))
    table = table.astype(float)
    if run.kind != DIGITS:  # its records are numbered, its epochs follow from the samples seen
        table["epoch"] = table["images"] / _samples_of(run)
        table["seconds"] = float("nan")
    table["train_loss"] = table["train_loss"].fillna(table["loss"])
    return table[["epoch", "images", "seconds", *MEASURES]]


class Summary(NamedTuple):
    """A run in a few numbers; None where they were not measured."""

    epochs: float
    """Done so far; of a lesson with its fraction."""
    best_accuracy: float | None
    """Of the test images, after the epoch that is best on the held-out images."""
    last_accuracy: float | None
    """Of the test images, after the last epoch."""
    loss: float | None
    """The last one: of the test images where it was measured, otherwise of all samples."""


def summary(run: Run, epochs: Sequence[EpochRow]) -> Summary:
    """Sum a run up.

    Parameters
    ----------
    run : Run
    epochs : sequence of EpochRow
        Of that run, in their order.
    """
    if not epochs:
        return Summary(0, None, None, None)
    last = epochs[-1]
    best = best_of(epochs)
    losses = (last.test_loss, last.train_loss, last.loss)
    return Summary(
        last.images / _samples_of(run) if run.kind != DIGITS else last.epoch,
        None if best is None else best.test_accuracy,
        last.test_accuracy,
        next((loss for loss in losses if loss is not None), None),
    )


def _samples_of(run: Run) -> int:
    """How many samples a lesson's run learned from."""
    return int(run.recipe.get("data", {}).get("n_samples", 1))
