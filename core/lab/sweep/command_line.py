"""A sweep as the command line that makes it."""

import dataclasses
import shlex

from core.digits.recipe import PRESETS, Recipe
from core.lab.sweep.plan import Sweep
from core.lab.sweep.space import LAYERS, NAMES, Range
from core.lab.sweep.text import text_of, write

COMMAND = "python -m core.digits.sweep"


def flag(name: str) -> str:
    """Give a hyperparameter's flag.

    Examples
    --------
    >>> flag("learning_rate"), flag("layer_sizes")
    ('--learning-rate', '--hidden')
    """
    return "--hidden" if name == LAYERS else "--" + name.replace("_", "-")


def command_line(sweep: Sweep) -> str:
    """Write the command line that makes the same sweep.

    Parameters
    ----------
    sweep : Sweep
        Of the digits.

    Returns
    -------
    str

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> from core.lab.sweep.plan import sweep_of
    >>> command_line(sweep_of(MODERN, {"optimiser": "sgd", "learning_rate": "0.1..1"}, n_runs=9))
    'python -m core.digits.sweep --learning-rate 0.1..1 --optimiser sgd --runs 9'
    """
    base = sweep.base
    assert isinstance(base, Recipe)
    preset, changed = nearest_preset(base)
    words = [f"{flag(d.name)} {shlex.quote(write(d))}" for d in sweep.space]
    varied = sweep.names
    words += [
        f"{flag(name)} {shlex.quote(text_of(name, getattr(base, name)))}"
        for name in NAMES
        if name in changed and name not in varied
    ]
    if preset != "modern":
        words.append(f"--preset {preset}")
    if "n_epochs" in changed:
        words.append(f"--epochs {base.n_epochs}")
    if sweep.method != "grid":
        words.append(f"--method {sweep.method}")
    asks = sweep.method == "random" or any(
        isinstance(d, Range) and d.n_points is None for d in sweep.space
    )
    if sweep.n_runs is not None and asks:
        words.append(f"--runs {sweep.n_runs}")
    if "seed" in changed:
        words.append(f"--seed {base.seed}")
    if not sweep.prunes:
        words.append("--no-pruning")
    return " ".join([COMMAND, *words])


def nearest_preset(base: Recipe) -> tuple[str, list[str]]:
    """Give the preset that a recipe differs from least, and in which fields it does.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE
    >>> nearest_preset(dataclasses.replace(ARTICLE, seed=3))
    ('article', ['seed'])
    """
    fields = [field.name for field in dataclasses.fields(Recipe) if field.name != "name"]
    changed = {
        name: [field for field in fields if getattr(base, field) != getattr(preset, field)]
        for name, preset in PRESETS.items()
    }
    nearest = min(changed, key=lambda name: len(changed[name]))
    return nearest, changed[nearest]
