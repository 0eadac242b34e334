"""PyTorch's run of the MLP as a complete program, to take away and change."""

import inspect
import re
import textwrap

import numpy as np
from numpy.typing import NDArray

from core.curves.mlp.layers import layer_sizes
from core.curves.mlp.torch_lesson import (
    ACTIVATIONS,
    LOSSES,
    MLP,
    OPTIMISERS,
    Config,
    batches,
    descend,
    draw_start,
)
from core.datasets import Samples, as_samples, two_steps
from core.hyperparameters import size_of_batch


def script(config: Config, samples: Samples | None = None) -> str:
    """Write the run as a program: one file that needs PyTorch and numpy, and nothing of ours.

    Parameters
    ----------
    config : Config
        The hyperparameters.
    samples : Samples, optional
        What to learn, written into the program; by default the lesson's fifty points.

    Returns
    -------
    str
        The source of the functions that `stream` runs, and the settings. It prints the loss over
        all samples, which ends where `train` does.

    Examples
    --------
    >>> print(script(Config(optimiser="adam", learning_rate=0.01)))
    from collections.abc import Iterable, Iterator, Sequence
    ...
    model = MLP((1, 3, 1), nn.Sigmoid, nn.Sigmoid)
    draw_start(model, rng)
    criterion = nn.MSELoss()
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01, fused=True)
    ...
    """
    x, y = two_steps() if samples is None else as_samples(*samples)
    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = -(-x.size // batch_size)
    shuffle = config.shuffle and n_batches > 1
    order = "torch.from_numpy(rng.permutation(len(x)))" if shuffle else "torch.arange(len(x))"
    every = max(1, config.n_epochs // 10)
    activation = ACTIVATIONS[config.activation].__name__
    output, criterion = (module.__name__ for module in LOSSES[config.loss])
    optimiser, arguments = OPTIMISERS[config.optimiser]
    more = "".join(f", {name}={value}" for name, value in arguments.items())
    pieces = "\n\n".join(inspect.getsource(piece) for piece in (MLP, draw_start, batches, descend))
    return f"""from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # so small a network is quickest on one


{re.sub(" +# type: ignore.*", "", pieces)}

x = torch.tensor([
{_written(x)}
]).unsqueeze(1)
y = torch.tensor([
{_written(y)}
]).unsqueeze(1)

rng = np.random.default_rng({config.seed})
model = MLP({layer_sizes(config)}, nn.{activation}, nn.{output})
draw_start(model, rng)
criterion = nn.{criterion}()
optimiser = torch.optim.{optimiser.__name__}(model.parameters(), lr={config.learning_rate}{more})
orders = ({order} for _ in range({config.n_epochs}))

losses = descend(model, criterion, optimiser, batches(x, y, {batch_size}, orders))
for update, _ in enumerate(losses, start=1):
    if update % {every * n_batches} == 0:  # every {every} epochs of {n_batches} batches
        print(f"epoch {{update // {n_batches}}}: loss {{criterion(model(x), y).item()}}")
print(f"final loss: {{criterion(model(x), y).item()}}")
"""


def _written(values: NDArray[np.float64]) -> str:
    """The numbers in lines of 100 characters."""
    numbers = ", ".join(re.sub(r"\.0$", ".", repr(value)) for value in values.tolist())
    return textwrap.fill(numbers, 98, initial_indent="    ", subsequent_indent="    ") + ","
