"""Train a network on MNIST: the whole loop, one record per update and one per epoch.

A training can stop at any record and go on later, elsewhere, as if nothing had happened: the same
losses, the same weights. All its chance follows from the recipe's seed, the number of the epoch and
the number of the update in it, so a checkpoint needs to hold no state of a generator.
"""

import copy
import dataclasses
import io
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from core.digits.mnist import Digits
from core.digits.recipe import MadeRecipe, Recipe, from_dict, learning_rate_at, to_dict
from core.digits.split import N_MEASURED, split
from core.digits.train.distort import distort
from core.digits.train.made import files
from core.digits.train.made import pool as pools
from core.digits.train.made.pool import Pool
from core.digits.train.torch_network import Dropout, make_convolutional_network, make_network
from core.digits.train.warp import warp
from core.messages import N_, InputError, require

MOMENTUM = 0.9
"""Of the optimiser "momentum"."""
AT_A_TIME = 1_000
"""Images that are measured at a time."""


@dataclass(frozen=True)
class TrainingProgress:
    """How far a training has come."""

    stage: Literal["pictures", "learning"]
    """While pictures are made, the fields after `total` tell of no learning yet."""
    done: int
    """Pictures made, or updates of the whole training."""
    total: int
    """What `done` will be at the end."""
    epoch: int
    """The epoch under way, 1 for the first."""
    images: int
    """Images learned from in this epoch."""
    n_images: int
    """Images of every epoch."""
    loss: float | None
    """The recipe's loss, averaged over this epoch's images as they were learned."""
    seconds: float
    """Time that learning has taken; making pictures and measuring are not counted."""


@dataclass(frozen=True)
class Epoch:
    """What the training has reached after an epoch; all its numbers are finite."""

    epoch: int
    """1 for the first."""
    images: int
    """Images learned from in all epochs so far."""
    loss: float
    """The recipe's loss, averaged over the epoch's images as they were learned."""
    train_loss: float
    """The same of the first 5,000 training images, undistorted, after the epoch."""
    train_accuracy: float
    """On the same images; from 0 to 1."""
    validation_accuracy: float
    """On the held-out images, after the epoch; it chooses the best epoch."""
    test_loss: float
    """On the test images, as `test_accuracy`: for the reader only, they decide nothing."""
    test_accuracy: float
    seconds: float
    """Time that learning has taken in all epochs so far; measuring is not counted."""
    weights: dict[str, npt.NDArray[np.float32]]
    """A copy of the network's parameters after the epoch, by their torch names."""


class Measure(NamedTuple):
    """How well a network does on some training and test images."""

    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float


class Training:
    """A network in training.

    The target of a digit is its one-hot vector, that of anything else one tenth for each digit: so
    a network that sees such pictures learns to be unsure of them.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
        How to train; the same seed on the same machine gives the same records.
    train_digits : Digits
        MNIST's training images; the last `recipe.n_validation` of them are held out.
    test_digits : Digits
        The images to measure on.
    checkpoint : bytes, optional
        From `checkpoint` of a training with the same recipe and images: go on from there.
    pool_folder : Path, optional
        Where to keep the pictures that a MadeRecipe makes; without it they are made anew.
    pool : Pool, optional
        Pictures already made; without them `records` makes them.

    Attributes
    ----------
    diverged : bool
        Whether the training ended because its loss was no longer a finite number.

    Raises
    ------
    InputError
        If holding out `recipe.n_validation` images leaves none to learn from, or if the checkpoint
        is damaged or of another recipe.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recipe import MODERN
    >>> recipe = dataclasses.replace(MODERN, n_images=512, n_epochs=2)
    >>> training = Training(recipe, mnist.load("train"), mnist.load("test"))
    >>> [type(record).__name__ for record in training.records()]
    ['TrainingProgress', 'TrainingProgress', 'Epoch',
     'TrainingProgress', 'TrainingProgress', 'Epoch']

    References
    ----------
    D. Hendrycks, M. Mazeika, T. Dietterich, "Deep anomaly detection with outlier exposure",
    ICLR 2019.
    """

    def __init__(
        self,
        recipe: Recipe | MadeRecipe,
        train_digits: Digits,
        test_digits: Digits,
        checkpoint: bytes | None = None,
        *,
        pool_folder: Path | None = None,
        pool: Pool | None = None,
    ) -> None:
        self.recipe = recipe
        self.diverged = False
        self._pool_folder = pool_folder
        self._learned, self._held_out = split(recipe, train_digits)
        self._test = test_digits
        self._measured = first(self._learned, N_MEASURED)
        self._n_mnist = len(self._learned.labels)
        self._needs_pictures = isinstance(recipe, MadeRecipe)
        if pool is not None:
            self._add(pool)

        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._targets = torch.cat([torch.eye(10), torch.full((1, 10), 0.1)]).to(self._device)
        self._network = start(recipe).to(self._device)
        self._average = copy.deepcopy(self._network) if recipe.averaging > 0 else self._network
        self._optimiser = make_optimiser(recipe, self._network)
        self._epoch = 1
        self._images = 0  # learned from in this epoch
        self._total_loss = 0.0  # of these images
        self._seconds = 0.0
        if checkpoint is not None:
            self._restore(checkpoint)

    def records(self) -> Iterator[TrainingProgress | Epoch]:
        """Train; stop asking, and the training stops. Asked again, it goes on.

        Yields
        ------
        TrainingProgress
            After each update, and while pictures are made.
        Epoch
            After each pass through the training images.
        """
        recipe, network = self.recipe, self._network
        if self._needs_pictures:
            yield from self._make_pictures()
        updates_per_epoch = -(-len(self._order(1)) // recipe.batch_size)
        n_updates = recipe.n_epochs * updates_per_epoch

        while self._epoch <= recipe.n_epochs:
            order = self._order(self._epoch)
            while self._images < len(order):
                began = time.perf_counter()
                number = self._images // recipe.batch_size  # of the update, in this epoch
                update = (self._epoch - 1) * updates_per_epoch + number  # in the whole training
                batch = order[self._images : self._images + recipe.batch_size]
                rng = np.random.default_rng([recipe.seed, self._epoch, 1 + number])
                for module in network.modules():
                    if isinstance(module, Dropout):
                        module.rng = rng
                for group in self._optimiser.param_groups:
                    group["lr"] = learning_rate_at(recipe, update, n_updates)

                network.train()
                x, target = self._show(batch, rng)
                loss = loss_of(recipe, network(x), target)
                if not math.isfinite(loss.item()):
                    self.diverged = True
                    return
                self._optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                self._optimiser.step()
                self._update_average(update)

                self._images += len(batch)
                self._total_loss += loss.item() * len(batch)
                self._seconds += time.perf_counter() - began
                yield TrainingProgress(
                    stage="learning",
                    done=update + 1,
                    total=n_updates,
                    epoch=self._epoch,
                    images=self._images,
                    n_images=len(order),
                    loss=self._total_loss / self._images,
                    seconds=self._seconds,
                )
            epoch = self._reached()
            if not all_finite(epoch):
                self.diverged = True
                return
            self._epoch, self._images, self._total_loss = self._epoch + 1, 0, 0.0
            yield epoch

    def checkpoint(self) -> bytes:
        """Give all that is needed to go on from here; at any record, also in mid-epoch.

        Returns
        -------
        bytes
            For the parameter `checkpoint` of a new training.
        """
        file = io.BytesIO()
        torch.save(
            {
                "recipe": to_dict(self.recipe),
                "epoch": self._epoch,
                "images": self._images,
                "total_loss": self._total_loss,
                "seconds": self._seconds,
                "network": self._network.state_dict(),
                "average": self._average.state_dict(),
                "optimiser": self._optimiser.state_dict(),
            },
            file,
        )
        return file.getvalue()

    def weights(self) -> dict[str, npt.NDArray[np.float32]]:
        """Give a copy of the weights as they are now, by their torch names; averaged ones if so."""
        parameters = self._average.state_dict().items()
        return {name: value.cpu().numpy().copy() for name, value in parameters}

    def measure(self, n: int = 1_000) -> Measure:
        """Measure the network as it is now, on the first `n` training and test images."""
        return Measure(*self._judge(first(self._measured, n)), *self._judge(first(self._test, n)))

    def _reached(self) -> Epoch:
        train, test = self._judge(self._measured), self._judge(self._test)
        return Epoch(
            epoch=self._epoch,
            images=self._epoch * self._images,
            loss=self._total_loss / self._images,
            train_loss=train[0],
            train_accuracy=train[1],
            validation_accuracy=self._judge(self._held_out)[1],
            test_loss=test[0],
            test_accuracy=test[1],
            seconds=self._seconds,
            weights=self.weights(),
        )

    @torch.no_grad()
    def _judge(self, digits: Digits) -> tuple[float, float]:
        """Give the recipe's loss on some digits, and the share whose highest score is right."""
        self._average.eval()
        total_loss, n_right = 0.0, 0
        for begin in range(0, len(digits.labels), AT_A_TIME):
            some = Digits(*(array[begin : begin + AT_A_TIME] for array in digits))
            labels = torch.from_numpy(some.labels.astype(np.int64)).to(self._device)
            logits = self._average(torch.from_numpy(some.pixels()).to(self._device))
            loss = loss_of(self.recipe, logits, self._targets[labels])
            total_loss += loss.item() * len(labels)
            n_right += int((logits.argmax(1) == labels).sum())
        return total_loss / len(digits.labels), n_right / len(digits.labels)

    def _order(self, epoch: int) -> npt.NDArray[np.int64]:
        """Give which pictures an epoch shows, in which order.

        MNIST's are shown in every epoch; the made ones take turns.
        """
        shown = np.arange(self._n_mnist)
        if isinstance(self.recipe, MadeRecipe):
            turns = self.recipe.turns
            n_made = (len(self._learned.labels) - self._n_mnist) // turns
            made = self._n_mnist + (epoch - 1) % turns + turns * np.arange(n_made)
            shown = np.concatenate([shown, made])
        return np.random.default_rng([self.recipe.seed, epoch, 0]).permutation(shown)

    def _show(
        self, batch: npt.NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[Tensor, Tensor]:
        """Give the pictures of a batch (n, 28, 28), distorted anew, and their targets (n, 10)."""
        images, labels = self._learned.images[batch], self._learned.labels[batch]
        if isinstance(self.recipe, MadeRecipe):
            pixels = warp(images, rng)
        elif self.recipe.distortion > 0:
            pixels = distort(images, self.recipe.distortion, rng)
        else:
            pixels = Digits(images, labels).pixels()
        target = self._targets[torch.from_numpy(labels.astype(np.int64)).to(self._device)]
        return torch.from_numpy(pixels).to(self._device), target

    @torch.no_grad()
    def _update_average(self, update: int) -> None:
        """Move the average of the weights towards those of now; more in the first updates."""
        if self._average is self._network:
            return
        share = min(self.recipe.averaging, (1 + update) / (10 + update))
        pairs = zip(self._average.parameters(), self._network.parameters(), strict=True)
        for average, parameter in pairs:
            average.lerp_(parameter, 1 - share)

    def _make_pictures(self) -> Iterator[TrainingProgress]:
        """Make the pictures of a MadeRecipe, or read those that are kept."""
        assert isinstance(self.recipe, MadeRecipe)
        chunks, made = pools.chunks_of(self.recipe.made), list[Digits]()
        folder = files.open_folder(self._pool_folder, self._learned)
        for chunk in chunks:
            yield TrainingProgress(
                stage="pictures",
                done=len(made) * pools.CHUNK,
                total=len(chunks) * pools.CHUNK,
                epoch=self._epoch,
                images=0,
                n_images=0,
                loss=None,
                seconds=self._seconds,
            )
            made.append(files.make_or_read(chunk, self._learned, folder))
        self._add(pools.assemble(chunks, made))

    def _add(self, pool: Pool) -> None:
        """Learn from made pictures too, and hold some of them out."""
        self._learned = Digits(
            *(np.concatenate(pair) for pair in zip(self._learned, pool.learned, strict=True))
        )
        self._held_out = pools.with_made_digits(self._held_out, [pool.held_out])
        self._needs_pictures = False

    def _restore(self, checkpoint: bytes) -> None:
        """Go back to where a checkpoint was made."""
        damaged = InputError(
            N_("The checkpoint is damaged: this run cannot go on from it. Start it again.")
        )
        try:
            state = torch.load(io.BytesIO(checkpoint), map_location="cpu", weights_only=True)
            recipe = from_dict(state["recipe"])
        except Exception:  # torch raises whatever it stumbles over
            raise damaged from None
        require(
            dataclasses.replace(recipe, name=self.recipe.name) == self.recipe,
            N_("The checkpoint is of another recipe: this run cannot go on from it."),
        )
        try:
            self._network.load_state_dict(state["network"])
            self._average.load_state_dict(state["average"])
            self._optimiser.load_state_dict(state["optimiser"])
            self._epoch, self._images = int(state["epoch"]), int(state["images"])
            self._total_loss, self._seconds = float(state["total_loss"]), float(state["seconds"])
        except Exception:
            raise damaged from None


def epochs(training: Training) -> Iterator[Epoch]:
    """Train, and give the epochs alone."""
    return (record for record in training.records() if isinstance(record, Epoch))


def start(recipe: Recipe | MadeRecipe) -> nn.Sequential:
    """Make a recipe's network as it is before the first update."""
    generator = torch.Generator().manual_seed(recipe.seed)
    if isinstance(recipe, MadeRecipe) and recipe.network == "convolutional":
        return make_convolutional_network(generator)
    return make_network(
        recipe.layer_sizes, generator, activation=recipe.activation, dropout=recipe.dropout
    )


def make_optimiser(recipe: Recipe | MadeRecipe, network: nn.Module) -> torch.optim.Optimizer:
    """Make a recipe's optimiser; `fused` is the quickest of torch's ways, with the same result."""
    parameters, rate, decay = network.parameters(), recipe.learning_rate, recipe.weight_decay
    if recipe.optimiser == "adam":
        return torch.optim.Adam(parameters, rate, weight_decay=decay, fused=True)
    if recipe.optimiser == "adamw":
        return torch.optim.AdamW(parameters, rate, weight_decay=decay, fused=True)
    momentum = MOMENTUM if recipe.optimiser == "momentum" else 0.0
    return torch.optim.SGD(parameters, rate, momentum, weight_decay=decay, fused=True)


def loss_of(recipe: Recipe | MadeRecipe, logits: Tensor, target: Tensor) -> Tensor:
    """Compare scores (n, 10) with targets (n, 10); the mean over the images."""
    if recipe.loss == "mean_squared_error":
        return nn.functional.mse_loss(logits, target)
    return nn.functional.cross_entropy(logits, target)


def first(digits: Digits, n: int) -> Digits:
    """Take the first `n` digits."""
    return Digits(*(array[:n] for array in digits))


def all_finite(epoch: Epoch) -> bool:
    """Say whether all that an epoch has reached is a finite number."""
    numbers = (epoch.loss, epoch.train_loss, epoch.test_loss)
    arrays = epoch.weights.values()
    return all(map(math.isfinite, numbers)) and all(np.isfinite(array).all() for array in arrays)
