"""Benchmarks of Digits → Train: an epoch."""

import dataclasses
import itertools
import statistics
from collections.abc import Callable, Iterator
from functools import partial

import torch
from torch import Tensor

from benchmarks.digits import article_epoch
from benchmarks.table import Measurement, Row, median_seconds
from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import ARTICLE, Recipe
from core.digits.split import split
from core.digits.train import train
from core.hyperparameters import count_batches


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so few images that they only show that they can be.

    A run has one thread, so that several can learn side by side; what more threads would give
    stands below.
    """
    recipe, repeat = (dataclasses.replace(ARTICLE, n_images=500), 1) if tiny else (ARTICLE, 3)
    for n in sorted({1, torch.get_num_threads()}):
        threads = f"{n} thread{'s' if n > 1 else ''}"
        rows = partial(epoch_rows, threads, n, recipe, repeat)
        yield Measurement(f"an epoch of the article's recipe, {threads}", rows)


def epoch_rows(threads: str, n_threads: int, recipe: Recipe, repeat: int) -> Iterator[Row]:
    """One epoch of the article's recipe: ours, the article's own, its matrix products alone.

    The three take turns, as a machine has noisy minutes.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(n_threads)
    try:
        train_digits = mnist.load("train")
        learned, _ = split(recipe, train_digits)
        ours, theirs, products = _epochs(recipe, train_digits, learned, repeat)
    finally:
        torch.set_num_threads(before)
    n_images = f"{len(learned.images):,} images"
    yield Row(f"an epoch of the article's recipe, {threads}", ours, n_images)
    longer, times = f"{theirs / ours:.1f} times as long", f"the epoch: {ours / products:.2f} times"
    yield Row(f"the article's own loop, {threads}", theirs, longer)
    yield Row(f"its eleven matrix products, {threads}", products, times)


def _epochs(
    recipe: Recipe, train_digits: Digits, learned: Digits, repeat: int
) -> tuple[float, float, float]:
    """Give the seconds of our epoch, of the article's own, and of the products."""
    products_of_an_epoch = eleven_products(len(learned.images))
    all_epochs = dataclasses.replace(recipe, n_epochs=3 * repeat)
    epochs = train(all_epochs, train_digits, mnist.load("test"))
    ours, theirs, products = [], [], []
    for _ in range(repeat):
        seconds = [epoch.seconds for epoch in itertools.islice(epochs, 3)]  # since the start
        ours += [after - before for before, after in itertools.pairwise(seconds)]
        products.append(median_seconds(products_of_an_epoch, repeat=3))
        theirs.append(median_seconds(lambda: article_epoch(learned), repeat=1))
    return statistics.median(ours), statistics.median(theirs), statistics.median(products)


def eleven_products(n_images: int) -> Callable[[], None]:
    """Make the matrix products of an epoch: four forwards, four for the weights, three back."""
    sizes, n_updates = ARTICLE.layer_sizes, count_batches(n_images, ARTICLE.batch_size)
    weights = [torch.rand(n_out, n_in) for n_in, n_out in itertools.pairwise(sizes)]
    signals = [torch.rand(n_images // n_updates, size) for size in sizes]

    def products() -> list[Tensor]:
        forward = [x @ weight.T for x, weight in zip(signals[:-1], weights, strict=True)]
        gradients = [g.T @ x for x, g in itertools.pairwise(signals)]
        back = [g @ weight for g, weight in zip(signals[2:], weights[1:], strict=True)]
        return forward + gradients + back

    def epoch() -> None:
        for _ in range(n_updates):
            products()

    return epoch
