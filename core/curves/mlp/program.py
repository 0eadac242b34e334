"""The run from scratch of Curves → MLP as a program of its own."""

from collections.abc import Mapping
from typing import Any

from core.curves.mlp.layers import distance_of_records, layer_sizes, param_names
from core.curves.mlp.lesson import Config, descend, draw_start, mean_squared_errors, train
from core.datasets import Samples
from core.export.program import CURVE, FINITE, Program, beginning, data_of, report_of, settings_of
from core.export.source import source
from core.history import recorded_updates
from core.hyperparameters import count_batches
from core.permutation import permutation

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and the parameters and the loss over all samples after each."""
    rng = np.random.default_rng(SEED)
    params = descend(
        x,
        y,
        draw_start(rng, N_HIDDEN),
        LEARNING_RATE,
        n_epochs,
        BATCH_SIZE,
        SHUFFLE and BATCH_SIZE < x.size,  # one batch of all samples has no order
        rng,
        record_every,
    )
    n_updates = n_epochs * -(-x.size // BATCH_SIZE)
    losses = mean_squared_errors(x, y, params)
    return finite(recorded_updates(n_updates, record_every), params, losses)


def predict(x, row):
    """Return ŷ; a row holds weights and biases of the hidden neurons, then v and c."""
    w, b, v = row[:-1].reshape(3, -1)
    a = 1 / (1 + np.exp(-(np.outer(x, w) + b)))
    return 1 / (1 + np.exp(-(a @ v + row[-1])))'''


def program(samples: Samples, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program; see `core.lines.one_weight.program`."""
    n = samples.x.size
    n_batches = count_batches(n, config.batch_size)
    every = distance_of_records(config.n_epochs, n_batches, config.record_every)
    return Program(
        title="MLP",
        settings=settings_of(config, n, every),
        data=data_of(samples, described),
        compiled=("njit", "next_uint32"),
        helpers=(
            source(mean_squared_errors),
            source(draw_start),
            source(permutation, brief=True),
            source(recorded_updates, brief=True),
            FINITE,
        ),
        loop=source(descend),
        blanks=(
            ("delta = -2", "gradient[-1] += "),
            ("for i in range(params.size)", "params[i] -= "),
        ),
        train=TRAIN,
        picture=CURVE,
        report=report_of(param_names(layer_sizes(config))),
        **beginning(config, n, lambda few: train(*samples, few)),
    )
