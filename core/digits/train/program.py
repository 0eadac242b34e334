"""A run as a short program: the recipe written out, and the loop that trains it."""

import dataclasses

from core.digits.recipe import MadeRecipe, Recipe


def program(recipe: Recipe | MadeRecipe, path: str = "weights.safetensors") -> str:
    """Write a program that trains this recipe again, to the same losses.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    path : str
        Where the program writes the weights after the last epoch.

    Returns
    -------
    str
        Python, to be run in the project's folder.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE
    >>> text = program(ARTICLE)
    >>> print(text[text.index("recipe = ") :])
    recipe = Recipe(
        name='article',
        loss='mean_squared_error',
    ...
    """
    kind = type(recipe).__name__
    fields = "\n".join(
        f"    {field.name}={getattr(recipe, field.name)!r}," for field in dataclasses.fields(recipe)
    )
    return f'''"""Train this recipe of Neuron Ladder; run it in the project's folder."""

import safetensors.numpy
import torch

from core.digits import mnist
from core.digits.recipe import {kind}
from core.digits.train.loop import Training, epochs

recipe = {kind}(
{fields}
)

torch.set_num_threads(1)  # as the app does: the same sums, so the same losses
training = Training(recipe, mnist.load("train"), mnist.load("test"))
for epoch in epochs(training):
    right = f"{{epoch.test_accuracy:.2%}} of the test images right"
    print(f"epoch {{epoch.epoch}}: loss {{epoch.loss:.5f}}, {{right}}", flush=True)
safetensors.numpy.save_file(training.weights(), {path!r})
'''
