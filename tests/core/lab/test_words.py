import dataclasses
from typing import get_args

import pytest

from core.curves import mlp, sigmoid_neuron
from core.curves.mlp import torch_lesson
from core.digits.recipe import ARTICLE, CHOICES, CNN, MODERN, SKETCH, to_dict
from core.lab.recipes import flatten
from core.lab.words import NAMES, WORDS
from core.lines import gradient_descent, one_weight, weight_and_bias
from core.planes import boundary, playground
from core.planes.playground.data import Shape as PlaygroundShape
from core.planes.playground.network import ACTIVATIONS, INITIALISATIONS, INPUTS
from core.planes.points import Shape

LESSONS = [
    one_weight,
    gradient_descent,
    weight_and_bias,
    sigmoid_neuron,
    mlp,
    torch_lesson,
    boundary,
    playground,
]
RECIPES = [
    *(to_dict(recipe) for recipe in (ARTICLE, MODERN, SKETCH, CNN)),
    *(dataclasses.asdict(lesson.Config()) for lesson in LESSONS),
]


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_field_and_every_word_of_a_recipe_has_a_name(recipe: dict) -> None:
    fields = flatten(recipe)
    assert set(fields) <= set(NAMES)
    assert {value for value in fields.values() if isinstance(value, str)} <= set(WORDS)


def test_every_choice_of_a_recipe_has_a_word() -> None:
    choices = {value for values in CHOICES.values() for value in values}
    choices |= {*torch_lesson.ACTIVATIONS, *torch_lesson.LOSSES, *torch_lesson.OPTIMISERS}
    choices |= {*get_args(Shape), *get_args(PlaygroundShape)}
    choices |= {*ACTIVATIONS, *INITIALISATIONS, *INPUTS}
    assert choices <= set(WORDS)
