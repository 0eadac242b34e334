"""An evaluation for the tests: a network that is fairly sure of each of its answers."""

import numpy as np

from core.digits.network.evaluation import Evaluation


def evaluation(labels, answers):
    probabilities = np.full((len(labels), 10), 0.02)
    probabilities[np.arange(len(labels)), answers] = 0.82
    return Evaluation(np.array(labels, np.uint8), probabilities)
