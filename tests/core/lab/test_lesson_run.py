import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.curves import mlp
from core.curves.mlp import torch_lesson
from core.datasets import Samples, noisy_line, two_steps
from core.history import MAX_RECORDS, History
from core.lab.lesson_run import name_of, recipe_of, records
from core.lines import gradient_descent, one_weight
from core.store.names import LONGEST, clean_name


def samples_seen(n_samples: int, batch_size: int, n_updates: int) -> list[int]:
    """Counted one by one, as a loop over batches sees them."""
    seen, total = [0], 0
    while len(seen) <= n_updates:
        for first in range(0, n_samples, batch_size):
            total += len(range(first, min(first + batch_size, n_samples)))
            seen.append(total)
    return seen[: n_updates + 1]


@given(st.integers(1, 40), st.integers(1, 50) | st.none(), st.integers(0, 130))
def test_the_samples_seen_are_those_of_the_batches(
    n_samples: int, batch_size: int | None, n_updates: int
) -> None:
    updates = np.arange(n_updates + 1)
    history = History(updates, updates, np.zeros((n_updates + 1, 1)), updates * 0.5, ("w",))
    rows = records(history, n_samples, batch_size)
    size = min(batch_size or n_samples, n_samples)
    assert [row.images for row in rows] == samples_seen(n_samples, size, n_updates)
    assert [row.epoch for row in rows] == list(range(1, n_updates + 2))
    assert [row.train_loss for row in rows] == history.loss.tolist()


def test_a_long_run_keeps_its_ends_and_no_more_rows_than_it_may() -> None:
    x, y = two_steps()
    config = mlp.Config(n_epochs=200, record_every=1)
    history = mlp.train(x, y, config)
    rows = records(history, x.size, config.batch_size)
    assert history.n_records == 1401
    assert len(rows) == MAX_RECORDS
    assert (rows[0].images, rows[-1].images) == (0, 200 * x.size)
    assert (rows[0].train_loss, rows[-1].train_loss) == (history.loss[0], history.loss[-1])


def test_a_recipe_is_json_and_has_all_that_decides() -> None:
    config = gradient_descent.Config(batch_size=None, seed=3)
    samples = noisy_line(20, seed=7)
    recipe = recipe_of(config, samples, {"samples": "noisy_line", "seed": 7})
    assert json.loads(json.dumps(recipe)) == recipe
    about = recipe.pop("data")
    assert about == {"samples": "noisy_line", "seed": 7, "n_samples": 20}
    assert gradient_descent.Config(**recipe) == config


def test_own_samples_are_told_apart_by_their_values() -> None:
    def checksum(*y: float) -> str:
        samples = Samples(np.array([0.0, 1.0]), np.array(y))
        recipe = recipe_of(one_weight.Config(), samples, {"samples": "own"})
        return str(recipe["data"]["checksum"])

    assert checksum(1, 2) == checksum(1, 2) != checksum(2, 1)


@pytest.mark.parametrize(
    ("config", "name"),
    [
        (one_weight.Config(), "usual settings"),
        (one_weight.Config(record_every=1), "usual settings"),
        (gradient_descent.Config(n_epochs=20_000, batch_size=1), "20,000 epochs · B = 1"),
        (gradient_descent.Config(shuffle=False), "Shuffle no"),
        (mlp.Config(0.5, 7, 2, False, 9, n_hidden=5), "Hidden neurons h 5 · η = 0.5 · 7 epochs"),
        (torch_lesson.Config(activation="relu", optimiser="adam"), "ReLU · Adam"),
    ],
)
def test_a_run_is_named_by_what_was_changed(config: object, name: str) -> None:
    assert name_of(config, []) == name
    assert name_of(config, [name, f"{name} (2)"]) == f"{name} (3)"


def test_a_name_fits_in_any_language() -> None:
    config = dataclasses.replace(mlp.Config(), n_hidden=4, shuffle=False)
    name = name_of(config, [], lambda text: 9 * text)
    assert clean_name(name) == name
    assert len(name_of(config, [name], lambda text: 9 * text)) <= LONGEST
