"""PyTorch's run of the MLP as a program of its own."""

from collections.abc import Mapping
from typing import Any

from core.curves.mlp.layers import distance_of_records, layer_sizes, param_names
from core.curves.mlp.torch_lesson import (
    ACTIVATIONS,
    LOSSES,
    MLP,
    OPTIMISERS,
    Config,
    batches,
    descend,
    draw_start,
    train,
)
from core.datasets import Samples
from core.export.program import (
    CURVE,
    DIVERGED,
    FINITE,
    Program,
    beginning,
    data_of,
    report_of,
    settings_of,
)
from core.export.source import source
from core.hyperparameters import count_batches

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and the parameters and the loss over all samples after each."""
    rng = np.random.default_rng(SEED)
    model = make_model()
    draw_start(model, rng)
    criterion = {criterion}
    optimiser = {optimiser}
    all_x, all_y = torch.tensor(x).unsqueeze(1), torch.tensor(y).unsqueeze(1)
    n_updates = n_epochs * -(-x.size // BATCH_SIZE)
    is_shuffled = SHUFFLE and BATCH_SIZE < x.size  # one batch of all samples has no order
    orders = (
        torch.from_numpy(rng.permutation(x.size)) if is_shuffled else torch.arange(x.size)
        for _ in range(n_epochs)
    )

    def record(update):
        row = nn.utils.parameters_to_vector(model.parameters()).detach().numpy().copy()
        return update, row, criterion(model(all_x), all_y).item()

    records = [record(0)]
    highest_loss = DIVERGED_AT * max(records[0][2], 1.0)
    steps = descend(model, criterion, optimiser, batches(all_x, all_y, BATCH_SIZE, orders))
    for update, batch_loss in enumerate(steps, start=1):
        is_planned = update % record_every == 0 or update == n_updates
        if is_planned or not batch_loss <= highest_loss:
            latest = record(update)
            has_diverged = not (latest[2] <= highest_loss and np.isfinite(latest[1]).all())
            if is_planned or has_diverged:
                records.append(latest)
            if has_diverged:
                break
    updates, params, losses = map(np.array, zip(*records, strict=True))
    return finite(updates, params, losses)


@torch.no_grad()
def predict(x, row):
    """Return ŷ; a row of parameters holds them layer by layer, weights before biases."""
    model = make_model()
    nn.utils.vector_to_parameters(torch.from_numpy(row.copy()), model.parameters())
    z = model(torch.from_numpy(x).unsqueeze(1))
    return {answer}.squeeze(1).numpy()'''

MODEL = '''torch.set_num_threads(1)  # so small a network is quickest on one


def make_model():
    """Build the network, in numbers of 64 bits."""
    return MLP({sizes}, nn.{activation}, nn.{output}).double()'''


LOOP = (descend, batches, MLP, draw_start)
"""The pieces of the lesson that the run has gone through."""


def program(samples: Samples, config: Config, described: Mapping[str, Any]) -> Program:
    """Write a run as a program; see `core.lines.one_weight.program`."""
    n = samples.x.size
    n_batches = count_batches(n, config.batch_size)
    every = distance_of_records(config.n_epochs, n_batches, config.record_every)
    output, criterion = (module.__name__ for module in LOSSES[config.loss])
    optimiser, arguments = OPTIMISERS[config.optimiser]
    more = "".join(f", {name}={value}" for name, value in arguments.items())
    model = MODEL.format(
        sizes=layer_sizes(config),
        activation=ACTIVATIONS[config.activation].__name__,
        output=output,
    )
    of_network = ("n_hidden", "n_hidden_layers", "activation", "loss", "optimiser")
    return Program(
        title="MLP in PyTorch",
        settings=settings_of(config, n, every, **dict.fromkeys(of_network)) + "\n" + DIVERGED,
        data=data_of(samples, described),
        imports=(
            "from itertools import pairwise",
            "import torch",
            "from torch import nn",
        ),
        helpers=(*(source(piece) for piece in LOOP[1:]), model, FINITE),
        loop=source(LOOP[0]),
        blanks=(("optimiser.zero_grad()", "optimiser.step()"),),
        train=TRAIN.format(
            criterion=f"nn.{criterion}()",
            optimiser=f"torch.optim.{optimiser.__name__}("
            f"model.parameters(), lr=LEARNING_RATE{more})",
            answer="torch.sigmoid(z)" if output == "Identity" else "z",
        ),
        picture=CURVE,
        report=report_of(param_names(layer_sizes(config))),
        **beginning(config, n, lambda few: train(*samples, few)),
    )
