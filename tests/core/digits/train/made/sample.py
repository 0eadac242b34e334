"""Some made pictures of each source, and how they looked: a guard of `files.VERSION`.

``python -m tests.core.digits.train.made.sample`` stores how they look now.
"""

from pathlib import Path

import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.train.made import files, pool

STORED = Path(__file__).parent / "data" / "pictures.npz"
"""The version, and the pictures (n, 28, 28) by their source."""

N = 31
"""Of each source: enough for every kind of what is no digit."""

SEED = 7
"""With this one no picture hangs by a hair: noise far above a processor's rounding moves no ink."""


def pictures():
    """Make the pictures of each source."""
    train = mnist.load("train")
    digits = Digits(train.images[:300], train.labels[:300])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "CHUNK", N)
        return {
            source: pool.make_chunk(pool.Chunk(source, 0, False), digits, SEED).images
            for source in pool.SOURCES
        }


if __name__ == "__main__":
    np.savez_compressed(STORED, version=files.VERSION, **pictures())
