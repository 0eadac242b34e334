"""Boundary's run as a program of its own."""

from collections.abc import Mapping
from typing import Any

from core.export.program import (
    FINITE,
    Data,
    Program,
    beginning,
    data_of,
    generated,
    report_of,
    settings_of_descent,
)
from core.export.source import source
from core.permutation import permutation
from core.planes.boundary.lesson import Config, descend, mean_loss, train
from core.planes.plane_code import PICTURE
from core.planes.points import REACH, Points, two_classes

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and w1, w2, b and the loss over all samples after each."""
    updates, params, losses, _, _ = descend(
        x,
        y,
        START_WEIGHT_1,
        START_WEIGHT_2,
        START_BIAS,
        LOSS == "binary_cross_entropy",
        LEARNING_RATE,
        n_epochs,
        BATCH_SIZE,
        SHUFFLE and BATCH_SIZE < y.size,  # one batch of all samples has no order
        np.random.default_rng(SEED),
        record_every,
        DIVERGED_AT,
    )
    return finite(updates, params, losses)


def predict(x, row):
    """Return ŷ; x has a row for each point, and a row of parameters holds w1, w2 and b."""
    return 1 / (1 + np.exp(-(x @ row[:2] + row[2])))'''


def program(points: Points, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program; see `core.lines.one_weight.program`."""
    n = points.y.size
    return Program(
        title="Boundary",
        settings=settings_of_descent(config, n),
        data=data_of(points, described, two_classes=class_samples),
        imports=("import math",),
        compiled=("njit", "next_uint32"),
        helpers=(source(mean_loss), source(permutation, brief=True), FINITE),
        loop=source(descend),
        blanks=(("if cross_entropy:", "slope_b += "), ("w1 -= ", "b -= ")),
        train=TRAIN,
        picture=PICTURE,
        report=report_of(["weight_1", "weight_2", "bias"]),
        **beginning(config, n, lambda few: train(*points, few)),
    )


def class_samples(arguments: Mapping[str, Any]) -> Data:
    """Return `core.planes.points.two_classes` with these arguments as code."""
    return generated(two_classes, arguments, constants=[f"REACH = {REACH}"])
