"""Benchmarks of Curves → MLP: one network, one job, five ways to train it."""

import dataclasses
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.peers.scikit_learn import learn
from benchmarks.table import Measurement, Row, median_seconds
from core.curves import mlp
from core.curves.mlp import torch_lesson
from core.curves.mlp.many_starts import train_many
from core.datasets import Samples, two_steps

SHARE = 100
"""The slow ones do one of so many epochs, and their time is multiplied."""


def data_loader(samples: Samples, config: torch_lesson.Config) -> float:
    """The same network, criterion and optimiser, fed by a DataLoader; the loss at its end."""
    x, y = (torch.tensor(values).unsqueeze(1) for values in samples)
    loader = DataLoader(TensorDataset(x, y), config.batch_size, shuffle=config.shuffle)

    def batches() -> Iterator[tuple[Tensor, Tensor]]:
        for _ in range(config.n_epochs):
            yield from loader

    model = torch_lesson.make_model(config)
    criterion = torch.nn.MSELoss()
    optimiser = torch.optim.SGD(model.parameters(), lr=config.learning_rate, foreach=False)
    losses = list(torch_lesson.descend(model, criterion, optimiser, batches()))
    return losses[-1]


def scikit_learn(samples: Samples, config: torch_lesson.Config) -> float:
    """The same sizes, batches and rate in scikit-learn; the loss at its end."""
    x = samples.x[:, np.newaxis]
    return learn(x, samples.y, config, (config.n_hidden,), "logistic")


def in_turns(jobs: Mapping[str, Callable[[], object]], *, repeat: int = 5) -> dict[str, float]:
    """Give each job's median time; they take turns, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(repeat):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so few epochs that they only show that they can be."""
    config = dataclasses.replace(mlp.Config(), n_epochs=SHARE) if tiny else mlp.Config()
    name = f"MLP, {config.n_epochs:,} epochs of {two_steps().x.size} samples"
    yield Measurement(name, partial(rows, name, two_steps(), config))


def rows(name: str, samples: Samples, whole: mlp.Config) -> Iterator[Row]:
    """Measure one training in five ways."""
    # With as few records an epoch as in the whole run.
    share = torch_lesson.Config(n_epochs=whole.n_epochs // SHARE, record_every=476)
    part = dataclasses.replace(whole, n_epochs=share.n_epochs, record_every=share.record_every)
    by_hand = mlp.train(*samples, part)
    if torch_lesson.largest_difference(by_hand, torch_lesson.train(*samples, share)) > 1e-9:
        raise RuntimeError("Not the same job: from scratch and PyTorch have different losses.")

    scratch = median_seconds(lambda: mlp.train(*samples, whole), repeat=7)
    yield Row(f"{name}: from scratch", scratch)
    starts = median_seconds(lambda: train_many(*samples, whole), repeat=3)
    yield Row(f"{name}: 50 starts from scratch", starts, f"{starts / scratch:.0f} times as long")
    shares = in_turns(
        {
            "torch": lambda: torch_lesson.train(*samples, share),
            "loader": lambda: data_loader(samples, share),
            "scikit_learn": lambda: scikit_learn(samples, share),
        },
        repeat=9,
    )
    ours, loader, theirs = (SHARE * seconds for seconds in shares.values())
    measured = f"from {share.n_epochs:,} epochs"
    yield Row(f"{name}: PyTorch", ours, f"{measured}; {ours / scratch:.0f} times from scratch")
    yield Row(f"{name}: DataLoader", loader, f"{measured}; {loader / ours:.2f} times PyTorch")
    yield Row(
        f"{name}: scikit-learn's MLPClassifier",
        theirs,
        f"{measured}; {theirs / ours:.2f} times PyTorch; cross-entropy, a start of its own",
    )
