"""One weight's pass as a program of its own."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from core.datasets import Samples
from core.export.program import CURVE, DIVERGED, FINITE, Program, data_of, report_of, settings_of
from core.export.source import source, uncompiled
from core.history import recorded_updates, thinning
from core.lines.loss_band import LossBand, loss_band
from core.lines.one_weight.lesson import Config, learn, train
from core.lines.samples_code import line_samples

TRAIN = '''def train(record_every=RECORD_EVERY):
    """Return the recorded updates, and the weight and the loss over all samples after each."""
    band = loss_band(x, y, START_WEIGHT)
    low, high = band.ends(START_WEIGHT)
    weights, n_updates = learn(x, y, START_WEIGHT, LEARNING_RATE, record_every, low, high)
    updates = recorded_updates(n_updates, record_every)
    return finite(updates, weights[:, np.newaxis], band.losses(weights))


def predict(x, row):
    """Return ŷ; a row of parameters holds the weight."""
    return row[0] * x'''


def program(samples: Samples, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program.

    Parameters
    ----------
    samples : Samples
        What it learned from.
    config : Config
        Its hyperparameters.
    described : mapping
        What the samples are: see `core.lab.lesson_run.recipe_of`.
    """
    n = samples.x.size
    return Program(
        title="One weight",
        settings=settings_of(config, n, thinning(n, config.record_every)) + "\n" + DIVERGED,
        data=data_of(samples, described, noisy_line=line_samples),
        imports=("from dataclasses import dataclass",),
        helpers=(
            source(LossBand, brief=True),
            source(loss_band, brief=True),
            source(recorded_updates, brief=True),
            FINITE,
        ),
        loop=uncompiled(source(learn)),
        blanks=(("error = y[update]", "weight -= "),),
        train=TRAIN,
        picture=CURVE,
        report=report_of(["weight"]),
        few="record_every=1",
        first=lambda: train(*samples, dataclasses.replace(config, record_every=1)),
    )
