r"""MLP in PyTorch: the same network, with the chain rule left to ``loss.backward()``.

PyTorch records what the forward pass did and walks it backwards: every activation, every loss and
any number of layers get their gradients without a formula of ours. So here the reader may go
further than :mod:`core.curves.mlp`: more neurons, a second hidden layer, other activations,
binary cross-entropy, momentum, Adam.

.. math:: a = f(W_1 x + b_1) \quad \big(a' = f(W_2 a + b_2)\big) \qquad
          z = v \cdot a + c \qquad \hat y = \sigma(z)
.. math:: \text{mean squared error: } L_B = \frac1{|B|} \sum_{i \in B} (y_i - \hat y_i)^2
.. math:: \text{binary cross-entropy: } L_B = -\frac1{|B|} \sum_{i \in B}
          \big(y_i \ln \hat y_i + (1 - y_i) \ln(1 - \hat y_i)\big)

From the same start and in the same order of samples it takes the same steps as the loop from
scratch, in float64 and up to rounding: see `largest_difference`.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from core.curves.mlp.layers import (
    MAX_HIDDEN,
    count_params,
    distance_of_records,
    hidden_outputs,
    layer_sizes,
    param_names,
    predict,
)
from core.datasets import as_samples, two_steps
from core.history import DIVERGED_AT, History
from core.hyperparameters import (
    Descent,
    check_choice,
    check_whole,
    checked_start,
    count_batches,
    size_of_batch,
)
from core.lesson_command import show
from core.messages import N_, require
from core.one_thread import one_thread

__all__ = [
    "MLP",
    "Checkpoint",
    "Config",
    "descend",
    "hidden_outputs",
    "initial_params",
    "largest_difference",
    "predict",
    "stream",
    "to_history",
    "train",
]


def descend(
    model: nn.Module,
    criterion: nn.Module,
    optimiser: torch.optim.Optimizer,
    batches: Iterable[tuple[Tensor, Tensor]],
) -> Iterator[float]:
    """Update the parameters once for each batch, and yield its loss: forward, backward, step."""
    for x, y in batches:  # each of shape (batch_size, 1)
        optimiser.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimiser.step()
        yield loss.item()


def batches(
    x: Tensor, y: Tensor, batch_size: int, orders: Iterable[Tensor]
) -> Iterator[tuple[Tensor, Tensor]]:
    """Go through the samples once in each of the orders, and cut them into batches."""
    for order in orders:  # of shape (n_samples,); x and y are of shape (n_samples, 1)
        yield from zip(
            torch.split(x[order], batch_size), torch.split(y[order], batch_size), strict=True
        )


class MLP(nn.Module):
    """A network with layers of these sizes, from the inputs to the outputs."""

    def __init__(self, sizes: Sequence[int], activation: type[nn.Module], output: type[nn.Module]):
        super().__init__()
        layers: list[nn.Module] = []
        for n_inputs, n_outputs in pairwise(sizes):
            layers += [nn.Linear(n_inputs, n_outputs), activation()]
        self.layers = nn.Sequential(*layers[:-1], output())

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)  # type: ignore[no-any-return]


@torch.no_grad()
def draw_start(model: nn.Module, rng: np.random.Generator) -> None:
    """Draw each layer's weights, then its biases, uniform on ±1/√(its number of inputs)."""
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            bound = layer.in_features**-0.5
            for parameter in layer.parameters():
                parameter.copy_(torch.from_numpy(rng.uniform(-bound, bound, parameter.shape)))


def params_of(model: nn.Module) -> NDArray[np.float64]:
    """Copy the model's parameters into one row, read-only."""
    with torch.no_grad():
        params: NDArray[np.float64] = nn.utils.parameters_to_vector(model.parameters()).numpy()
    params.flags.writeable = False
    return params


@torch.no_grad()
def load_params(model: nn.Module, params: NDArray[np.float64]) -> None:
    """Copy a row of parameters into the model."""
    parameters = list(model.parameters())
    pieces = torch.split(torch.tensor(params), [parameter.numel() for parameter in parameters])
    for parameter, piece in zip(parameters, pieces, strict=True):
        parameter.copy_(piece.view_as(parameter))


ACTIVATIONS: dict[str, type[nn.Module]] = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "softplus": nn.Softplus,
    "gelu": nn.GELU,
}
"""What a hidden neuron may do to its weighted sum."""

LOSSES: dict[str, tuple[type[nn.Module], type[nn.Module]]] = {
    "mean_squared_error": (nn.Sigmoid, nn.MSELoss),
    "binary_cross_entropy": (nn.Identity, nn.BCEWithLogitsLoss),  # which has the sigmoid in it
}
"""What the network does last, and the criterion."""

OPTIMISERS: dict[str, tuple[Callable[..., torch.optim.Optimizer], dict[str, Any]]] = {
    "sgd": (torch.optim.SGD, {"foreach": False}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9, "foreach": False}),
    "adam": (torch.optim.Adam, {"fused": True}),
}
"""The optimiser's class, and its arguments beside the learning rate.

``foreach`` and ``fused`` change nothing but the time: these are the quickest for a small network.
"""

FORMULAS = {
    "hidden": r"a = f(W_1 \cdot x + b_1) \qquad \big(a' = f(W_2 \cdot a + b_2)\big)",
    "model": r"z = v \cdot a + c \qquad \hat y = \sigma(z)",
    "mean_squared_error": r"L_B = \frac1{|B|} \sum_{i \in B} (y_i - \hat y_i)^2",
    "binary_cross_entropy": r"\begin{aligned} L_B &= -\frac1{|B|} \sum_{i \in B}"
    r" \big(y_i \ln \hat y_i \\ &\quad + (1 - y_i) \ln(1 - \hat y_i)\big) \end{aligned}",
}
"""The lesson's formulas in LaTeX; the gradients are PyTorch's."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson; its seed draws the start, then the orders.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    n_hidden : int, default=3
        Number of neurons in each hidden layer, from 1 to 32.
    n_hidden_layers : int, default=1
        One hidden layer, or two.
    activation : {"sigmoid", "tanh", "relu", "leaky_relu", "softplus", "gelu"}, default="sigmoid"
        Of the hidden neurons; the output neuron always has a sigmoid.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="mean_squared_error"
        What is to become small.
    optimiser : {"sgd", "momentum", "adam"}, default="sgd"
        How a gradient becomes a step: against it; with 0.9 of the last step added; or Adam, which
        wants about a hundredth of the learning rate.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(n_hidden_layers=3)
    Traceback (most recent call last):
    core.messages.InputError: n_hidden_layers must be a whole number from 1 to 2, not 3.
    """

    learning_rate: float = 1.0
    n_epochs: int = 20_000
    batch_size: int | None = 8
    shuffle: bool = True
    n_hidden: int = 3
    n_hidden_layers: int = 1
    activation: str = "sigmoid"
    loss: str = "mean_squared_error"
    optimiser: str = "sgd"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("n_hidden", self.n_hidden, most=MAX_HIDDEN)
        check_whole("n_hidden_layers", self.n_hidden_layers, most=2)
        check_choice("activation", self.activation, list(ACTIVATIONS))
        check_choice("loss", self.loss, list(LOSSES))
        check_choice("optimiser", self.optimiser, list(OPTIMISERS))


def make_model(config: Config) -> nn.Module:
    """Build the network, with PyTorch's own start."""
    output, _ = LOSSES[config.loss]
    activation = ACTIVATIONS[config.activation]
    return MLP(layer_sizes(config), activation, output).double()


def initial_params(config: Config) -> NDArray[np.float64]:
    """Return the drawn parameters before the first update: those of `draw_start`, in one row.

    Examples
    --------
    >>> initial_params(Config(n_hidden=2)).round(3)
    array([ 0.274, -0.46 , -0.918, -0.967,  0.443,  0.584,  0.151])
    """
    model = make_model(config)
    draw_start(model, np.random.default_rng(config.seed))
    return params_of(model)


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """One recorded state of a run, and what it takes to go on from it exactly.

    The orders of the samples need no place here: they follow from the seed.
    """

    update: int
    """Number of parameter updates done."""
    epoch: int
    """Number of complete passes over the data."""
    params: NDArray[np.float64]
    """All parameters, layer by layer, weights then biases; read-only, shape (n_params,)."""
    loss: float
    """The configured loss over all samples, at those parameters."""
    gradient_norm: float
    """The length of that loss's gradient."""
    highest_loss: float
    """Above this loss the run counts as diverged."""
    optimiser_state: dict[str, Any]
    """What the optimiser remembers, such as the last step."""

    @property
    def diverged(self) -> bool:
        """The loss left every sensible range, and the run stopped here."""
        return not (self.loss <= self.highest_loss and bool(np.isfinite(self.params).all()))


def stream(
    x: ArrayLike,
    y: ArrayLike,
    config: Config,
    *,
    start: ArrayLike | None = None,
    resume_from: Checkpoint | None = None,
) -> Iterator[Checkpoint]:
    """Train the network, one recorded state per step of the iterator; stop asking, and it stops.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets; for the binary cross-entropy, targets from 0 to 1.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (n_params,), optional
        The parameters to start from, instead of the drawn ones; the orders of the samples stay
        the same.
    resume_from : Checkpoint, optional
        A state this run has yielded before: go on after it, with the very same steps.

    Yields
    ------
    Checkpoint
        Update 0, every `record_every`-th and the last; when resumed, those after `resume_from`.
        A run that diverges ends with the state in which it did, which may not be finite.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths, not finite or unfit for the loss, or
        `start` or `resume_from` does not fit the network.

    Examples
    --------
    >>> from core.datasets import two_steps
    >>> run = stream(*two_steps(), Config())
    >>> first, second = next(run), next(run)
    >>> second.update, second.epoch
    (476, 68)
    >>> resumed = next(stream(*two_steps(), Config(), resume_from=first))
    >>> resumed.loss == second.loss
    True
    """
    x, y = as_samples(x, y)
    if config.loss == "binary_cross_entropy":
        require(
            bool(((y >= 0) & (y <= 1)).all()),
            N_("For the binary cross-entropy every y must be between 0 and 1."),
        )
    sizes = layer_sizes(config)
    if start is not None:
        start = checked_start(start, count_params(sizes))
    if resume_from is not None:
        require(
            resume_from.params.size == count_params(sizes),
            N_("The state to resume from belongs to another network."),
        )
        start = resume_from.params
    return _stream(x, y, config, start, resume_from)


def _stream(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    config: Config,
    start: NDArray[np.float64] | None,
    resume_from: Checkpoint | None,
) -> Iterator[Checkpoint]:
    rng = np.random.default_rng(config.seed)
    model = make_model(config)
    draw_start(model, rng)
    if start is not None:
        load_params(model, start)
    _, make_criterion = LOSSES[config.loss]
    criterion = make_criterion()
    make_optimiser, arguments = OPTIMISERS[config.optimiser]
    optimiser = make_optimiser(model.parameters(), lr=config.learning_rate, **arguments)
    all_x, all_y = torch.tensor(x).unsqueeze(1), torch.tensor(y).unsqueeze(1)

    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = count_batches(x.size, batch_size)
    n_updates = config.n_epochs * n_batches
    record_every = distance_of_records(config.n_epochs, n_batches, config.record_every)
    shuffle = config.shuffle and n_batches > 1  # one batch of all samples has no order
    orders: Iterator[Tensor] = (
        torch.from_numpy(rng.permutation(x.size)) if shuffle else torch.arange(x.size)
        for _ in range(config.n_epochs)
    )
    update, highest_loss = 0, None
    if resume_from is not None:
        update, highest_loss = resume_from.update, resume_from.highest_loss
        optimiser.load_state_dict(copy.deepcopy(resume_from.optimiser_state))
    epoch, batch = divmod(update, n_batches)
    todo = batches(all_x, all_y, batch_size, islice(orders, epoch, None))
    losses = descend(model, criterion, optimiser, islice(todo, batch, None))

    def checkpoint() -> Checkpoint:
        whole_loss = criterion(model(all_x), all_y)
        slopes = torch.autograd.grad(whole_loss, list(model.parameters()))
        loss = whole_loss.item()
        return Checkpoint(
            update=update,
            epoch=update // n_batches,
            params=params_of(model),
            loss=loss,
            gradient_norm=float(torch.cat([slope.flatten() for slope in slopes]).norm()),
            highest_loss=DIVERGED_AT * max(loss, 1.0) if highest_loss is None else highest_loss,
            optimiser_state=copy.deepcopy(optimiser.state_dict()),
        )

    latest = resume_from
    if latest is None:
        with one_thread():
            latest = checkpoint()
        yield latest
    highest_loss = latest.highest_loss
    while update < n_updates and not latest.diverged:
        with one_thread():
            for batch_loss in losses:
                update += 1
                planned = update % record_every == 0 or update == n_updates
                if planned or not batch_loss <= highest_loss:
                    latest = checkpoint()
                    if planned or latest.diverged:
                        break
        yield latest


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Train the network for ``config.n_epochs`` passes over the samples: the whole `stream`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets; for the binary cross-entropy, targets from 0 to 1.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (n_params,), optional
        The parameters to start from, instead of the drawn ones; the orders of the samples stay
        the same.

    Returns
    -------
    History
        ``params`` has the columns of :func:`core.curves.mlp.layers.param_names`, the extra column
        ``gradient_norm`` the length of the gradient over all samples. A run that
        diverges stops at the update where it did, with ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths, not finite or unfit for the loss, or
        `start` does not fit the network.

    See Also
    --------
    core.curves.mlp.train : The same steps, with the gradients by hand.

    Notes
    -----
    The batches are cut out of two tensors that hold all samples, and share them. A ``DataLoader``
    collects every batch sample by sample, and the loop takes about a third longer.

    PyTorch would share even this little work among all cores, which takes longer than the work:
    see :mod:`core.one_thread`.

    Examples
    --------
    >>> config = Config(n_hidden=1, n_epochs=1)
    >>> train([4], [1], config, start=[0, 0, 2, -1]).params
    array([[ 0.   ,  0.   ,  2.   , -1.   ],
           [ 0.5  ,  0.125,  2.125, -0.75 ]])
    """
    return to_history(list(stream(x, y, config, start=start)), config)


def to_history(checkpoints: Sequence[Checkpoint], config: Config) -> History:
    """Return the states that a stream has yielded so far as a history, all finite."""
    finite = [c for c in checkpoints if np.isfinite(c.loss) and np.isfinite(c.params).all()]
    names = param_names(layer_sizes(config))
    return History(
        update=np.array([c.update for c in finite]),
        epoch=np.array([c.epoch for c in finite]),
        params=np.array([c.params for c in finite]).reshape(-1, len(names)),
        loss=np.array([c.loss for c in finite]),
        param_names=names,
        extra={"gradient_norm": np.array([c.gradient_norm for c in finite])},
        diverged=bool(checkpoints) and checkpoints[-1].diverged,
    )


def largest_difference(one: History, other: History) -> float:
    """Return how far the losses of two runs are apart at most, record by record.

    Raises
    ------
    InputError
        If the runs did not record the same updates.

    Examples
    --------
    >>> from core.curves import mlp
    >>> from core.datasets import two_steps
    >>> x, y = two_steps()
    >>> scratch = mlp.train(x, y, mlp.Config(n_epochs=30))
    >>> largest_difference(scratch, train(x, y, Config(n_epochs=30))) < 1e-9
    True
    """
    require(
        np.array_equal(one.update, other.update),
        N_("Only runs that recorded the same updates can be compared."),
    )
    return float(np.abs(one.loss - other.loss).max(initial=0.0))


if __name__ == "__main__":
    show(train, *two_steps(), Config())
