"""The Playground's runs by PyTorch: the same steps, with the chain rule left to ``backward()``.

From the same start, in the same order of samples and with the same neurons sitting out, it takes
the steps of `core.planes.playground.lesson.descend`, in float64 and up to rounding. Our generator
draws the orders and the dropout.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn

from core.history import DIVERGED_AT, thinning
from core.hyperparameters import count_batches, size_of_batch
from core.one_thread import one_thread
from core.planes.playground import network as net
from core.planes.playground.lesson import Config, learning_rates, playground_points
from core.planes.playground.network import Floats
from core.planes.playground.run import (
    Beginning,
    Measured,
    Run,
    State,
    begin,
    check_patience,
    finished,
)
from core.planes.points import Points


def descend(
    model: nn.Module,
    criterion: nn.Module,
    optimiser: torch.optim.Optimizer,
    batches: Iterable[tuple[Tensor, Tensor, Sequence[Tensor], float]],
    l1: float,
) -> Iterator[float]:
    """Update the parameters once for each batch, and yield its loss: forward, backward, step."""
    for inputs, targets, masks, learning_rate in batches:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate
        optimiser.zero_grad()
        loss = criterion(model(inputs, masks), targets)
        loss.backward()
        optimiser.step()
        if l1 > 0:
            shrink(model, l1 * learning_rate)
        yield loss.item()


class MLP(nn.Module):
    """A network with layers of these sizes, from the inputs to the outputs' sums."""

    def __init__(self, sizes: Sequence[int], bends: Sequence[nn.Module]) -> None:
        super().__init__()
        self.linear = nn.ModuleList(nn.Linear(n, m) for n, m in pairwise(sizes))
        self.bends = bends

    def forward(self, inputs: Tensor, masks: Sequence[Tensor]) -> Tensor:
        *hidden, last = self.linear
        outputs = inputs
        for linear, bend, mask in zip(hidden, self.bends, masks, strict=True):
            outputs = bend(linear(outputs)) * mask
        return last(outputs)  # type: ignore[no-any-return]


@torch.no_grad()
def shrink(model: nn.Module, by: float) -> None:
    """Move each weight towards 0, and not beyond."""
    for name, parameter in model.named_parameters():
        if name.endswith("weight"):
            parameter.copy_(parameter.sign() * (parameter.abs() - by).clamp(min=0))


BENDS: dict[str, Callable[[], nn.Module]] = {
    "linear": nn.Identity,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "softplus": lambda: nn.Softplus(threshold=40),  # beyond it takes z for ln(1 + exp(z))
    "gelu": nn.GELU,
}
"""What a hidden neuron may do to its sum."""

CRITERIA: dict[str, Callable[[], nn.Module]] = {
    "binary_cross_entropy": nn.BCEWithLogitsLoss,  # which has the sigmoid in it
    "cross_entropy": nn.CrossEntropyLoss,  # which has the softmax in it
    "mean_squared_error": nn.MSELoss,
}
"""What is to become small, of the output neurons' sums."""


class Record(NamedTuple):
    """One recorded state of a run, and what it takes to go on from it."""

    update: int
    epoch: int
    params: Floats
    measured: Measured
    learning_rate: float
    diverged: bool
    stopped_early: bool
    ended_at: int
    state: State


def make_optimiser(model: nn.Module, config: Config) -> torch.optim.Optimizer:
    """Return the optimiser of a configuration; what L2 adds is for the weights alone."""
    named = list(model.named_parameters())
    groups: list[dict[str, Any]] = [
        {"params": [p for name, p in named if name.endswith("weight")], "weight_decay": config.l2},
        {"params": [p for name, p in named if name.endswith("bias")]},
    ]
    if config.optimiser == "adam":
        return torch.optim.Adam(groups, lr=config.learning_rate)
    momentum = 0.9 if config.optimiser == "momentum" else 0.0
    return torch.optim.SGD(groups, lr=config.learning_rate, momentum=momentum)


KEYS = {"sgd": (), "momentum": ("momentum_buffer",), "adam": ("exp_avg", "exp_avg_sq")}
"""What PyTorch calls the rows of `State.memory`."""


def remember(model: nn.Module, optimiser: torch.optim.Optimizer, config: Config, s: State) -> None:
    """Give the optimiser the memory of a state."""
    if s.n_steps == 0:
        return
    for key, row in zip(KEYS[config.optimiser], s.memory, strict=False):
        for parameter, values in zip(model.parameters(), pieces(model, row), strict=True):
            optimiser.state[parameter][key] = values.clone()
            optimiser.state[parameter]["step"] = torch.tensor(float(s.n_steps))


def memory_of(model: nn.Module, optimiser: torch.optim.Optimizer, config: Config) -> Floats:
    """Return what the optimiser remembers, as `State.memory` has it."""
    memory = np.zeros((2, sum(p.numel() for p in model.parameters())))
    for row, key in zip(memory, KEYS[config.optimiser], strict=False):
        if optimiser.state:
            row[:] = nn.utils.parameters_to_vector(
                [optimiser.state[p][key] for p in model.parameters()]
            ).numpy()
    return memory


def pieces(model: nn.Module, row: Floats) -> list[Tensor]:
    """Cut a row of numbers into tensors of the model's shapes."""
    parameters = list(model.parameters())
    parts = torch.split(torch.tensor(row), [p.numel() for p in parameters])
    return [part.view_as(p) for part, p in zip(parts, parameters, strict=True)]


def stream(
    x: ArrayLike,
    y: ArrayLike,
    config: Config,
    *,
    start: ArrayLike | None = None,
    test: Points | None = None,
    after: Run | None = None,
) -> Iterator[Record]:
    """Train the network, one recorded state per step of the iterator; stop asking, and it stops.

    Parameters
    ----------
    x, y, config, start, test, after
        As for `core.planes.playground.lesson.train`.

    Yields
    ------
    Record
        The beginning, every `record_every`-th update and the last.

    Raises
    ------
    InputError
        As `core.planes.playground.lesson.train` does.
    """
    points = playground_points(x, y, config)
    test = None if test is None or test.y.size == 0 else playground_points(*test, config)
    check_patience(config, 0 if test is None else test.y.size)
    return _stream(points, test, config, begin(config, start, after))


def _stream(
    points: Points, test: Points | None, config: Config, begun: Beginning
) -> Iterator[Record]:
    sizes = net.layer_sizes(config)
    model = MLP(sizes, [BENDS[name]() for name in net.activations(config)]).double()
    with torch.no_grad():
        for parameter, piece in zip(model.parameters(), pieces(model, begun.params), strict=True):
            parameter.copy_(piece)
    criterion, optimiser = CRITERIA[config.loss](), make_optimiser(model, config)
    remember(model, optimiser, config, begun.state)
    rng, n_samples = begun.state.rng, points.y.size
    batch_size = size_of_batch(config.batch_size, n_samples)
    n_batches = count_batches(n_samples, batch_size)
    n_updates = config.n_epochs * n_batches
    record_every = thinning(n_updates, config.record_every)
    silent = [torch.tensor(mask) for mask in net.keep(config)]
    inputs, targets = tensors(points, config)

    def batches() -> Iterator[tuple[Tensor, Tensor, Sequence[Tensor], float]]:
        order = np.arange(n_samples)
        for update in range(n_updates):
            first = update % n_batches * batch_size
            if config.shuffle and n_batches > 1 and first == 0:
                order = rng.permutation(n_samples)
            batch = torch.from_numpy(order[first : first + batch_size])
            masks = silent
            if config.dropout > 0:
                drawn = rng.random((batch.numel(), sum(config.hidden_sizes)))
                stays = torch.from_numpy((drawn >= config.dropout) / (1 - config.dropout))
                parts = torch.split(stays, list(config.hidden_sizes), dim=1)
                masks = [mask * part for mask, part in zip(silent, parts, strict=True)]
            rate = float(learning_rates(config, update, n_updates))
            yield inputs[batch], targets[batch], masks, rate

    @torch.no_grad()
    def measure() -> tuple[Floats, Measured]:
        params = nn.utils.parameters_to_vector(model.parameters()).numpy()
        n_dead = sum(int(dead.sum()) for dead in net.dead_neurons(points.x, params, config))
        of_test = (np.nan,) * 3
        if test is not None:
            of_test = (*judged(test), 0.0)
        return params, Measured(*judged(points), float(n_dead), *of_test)

    @torch.no_grad()
    def judged(some: Points) -> tuple[float, float]:
        its_inputs, its_targets = tensors(some, config)
        sums = model(its_inputs, silent)
        if config.loss == "cross_entropy":
            right = sums.argmax(dim=1) == its_targets
        else:
            right = (sums >= 0) == (its_targets >= 0.5)
        return criterion(sums, its_targets).item(), right.double().mean().item()

    def record(update: int, *, diverged: bool = False, stopped: bool = False) -> Record:
        return Record(
            update=begun.update + update,
            epoch=begun.epoch + update // n_batches,
            params=params,
            measured=measured,
            learning_rate=float(learning_rates(config, update, n_updates)),
            diverged=diverged,
            stopped_early=stopped,
            ended_at=begun.update + update,
            state=State(
                memory_of(model, optimiser, config),
                begun.state.n_steps + update,
                copy.deepcopy(rng),
                highest_loss,
            ),
        )

    with one_thread():
        params, measured = measure()
    highest_loss = begun.state.highest_loss
    if highest_loss is None:
        highest_loss = DIVERGED_AT * max(measured.loss, 1.0)
    yield record(0)
    update, lowest, waited = 0, np.inf, 0
    losses = descend(model, criterion, optimiser, batches(), config.l1)
    diverged = stopped = False
    while update < n_updates and not diverged and not stopped:
        planned = False
        with one_thread():
            while not (planned or diverged or stopped):
                exploding = not next(losses) <= highest_loss
                update += 1
                if config.patience is not None and update % n_batches == 0:
                    assert test is not None
                    test_loss, _ = judged(test)
                    waited = 0 if test_loss < lowest else waited + 1
                    lowest = min(lowest, test_loss)
                    stopped = waited >= config.patience
                planned = update % record_every == 0 or update == n_updates
                if planned or stopped or exploding:
                    params, measured = measure()
                    diverged = not (measured.loss <= highest_loss and np.isfinite(params).all())
        yield record(update, diverged=diverged, stopped=stopped)


def tensors(points: Points, config: Config) -> tuple[Tensor, Tensor]:
    """Return the network's inputs and the targets, as the criterion wants them."""
    inputs = torch.tensor(net.features(points.x, config.inputs))
    if config.loss == "cross_entropy":
        return inputs, torch.tensor(points.y, dtype=torch.int64)
    return inputs, torch.tensor(points.y).unsqueeze(1)


def to_run(records: Sequence[Record], config: Config) -> Run:
    """Return the states that a stream has yielded so far, at least one, as a run."""
    last = records[-1]
    return finished(
        config,
        [record.update for record in records],
        [record.epoch for record in records],
        [record.params for record in records],
        [record.measured for record in records],
        [record.learning_rate for record in records],
        last.state,
        ended_at=last.ended_at,
        diverged=last.diverged,
        stopped_early=last.stopped_early,
    )


def train(
    x: ArrayLike,
    y: ArrayLike,
    config: Config,
    *,
    start: ArrayLike | None = None,
    test: Points | None = None,
    after: Run | None = None,
) -> Run:
    """Train as `core.planes.playground.lesson.train` does, by PyTorch: the whole `stream`.

    Examples
    --------
    >>> from core.planes import playground
    >>> from core.planes.playground.data import make
    >>> config = Config(n_epochs=5)
    >>> by_hand, by_torch = (t(*make(), config) for t in (playground.train, train))
    >>> bool(np.abs(by_hand.loss - by_torch.loss).max() < 1e-9)
    True
    """
    return to_run(list(stream(x, y, config, start=start, test=test, after=after)), config)
