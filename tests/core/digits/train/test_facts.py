import dataclasses
import math
from types import SimpleNamespace

from core.digits import mnist
from core.digits.recipe import MODERN, Recipe
from core.digits.train.facts import OF_RUN, Trained, facts
from core.digits.train.loop import Training
from core.digits.train.progress import TrainingProgress

FEW = dataclasses.replace(MODERN, layer_sizes=(784, 10), n_images=50, batch_size=20, n_epochs=2)


def epochs(recipe: Recipe, *accuracies: float) -> Trained:
    rows = [SimpleNamespace(train_accuracy=1.0, test_accuracy=share) for share in accuracies]
    return Trained(recipe, rows, is_over=True)


def test_the_updates_are_those_that_a_training_makes() -> None:
    training = Training(FEW, mnist.load("train"), mnist.load("test"))
    n = sum(isinstance(record, TrainingProgress) for record in training.records())
    told = facts(FEW, None)
    assert told["n_updates"] == n == 6
    assert told["updates_without_rest"] == 4


def test_the_accuracy_is_known_once_a_run_of_this_very_recipe_has_ended() -> None:
    named = dataclasses.replace(FEW, name="another name")
    assert facts(FEW, epochs(named, 0.5, 0.6))["test_percent"] == 60
    other = dataclasses.replace(FEW, batch_size=10)
    for run in (epochs(other, 0.6), dataclasses.replace(epochs(FEW, 0.6), is_over=False)):
        told = facts(FEW, run)
        assert math.isnan(told["test_percent"])
        assert told["run_test"] == 0.6
    assert (told["run_params"], told["run_images"], told["run_epochs"]) == (7850, 50, 1)


def test_before_the_first_epoch_nothing_is_known_of_a_run() -> None:
    for run in (None, epochs(FEW)):
        assert all(math.isnan(facts(FEW, run)[name]) for name in OF_RUN)
