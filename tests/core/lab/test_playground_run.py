import dataclasses
import json
from typing import Any

import pytest

from core.lab import playground_run
from core.lab.compare.learning_curves import curve
from core.lab.playground_run import BESIDES, MOST_ROWS, PlaygroundRecipe, train_recipe
from core.lab.sweep.plan import from_settings, sweep_of, to_settings
from core.lab.sweep.sampling import cells
from core.messages import InputError
from core.planes.playground import Config, train
from core.planes.playground.data import drawn, make, samples_of, split
from core.store.records import Run

XOR = drawn("xor", 40, 0.2, test_share=0.25, seed=3)
OWN = {
    "samples": "own",
    "points": tuple((float(i), float(i % 3), float(i % 2)) for i in range(8)),
    "test_share": 0.5,
    "seed": 1,
}


def stored(recipe: PlaygroundRecipe) -> Any:
    return json.loads(json.dumps(recipe.to_dict()))


@pytest.mark.parametrize("data", [XOR, OWN])
def test_a_recipe_comes_back_from_the_store(data: dict[str, Any]) -> None:
    config = Config(
        hidden_sizes=(3, 2),
        activation=("relu", "tanh"),
        silenced=((0, 1),),
        batch_size=None,
        patience=3,
        l1=0.01,
    )
    recipe = PlaygroundRecipe(config, data)
    assert playground_run.from_dict(stored(recipe)) == recipe


def test_a_run_from_its_recipe_is_that_of_the_page() -> None:
    samples = split(*make("xor", 40, seed=3), test_share=0.25, seed=3)
    assert all((a == b).all() for a, b in zip(samples_of(XOR).train, samples.train, strict=True))
    config = Config(n_epochs=150, learning_rate=0.3)
    recipe = PlaygroundRecipe(config, XOR)
    ended, rows = train_recipe(playground_run.from_dict(stored(recipe)))
    run = train(*samples.train, config, test=samples.test)
    assert ended == "done"
    assert (rows[-1].epoch, rows[-1].images) == (150, 150 * 30)
    assert (rows[-1].train_loss, rows[-1].test_loss) == (run.loss[-1], run.column("test_loss")[-1])
    assert rows[-1].validation_accuracy == run.column("test_accuracy")[-1]
    assert len(rows) <= MOST_ROWS
    fields = dict.fromkeys(field.name for field in dataclasses.fields(Run))
    as_run = Run(**fields | {"kind": playground_run.KIND, "recipe": stored(recipe)})
    assert curve(as_run, rows)["epoch"].tolist() == [row.epoch for row in rows]


def test_a_run_that_diverges_and_one_that_stops_early_say_so() -> None:
    wild = Config(learning_rate=10.0, hidden_sizes=(), l2=10.0)
    assert train_recipe(PlaygroundRecipe(wild, XOR))[0] == "diverged"
    early = Config(learning_rate=0.0, patience=2)
    ended, rows = train_recipe(PlaygroundRecipe(early, XOR))
    assert (ended, rows[-1].epoch) == ("done", 3)


@pytest.mark.parametrize(
    ("config", "data", "told"),
    [
        (Config(loss="mean_squared_error"), XOR, "compares accuracies"),
        (Config(), XOR | {"test_share": 0.0}, "by test samples"),
        (Config(), OWN | {"points": OWN["points"][:1]}, "by test samples"),
        (Config(), OWN | {"points": ()}, "no points to learn from"),
    ],
)
def test_what_gives_nothing_to_compare_is_told(
    config: Config, data: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        PlaygroundRecipe(config, data)


def test_a_sweep_of_such_runs_varies_what_the_playground_has() -> None:
    base = PlaygroundRecipe(Config(), XOR)
    sweep = sweep_of(base, {"hidden_sizes": "none, 4-2", "seed": "0..2:3", "l2": "0.1"})
    assert (sweep.names, sweep.prunes) == (("hidden_sizes", "seed"), False)
    assert sweep.base.config.l2 == 0.1
    made = {(sweep.recipe(cell).config.hidden_sizes, cell["seed"]) for cell in cells(sweep)}
    assert made == {(sizes, seed) for sizes in ((), (4, 2)) for seed in (0, 1, 2)}
    assert from_settings(json.loads(json.dumps(to_settings(sweep)))) == sweep
    for name, text in (("distortion", "0..1"), ("hidden_sizes", "17"), ("activation", "sin")):
        with pytest.raises(InputError):
            sweep_of(base, {name: text})


LARGEST = (16,) * 6


@pytest.mark.parametrize(
    ("changes", "milliseconds"),
    [
        ({}, 15.5),
        ({"hidden_sizes": ()}, 10.4),
        ({"n_epochs": 1000}, 38.8),
        ({"batch_size": 1}, 19.0),
        ({"batch_size": 1, "optimiser": "adam"}, 24.7),
        ({"hidden_sizes": (8, 8, 8)}, 29.9),
        ({"hidden_sizes": (8, 8, 8), "batch_size": 1, "optimiser": "adam"}, 105.3),
        ({"hidden_sizes": LARGEST}, 103.9),
        ({"hidden_sizes": LARGEST, "optimiser": "adam"}, 173.9),
        ({"hidden_sizes": LARGEST, "batch_size": 100}, 81.2),
        ({"hidden_sizes": LARGEST, "batch_size": 1, "optimiser": "adam"}, 980.1),
    ],
)
def test_how_long_a_run_takes_is_guessed_as_it_was_measured(
    changes: dict[str, Any], milliseconds: float
) -> None:
    """By the processor time of each (decision 0092); to be claimed and stored takes longer."""
    data = drawn("circle", 200, 0.2, test_share=0.5, seed=0)
    recipe = PlaygroundRecipe(Config(**{"n_epochs": 300} | changes), data)
    assert recipe.seconds == pytest.approx(BESIDES + milliseconds / 1000, rel=0.25)
