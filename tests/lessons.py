"""All lessons, and what a law has to know to ask the same of each of them.

A lesson is found by its file, ``core/<section>/<page>/lesson.py`` or ``…_lesson.py``, and what it
can do is read from the fields of its ``Config``. So a new lesson comes under the laws of
`tests/test_lessons.py` by being there; a hyperparameter that they do not know makes them fail.
"""

import dataclasses
import importlib
import inspect
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from core.curves import torch_mlp
from core.datasets import Samples, step
from core.history import History
from core.hyperparameters import LARGEST, size_of_batch
from core.planes.playground import network as playground_network
from core.planes.points import Points
from tests import ROOT

OTHER_NAMES = {"core.curves.mlp.torch_lesson": "core.curves.torch_mlp"}
"""By its module: the name of a lesson that shares a package with another one."""

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "core").rglob("*lesson.py")
)
LESSONS = {OTHER_NAMES.get(module, module.removesuffix(".lesson")): module for module in MODULES}
"""By the name that a notebook imports: the module that defines the lesson."""

SOLVED = ("core.lines.normal_equation",)
"""Lessons that are solved by a formula, not trained."""

TRAINED = [name for name in LESSONS if name not in SOLVED]

BOUNDED = ("core.curves.mlp",)
"""Lessons whose loss has a largest value, so that no learning rate makes it explode."""

BY_AUTOGRAD = ("core.curves.torch_mlp",)
"""Lessons without a gradient or a loss of their own: those are PyTorch's."""

THINNED = [name for name in TRAINED if name != "core.start.what_is_a_model"]
"""Lessons that leave out records of a long run; the other one shows every number there is."""

ROUNDS = ("core.curves", "core.planes")
"""The sections whose loops round a step a little differently from the formula in numpy."""

TWO_INPUTS = ("core.planes.boundary", "core.planes.playground")
"""Lessons whose samples have two inputs each."""


@dataclass(frozen=True)
class Values:
    """What a hyperparameter may be, and what it may not."""

    good: st.SearchStrategy[Any]
    bad: tuple[Any, ...]


NO_NUMBERS = (math.nan, math.inf, -math.inf)


def number(good: st.SearchStrategy[Any], *bad: Any) -> Values:
    return Values(good, (*bad, *NO_NUMBERS))


def whole(least: int, most: int, *bad: Any) -> Values:
    return number(st.integers(least, most), least - 1, -5, 2.5, *bad)


def one_of(*words: str) -> Values:
    return Values(st.sampled_from(words), ("another", ""))


def tuples(words: Iterable[str], least: int, most: int, *, unique: bool) -> Values:
    some = st.lists(st.sampled_from(list(words)), min_size=least, max_size=most, unique=unique)
    return Values(some.map(tuple), (("another",), (), ("x1", "x1"), ["x1"], "x1", None))


parameter = number(st.floats(-LARGEST, LARGEST), 2 * LARGEST, -2 * LARGEST)
count_or_none = number(st.none() | st.integers(1, 30), 0, -5, 2.5)

HYPERPARAMETERS = {
    "start_weight": parameter,
    "start_weight_1": parameter,
    "start_weight_2": parameter,
    "start_bias": parameter,
    "learning_rate": number(st.floats(0, 10) | st.floats(0, 1e308), -0.1, -1.0),
    "n_updates": whole(1, 25),
    "n_epochs": whole(1, 5),
    "batch_size": count_or_none,
    "record_every": count_or_none,
    "shuffle": Values(st.booleans(), ()),
    "seed": whole(0, 2**32),
    "n_hidden": whole(1, 32, 33),
    "n_hidden_layers": whole(1, 2, 3),
    "activation": one_of(*torch_mlp.ACTIVATIONS),
    "loss": one_of(*torch_mlp.LOSSES),
    "optimiser": one_of(*torch_mlp.OPTIMISERS),
    "inputs": tuples(playground_network.INPUTS, 1, 7, unique=True),
    "hidden_sizes": Values(
        st.lists(st.integers(1, 16), max_size=6).map(tuple),
        ((0,), (17,), (1,) * 7, (2.5,), (True,), [4], 4, "4"),
    ),
    "initialisation": one_of("xavier", "he", "uniform", "zero"),
    "silenced": Values(st.just(()), (((9, 0),), ((0, 99),), ((0, -1),), [(0, 0)], (0,), "no")),
    "n_classes": whole(2, 4, 5),
    "schedule": one_of("constant", "cosine"),
    "l1": number(st.floats(0, 10), -0.1, 10.1),
    "l2": number(st.floats(0, 10), -0.1, 10.1),
    "dropout": number(st.floats(0, 0.9), -0.1, 0.95, 1.0),
    "patience": Values(st.none(), (0, -5, 2.5)),
}
"""Every hyperparameter that a lesson has. The same name means the same in each."""


def by_turns(ways: Sequence[Any], others: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each way once, with one of the others."""
    return zip(ways, itertools.cycle(others), strict=False)


class Lesson:
    """A lesson that is trained, asked in the same words as all others."""

    def __init__(self, name: str) -> None:
        self.module = importlib.import_module(name)
        self._pairs = by_turns if name in BY_AUTOGRAD else itertools.product
        self.fields = [field.name for field in dataclasses.fields(self.module.Config)]
        unknown = sorted(set(self.fields) - set(HYPERPARAMETERS))
        assert not unknown, f"say in tests/lessons.py what {', '.join(unknown)} may be"
        parameters = inspect.signature(self.module.train).parameters
        self.has_one_sample = parameters["x"].annotation is float
        self.has_two_inputs = name in TWO_INPUTS
        self.draws_its_start = "seed" in self.fields and not any(
            field.startswith("start_") for field in self.fields
        )

    def config(self, **wishes: Any) -> Any:
        """The hyperparameters that the lesson has of these; the others are its own."""
        return self.module.Config(**{k: v for k, v in wishes.items() if k in self.fields})

    def configs(self, **wishes: Any) -> list[Any]:
        """The same for each loss, and each way to cut the samples into batches, that it has.

        PyTorch, which takes long, gets each loss and each way once.
        """
        cuts = [(1, False), (1, True), (8, False), (8, True), (None, True)]
        ways = [
            {"batch_size": size, "shuffle": shuffle, "loss": loss}
            for (size, shuffle), loss in self._pairs(cuts, torch_mlp.LOSSES)
        ]
        return list(dict.fromkeys(self.config(**(way | wishes)) for way in ways))

    def changed(self, config: Any, **wishes: Any) -> Any:
        """The same hyperparameters but for those of these that the lesson has."""
        return self.config(**(vars(config) | wishes))

    def samples(self, n: int) -> Samples | Points:
        """Samples for any lesson; all y are 0 or 1, and the first of x is not too near to 0."""
        x, y = step(n)
        if self.has_two_inputs:
            return Points(np.column_stack([17 * x % 1, 31 * x % 1]), y)
        return Samples(x[::-1][:1], y[::-1][:1]) if self.has_one_sample else Samples(x, y)

    def shape(self, n: int) -> tuple[int, ...]:
        """The shape of x of so many samples."""
        return (n, 2) if self.has_two_inputs else (n,)

    def train(self, x: Any, y: Any, config: Any, start: Any = None) -> History:
        x, y = (x[0], y[0]) if self.has_one_sample else (x, y)
        return self.module.train(x, y, config, start=start)

    def in_an_epoch(self, n_samples: int, config: Any) -> int:
        """How many updates are one pass over the samples."""
        return -(-n_samples // size_of_batch(getattr(config, "batch_size", 1), n_samples))

    def n_updates(self, n_samples: int, config: Any) -> int:
        """How many updates a run does that does not diverge."""
        n_epochs = getattr(config, "n_epochs", getattr(config, "n_updates", 1))
        return n_epochs * self.in_an_epoch(n_samples, config)

    def batches(self, n_samples: int, config: Any, n_params: int) -> list[np.ndarray]:
        """Which samples each update learns from."""
        rng = np.random.default_rng(getattr(config, "seed", 0))
        if self.draws_its_start:
            rng.uniform(size=n_params)
        size = size_of_batch(getattr(config, "batch_size", 1), n_samples)
        batches = []
        while len(batches) < self.n_updates(n_samples, config):
            order = np.arange(n_samples)
            if getattr(config, "shuffle", False) and size < n_samples:
                order = rng.permutation(n_samples)
            batches += [order[first : first + size] for first in range(0, n_samples, size)]
        return batches

    def gradient(self, x: Any, y: Any, params: np.ndarray, config: Any) -> np.ndarray:
        """The slopes of the loss of a batch, by the lesson's own function."""
        return np.atleast_1d(self._call(self.module.gradient, x, y, params, config))

    def loss(self, x: Any, y: Any, params: np.ndarray, config: Any) -> float:
        """The loss over all samples, by the lesson's own function."""
        return self._call(self.module.loss, x, y, params, config)

    def _call(self, function: Any, x: Any, y: Any, params: np.ndarray, config: Any) -> Any:
        x, y = (x[0], y[0]) if self.has_one_sample else (x, y)
        words = list(inspect.signature(function).parameters)[2:]
        arguments = [params] if words[0] == "params" else list(params)
        if "config" in words:
            arguments.append(config)
        if "loss" in words:
            arguments.append(config.loss)
        return function(x, y, *arguments)


def same(one: History, other: History) -> bool:
    """Whether two runs are equal in every column, to the last bit."""
    return one.diverged == other.diverged and one.to_frame().equals(other.to_frame())
