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
from core.digits.mnist import Digits
from core.digits.recipe import PRESETS, Recipe
from core.digits.temperature import fit_temperature
from core.digits.train import Epoch, train
from core.digits.trained import Card, Model
from core.messages import N_, InputError

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
    parser.add_argument("--preset", choices=sorted(PRESETS), required=True)
    parser.add_argument("--epochs", type=int, help="passes through the data; the preset's own")
    parser.add_argument("--seed", type=int, default=0, help="default: 0")
    parser.add_argument("--out", type=Path, help="default: build/models/PRESET.safetensors")
    options = parser.parse_args(arguments)
    try:
        recipe = dataclasses.replace(PRESETS[options.preset], seed=options.seed)
        if options.epochs is not None:
            recipe = dataclasses.replace(recipe, n_epochs=options.epochs)
        path = output_path(options.out or Path("build") / "models" / recipe.name)
        train_digits, test_digits = mnist.load("train"), mnist.load("test")
    except InputError as error:
        print(error, file=sys.stderr)
        return 2

    best: Epoch | None = None
    last: Epoch | None = None
    interrupted = False
    try:
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
    model = describe(recipe, best, last.epoch, train_digits, test_digits)
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
    recipe: Recipe, best: Epoch, epochs_done: int, train_digits: Digits, test_digits: Digits
) -> Model:
    """Fit the temperature on the held-out images, measure the test images, and fill in the card."""
    held_out = slice(len(train_digits.images) - recipe.n_validation, None)
    n_parameters = sum(array.size for array in best.weights.values())
    card = Card(
        name=recipe.name,
        layer_sizes=recipe.layer_sizes,
        activation="relu",
        n_parameters=n_parameters,
        temperature=1.0,
        recipe=dataclasses.asdict(recipe),
        seed=recipe.seed,
        epochs_done=epochs_done,
        epoch_kept=best.epoch,
        held_out=(
            f"The last {recipe.n_validation} of the {len(train_digits.images)} training images were"
            " not learned from: they chose the epoch and the temperature."
        ),
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
    model = Model(best.weights, card)
    temperature = fit_temperature(
        model.logits(train_digits.pixels()[held_out]), train_digits.labels[held_out]
    )
    right = model.logits(test_digits.pixels()).argmax(axis=1) == test_digits.labels
    return Model(
        best.weights,
        dataclasses.replace(
            card,
            temperature=temperature,
            test_accuracy=float(right.mean()),
            test_accuracy_per_digit=tuple(
                float(right[test_digits.labels == digit].mean()) for digit in range(10)
            ),
        ),
    )
