"""A network in the middle of its training, as it is after one of its epochs.

A network that is saved at the end is described in full by `core.digits.train.describe`. While it
learns, that would take too long after each epoch: what is known is kept, and the rest is estimated
on few images.
"""

import dataclasses

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network.files import card_to_dict, from_bytes
from core.digits.network.model import Card, Model
from core.digits.network.temperature import fit_temperature
from core.digits.recipe import MadeRecipe, Recipe, to_dict
from core.digits.split import split

N_HELD_OUT = 1_000
"""Held-out images that the temperature is fitted on."""


def unfinished(
    weights: bytes,
    recipe: Recipe | MadeRecipe,
    *,
    epoch: int,
    validation_accuracy: float,
    test_accuracy: float,
    train_digits: Digits,
) -> Model:
    """Make a network of the weights that a run has after an epoch.

    Parameters
    ----------
    weights : bytes
        As `core.digits.network.files.to_bytes` gives them.
    recipe : Recipe or MadeRecipe
        What the run learns by.
    epoch : int
        How many epochs it has learned.
    validation_accuracy, test_accuracy : float
        Measured after that epoch; NaN if they were not.
    train_digits : Digits
        MNIST's training images, of which the recipe holds out the last ones.

    Returns
    -------
    Model
        It names the likeliest digit of any drawing: the evidence that a digit needs is found at the
        end of the training.

    Raises
    ------
    InputError
        If the weights are damaged, or not those of the recipe's network.

    Examples
    --------
    >>> from core.digits.network import files
    >>> from core.digits.recipe import ARTICLE
    >>> weights = (files.FOLDER / "article.safetensors").read_bytes()
    >>> model = unfinished(
    ...     weights,
    ...     ARTICLE,
    ...     epoch=200,
    ...     validation_accuracy=0.9766,
    ...     test_accuracy=0.9696,
    ...     train_digits=mnist.load("train"),
    ... )
    >>> round(model.card.temperature, 1)
    0.1
    """
    card = Card(
        name=recipe.name,
        layer_sizes=recipe.layer_sizes,
        activation=recipe.activation,
        n_parameters=recipe.n_parameters,
        temperature=1.0,
        recipe=to_dict(recipe),
        seed=recipe.seed,
        epochs_done=epoch,
        epoch_kept=epoch,
        held_out=f"{N_HELD_OUT} training images that it does not learn from: for the temperature.",
        validation_accuracy=validation_accuracy,
        test_accuracy=test_accuracy,
        test_accuracy_per_digit=(),
        data_md5=dict(mnist.MD5),
        data_licence="",
        versions={},
        created="",
        channels=recipe.channels,
        kernel_size=recipe.kernel_size,
        averages_shifts=isinstance(recipe, MadeRecipe) and recipe.averages_shifts,
    )
    model = from_bytes(weights, card_to_dict(card))
    held_out = Digits(*(array[:N_HELD_OUT] for array in split(recipe, train_digits)[1]))
    temperature = fit_temperature(model.scores(held_out.pixels()), held_out.labels)
    return Model(model.weights, dataclasses.replace(card, temperature=temperature))
