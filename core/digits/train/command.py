"""The command ``python -m core.digits.train``: train a preset, keep the best epoch, save it."""

import dataclasses
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from core.command import INTERRUPTED, Parser
from core.digits import mnist
from core.digits.network import files
from core.digits.recipe import MADE_PRESETS, PRESETS, MadeRecipe, Recipe
from core.digits.split import split
from core.digits.train.describe import describe
from core.digits.train.loop import Training, epochs
from core.digits.train.made.pool import Pool, make_pool
from core.digits.train.progress import Epoch
from core.messages import N_, InputError
from core.number import whole


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
            print(f"Making {whole(sum(recipe.made.values()))} pictures to learn from.", flush=True)
            pool = make_pool(recipe.made, split(recipe, train_digits)[0])
        training = Training(recipe, train_digits, test_digits, pool=pool)
        for last in tqdm(epochs(training), total=recipe.n_epochs, unit="epoch"):
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
    model = describe(
        recipe,
        best.weights,
        epochs_done=last.epoch,
        epoch_kept=best.epoch,
        validation_accuracy=best.validation_accuracy,
        train_digits=train_digits,
        test_digits=test_digits,
        pool=pool,
    )
    try:
        files.write_model(path, model)
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
