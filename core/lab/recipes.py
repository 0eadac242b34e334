"""In what the recipes of several runs differ, and whether their losses can be compared at all."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from core.store.records import Run

UNSAID = ("name", "record_every", "points", "network")
"""Fields that change nothing of what is learned; points, of which the checksum tells enough; and
the kind of network, which recipes of 0.1 told, as their channels tell it."""

ALIASES = {"optimizer": "optimiser"}
"""Fields that the recipes of earlier versions call otherwise."""

MISSING = object()
"""The value of a field that a recipe does not have."""


class Compared(NamedTuple):
    """The fields of several recipes."""

    differing: dict[str, list[Any]]
    """By field: the value in each recipe, in their order; `MISSING` where it has none."""
    same: dict[str, Any]
    """By field: the value that all have."""


def compare(recipes: Sequence[Mapping[str, Any]]) -> Compared:
    """Part the fields of recipes into those that differ and those that are the same.

    Parameters
    ----------
    recipes : sequence of mapping
        As the store has them. Of a field that is itself a mapping, its fields count, under both
        names with a point between them.

    Returns
    -------
    Compared

    Examples
    --------
    >>> fast = {"name": "fast", "learning_rate": 0.5, "data": {"noise": 0.1, "seed": 0}}
    >>> slow = {"name": "slow", "learning_rate": 0.1, "data": {"noise": 0.1, "seed": 7}}
    >>> compare([fast, slow])
    Compared(differing={'learning_rate': [0.5, 0.1], 'data.seed': [0, 7]}, same={'data.noise': 0.1})
    """
    flat = [flatten(recipe) for recipe in recipes]
    names = dict.fromkeys(name for fields in flat for name in fields)
    differing, same = {}, {}
    for name in names:
        values = [fields.get(name, MISSING) for fields in flat]
        if all(value == values[0] for value in values[1:]):
            same[name] = values[0]
        else:
            differing[name] = values
    return Compared(differing, same)


def flatten(recipe: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Give a recipe's fields without mappings inside, and without those that are `UNSAID`.

    Examples
    --------
    >>> flatten({"name": "mine", "seed": 0, "data": {"samples": "step", "seed": 1}})
    {'seed': 0, 'data.samples': 'step', 'data.seed': 1}
    """
    fields: dict[str, Any] = {}
    for name, value in recipe.items():
        if isinstance(value, Mapping):
            fields |= flatten(value, f"{prefix}{name}.")
        elif prefix or name not in UNSAID:
            fields[prefix + ALIASES.get(name, name)] = value
    return fields


Obstacle = Literal["kinds", "losses", "data"]
"""Why losses cannot be compared: other tasks, other measures, or other samples."""


def obstacle(runs: Sequence[Run]) -> Obstacle | None:
    """Say why the losses of runs cannot be compared; None if they can.

    Parameters
    ----------
    runs : sequence of Run

    Returns
    -------
    {"kinds", "losses", "data"} or None
        The first that holds.
    """
    if len({run.kind for run in runs}) > 1:
        return "kinds"
    if len({loss_of(run.recipe) for run in runs}) > 1:
        return "losses"
    first, *others = (run.recipe.get("data") for run in runs)
    return "data" if any(data != first for data in others) else None


def loss_of(recipe: Mapping[str, Any]) -> str:
    """Name the loss that a recipe makes small.

    Examples
    --------
    >>> loss_of({"loss": "cross_entropy"}), loss_of({"made": {"styled": 1}}), loss_of({})
    ('cross_entropy', 'cross_entropy', 'mean_squared_error')
    """
    # Recipes with made pictures, and most lessons, know one loss only and do not name it.
    return str(recipe.get("loss", "cross_entropy" if "made" in recipe else "mean_squared_error"))
