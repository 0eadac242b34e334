"""Gradient descent's run as a program of its own."""

from collections.abc import Mapping
from typing import Any

from core.datasets import Samples
from core.export.program import (
    CURVE,
    FINITE,
    Program,
    beginning,
    data_of,
    report_of,
    settings_of_descent,
)
from core.export.source import source, uncompiled
from core.history import recorded_updates
from core.lines.gradient_descent.lesson import Config, descend, train
from core.lines.loss_band import LossBand, loss_band
from core.lines.samples_code import line_samples

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and the weight and the loss over all samples after each."""
    band = loss_band(x, y, START_WEIGHT)
    low, high = band.ends(START_WEIGHT)
    weights, _, n_updates = descend(
        x,
        y,
        START_WEIGHT,
        LEARNING_RATE,
        n_epochs,
        BATCH_SIZE,
        SHUFFLE and BATCH_SIZE < x.size,  # one batch of all samples has no order
        np.random.default_rng(SEED),
        record_every,
        low,
        high,
    )
    updates = recorded_updates(n_updates, record_every)
    return finite(updates, weights[:, np.newaxis], band.losses(weights))


def predict(x, row):
    """Return ŷ; a row of parameters holds the weight."""
    return row[0] * x'''


def program(samples: Samples, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program; see `core.lines.one_weight.program`."""
    n = samples.x.size
    return Program(
        title="Gradient descent",
        settings=settings_of_descent(config, n),
        data=data_of(samples, described, noisy_line=line_samples),
        imports=("from dataclasses import dataclass",),
        helpers=(
            source(LossBand, brief=True),
            source(loss_band, brief=True),
            source(recorded_updates, brief=True),
            FINITE,
        ),
        loop=uncompiled(source(descend)),
        blanks=(("gradient = 2 * a", "weight -= "),),
        train=TRAIN,
        picture=CURVE,
        report=report_of(["weight"]),
        **beginning(config, n, lambda few: train(*samples, few)),
    )
