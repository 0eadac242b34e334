"""Benchmark of Planes → Playground: the spiral, learned by four engines in turns."""

import dataclasses
import json
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from benchmarks.peers.scikit_learn import learn
from benchmarks.table import Measurement, Row, UnavailableError
from core.planes import playground
from core.planes.playground import torch_engine
from core.planes.playground.data import make
from core.planes.playground.network import INPUTS, features, layer_sizes, layers_of
from core.planes.points import Points

BY_LINKS = Path(__file__).with_name("by_links.js")

JOB = playground.Config(inputs=tuple(INPUTS), hidden_sizes=(8, 8, 8), n_epochs=1_000, shuffle=False)
"""7 inputs, 8-8-8 neurons with tanh, B = 10. TensorFlow Playground keeps the data's order."""

SHARE = 20
"""The slow ones do one of so many epochs, and their time is multiplied."""


def by_links(points: Points, config: playground.Config) -> tuple[float, float]:
    """Let node do the job, sample by sample and link by link; its seconds, and the loss at its end.

    It times itself: to start node takes longer than a small job.
    """
    layers = layers_of(playground.initial_params(config), config)
    job = {
        "x": features(points.x, config.inputs).tolist(),
        "y": points.y.tolist(),
        "sizes": layer_sizes(config),
        "weights": [layer.weights.tolist() for layer in layers],
        "biases": [layer.biases.tolist() for layer in layers],
        "n_epochs": config.n_epochs,
        "batch_size": config.batch_size,
        "learning_rate": config.learning_rate,
    }
    run = subprocess.run(
        ["node", str(BY_LINKS)], input=json.dumps(job), capture_output=True, text=True, check=True
    )
    said = json.loads(run.stdout)
    return said["seconds"], said["loss"]


def scikit_learn(points: Points, config: playground.Config) -> None:
    """The same sizes, batches and rate in scikit-learn, from a start of its own."""
    x = features(points.x, config.inputs)
    learn(x, points.y, config, config.hidden_sizes, "tanh")


def timed(job: Callable[[], object]) -> float:
    """Return how long the job took."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def in_turns(jobs: Mapping[str, Callable[[], float]], *, repeat: int = 5) -> dict[str, float]:
    """Give the median of what each job says it took; all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(repeat):
        for name, job in jobs.items():
            times[name].append(job())
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so few epochs that they only show that they can be."""
    config = dataclasses.replace(JOB, n_epochs=SHARE) if tiny else JOB
    name = f"Playground, spiral, 8-8-8 tanh, {config.n_epochs:,} epochs of 200 samples"
    yield Measurement(name, partial(rows, name, config))
    if shutil.which("node") is None:
        yield Measurement(f"{name}: link by link in JavaScript", no_node)


def no_node() -> Iterator[Row]:
    """Say why there is no such row."""
    raise UnavailableError("there is no node here")


def rows(name: str, whole: playground.Config) -> Iterator[Row]:
    """Measure one training by four engines."""
    points = make("spiral")
    n_epochs = whole.n_epochs // SHARE
    every = max(1, whole.n_epochs * 20 // 300)  # as many records an epoch as in the whole run
    share = dataclasses.replace(whole, n_epochs=n_epochs, record_every=every)
    here, there = playground.train(*points, share), torch_engine.train(*points, share)
    if abs(here.loss - there.loss).max() > 1e-9:
        raise RuntimeError("Not the same job: from scratch and PyTorch have different losses.")
    jobs = {
        "scratch": lambda: timed(lambda: playground.train(*points, whole)),
        "torch": lambda: SHARE * timed(lambda: torch_engine.train(*points, share)),
        "scikit_learn": lambda: SHARE * timed(lambda: scikit_learn(points, share)),
    }
    if shutil.which("node") is not None:
        loss = playground.train(*points, whole).loss[-1]
        if abs(by_links(points, whole)[1] - loss) > 1e-5:
            raise RuntimeError("Not the same job: from scratch and JavaScript end elsewhere.")
        jobs["links"] = lambda: by_links(points, whole)[0]
    times = in_turns(jobs)
    scratch = times.pop("scratch")
    yield Row(f"{name}: from scratch, with its history", scratch)
    part = f"from {n_epochs:,} epochs; "
    called = {
        "links": ("link by link in JavaScript, the way of TensorFlow Playground", ""),
        "torch": ("PyTorch", part),
        "scikit_learn": ("scikit-learn's MLPClassifier", part),
    }
    for engine, seconds in times.items():
        what, how = called[engine]
        yield Row(f"{name}: {what}", seconds, f"{how}{seconds / scratch:.1f} times from scratch")
