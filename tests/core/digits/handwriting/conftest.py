import numpy as np
import pytest

from core.digits.handwriting.asking import take
from tests.core.digits.strokes import draw


@pytest.fixture(scope="module")
def written():
    """Three drawings, and a scribble under the name of a 4."""
    scribble = np.zeros((280, 280), np.uint8)
    scribble[30:250:22] = scribble[:, 30:250:22] = 255
    drawings = [(7, draw(7)), (1, draw(1)), (0, draw(0)), (4, scribble)]
    return [take(label, drawing) for label, drawing in drawings]
