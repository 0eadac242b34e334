import numpy as np
import pytest

from benchmarks.numbers.composed import compose
from benchmarks.numbers.fit import Example, fit
from core.digits.mnist import Digits
from core.digits.number.lattice import best_way
from core.digits.recognise import load_recogniser
from tests.core.digits.strokes import STROKES, draw


@pytest.fixture(scope="module")
def examples():
    labels = np.array(sorted(STROKES), np.uint8)
    drawings = Digits(np.stack([draw(label) for label in labels]), labels)
    model = load_recogniser().model
    return [Example(model, n) for n in compose(drawings, np.repeat("a", 3), 12)]


def test_the_right_way_is_found_and_learned(examples):
    usable = [example for example in examples if example.right is not None]
    assert len(usable) >= 10
    assert all(len(example.right) == len(example.digits) for example in usable)
    weights = fit(usable, 40)
    for example in usable:
        of_any = np.logaddexp.reduce(example.features @ weights, axis=1)
        starts, ends = example.candidates.starts, example.candidates.ends
        assert len(best_way(example.n_cuts, starts, ends, of_any).parts) == len(example.digits)


def test_the_slope_is_that_of_the_likelihood(examples):
    example = next(one for one in examples if len(one.digits) == 2 and one.right)
    starts, ends = example.candidates.starts, example.candidates.ends
    weights = np.linspace(-1, 1, example.features.shape[2])

    def likelihood(weights):
        scores = example.features @ weights
        forward = np.full(example.n_cuts, -np.inf)
        forward[0] = 0
        for part in np.argsort(starts, kind="stable"):
            of_part = forward[starts[part]] + np.logaddexp.reduce(scores[part])
            forward[ends[part]] = np.logaddexp(forward[ends[part]], of_part)
        return scores[example.right, example.digits].sum() - forward[-1]

    steps = 1e-5 * np.eye(len(weights))
    slope = [(likelihood(weights + s) - likelihood(weights - s)) / 2e-5 for s in steps]
    np.testing.assert_allclose(example.gradient(weights), slope, atol=1e-5)
