import dataclasses
import itertools

import pytest

from core.digits.recipe import CHOICES, MODERN, SKETCH
from core.digits.train.formulas import COSINE, DECAY, LOSSES, UPDATES, formulas


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
    assert set(UPDATES[optimiser]) <= set(shown)
    assert (COSINE in shown) == (schedule == "cosine")
    assert (DECAY in shown) == (optimiser != "adamw")
    assert all(formula.count("{") == formula.count("}") for formula in shown)


def test_without_weight_decay_none_is_shown_and_made_pictures_have_their_own() -> None:
    assert DECAY not in formulas(MODERN)
    *others, rate, average = formulas(SKETCH)
    assert others == [LOSSES["cross_entropy"], *UPDATES["adamw"]]
    assert rate.startswith(COSINE)
    assert r"\frac{t + 1}{500}" in rate
    assert r"\min\!\Big(0.999,\ \frac{1 + t}{10 + t}\Big)" in average
