import math
from pathlib import Path

import numpy as np
import pytest

from core.datasets import noisy_line
from core.digits.recipe import MODERN, to_dict
from core.lab.compare.learning_curves import MEASURES, Summary, curve, summary
from core.lab.lesson_run import recipe_of, records
from core.lines import gradient_descent as lesson
from core.store.records import EpochRow
from core.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path}/runs.sqlite3")


def test_a_run_of_train_keeps_what_it_measured(store: Store) -> None:
    rows = [
        EpochRow(1, 55_000, 1.5, 0.4, 0.3, 0.9, 0.91, 0.35, 0.89),
        EpochRow(2, 110_000, 3.0, 0.2, None, 0.95, 0.94, 0.25, 0.93),
        EpochRow(3, 165_000, 4.5, 0.1, 0.1, 0.97, 0.93, 0.3, 0.92),
    ]
    run = store.runs.create("ada", "a", to_dict(MODERN), n_epochs=30, epochs=rows)
    found = store.runs.epochs(run.id)
    table = curve(run, found)
    assert list(table) == ["epoch", "images", "seconds", *MEASURES]
    assert table["epoch"].tolist() == [1, 2, 3]
    assert table["seconds"].tolist() == [1.5, 3.0, 4.5]
    assert table["train_loss"].tolist() == [0.3, 0.2, 0.1]  # in between only the batches' mean
    assert summary(run, found) == Summary(3, 0.93, 0.92, 0.3)


def test_a_lesson_kept_in_the_store_comes_back_as_its_history(store: Store) -> None:
    samples = noisy_line(95)
    config = lesson.Config(n_epochs=3, batch_size=10)
    history = lesson.train(*samples, config)
    run = store.runs.create(
        "ada",
        "a",
        recipe_of(config, samples, {"samples": "noisy_line"}),
        kind="lines/gradient_descent",
        n_epochs=3,
        status="done",
        epochs=records(history, 95, 10),
    )
    table = curve(run, store.runs.epochs(run.id))
    np.testing.assert_array_equal(table["train_loss"], history.loss)
    whole = table[history.update % 10 == 0]  # ten batches to an epoch, the last of five samples
    np.testing.assert_array_equal(whole["epoch"], history.epoch[history.update % 10 == 0])
    assert table["seconds"].isna().all()
    assert table["test_accuracy"].isna().all()
    assert summary(run, store.runs.epochs(run.id)) == Summary(3.0, None, None, history.loss[-1])


def test_a_run_without_an_epoch_has_an_empty_curve(store: Store) -> None:
    run = store.runs.create("ada", "a", to_dict(MODERN), n_epochs=30)
    assert curve(run, []).empty
    assert summary(run, []) == Summary(0, None, None, None)


def test_a_loss_that_is_no_number_is_a_gap(store: Store) -> None:
    rows = [EpochRow(1, 10, 1.0, 0.5), EpochRow(2, 20, 2.0, math.inf)]
    run = store.runs.create("ada", "a", to_dict(MODERN), n_epochs=3, epochs=rows)
    table = curve(run, store.runs.epochs(run.id))
    assert table["train_loss"].isna().tolist() == [False, True]
    assert summary(run, store.runs.epochs(run.id)).loss is None
