"""Train a network on MNIST and on made pictures: the whole loop, one record per epoch."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from core.digits.made.pool import NO_DIGIT, Pool
from core.digits.made.recipe import MadeRecipe
from core.digits.made.warp import warp
from core.digits.mnist import Digits
from core.digits.net import make_convolutional_network, make_network
from core.digits.train import Epoch

WARM_UP = 500
"""Updates during which the learning rate rises to the recipe's."""


def train(
    recipe: MadeRecipe, train_digits: Digits, test_digits: Digits, pool: Pool
) -> Iterator[Epoch]:
    """Train a network, one epoch per step of the iterator; stop asking, and the training stops.

    The target of a digit is its one-hot vector, that of anything else one tenth for each digit: so
    the network learns to be unsure of what is no digit.

    Parameters
    ----------
    recipe : MadeRecipe
        How to train; the same seed on the same machine gives the same records.
    train_digits : Digits
        MNIST's training images; the last `recipe.n_validation` of them are held out.
    test_digits : Digits
        The images to measure on.
    pool : Pool
        The made pictures.

    Yields
    ------
    Epoch
        One after each pass through the training images; its weights are the averaged ones.

    References
    ----------
    D. Hendrycks, M. Mazeika, T. Dietterich, "Deep anomaly detection with outlier exposure",
    ICLR 2019.
    """
    n_train = len(train_digits.images) - recipe.n_validation
    mnist_part = train_digits.images[:n_train], train_digits.labels[:n_train]
    made_part = pool.learned.images, pool.learned.labels
    validation = held_out_digits(recipe, train_digits, pool)
    rng = np.random.default_rng(recipe.seed)

    def shown(epoch: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Put an epoch together: MNIST and the made pictures whose turn it is, shuffled."""
        turn = slice((epoch - 1) % recipe.turns, None, recipe.turns)
        images, labels = (
            np.concatenate([a, b[turn]]) for a, b in zip(mnist_part, made_part, strict=True)
        )
        order = rng.permutation(len(images))
        return warp(images[order], rng), labels[order].astype(np.int64)

    targets = torch.cat([torch.eye(10), torch.full((1, 10), 0.1)])  # the last row is NO_DIGIT's
    generator = torch.Generator().manual_seed(recipe.seed)
    if recipe.network == "dense":
        network = make_network(recipe.layer_sizes, generator)
    else:
        network = make_convolutional_network(generator)
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.averaging))  # type: ignore[no-untyped-call]
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.learning_rate, weight_decay=0.01)
    n_shown = n_train + len(made_part[0][:: recipe.turns])
    n_updates = recipe.n_epochs * -(-n_shown // recipe.batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda u: min(1, (u + 1) / WARM_UP) * (1 + np.cos(np.pi * min(1, u / n_updates))) / 2,
    )

    with ThreadPoolExecutor(1) as background:  # distorts the next epoch during this one
        coming = background.submit(shown, 1)
        for epoch in range(1, recipe.n_epochs + 1):
            start = time.perf_counter()
            images, labels = (torch.from_numpy(array) for array in coming.result())
            if epoch < recipe.n_epochs:
                coming = background.submit(shown, epoch + 1)
            total_loss = 0.0
            for x, label in zip(
                torch.split(images, recipe.batch_size),
                torch.split(labels, recipe.batch_size),
                strict=True,
            ):
                loss = nn.functional.cross_entropy(network(x), targets[label])
                optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimiser.step()
                schedule.step()
                averaged.update_parameters(network)
                total_loss += loss.item() * len(x)
            seconds = time.perf_counter() - start
            yield Epoch(
                epoch=epoch,
                loss=total_loss / len(images),
                train_accuracy=accuracy(averaged, Digits(*(a[:10_000] for a in mnist_part))),
                validation_accuracy=accuracy(averaged, validation),
                test_accuracy=accuracy(averaged, test_digits),
                seconds=seconds,
                weights={
                    name: value.numpy().copy()
                    for name, value in averaged.module.state_dict().items()
                },
            )


def held_out_digits(recipe: MadeRecipe, train_digits: Digits, pool: Pool) -> Digits:
    """Give what is held out of MNIST together with the made digits that are held out."""
    n_train = len(train_digits.images) - recipe.n_validation
    digits = pool.held_out.labels != NO_DIGIT
    return Digits(
        np.concatenate([train_digits.images[n_train:], pool.held_out.images[digits]]),
        np.concatenate([train_digits.labels[n_train:], pool.held_out.labels[digits]]),
    )


@torch.no_grad()
def accuracy(network: nn.Module, digits: Digits) -> float:
    """Give the share of digits, from 0 to 1, whose highest score is their label's."""
    right = 0
    for start in range(0, len(digits.images), 1000):
        some = Digits(*(array[start : start + 1000] for array in digits))
        answers = network(torch.from_numpy(some.pixels())).argmax(1).numpy()
        right += int(np.sum(answers == some.labels))
    return right / len(digits.images)
