"""How long a training will take: a sum of what its updates, images and parameters cost.

The costs are measured where the training will run, by `core.digits.train.speed.measure_speed`;
to add them up needs no torch.
"""

import os
from dataclasses import dataclass

from core.digits.network.shapes import n_inputs, n_map_values
from core.digits.recipe import MadeRecipe, Recipe
from core.digits.split import N_MEASURED
from core.hyperparameters import count_batches

N_TRAIN, N_TEST = 60_000, 10_000
"""The images of MNIST."""


UNSURE = 2.0
"""A training on an idle machine takes its estimate, or up to so many times as long."""

SLOWER, AT_LEAST = 3.0, 10.0
"""What takes so many times as long as expected, and so many seconds longer, is told to be slow."""


@dataclass(frozen=True)
class Speed:
    """What the parts of a training cost on a machine, each in seconds."""

    update: dict[str, float]
    """Each update, however small, by the optimiser."""
    layer: float
    """Each layer of weights in an update."""
    parameter: dict[str, float]
    """Each weight or bias in an update, by the optimiser."""
    image: float
    """Each image, on its way into the network."""
    multiply_add: float
    """Each product of a weight with an input or an error, of each image, in a dense layer."""
    dropped: float
    """Each hidden output of each image, where there is dropout."""
    distorted: float
    """Each image that is distorted by a `Recipe`."""
    warped: float
    """Each image that is distorted by a `MadeRecipe`."""
    picture: float
    """Each picture that is made."""
    kernel: float = 0.0
    """As `multiply_add`, in a convolution."""
    map_value: float = 0.0
    """Each number that a convolution gives, through activation, pooling and back."""


def estimate(recipe: Recipe | MadeRecipe, speed: Speed, *, n_pictures: int | None = None) -> float:
    """Estimate how long a whole training takes, measuring after each epoch included.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    speed : Speed
        Of the machine, and of as many threads as will train.
    n_pictures : int, optional
        How many pictures are still to be made; all that a MadeRecipe asks for by default.

    Returns
    -------
    float
        Seconds.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE
    >>> only_products = Speed({"sgd": 0}, 0, {"sgd": 0}, 0, 1e-11, 0, 0, 0, 0)
    >>> round(estimate(ARTICLE, only_products))  # 200 epochs of 55,000 images
    71
    """
    optimiser = "adam" if recipe.optimiser == "adamw" else recipe.optimiser
    n_images = min(recipe.n_images, N_TRAIN - recipe.n_validation)
    n_measured = min(n_images, N_MEASURED) + recipe.n_validation + N_TEST
    prepare = speed.distorted if isinstance(recipe, Recipe) and recipe.distortion > 0 else 0.0
    making = 0.0
    if not isinstance(recipe, Recipe):
        n_made = sum(recipe.made.values())
        n_images += n_made // recipe.turns
        n_measured += n_made // 12
        prepare = speed.warped
        making = speed.picture * (n_made * 13 // 12 if n_pictures is None else n_pictures)

    n_dropped = sum(recipe.layer_sizes[1:-1]) if recipe.dropout > 0 else 0
    if recipe.is_convolutional and recipe.dropout > 0:
        n_dropped += n_inputs(recipe.layer_sizes, recipe.channels)
    convolutions, dense = products_of_learning(recipe)
    shown = len(recipe.channels)
    n_updates = count_batches(n_images, recipe.batch_size)
    epoch = (
        n_updates
        * (
            speed.update[optimiser]
            + speed.layer * len(recipe.n_products)
            + speed.parameter[optimiser] * recipe.n_parameters
        )
        + n_images * (speed.image + prepare + speed.dropped * n_dropped)
        + n_images * (speed.multiply_add * dense + speed.kernel * convolutions)
        + n_measured * (speed.image + speed.multiply_add * sum(recipe.n_products[shown:]))
        + n_measured * speed.kernel * sum(recipe.n_products[:shown])
        + (n_images + n_measured / 3) * speed.map_value * n_map_values(recipe.channels)
    )
    return making + recipe.n_epochs * epoch


def load() -> float:
    """Return how many programs want a core of this machine now; 0 where it does not say.

    Examples
    --------
    >>> load() >= 0
    True
    """
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):  # Windows
        return 0.0


def span(seconds: float, load: float, n_at_once: int, n_cores: int) -> tuple[float, float]:
    """Return the least and the most that an estimate stands for.

    Parameters
    ----------
    seconds : float
        The estimate, for an idle machine.
    load : float
        How many other programs want a core.
    n_at_once : int
        How many cores the training wants.
    n_cores : int
        How many there are for all of them.

    Returns
    -------
    tuple of float
        Seconds: if the others end at once and the estimate is right, and if neither is so.

    Examples
    --------
    >>> span(3, load=0, n_at_once=1, n_cores=2), span(3, load=19, n_at_once=1, n_cores=2)
    ((3, 6.0), (3, 60.0))
    """
    return seconds, seconds * UNSURE * max(1.0, (load + n_at_once) / n_cores)


def is_slow(seconds: float, expected: float) -> bool:
    """Tell whether something takes so much longer than expected that a reader should be told.

    Examples
    --------
    >>> is_slow(720, expected=8), is_slow(12, expected=8), is_slow(4, expected=1)
    (True, False, False)
    """
    return seconds > SLOWER * expected and seconds > expected + AT_LEAST


def products_of_learning(recipe: Recipe | MadeRecipe) -> tuple[int, int]:
    """Count the products of a weight with an input or an error, for one image.

    Backward, each weight meets an error twice: for its own gradient and, but for the first layer's,
    for the errors of the layer before.

    Returns
    -------
    tuple of int
        In the convolutions, and in the dense layers.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE, CNN
    >>> products_of_learning(ARTICLE), products_of_learning(CNN)
    ((0, 559600), (2935296, 227232))
    """
    products = [3 * n for n in recipe.n_products]
    products[0] -= recipe.n_products[0]
    n_blocks = len(recipe.channels)
    return sum(products[:n_blocks]), sum(products[n_blocks:])
