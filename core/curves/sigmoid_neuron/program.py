"""The sigmoid neuron's run as a program of its own."""

from collections.abc import Mapping
from typing import Any

from core.curves.sigmoid_neuron.lesson import Config, descend, mean_loss, train
from core.datasets import BAD_LAST_Y, Samples, noisy_line, step
from core.export.program import (
    CURVE,
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

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and weight, bias and the loss over all samples after each."""
    updates, params, losses, _, _ = descend(
        x,
        y,
        START_WEIGHT,
        START_BIAS,
        LOSS == "binary_cross_entropy",
        LEARNING_RATE,
        n_epochs,
        BATCH_SIZE,
        SHUFFLE and BATCH_SIZE < x.size,  # one batch of all samples has no order
        np.random.default_rng(SEED),
        record_every,
        DIVERGED_AT,
    )
    return finite(updates, params, losses)


def predict(x, row):
    """Return ŷ; a row of parameters holds weight and bias."""
    weight, bias = row
    return 1 / (1 + np.exp(-(weight * x + bias)))'''


def program(samples: Samples, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program; see `core.lines.one_weight.program`."""
    n = samples.x.size
    return Program(
        title="Sigmoid neuron",
        settings=settings_of_descent(config, n),
        data=data_of(samples, described, step=step_samples),
        imports=("import math",),
        compiled=("njit", "next_uint32"),
        helpers=(source(mean_loss), source(permutation, brief=True), FINITE),
        loop=source(descend),
        blanks=(("if cross_entropy:", "gradient_bias += "), ("weight -= ", "bias -= ")),
        train=TRAIN,
        picture=CURVE,
        report=report_of(["weight", "bias"]),
        **beginning(config, n, lambda few: train(*samples, few)),
    )


def step_samples(arguments: Mapping[str, Any]) -> Data:
    """Return `core.datasets.step` with these arguments as code."""
    constants, needed = [f"BAD_LAST_Y = {BAD_LAST_Y}"], [source(noisy_line, brief=True)]
    return generated(step, arguments, constants=constants, needed=needed)
