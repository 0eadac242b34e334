"""Train the network on MNIST: the whole loop, one record per epoch.

From the command line::

    python -m core.digits.train --preset modern --out build/models/modern
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.functional import affine_grid, grid_sample, one_hot

from core.digits.mnist import Digits
from core.digits.net import make_network
from core.digits.recipe import Recipe
from core.messages import N_, InputError


@dataclass(frozen=True)
class Epoch:
    """What one epoch of training gave."""

    epoch: int
    """1 for the first."""
    loss: float
    """The recipe's loss, averaged over all training images of the epoch as they were learned."""
    train_accuracy: float
    """On the first 10,000 training images, undistorted, after the epoch; from 0 to 1."""
    validation_accuracy: float
    """On the held-out training images, after the epoch; it chooses the best epoch."""
    test_accuracy: float
    """On the test images, after the epoch; for the reader only, it decides nothing."""
    seconds: float
    """Time that learning took in this epoch; measuring the accuracies is not counted."""
    weights: dict[str, npt.NDArray[np.float32]]
    """A copy of the network's parameters after the epoch, by their torch names."""


def train(recipe: Recipe, train_digits: Digits, test_digits: Digits) -> Iterator[Epoch]:
    """Train a network, one epoch per step of the iterator; stop asking, and the training stops.

    Parameters
    ----------
    recipe : Recipe
        How to train; the same seed on the same machine gives the same records.
    train_digits : Digits
        The images to learn from; the last `recipe.n_validation` of them are held out.
    test_digits : Digits
        The images to measure on.

    Yields
    ------
    Epoch
        One after each pass through the training images.

    Raises
    ------
    InputError
        If holding out `recipe.n_validation` images leaves none to learn from.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recipe import ARTICLE
    >>> digits = mnist.load("test")
    >>> first = next(train(ARTICLE, digits, digits))
    >>> first.epoch, round(first.loss, 1)
    (1, 0.1)
    """
    n_train = len(train_digits.images) - recipe.n_validation
    if n_train < 1:
        raise InputError(
            N_(
                "n_validation must be below the number of training images, {n_images}, not {value}."
            ),
            n_images=len(train_digits.images),
            value=recipe.n_validation,
        )
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    generator = torch.Generator().manual_seed(recipe.seed)

    all_images, all_labels = to_tensors(train_digits, device)
    images, labels = all_images[:n_train], all_labels[:n_train]
    validation = all_images[n_train:], all_labels[n_train:]
    test = to_tensors(test_digits, device)

    network = make_network(recipe.layer_sizes, generator).to(device)
    optimiser: torch.optim.Optimizer
    if recipe.optimiser == "sgd":
        optimiser = torch.optim.SGD(network.parameters(), lr=recipe.learning_rate)
    else:
        optimiser = torch.optim.Adam(network.parameters(), lr=recipe.learning_rate)
    n_updates = recipe.n_epochs * -(-n_train // recipe.batch_size)
    update = 0

    for epoch in range(1, recipe.n_epochs + 1):
        start = time.perf_counter()
        total_loss = torch.zeros((), device=device)
        order = torch.randperm(n_train, generator=generator).to(device)
        for batch in torch.split(order, recipe.batch_size):
            if recipe.schedule == "cosine":
                for group in optimiser.param_groups:
                    group["lr"] = (
                        recipe.learning_rate * (1 + np.cos(np.pi * update / n_updates)) / 2
                    )
            x = images[batch]
            if recipe.distortion > 0:
                x = distort(x, recipe.distortion, generator)
            logits = network(x)
            if recipe.loss == "mean_squared_error":
                target = one_hot(labels[batch], logits.shape[1]).to(logits.dtype)
                loss = nn.functional.mse_loss(logits, target)
            else:
                loss = nn.functional.cross_entropy(logits, labels[batch])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            total_loss += loss.detach() * len(batch)
            update += 1
        mean_loss = total_loss.item() / n_train
        seconds = time.perf_counter() - start
        yield Epoch(
            epoch=epoch,
            loss=mean_loss,
            train_accuracy=accuracy(network, images[:10_000], labels[:10_000]),
            validation_accuracy=accuracy(network, *validation),
            test_accuracy=accuracy(network, *test),
            seconds=seconds,
            weights={
                name: value.cpu().numpy().copy() for name, value in network.state_dict().items()
            },
        )


def to_tensors(digits: Digits, device: torch.device) -> tuple[Tensor, Tensor]:
    """Give images as floats in [0, 1], shape (n, 28, 28), and labels (n,), on the device."""
    images = torch.from_numpy(digits.pixels()).to(device)
    return images, torch.tensor(digits.labels, device=device, dtype=torch.int64)


@torch.no_grad()
def accuracy(network: nn.Module, images: Tensor, labels: Tensor) -> float:
    """Give the share of images, from 0 to 1, whose highest score is their label's."""
    return int((network(images).argmax(1) == labels).sum()) / len(labels)


def distort(images: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Shift, turn, shear and scale each image (n, 28, 28) a little, at random.

    The 2 × 2 matrix is the identity plus noise, uniform on ± `strength`; the shift is uniform on
    ± `strength` of half the width.
    """
    noise = (torch.rand(len(images), 2, 3, generator=generator) * 2 - 1) * strength
    theta = (torch.eye(2, 3) + noise).to(images.device)
    grid = affine_grid(theta, [len(images), 1, 28, 28], align_corners=False)
    return grid_sample(images[:, None], grid, align_corners=False)[:, 0]


if __name__ == "__main__":
    from core.digits.train_command import main

    sys.exit(main())
