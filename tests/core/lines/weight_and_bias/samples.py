"""Samples of every kind, and ways to cut them into batches."""

import numpy as np

from core.datasets import Samples, noisy_line

rng = np.random.default_rng(1)
spread_out = rng.normal(3, 2, 50)

DATA = {
    "five": noisy_line(5),
    "twenty": noisy_line(20, variant="reversed"),
    "hundred": noisy_line(100, variant="reversed"),
    "bad last sample": noisy_line(100, bad_last_sample=True),
    "spread out": Samples(spread_out, 2 * spread_out + 1 + rng.normal(0, 0.3, 50)),
    "offset": Samples(100 + np.linspace(0, 1, 30), np.cos(np.arange(30))),
    "wave": Samples(np.sin(np.arange(60)), np.cos(np.arange(60))),
}
BATCHES = [(1, False), (1, True), (7, False), (7, True), (None, False)]
