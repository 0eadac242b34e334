"""The pictures of a training: which ones an epoch shows, and how a batch of them looks."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.digits.mnist import Digits
from core.digits.recipe import MadeRecipe, Recipe
from core.digits.split import N_MEASURED, split
from core.digits.train.distort import distort
from core.digits.train.made import files
from core.digits.train.made import pool as pools
from core.digits.train.made.pool import Pool
from core.digits.train.warp import warp


class Pictures:
    """What a recipe learns from: images of MNIST and, if it says so, pictures made for it.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    train_digits : Digits
        MNIST's training images; the last `recipe.n_validation` of them are held out.
    folder : Path, optional
        Where to keep the pictures that a MadeRecipe makes; without it they are made anew.
    pool : Pool, optional
        Pictures already made; without them `make` makes them.

    Attributes
    ----------
    held_out : Digits
        What is not learned from, and chooses the best epoch.
    measured : Digits
        The first 5,000 of MNIST's that are learned from.
    are_complete : bool
        Whether nothing is left to `make`.

    Raises
    ------
    InputError
        If holding out `recipe.n_validation` images leaves none to learn from.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recipe import ARTICLE
    >>> pictures = Pictures(ARTICLE, mnist.load("train"))
    >>> pictures.are_complete, len(pictures.order(1))
    (True, 55000)
    """

    def __init__(
        self,
        recipe: Recipe | MadeRecipe,
        train_digits: Digits,
        folder: Path | None = None,
        pool: Pool | None = None,
    ) -> None:
        self._recipe = recipe
        self._folder = folder
        self._learned, self.held_out = split(recipe, train_digits)
        self._n_mnist = len(self._learned.labels)
        self.measured = first(self._learned, N_MEASURED)
        self.are_complete = isinstance(recipe, Recipe)
        if pool is not None:
            self._add(pool)

    def make(self) -> Iterator[tuple[int, int]]:
        """Make the pictures of a MadeRecipe, or read those that are kept.

        Yields
        ------
        n_made, n_in_all : int
            Before each chunk of them.
        """
        assert isinstance(self._recipe, MadeRecipe)
        chunks, made = pools.chunks_of(self._recipe.made), list[Digits]()
        folder = files.open_folder(self._folder, self._learned)
        for chunk in chunks:
            yield len(made) * pools.CHUNK, len(chunks) * pools.CHUNK
            made.append(files.make_or_read(chunk, self._learned, folder))
        self._add(pools.assemble(chunks, made))

    def _add(self, pool: Pool) -> None:
        """Learn from made pictures too, and hold some of them out."""
        self._learned = Digits(
            *(np.concatenate(pair) for pair in zip(self._learned, pool.learned, strict=True))
        )
        self.held_out = pools.with_made_digits(self.held_out, [pool.held_out])
        self.are_complete = True

    def order(self, epoch: int) -> npt.NDArray[np.int64]:
        """Give which pictures an epoch shows, in which order.

        MNIST's are shown in every epoch; the made ones take turns.
        """
        shown = np.arange(self._n_mnist)
        if isinstance(self._recipe, MadeRecipe):
            turns = self._recipe.turns
            n_made = (len(self._learned.labels) - self._n_mnist) // turns
            made = self._n_mnist + (epoch - 1) % turns + turns * np.arange(n_made)
            shown = np.concatenate([shown, made])
        return np.random.default_rng([self._recipe.seed, epoch, 0]).permutation(shown)

    def show(
        self, which: npt.NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
        """Give some pictures (n, 28, 28), distorted anew, and their labels (n,)."""
        images, labels = self._learned.images[which], self._learned.labels[which]
        if isinstance(self._recipe, MadeRecipe):
            return warp(images, rng), labels
        if self._recipe.distortion > 0:
            return distort(images, self._recipe.distortion, rng), labels
        return Digits(images, labels).pixels(), labels


def first(digits: Digits, n: int) -> Digits:
    """Take the first `n` digits."""
    return Digits(*(array[:n] for array in digits))
