import dataclasses
import pickle

import numpy as np
import pytest

from core.digits.duration import estimate
from core.digits.recipe import CHOICES, MODERN, SKETCH
from core.digits.train import speed


@pytest.fixture(scope="module")
def measured():
    return speed.measure_speed()


def test_all_costs_are_found(measured):
    costs = dataclasses.asdict(measured)
    optimisers = {"sgd", "momentum", "adam"}
    assert set(costs.pop("update")) == set(costs.pop("parameter")) == optimisers
    assert all(np.isfinite(cost) and cost >= 0 for cost in costs.values())
    assert measured.picture > measured.warped > measured.distorted > 0


def test_it_can_be_sent_from_a_worker(measured):
    assert pickle.loads(pickle.dumps(measured)) == measured


@pytest.mark.parametrize("optimiser", CHOICES["optimiser"])
def test_every_recipe_has_an_estimate(optimiser, measured):
    recipe = dataclasses.replace(MODERN, optimiser=optimiser, dropout=0.1)
    assert estimate(recipe, measured) > 0
    assert estimate(SKETCH, measured) > estimate(recipe, measured)


def test_known_costs_are_found_again(monkeypatch):
    """With times that known costs would give, the eleven trainings lead back to these costs."""
    known = np.array([3e-4, 4e-4, 5e-4, 2e-9, 3e-9, 4e-9, 5e-5, 1e-6, 3e-11, 1e-11, 1e-8])
    times = [np.dot(speed.counts(recipe), known) for recipe in speed.RECIPES]
    rest = [times[8] + 500 * 600 * 1e-8, 500 * 2e-6, 100 * 2e-5, 2e-3]
    monkeypatch.setattr(speed, "usual_seconds", lambda *_: [*times, *rest])
    found = speed.measure_speed()
    costs = [*found.update.values(), *found.parameter.values(), found.layer, found.image]
    costs += [found.multiply_add, found.kernel, found.map_value]
    assert costs == pytest.approx(known, rel=1e-6)
    others = [found.dropped, found.distorted, found.warped, found.picture]
    assert others == pytest.approx([1e-8, 2e-6, 2e-5, 2e-3])


def test_functions_take_turns():
    calls = []
    times = speed.usual_seconds(lambda: calls.append("a"), lambda: calls.append("b"))
    assert len(times) == 2
    assert "".join(calls) == "aaabbb" * speed.ROUNDS
