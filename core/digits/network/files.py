"""Trained networks on disk: the weights as safetensors, and beside them a model card as JSON."""

import dataclasses
import json
import math
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy

from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.model import Card, Model
from core.digits.network.shapes import check_channels, check_layer_sizes, parameter_shapes
from core.digits.network.weights import Weights
from core.messages import N_, InputError

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "models"
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
    write_atomically(path, to_bytes(model.weights))
    write_card(path, model.card)


def write_card(path: Path, card: Card) -> None:
    """Write the card beside the weights at `path`, whole or not at all."""
    text = json.dumps(card_to_dict(card), indent=2, ensure_ascii=False) + "\n"
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
        return Model(parse_weights(path.read_bytes(), card), card)
    except (OSError, ValueError):
        raise unreadable(path) from None


def to_bytes(weights: Weights) -> bytes:
    """Give weights as the bytes of a safetensors file.

    Examples
    --------
    >>> model = read_model(FOLDER / "modern.safetensors")
    >>> data, card = to_bytes(model.weights), card_to_dict(model.card)
    >>> from_bytes(data, card).identity == model.identity
    True
    """
    whole = {name: np.ascontiguousarray(array) for name, array in weights.items()}
    data: bytes = safetensors.numpy.save(whole)
    return data


def from_bytes(data: bytes, card: Mapping[str, object]) -> Model:
    """Make a network of what `to_bytes` and `card_to_dict` gave.

    Parameters
    ----------
    data : bytes
        The weights.
    card : mapping
        The model card, as JSON holds it.

    Returns
    -------
    Model

    Raises
    ------
    InputError
        If one of them is damaged, or does not fit the other.
    """
    try:
        parsed = parse_card(card)
        return Model(parse_weights(data, parsed), parsed)
    except (ValueError, TypeError, KeyError):
        raise InputError(
            N_("This network cannot be read: it is damaged, or of another version of the app.")
        ) from None


def parse_weights(data: bytes, card: Card) -> Weights:
    """Read the weights that a card describes, read-only; a ValueError if these are others."""
    try:
        weights: Weights = safetensors.numpy.load(data)
    except (KeyError, safetensors.SafetensorError):
        raise ValueError("not weights") from None
    shapes = parameter_shapes(card.layer_sizes, card.channels, card.kernel_size)
    if {name: array.shape for name, array in weights.items()} != shapes:
        raise ValueError("weights of another network")
    for array in weights.values():
        if array.dtype != np.float32 or not np.isfinite(array).all():
            raise ValueError("not finite numbers of 32 bits")
        array.flags.writeable = False
    return weights


def card_to_dict(card: Card) -> dict[str, object]:
    """Give a card as JSON can hold it."""
    return dataclasses.asdict(card)


def parse_card(data: Mapping[str, object]) -> Card:
    """Make a card from what its file holds; a ValueError or TypeError if it is none of ours."""
    fields = dict(**data)
    fields.pop("network", None)  # a kind, which cards of 0.1 told: those in a store were all dense
    card = Card(**fields)  # type: ignore[arg-type]
    card = dataclasses.replace(
        card,
        layer_sizes=tuple(card.layer_sizes),
        channels=tuple(card.channels),
        test_accuracy_per_digit=tuple(card.test_accuracy_per_digit),
    )
    check_layer_sizes(card.layer_sizes)
    check_channels(card.channels, card.kernel_size)
    if (card.layer_sizes[0], card.layer_sizes[-1]) != (784, 10):
        raise ValueError("not a network for MNIST")
    if card.activation not in ACTIVATION_FUNCTIONS:
        raise ValueError("not an activation of ours")
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
