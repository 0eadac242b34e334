"""The command ``python -m core.digits.train``: train a preset, keep the best epoch, save it."""

import argparse
import dataclasses
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import numpy as np
import torch
from tqdm import tqdm

from core.digits import mnist, models
from core.digits.made import train as made_training
from core.digits.made.pool import Pool, make_pool
from core.digits.made.recipe import MADE_PRESETS, MadeRecipe
from core.digits.mnist import Digits
from core.digits.recipe import PRESETS, Recipe
from core.digits.temperature import fit_temperature
from core.digits.train import Epoch, train
from core.digits.trained import Card, Model
from core.messages import N_, InputError

REFUSED = 0.015
"""Share of the held-out digits that a network may call unlike all it has seen."""
LEAST_PROBABILITY = 0.5
"""Below it, the likeliest digit is more likely wrong than right."""
LICENCE = "MNIST: Y. LeCun, C. Cortes and C. J. C. Burges, CC BY-SA 3.0"
INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train a preset, printing one line per epoch, and save its best epoch.

    Ctrl-C ends the training, and the best epoch so far is saved all the same.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line after the program's name; the real one by default.

    Returns
    -------
    int
        The exit code: 0, 2 for bad arguments, or 130 after Ctrl-C.
    """
    parser = Parser(prog="python -m core.digits.train", description="Train a network on MNIST.")
    parser.add_argument("--preset", choices=sorted({*PRESETS, *MADE_PRESETS}), required=True)
    parser.add_argument("--epochs", type=int, help="passes through the data; the preset's own")
    parser.add_argument("--seed", type=int, default=0, help="default: 0")
    parser.add_argument("--out", type=Path, help="default: build/models/PRESET.safetensors")
    options = parser.parse_args(arguments)
    try:
        recipe = dataclasses.replace(preset(options.preset), seed=options.seed)
        if options.epochs is not None:
            recipe = dataclasses.replace(recipe, n_epochs=options.epochs)
        path = output_path(options.out or Path("build") / "models" / recipe.name)
        train_digits, test_digits = mnist.load("train"), mnist.load("test")
    except InputError as error:
        print(error, file=sys.stderr)
        return 2

    best: Epoch | None = None
    last: Epoch | None = None
    pool: Pool | None = None
    interrupted = False
    try:
        if isinstance(recipe, MadeRecipe):
            print(f"Making {sum(recipe.made.values()):,} pictures to learn from.", flush=True)
            learned = Digits(*(array[: -recipe.n_validation] for array in train_digits))
            pool = make_pool(recipe.made, learned, recipe.seed)
            records = made_training.train(recipe, train_digits, test_digits, pool)
        else:
            records = train(recipe, train_digits, test_digits)
        for last in tqdm(records, total=recipe.n_epochs, unit="epoch"):
            if best is None or last.validation_accuracy > best.validation_accuracy:
                best = last
            tqdm.write(
                f"epoch {last.epoch}: loss {last.loss:.5f}, test accuracy {last.test_accuracy:.2%}"
            )
    except KeyboardInterrupt:
        interrupted = True
    if best is None or last is None:
        print("Stopped before the end of the first epoch: nothing to save.", file=sys.stderr)
        return INTERRUPTED
    model = describe(recipe, best, last.epoch, train_digits, test_digits, pool)
    try:
        models.write_model(path, model)
    except OSError as error:
        print(f"{path} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    print(
        f"{'Stopped' if interrupted else 'Done'} after epoch {last.epoch}. Saved the best, epoch"
        f" {best.epoch}, in {path}: test accuracy {model.card.test_accuracy:.2%}."
    )
    return INTERRUPTED if interrupted else 0


def preset(name: str) -> Recipe | MadeRecipe:
    """Give a recipe by its name, for MNIST alone or for made pictures too."""
    return PRESETS[name] if name in PRESETS else MADE_PRESETS[name]


def output_path(out: Path) -> Path:
    """Add the suffix that is missing, and make sure now that the file can be written later.

    Parameters
    ----------
    out : Path
        As asked for, with or without ``.safetensors``; its folder is made if there is none.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If the folder cannot be made or written.

    Examples
    --------
    >>> output_path(Path("modern")).name
    'modern.safetensors'
    """
    path = out if out.suffix == ".safetensors" else out.with_name(f"{out.name}.safetensors")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise InputError(
            N_("The folder {folder} cannot be written: {reason}."),
            folder=path.parent,
            reason=error.strerror,
        ) from None
    return path


def describe(
    recipe: Recipe | MadeRecipe,
    best: Epoch,
    epochs_done: int,
    train_digits: Digits,
    test_digits: Digits,
    pool: Pool | None = None,
) -> Model:
    """Fit the temperature on what is held out, measure the test images, and fill in the card.

    With made pictures, find out too which drawings are unlike all that was learned.
    """
    held_out = Digits(*(array[-recipe.n_validation :] for array in train_digits))
    told = (
        f"The last {recipe.n_validation} of the {len(train_digits.images)} training images were"
        " not learned from: they chose the epoch and the temperature."
    )
    if isinstance(recipe, MadeRecipe) and pool is not None:
        held_out = made_training.held_out_digits(recipe, train_digits, pool)
        told = (
            f"The last {recipe.n_validation} of the {len(train_digits.images)} training images and"
            f" {len(held_out.images) - recipe.n_validation} made digits were not learned from: they"
            " chose the epoch, the temperature and the least evidence, which"
            f" {REFUSED:.1%} of them do not reach. Drawings by other people helped to choose the"
            " styles of the made digits; no weights learned from them."
        )
    card = Card(
        name=recipe.name,
        layer_sizes=recipe.layer_sizes,
        activation="relu",
        n_parameters=sum(array.size for array in best.weights.values()),
        temperature=1.0,
        recipe=dataclasses.asdict(recipe),
        seed=recipe.seed,
        epochs_done=epochs_done,
        epoch_kept=best.epoch,
        held_out=told,
        validation_accuracy=best.validation_accuracy,
        test_accuracy=0.0,
        test_accuracy_per_digit=(),
        data_md5=dict(mnist.MD5),
        data_licence=LICENCE,
        versions={
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
        },
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if isinstance(recipe, MadeRecipe):
        card = dataclasses.replace(
            card, network=recipe.network, averages_shifts=recipe.averages_shifts
        )
    model = Model(best.weights, card)
    scores = model.scores(held_out.pixels())
    if isinstance(recipe, MadeRecipe):
        card = dataclasses.replace(
            card,
            least_evidence=float(np.quantile(scores.max(axis=1), REFUSED)),
            least_probability=LEAST_PROBABILITY,
        )
    right = model.scores(test_digits.pixels()).argmax(axis=1) == test_digits.labels
    return Model(
        best.weights,
        dataclasses.replace(
            card,
            temperature=fit_temperature(scores, held_out.labels),
            test_accuracy=float(right.mean()),
            test_accuracy_per_digit=tuple(
                float(right[test_digits.labels == digit].mean()) for digit in range(10)
            ),
        ),
    )
