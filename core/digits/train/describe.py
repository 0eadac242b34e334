"""Describe a trained network: fit its temperature, measure it, and fill in its model card.

Numpy is enough for it, so that a server can save what its workers have trained.
"""

import contextlib
import dataclasses
import importlib.metadata
import platform
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network.model import Card, Model
from core.digits.network.temperature import fit_temperature
from core.digits.network.weights import Weights
from core.digits.recipe import MadeRecipe, Recipe, to_dict
from core.digits.split import split
from core.digits.train.made import files
from core.digits.train.made.pool import Pool, with_made_digits

REFUSED = 0.015
"""Share of the held-out digits that a network may call unlike all it has seen."""
LEAST_PROBABILITY = 0.5
"""Below it, the likeliest digit is more likely wrong than right."""
LICENCE = "MNIST: Y. LeCun, C. Cortes and C. J. C. Burges, CC BY-SA 3.0"
PACKAGES = ("torch", "numpy")
"""Whose versions the card tells."""


def describe(
    recipe: Recipe | MadeRecipe,
    weights: Weights,
    *,
    epochs_done: int,
    epoch_kept: int,
    validation_accuracy: float,
    train_digits: Digits,
    test_digits: Digits,
    pool: Pool | None = None,
    pool_folder: Path | None = None,
) -> Model:
    """Make a model of a recipe's weights: with a temperature, its accuracies and its card.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    weights : mapping
        The weights and biases of an epoch.
    epochs_done, epoch_kept : int
        How far the training came, and which epoch's weights these are.
    validation_accuracy : float
        What that epoch reached on the held-out images; from 0 to 1.
    train_digits, test_digits : Digits
        The images of MNIST that it was trained with.
    pool : Pool, optional
        The pictures that a MadeRecipe made.
    pool_folder : Path, optional
        Where they are kept. Without a pool, those that are held out are read there, or made again:
        some sixteen seconds for the default network's.

    Returns
    -------
    Model
        With made pictures, its card says too which drawings are unlike all that was learned.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE
    >>> nothing_learned = {"1.weight": np.zeros((10, 784)), "1.bias": np.zeros(10)}
    >>> recipe = dataclasses.replace(ARTICLE, layer_sizes=(784, 10))
    >>> digits = mnist.load("test")
    >>> model = describe(
    ...     recipe, nothing_learned, epochs_done=0, epoch_kept=0, validation_accuracy=0.1,
    ...     train_digits=digits, test_digits=digits)
    >>> model.card.test_accuracy, model.card.activation  # all are read as 0
    (0.098, 'relu')
    """
    learned, held_out = split(recipe, train_digits)
    n_mnist = len(held_out.labels)
    told = (
        f"The last {recipe.n_validation} of the {len(train_digits.labels)} training images were"
        " not learned from: they chose the epoch and the temperature."
    )
    if isinstance(recipe, MadeRecipe):
        made = [pool.held_out] if pool else files.held_out(recipe.made, learned, pool_folder)
        held_out = with_made_digits(held_out, made)
        told = (
            f"The last {recipe.n_validation} of the {len(train_digits.labels)} training images and"
            f" {len(held_out.labels) - n_mnist} made digits were not learned from: they"
            " chose the epoch, the temperature and the least evidence, which"
            f" {REFUSED:.1%} of them do not reach. Drawings by other people helped to choose the"
            " styles of the made digits; no weights learned from them."
        )
    card = Card(
        name=recipe.name,
        layer_sizes=recipe.layer_sizes,
        activation=recipe.activation,
        n_parameters=recipe.n_parameters,
        temperature=1.0,
        recipe=to_dict(recipe),
        seed=recipe.seed,
        epochs_done=epochs_done,
        epoch_kept=epoch_kept,
        held_out=told,
        validation_accuracy=validation_accuracy,
        test_accuracy=0.0,
        test_accuracy_per_digit=(),
        data_md5=dict(mnist.MD5),
        data_licence=LICENCE,
        versions=versions(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        averages_shifts=isinstance(recipe, MadeRecipe) and recipe.averages_shifts,
        channels=recipe.channels,
        kernel_size=recipe.kernel_size,
    )
    model = Model(weights, card)
    scores = model.scores(held_out.pixels())
    if isinstance(recipe, MadeRecipe):
        card = dataclasses.replace(
            card,
            least_evidence=float(np.quantile(scores.max(axis=1), REFUSED)),
            least_probability=LEAST_PROBABILITY,
        )
    right = model.scores(test_digits.pixels()).argmax(axis=1) == test_digits.labels
    return Model(
        weights,
        dataclasses.replace(
            card,
            temperature=fit_temperature(scores, held_out.labels),
            test_accuracy=float(right.mean()),
            test_accuracy_per_digit=tuple(
                float(right[test_digits.labels == digit].mean()) for digit in range(10)
            ),
        ),
    )


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that train a network.

    Examples
    --------
    >>> "numpy" in versions()
    True
    """
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[package] = importlib.metadata.version(package)
    return found
