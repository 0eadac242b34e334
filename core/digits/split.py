"""Which of MNIST's training images a recipe learns from, and which it holds out."""

from core.digits.mnist import Digits
from core.digits.recipe import MadeRecipe, Recipe
from core.messages import N_, require

N_MEASURED = 5_000
"""Of the images that are learned from, the first so many measure an epoch."""


def split(recipe: Recipe | MadeRecipe, train_digits: Digits) -> tuple[Digits, Digits]:
    """Hold out the last `recipe.n_validation` images; learn from the first `recipe.n_images`.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    train_digits : Digits
        MNIST's training images.

    Returns
    -------
    learned, held_out : Digits
        Where fewer than `recipe.n_images` are left, all of them are learned from.

    Raises
    ------
    InputError
        If holding out so many images leaves none to learn from.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recipe import ARTICLE
    >>> [len(part.labels) for part in split(ARTICLE, mnist.load("train"))]
    [55000, 5000]
    """
    n_left = len(train_digits.labels) - recipe.n_validation
    require(
        n_left >= 1,
        N_("n_validation must be below the number of training images, {n_images}, not {value}."),
        n_images=len(train_digits.labels),
        value=recipe.n_validation,
    )
    learned = Digits(*(array[: min(recipe.n_images, n_left)] for array in train_digits))
    return learned, Digits(*(array[n_left:] for array in train_digits))
