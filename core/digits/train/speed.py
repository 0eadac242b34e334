"""Measure how fast this machine trains: about half a second, on the threads that torch may use."""

import dataclasses
import itertools
import time
from collections.abc import Callable

import numpy as np

from core.digits.duration import Speed, products_of_learning
from core.digits.image.preparation import to_mnist
from core.digits.mnist import Digits
from core.digits.network.shapes import n_map_values
from core.digits.recipe import Recipe
from core.digits.train.distort import distort
from core.digits.train.loop import Training
from core.digits.train.made.pool import sketch, styled
from core.digits.train.warp import warp

OPTIMISERS = ("sgd", "momentum", "adam")
DEEP, WIDE, USUAL = (784, 8, 8, 8, 8, 10), (784, 512, 512, 10), (784, 200, 200, 200, 10)
RECIPE = Recipe("speed", "cross_entropy", "sgd", 0.001, 1, 1, n_validation=1, layer_sizes=(784, 10))
RECIPES = [
    *(dataclasses.replace(RECIPE, optimiser=name) for name in OPTIMISERS),
    *(dataclasses.replace(RECIPE, optimiser=name, layer_sizes=WIDE) for name in OPTIMISERS),
    dataclasses.replace(RECIPE, layer_sizes=DEEP),
    dataclasses.replace(RECIPE, batch_size=500),
    dataclasses.replace(RECIPE, batch_size=500, layer_sizes=USUAL),
    dataclasses.replace(RECIPE, batch_size=30, channels=(16, 32), kernel_size=3),
    dataclasses.replace(RECIPE, batch_size=30, channels=(16, 32), kernel_size=7),
]
"""Eleven little trainings, to find eleven costs."""
ROUNDS = 5
fine = time.get_clock_info("thread_time").resolution < 1e-5
clock = time.thread_time if fine else time.perf_counter
"""The first, where it counts finely enough, leaves out what other programs take."""


def measure_speed() -> Speed:
    """Measure what the parts of a training cost here.

    Returns
    -------
    Speed

    Examples
    --------
    >>> from core.digits.duration import estimate
    >>> from core.digits.recipe import ARTICLE
    >>> 10 < estimate(ARTICLE, measure_speed()) < 10_000
    True
    """
    rng = np.random.default_rng(0)
    n_images = 500 * ROUNDS * 3 + 1
    images = rng.integers(0, 256, (n_images, 28, 28), np.uint8)
    digits = Digits(images, rng.integers(0, 10, n_images, np.uint8))
    numbers = itertools.count()

    def updates(recipe: Recipe) -> Callable[[], object]:
        records = Training(recipe, digits, digits).records()
        return lambda: next(records)

    def make_a_picture() -> None:
        to_mnist(sketch(styled(next(numbers), rng, digits), rng))

    *times, dropping, distorting, warping, picture = usual_seconds(
        *map(updates, RECIPES),
        updates(dataclasses.replace(RECIPES[8], dropout=0.5)),
        lambda: distort(images[:500], 0.1, rng),
        lambda: warp(images[:100], rng),
        make_a_picture,
    )
    costs = np.maximum(np.linalg.solve([counts(recipe) for recipe in RECIPES], times), 0).tolist()
    return Speed(
        update=dict(zip(OPTIMISERS, costs[:3], strict=True)),
        parameter=dict(zip(OPTIMISERS, costs[3:6], strict=True)),
        layer=costs[6],
        image=costs[7],
        multiply_add=costs[8],
        kernel=costs[9],
        map_value=costs[10],
        dropped=max(0.0, dropping - times[8]) / (500 * sum(USUAL[1:-1])),
        distorted=distorting / 500,
        warped=warping / 100,
        picture=picture,
    )


def counts(recipe: Recipe) -> list[int]:
    """Count what one update of a recipe does, in the order of the eleven costs."""
    mine = [int(name == recipe.optimiser) for name in OPTIMISERS]
    convolutions, dense = products_of_learning(recipe)
    return [
        *mine,
        *(recipe.n_parameters * i for i in mine),
        len(recipe.n_products),
        recipe.batch_size,
        recipe.batch_size * dense,
        recipe.batch_size * convolutions,
        recipe.batch_size * n_map_values(recipe.channels),
    ]


def usual_seconds(*functions: Callable[[], object]) -> list[float]:
    """Give the usual time of each function.

    They take turns, so that a busy moment meets all of them; in its turn each runs three times, the
    first to warm up.
    """
    seconds = np.empty((ROUNDS, 3, len(functions)))
    for turn in seconds:
        for k, function in enumerate(functions):
            for times in turn:
                began = clock()
                function()
                times[k] = clock() - began
    medians: list[float] = np.median(seconds[:, 1:], axis=(0, 1)).tolist()
    return medians
