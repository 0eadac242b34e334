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
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from core.digits.mnist import Digits
from core.digits.recipe import MadeRecipe, Recipe, from_dict, learning_rate_at, to_dict
from core.digits.train.made.pool import Pool
from core.digits.train.picture_source import Pictures, first
from core.digits.train.progress import Epoch, Measure, TrainingProgress, all_finite
from core.digits.train.torch_network import Dropout, make_network
from core.hyperparameters import count_batches
from core.messages import N_, InputError, require

MOMENTUM = 0.9
"""Of the optimiser "momentum"."""
TARGETS = torch.cat([torch.eye(10), torch.full((1, 10), 0.1)])
"""(11, 10): a digit's target is its one-hot vector, that of anything else one tenth for each."""
AT_A_TIME, MAPS_AT_A_TIME = 1_000, 100
"""Images that are measured at a time: by a dense network, and by one whose maps are large."""


# The loop, in five functions; `Training.records` calls them.


def initial_network(recipe: Recipe | MadeRecipe) -> nn.Sequential:
    """Make a recipe's network as it is before the first update."""
    generator = torch.Generator().manual_seed(recipe.seed)
    return make_network(
        recipe.layer_sizes,
        generator,
        activation=recipe.activation,
        dropout=recipe.dropout,
        channels=recipe.channels,
        kernel_size=recipe.kernel_size,
    )


def batch_of(
    pictures: Pictures,
    which: npt.NDArray[np.int64],  # (n,) numbers of pictures
    rng: np.random.Generator,  # distorts them
    device: torch.device,
) -> tuple[Tensor, Tensor]:
    """Give some pictures x (n, 28, 28), 0 paper and 1 ink, and their targets (n, 10)."""
    pixels, labels = pictures.show(which, rng)
    target = TARGETS[torch.from_numpy(labels.astype(np.int64))]
    return torch.from_numpy(pixels).to(device), target.to(device)


def loss_of(recipe: Recipe | MadeRecipe, logits: Tensor, target: Tensor) -> Tensor:
    """Compare scores (n, 10) with targets (n, 10); the mean over the images."""
    if recipe.loss == "mean_squared_error":
        return nn.functional.mse_loss(logits, target)
    return nn.functional.cross_entropy(logits, target)


def update(
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    recipe: Recipe | MadeRecipe,
    x: Tensor,  # (n, 28, 28) images
    target: Tensor,  # (n, 10)
    learning_rate: float,
    rng: np.random.Generator,  # draws what dropout sets to 0
) -> float:
    """Move the weights one step down the loss of a batch; give that loss, as it was before.

    Where it is not a finite number, the weights stay.
    """
    for module in network.modules():
        if isinstance(module, Dropout):
            module.rng = rng
    for group in optimiser.param_groups:
        group["lr"] = learning_rate
    network.train()
    loss = loss_of(recipe, network(x), target)
    if math.isfinite(loss.item()):
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return loss.item()


@torch.no_grad()
def loss_and_accuracy(
    network: nn.Module, recipe: Recipe | MadeRecipe, digits: Digits, device: torch.device
) -> tuple[float, float]:
    """Give the recipe's loss on some digits, and the share whose highest score is right."""
    network.eval()
    total_loss, n_right = 0.0, 0
    at_a_time = MAPS_AT_A_TIME if recipe.is_convolutional else AT_A_TIME
    for begin in range(0, len(digits.labels), at_a_time):
        some = Digits(*(array[begin : begin + at_a_time] for array in digits))
        labels = torch.from_numpy(some.labels.astype(np.int64))
        logits = network(torch.from_numpy(some.pixels()).to(device))
        total_loss += loss_of(recipe, logits, TARGETS[labels].to(device)).item() * len(labels)
        n_right += int((logits.argmax(1).cpu() == labels).sum())
    return total_loss / len(digits.labels), n_right / len(digits.labels)


# What goes around the loop.


def make_optimiser(recipe: Recipe | MadeRecipe, network: nn.Module) -> torch.optim.Optimizer:
    """Make a recipe's optimiser; `fused` is the quickest of torch's ways, with the same result."""
    parameters, rate, decay = network.parameters(), recipe.learning_rate, recipe.weight_decay
    if recipe.optimiser == "adam":
        return torch.optim.Adam(parameters, rate, weight_decay=decay, fused=True)
    if recipe.optimiser == "adamw":
        return torch.optim.AdamW(parameters, rate, weight_decay=decay, fused=True)
    momentum = MOMENTUM if recipe.optimiser == "momentum" else 0.0
    return torch.optim.SGD(parameters, rate, momentum, weight_decay=decay, fused=True)


class Training:
    """A network in training.

    It carries what goes from one update to the next: the network, the optimiser, how far they are.
    The target of what is no digit is one tenth for each digit: so a network that sees such pictures
    learns to be unsure of them.

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
        self._pictures = Pictures(recipe, train_digits, pool_folder, pool)
        self._test = test_digits
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._network = initial_network(recipe).to(self._device)
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
        recipe, pictures = self.recipe, self._pictures
        if not pictures.are_complete:
            for n_made, n_in_all in pictures.make():
                yield self._progress("pictures", n_made, n_in_all)
        updates_per_epoch = count_batches(len(pictures.order(1)), recipe.batch_size)
        n_updates = recipe.n_epochs * updates_per_epoch

        while self._epoch <= recipe.n_epochs:
            order = pictures.order(self._epoch)
            while self._images < len(order):
                began = time.perf_counter()
                number = self._images // recipe.batch_size  # of the update, in this epoch
                done = (self._epoch - 1) * updates_per_epoch + number  # in the whole training
                rng = np.random.default_rng([recipe.seed, self._epoch, 1 + number])
                rate = learning_rate_at(recipe, done, n_updates)

                which = order[self._images : self._images + recipe.batch_size]
                x, target = batch_of(pictures, which, rng, self._device)
                loss = update(self._network, self._optimiser, recipe, x, target, rate, rng)
                if not math.isfinite(loss):
                    self.diverged = True
                    return
                self._update_average(done)

                self._images += len(which)
                self._total_loss += loss * len(which)
                self._seconds += time.perf_counter() - began
                yield self._progress("learning", done + 1, n_updates, len(order))
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
        return Measure(
            *self._judge(first(self._pictures.measured, n)), *self._judge(first(self._test, n))
        )

    def _judge(self, digits: Digits) -> tuple[float, float]:
        return loss_and_accuracy(self._average, self.recipe, digits, self._device)

    def _progress(
        self, stage: Literal["pictures", "learning"], done: int, total: int, n_images: int = 0
    ) -> TrainingProgress:
        learned = stage == "learning"
        return TrainingProgress(
            stage=stage,
            done=done,
            total=total,
            epoch=self._epoch,
            images=self._images if learned else 0,
            n_images=n_images,
            loss=self._total_loss / self._images if learned else None,
            seconds=self._seconds,
        )

    def _reached(self) -> Epoch:
        train, test = self._judge(self._pictures.measured), self._judge(self._test)
        return Epoch(
            epoch=self._epoch,
            images=self._epoch * self._images,
            loss=self._total_loss / self._images,
            train_loss=train[0],
            train_accuracy=train[1],
            validation_accuracy=self._judge(self._pictures.held_out)[1],
            test_loss=test[0],
            test_accuracy=test[1],
            seconds=self._seconds,
            weights=self.weights(),
        )

    @torch.no_grad()
    def _update_average(self, n_updates: int) -> None:
        """Move the average of the weights towards those of now; more in the first updates."""
        if self._average is self._network:
            return
        share = min(self.recipe.averaging, (1 + n_updates) / (10 + n_updates))
        pairs = zip(self._average.parameters(), self._network.parameters(), strict=True)
        for average, parameter in pairs:
            average.lerp_(parameter, 1 - share)

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
