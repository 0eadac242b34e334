import dataclasses
import itertools
import math

import pytest
import torch

from core.digits.recipe import CHOICES, MODERN, SKETCH, learning_rate_at
from core.digits.train.formulas import COSINE, DECAY, LOSSES, UPDATES, formulas
from core.digits.train.loop import make_optimiser


@pytest.mark.parametrize(
    ("loss", "optimiser", "schedule"),
    list(itertools.product(CHOICES["loss"], CHOICES["optimiser"], CHOICES["schedule"])),
)
def test_every_recipe_has_its_formulas(loss: str, optimiser: str, schedule: str) -> None:
    recipe = dataclasses.replace(
        MODERN, loss=loss, optimiser=optimiser, schedule=schedule, weight_decay=0.1
    )
    shown = formulas(recipe)
    assert shown[0] == LOSSES[loss]
    assert set(UPDATES[optimiser]) <= {formula.replace(r"\eta_t", r"\eta") for formula in shown}
    assert (COSINE in shown[-1]) == (schedule == "cosine")
    assert (r"\eta_t\," in "".join(shown)) == (schedule == "cosine")  # a step takes its own rate
    assert (DECAY in shown) == (optimiser != "adamw")
    assert all(formula.count("{") == formula.count("}") for formula in shown)


def test_without_weight_decay_none_is_shown_and_made_pictures_have_their_own() -> None:
    assert DECAY not in formulas(MODERN)
    *others, rate, average = formulas(SKETCH)
    assert others[:2] == [LOSSES["cross_entropy"], UPDATES["adamw"][0]]
    assert COSINE in rate
    assert r"\min\!\Big(1,\ \frac{t}{500}\Big)" in rate
    assert r"\min\!\Big(0.999,\ \frac{t}{9 + t}\Big)" in average


def test_all_formulas_count_the_updates_from_1_as_the_training_does() -> None:
    """The loop counts from 0, so there t is its number plus 1; Adam counts from 1 itself."""
    assert r"1 - 0.9^t" in UPDATES["adam"][0]
    assert r"\cos(\pi\,(t - 1) / t_{\max})" in COSINE
    n_updates = 2_000
    for t in (1, 2, 499, 500, 501, n_updates):
        cosine = (1 + math.cos(math.pi * (t - 1) / n_updates)) / 2
        rate = SKETCH.learning_rate * cosine * min(1, t / 500)
        assert learning_rate_at(SKETCH, t - 1, n_updates) == pytest.approx(rate)
    network = torch.nn.Linear(1, 1, bias=False)
    optimiser = make_optimiser(dataclasses.replace(MODERN, learning_rate=0.5), network)
    before = network.weight.item()
    network(torch.ones(1)).sum().backward()  # g = 1
    optimiser.step()
    m, v, t = 0.1, 0.001, 1
    step = (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
    assert network.weight.item() == pytest.approx(before - 0.5 * step)
