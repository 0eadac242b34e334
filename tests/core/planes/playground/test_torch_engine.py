import dataclasses
import itertools

import numpy as np
import pytest

from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground import torch_engine
from core.planes.playground.data import make, split
from core.planes.playground.run import Run

SHAPES = {
    "binary_cross_entropy": "circle",
    "cross_entropy": "three",
    "mean_squared_error": "bump",
}


def check_equal(one: Run, other: Run) -> None:
    assert one.update.tolist() == other.update.tolist()
    assert one.epoch.tolist() == other.epoch.tolist()
    assert (one.diverged, one.stopped_early) == (other.diverged, other.stopped_early)
    assert one.ended_at == other.ended_at
    assert one.extra.keys() == other.extra.keys()
    np.testing.assert_allclose(one.params, other.params, rtol=0, atol=1e-9)
    np.testing.assert_allclose(one.loss, other.loss, rtol=0, atol=1e-9)
    for name in one.extra:
        np.testing.assert_allclose(one.extra[name], other.extra[name], 0, 1e-9, err_msg=name)
    np.testing.assert_allclose(one.state.memory, other.state.memory, rtol=0, atol=1e-9)
    assert one.state.n_steps == other.state.n_steps


def check_losses(n_epochs: int, loss: str, optimiser: str, bend: str) -> None:
    train, test = split(*make(SHAPES[loss], 100))
    config = lesson.Config(
        loss=loss,
        optimiser=optimiser,
        activation=bend,
        inputs=tuple(net.INPUTS),
        hidden_sizes=(5, 3),
        n_epochs=n_epochs,
        learning_rate=0.001 if loss == "mean_squared_error" else 0.01,
        record_every=1,
    )
    ours = lesson.train(*train, config, test=test)
    assert ours.update[-1] == 8 * n_epochs
    check_equal(ours, torch_engine.train(*train, config, test=test))


EVERY = [*itertools.product(net.LOSSES, lesson.OPTIMISERS, net.ACTIVATIONS)]

SQUARE = [
    (net.LOSSES[(i + j) % len(net.LOSSES)], optimiser, bend)
    for i, optimiser in enumerate(lesson.OPTIMISERS)
    for j, bend in enumerate(net.ACTIVATIONS)
]
"""Any two of loss, optimiser and activation meet once: a third of every case."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("cases", "n_epochs"),
    [(SQUARE, 4), pytest.param(EVERY, 25, marks=pytest.mark.proof)],
    ids=["in pairs", "all"],
)
def test_both_engines_have_the_same_losses(
    cases: list[tuple[str, str, str]], n_epochs: int
) -> None:
    for case in cases:
        check_losses(n_epochs, *case)


@pytest.mark.parametrize("optimiser", lesson.OPTIMISERS)
def test_so_they_have_with_all_that_learning_may_do_besides(optimiser: str) -> None:
    train, test = split(*make("three", 100))
    config = lesson.Config(
        loss="cross_entropy",
        optimiser=optimiser,
        activation=("relu", "gelu", "leaky_relu"),
        hidden_sizes=(6, 5, 4),
        initialisation="he",
        silenced=((1, 2),),
        schedule="cosine",
        l1=0.003,
        l2=0.01,
        dropout=0.2,
        n_epochs=6,
        learning_rate=0.02,
    )
    runs = [engine.train(*train, config, test=test) for engine in (lesson, torch_engine)]
    check_equal(*runs)
    # Either goes on from where either ended.
    on = dataclasses.replace(config, learning_rate=0.01)
    after = [
        engine.train(*train, on, test=test, after=run)
        for engine, run in itertools.product((lesson, torch_engine), runs)
    ]
    for other in after[1:]:
        check_equal(after[0], other)


def test_they_stop_early_and_diverge_at_the_same_update() -> None:
    train, test = split(*make("circle", 30, noise=1.0), test_share=0.5)
    config = lesson.Config(hidden_sizes=(16,), learning_rate=0.3, n_epochs=900, batch_size=None)
    early = dataclasses.replace(config, patience=20)
    ours, theirs = (engine.train(*train, early, test=test) for engine in (lesson, torch_engine))
    assert ours.stopped_early
    check_equal(ours, theirs)
    wild = dataclasses.replace(
        config, hidden_sizes=(3,), activation="relu", loss="mean_squared_error", learning_rate=5.0
    )
    ours, theirs = (engine.train(*train, wild) for engine in (lesson, torch_engine))
    assert ours.diverged
    assert theirs.diverged
    assert ours.ended_at == theirs.ended_at


def test_a_stream_can_be_left_where_it_is() -> None:
    config = lesson.Config(n_epochs=10, record_every=1)
    records = list(itertools.islice(torch_engine.stream(*make(), config), 7))
    run = torch_engine.to_run(records, config)
    assert run.update.tolist() == [*range(7)]
    whole = lesson.train(*make(), config)
    np.testing.assert_allclose(run.loss, whole.loss[:7], rtol=0, atol=1e-9)
