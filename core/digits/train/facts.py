"""What is true of a recipe and of a run, by name: for questions, a prediction, and challenges."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.digits.duration import N_TRAIN
from core.digits.recipe import MadeRecipe, Recipe, to_dict
from core.digits.train.verdict import Measured
from core.hyperparameters import count_batches
from core.learning.claims import Facts

OF_RUN = (
    *("test_percent", "train_percent", "run_test", "run_train"),
    *("run_params", "run_images", "run_epochs"),
)
"""The facts that take a run."""


@dataclass(frozen=True)
class Trained:
    """A run, as far as it has come.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    epochs : sequence of Measured
        The full epochs, the first one first.
    is_over : bool
        Whether no epoch comes any more.
    """

    recipe: Recipe | MadeRecipe
    epochs: Sequence[Measured]
    is_over: bool


def facts(recipe: Recipe | MadeRecipe, run: Trained | None) -> Facts:
    """Tell the facts of a recipe, and of the run that is shown.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
        What would be trained next: questions and predictions are about it.
    run : Trained or None
        What was trained: challenges are about it. None before the first run.

    Returns
    -------
    dict of str to int, float or str
        What is not known yet is nan. ``test_percent`` is known once a run of this very recipe has
        ended; what begins with ``run_`` is of any run.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> told = facts(MODERN, None)
    >>> told["n_shown"], told["updates_per_epoch"], told["n_updates"], told["n_params"]
    (55000, 215, 6450, 239410)
    >>> math.isnan(told["test_percent"])
    True
    """
    shown = n_shown(recipe)
    updates = count_batches(shown, recipe.batch_size)
    return {
        "recipe": repr(_settings(recipe)),
        "sizes": recipe.network,
        "n_params": recipe.n_parameters,
        "batch": recipe.batch_size,
        "n_epochs": recipe.n_epochs,
        "n_shown": shown,
        "updates_per_epoch": updates,
        "n_updates": updates * recipe.n_epochs,
        "updates_by_image": shown * recipe.n_epochs,
        "updates_by_epoch": recipe.n_epochs,
        "updates_without_rest": shown // recipe.batch_size * recipe.n_epochs,
        **_of_run(recipe, run),
    }


def n_shown(recipe: Recipe | MadeRecipe) -> int:
    """Count the pictures that an epoch shows.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE, SKETCH
    >>> n_shown(ARTICLE), n_shown(SKETCH)
    (55000, 101000)
    """
    n_mnist = min(recipe.n_images, N_TRAIN - recipe.n_validation)
    if isinstance(recipe, Recipe):
        return n_mnist
    return n_mnist + sum(recipe.made.values()) // recipe.turns


def _of_run(recipe: Recipe | MadeRecipe, run: Trained | None) -> dict[str, float]:
    if run is None or not run.epochs:
        return dict.fromkeys(OF_RUN, math.nan)
    test = [_known(epoch.test_accuracy) for epoch in run.epochs]
    train = _known(run.epochs[-1].train_accuracy)
    is_asked = run.is_over and _settings(run.recipe) == _settings(recipe)
    return {
        "test_percent": 100 * test[-1] if is_asked else math.nan,
        "train_percent": 100 * train if is_asked else math.nan,
        "run_test": test[-1],
        "run_train": train,
        "run_params": run.recipe.n_parameters,
        "run_images": n_shown(run.recipe),
        "run_epochs": len(run.epochs),
    }


def _known(accuracy: float | None) -> float:
    return math.nan if accuracy is None else accuracy


def _settings(recipe: Recipe | MadeRecipe) -> dict[str, object]:
    """What a recipe sets, whatever it is called."""
    return {name: value for name, value in to_dict(recipe).items() if name != "name"}
