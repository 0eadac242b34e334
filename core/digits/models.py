"""Trained networks on disk: the weights as safetensors, and beside them a model card as JSON."""

import dataclasses
import json
import math
import os
import tempfile
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy

from core.digits.recipe import check_layer_sizes
from core.digits.trained import Card, Model, parameter_shapes
from core.messages import N_, InputError

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "models"
"""Where the project keeps its trained networks."""


def card_path(path: Path) -> Path:
    """Give the path of the card beside a file of weights.

    Examples
    --------
    >>> card_path(Path("modern.safetensors")).name
    'modern.json'
    """
    return path.with_suffix(".json")


def write_model(path: Path, model: Model) -> None:
    """Write weights and card, each whole or not at all.

    Parameters
    ----------
    path : Path
        Of the weights, ending in ``.safetensors``; the card goes beside it.
    model : Model

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    weights = {name: np.ascontiguousarray(array) for name, array in model.weights.items()}
    write_atomically(path, safetensors.numpy.save(weights))
    write_card(path, model.card)


def write_card(path: Path, card: Card) -> None:
    """Write the card beside the weights at `path`, whole or not at all."""
    text = json.dumps(dataclasses.asdict(card), indent=2, ensure_ascii=False) + "\n"
    write_atomically(card_path(path), text.encode())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that `path` always holds either the old bytes or all the new ones."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def read_model(path: Path) -> Model:
    """Read a trained network, and check that weights and card belong together.

    Parameters
    ----------
    path : Path
        Of the weights, ending in ``.safetensors``; the card lies beside it.

    Returns
    -------
    Model

    Raises
    ------
    InputError
        If a file is missing, damaged, or does not fit the other.

    Examples
    --------
    >>> read_model(FOLDER / "modern.safetensors").card.layer_sizes
    (784, 200, 200, 200, 10)
    """
    try:
        card = parse_card(json.loads(card_path(path).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError):
        raise unreadable(card_path(path)) from None
    try:
        weights = safetensors.numpy.load(path.read_bytes())
    except (OSError, ValueError, KeyError, safetensors.SafetensorError):
        raise unreadable(path) from None
    expected = parameter_shapes(card)
    if {name: array.shape for name, array in weights.items()} != expected or not all(
        array.dtype == np.float32 and np.isfinite(array).all() for array in weights.values()
    ):
        raise unreadable(path)
    for array in weights.values():
        array.flags.writeable = False
    return Model(weights, card)


def parse_card(data: dict[str, object]) -> Card:
    """Make a card from what its file holds; a ValueError or TypeError if it is none of ours."""
    card = Card(**data)  # type: ignore[arg-type]
    card = dataclasses.replace(
        card,
        layer_sizes=tuple(card.layer_sizes),
        test_accuracy_per_digit=tuple(card.test_accuracy_per_digit),
    )
    check_layer_sizes(card.layer_sizes)
    if (card.layer_sizes[0], card.layer_sizes[-1], card.activation) != (784, 10, "relu"):
        raise ValueError("not a network for MNIST")
    if card.network not in ("dense", "convolutional"):
        raise ValueError("not a network of ours")
    if not (math.isfinite(card.temperature) and card.temperature > 0):
        raise ValueError("not a temperature")
    for least in (card.least_probability, card.least_evidence or 0.0):
        if not math.isfinite(least):
            raise ValueError("not a threshold")
    return card


def unreadable(path: Path) -> InputError:
    """Give the error for a file that is missing, damaged or of another network."""
    return InputError(
        N_(
            "The file {path} is missing, damaged or of another network: restore it with"
            " `git checkout -- assets/models`, or train the network again with"
            " `python -m core.digits.train`."
        ),
        path=path,
    )
