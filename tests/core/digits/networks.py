"""Networks that nobody has trained, for tests."""

import dataclasses

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from core.digits.network import files
from core.digits.network.model import SHIFTS, Model
from core.digits.network.shapes import n_parameters, parameter_shapes
from core.digits.recognise import shipped_models
from core.digits.train.torch_network import make_network


def random_convolutional(
    hidden: tuple[int, ...] = (48,),
    channels: tuple[int, ...] = (16, 32),
    kernel_size: int = 3,
    seed: int = 0,
    **card: object,
) -> Model:
    """A convolutional network with random weights; about half of its units are active."""
    rng = np.random.default_rng(seed)
    network = (784, *hidden, 10), channels, kernel_size
    weights = {
        name: rng.normal(0, 1 / np.sqrt(np.prod(shape[1:]) or 1), shape).astype(np.float32)
        for name, shape in parameter_shapes(*network).items()
    }
    described = dict(zip(("layer_sizes", "channels", "kernel_size"), network, strict=True))
    changes = described | {"n_parameters": n_parameters(*network)} | card
    known = files.read_model(shipped_models()["article"]).card
    return Model(weights, dataclasses.replace(known, **changes))  # type: ignore[arg-type]


def random_dense(
    *hidden: int, activation: str = "relu", seed: int = 0, spread: float = 1.5, **card: object
) -> Model:
    """A dense network of these hidden layers with random weights; `spread` 1 keeps sums near 1."""
    rng = np.random.default_rng(seed)
    changes = {
        "name": f"{activation} {hidden}",
        "layer_sizes": (784, *hidden, 10),
        "activation": activation,
        "temperature": 1.0,
    } | card
    known = files.read_model(shipped_models()["article"]).card
    described = dataclasses.replace(known, **changes)  # type: ignore[arg-type]
    weights = {
        name: rng.normal(0, spread / np.sqrt(shape[-1]), shape).astype(np.float32)
        for name, shape in parameter_shapes(described.layer_sizes).items()
    }
    n = n_parameters(described.layer_sizes)
    return Model(weights, dataclasses.replace(described, n_parameters=n))


def as_torch(model: Model) -> nn.Sequential:
    """The same network in PyTorch."""
    card = model.card
    network = make_network(
        card.layer_sizes,
        activation=card.activation,
        channels=card.channels,
        kernel_size=card.kernel_size,
    )
    tensors = {name: torch.tensor(array) for name, array in model.weights.items()}
    network.load_state_dict(tensors)
    return network


def scores_by_torch(model: Model, images: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What `Model.scores` gives, far sooner for thousands of images."""
    network, views = as_torch(model), SHIFTS if model.card.averages_shifts else SHIFTS[:1]
    with torch.inference_mode():
        scores = [
            network(torch.from_numpy(np.roll(part, shift, axis=(1, 2))))
            for shift in views
            for part in np.array_split(images, -(-len(images) // 1_000))
        ]
    return torch.cat(scores).reshape(len(views), len(images), 10).mean(0).numpy()


SHAPES = [(), (3,), (1,), (200, 200, 200), (64, 1, 5, 32)]
"""Hidden layers: none, few units, the shipped networks' own, and four of which one is a bottleneck.
"""

WITH_CONVOLUTIONS = [
    {"hidden": (9,), "channels": (4,), "kernel_size": 3, "activation": "relu"},
    {"hidden": (), "channels": (3, 5, 6), "kernel_size": 5, "activation": "tanh"},
    {"hidden": (7, 6), "channels": (5, 2), "kernel_size": 7, "activation": "leaky_relu"},
    {"hidden": (), "channels": (2,), "kernel_size": 3, "activation": "sigmoid"},
]
"""One to three blocks, each kernel and activation; with 7 × 7 pixels one is left over to pool."""
