"""Weight and bias's run as a program of its own."""

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
from core.lines.samples_code import line_samples
from core.lines.weight_and_bias.bowl import Bowl, bowl_of, centred
from core.lines.weight_and_bias.lesson import Config, descend, train

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and weight, bias and the loss over all samples after each."""
    bowl = bowl_of(x, y)
    first_loss = bowl.losses(np.array([[START_WEIGHT, START_BIAS]]))[0]
    params, _, n_updates, _ = descend(
        x,
        y,
        START_WEIGHT,
        START_BIAS,
        LEARNING_RATE,
        n_epochs,
        BATCH_SIZE,
        SHUFFLE and BATCH_SIZE < x.size,  # one batch of all samples has no order
        np.random.default_rng(SEED),
        record_every,
        bowl,
        DIVERGED_AT * max(first_loss, 1.0),
    )
    return finite(recorded_updates(n_updates, record_every), params, bowl.losses(params))


def predict(x, row):
    """Return ŷ; a row of parameters holds weight and bias."""
    weight, bias = row
    return weight * x + bias'''


def program(samples: Samples, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program; see `core.lines.one_weight.program`.

    `samples` are those that the run used: standardised, where `described` says so.
    """
    n = samples.x.size
    return Program(
        title="Weight and bias",
        settings=settings_of_descent(config, n),
        data=data_of(samples, described, noisy_line=line_samples),
        imports=("from typing import NamedTuple",),
        helpers=(
            source(Bowl, brief=True),
            source(centred, brief=True),
            source(bowl_of, brief=True),
            source(recorded_updates, brief=True),
            FINITE,
        ),
        loop=uncompiled(source(descend)),
        blanks=(
            ("error = y[i]", "gradient_bias += "),
            ("weight -= ", "bias -= "),
        ),
        train=TRAIN,
        picture=CURVE,
        report=report_of(["weight", "bias"]),
        **beginning(config, n, lambda few: train(*samples, few)),
    )
