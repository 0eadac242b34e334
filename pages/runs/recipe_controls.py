"""What the controls of Digits → Train show for a recipe, and the recipe that they make."""

import dataclasses
from typing import Any

from core.digits.network.shapes import MAX_BLOCKS, MAX_HIDDEN_LAYERS
from core.digits.recipe import ARTICLE, CONVOLUTIONAL, MODERN, SKETCH, MadeRecipe, Recipe
from core.link.parameters import ALL_IMAGES, PARAMETERS
from pages.shared import link

AnyRecipe = Recipe | MadeRecipe

PRESETS: dict[str, AnyRecipe] = {
    recipe.name: recipe for recipe in (MODERN, CONVOLUTIONAL, ARTICLE, SKETCH)
}
OWN = "own"
"""The name of a recipe that is no preset."""

SIZES = [f"tr_h{layer}" for layer in range(1, MAX_HIDDEN_LAYERS + 1)]
"""The keys of the hidden layers' sizes."""

CHANNELS = [f"tr_c{block}" for block in range(1, MAX_BLOCKS + 1)]
"""The keys of the blocks' channels."""


def values_of(recipe: AnyRecipe) -> dict[str, Any]:
    """Return what the controls show for a recipe, by their keys."""
    hidden, channels = recipe.layer_sizes[1:-1], recipe.channels
    return {
        "tr_blocks": len(channels),
        **{key: PARAMETERS[key].kind.usual for key in (*CHANNELS, *SIZES)},
        **dict(zip(CHANNELS, channels, strict=False)),
        "tr_kernel": str(recipe.kernel_size),
        "tr_layers": len(hidden),
        **dict(zip(SIZES, hidden, strict=False)),
        "tr_act": recipe.activation,
        "tr_loss": recipe.loss,
        "tr_opt": recipe.optimiser,
        "tr_rate": recipe.learning_rate,
        "tr_batch": recipe.batch_size,
        "tr_epochs": recipe.n_epochs,
        "tr_made": isinstance(recipe, MadeRecipe),
        "tr_images": min(recipe.n_images, ALL_IMAGES),
        "tr_warp": 0.1 if isinstance(recipe, MadeRecipe) else recipe.distortion,
        "tr_drop": recipe.dropout,
        "tr_decay": recipe.weight_decay,
        "tr_sched": recipe.schedule,
        "tr_seed": recipe.seed,
    }


FIXED = ("tr_loss", "tr_opt", "tr_images", "tr_warp", "tr_drop", "tr_decay", "tr_sched")
"""The controls whose values made pictures bring along."""


def set_controls(recipe: AnyRecipe) -> None:
    """Set all controls to a recipe; for a callback."""
    link.go(values_of(recipe) | {"tr_preset": OWN})


def recipe_of(chosen: dict[str, Any], made: bool) -> AnyRecipe:
    """Make the recipe, under its preset's name if it is one; the seed may be any."""
    recipe: AnyRecipe
    if made:
        fields = {field.name for field in dataclasses.fields(MadeRecipe)}
        recipe = dataclasses.replace(SKETCH, **{k: v for k, v in chosen.items() if k in fields})
    else:
        recipe = Recipe(OWN, **chosen)
    for name, preset in PRESETS.items():
        if values_of(dataclasses.replace(preset, seed=recipe.seed)) == values_of(recipe):
            return dataclasses.replace(recipe, name=name)
    return dataclasses.replace(recipe, name=OWN)
