"""Networks that nobody has trained, for tests."""

import dataclasses

import numpy as np

from core.digits import models
from core.digits.recognise import shipped_models
from core.digits.trained import CONVOLUTIONAL_SHAPES, Model


def random_convolutional(seed: int = 0, **card: object) -> Model:
    """A convolutional network with random weights; about half of its units are active."""
    rng = np.random.default_rng(seed)
    weights = {
        name: rng.normal(0, 1 / np.sqrt(np.prod(shape[1:]) or 1), shape).astype(np.float32)
        for name, shape in CONVOLUTIONAL_SHAPES.items()
    }
    changes = {"network": "convolutional", "n_parameters": 80_602} | card
    known = models.read_model(shipped_models()["article"]).card
    return Model(weights, dataclasses.replace(known, **changes))  # type: ignore[arg-type]
