"""A run of the Playground from its recipe alone, as a sweep has many of them.

The recipe has the fields that a run kept on the page has, so that Compare shows both side by side.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.hyperparameters import count_batches
from core.messages import N_, require

if TYPE_CHECKING:
    from core.planes.playground.lesson import Config
    from core.store.records import EpochRow

# The lesson loads numba, which the table of the link's parameters, that knows of sweeps, must not.

KIND = "planes/playground"
"""What such runs are in the store."""

MOST_ROWS = 60
"""So many epochs of a run are kept at most, evenly."""

A_NEURON = 3e-8
"""Seconds for a sample to pass through a neuron and back, about: for a guess at a run's time."""

A_PARAMETER = {"sgd": 5e-9, "momentum": 5e-9, "adam": 1.6e-8}
"""Seconds of an update for each weight or bias, about, by the optimiser."""

BESIDES = 0.1
"""Seconds that a run takes besides: to be claimed and stored."""


@dataclass(frozen=True)
class PlaygroundRecipe:
    """All that decides how a run of the Playground learns.

    Parameters
    ----------
    config : Config
        For classes: runs are compared by their accuracy.
    data : mapping
        What the samples are: see `core.planes.playground.data.samples_of`.

    Raises
    ------
    InputError
        If there is nothing to compare runs by: a number is learned, or no sample is kept apart.
    """

    config: Config
    data: Mapping[str, Any]

    def __post_init__(self) -> None:
        require(
            self.config.loss != "mean_squared_error",
            N_("A sweep compares accuracies: choose points of classes on the Playground."),
        )
        require(
            self.n_points > 0,
            N_("There are no points to learn from: a sweep takes those of the link, up to 100."),
        )
        require(
            self.n_tested > 0,
            N_("A sweep compares runs by test samples: keep a share of them on the Playground."),
        )

    @property
    def n_points(self) -> int:
        """How many there are, those kept apart included."""
        return int(self.data.get("drawn", len(self.data.get("points", ()))))

    @property
    def n_tested(self) -> int:
        """How many of them are kept apart."""
        return min(round(float(self.data["test_share"]) * self.n_points), self.n_points - 1)

    @property
    def n_epochs(self) -> int:
        """Of a run."""
        return self.config.n_epochs

    @property
    def seed(self) -> int:
        """Of the start, and of the order in which a sweep tries its cells."""
        return self.config.seed

    @property
    def seconds(self) -> float:
        """About how long the run takes."""
        from core.planes.playground import network as net

        config, n_learned = self.config, self.n_points - self.n_tested
        n_updates = self.n_epochs * count_batches(n_learned, config.batch_size)
        n_measured = min(self.n_epochs, MOST_ROWS) * self.n_points
        n_passes = self.n_epochs * n_learned + n_measured / 3  # a third of a pass is the way forth
        return (
            BESIDES
            + n_passes * sum(net.layer_sizes(config)[1:]) * A_NEURON
            + n_updates * net.count_params(config) * A_PARAMETER[config.optimiser]
        )

    def changed(self, values: Mapping[str, Any]) -> PlaygroundRecipe:
        """Return the recipe with other settings; an InputError if one is not allowed."""
        settings: dict[str, Any] = {name: _as_tuple(value) for name, value in values.items()}
        sizes = settings.get("hidden_sizes", self.config.hidden_sizes)
        settings["silenced"] = tuple(  # of neurons that there are no more, none can be silent
            (layer, neuron)
            for layer, neuron in self.config.silenced
            if layer < len(sizes) and neuron < sizes[layer]
        )
        return dataclasses.replace(self, config=dataclasses.replace(self.config, **settings))

    def to_dict(self) -> dict[str, Any]:
        """Give the recipe as JSON can hold it."""
        from core.lab.lesson_run import recipe_of
        from core.planes.playground.data import samples_of

        points = [list(row) for row in self.data.get("points", ())]
        described = {name: value for name, value in self.data.items() if name != "points"}
        made = recipe_of(self.config, samples_of(self.data).train, described)
        return made | ({"points": points} if points else {})


def from_dict(recipe: Mapping[str, Any]) -> PlaygroundRecipe:
    """Make a recipe of what `PlaygroundRecipe.to_dict` gave.

    Examples
    --------
    >>> from core.planes.playground import Config
    >>> from core.planes.playground.data import drawn
    >>> data = drawn("xor", 40, 0.2, test_share=0.25, seed=3)
    >>> recipe = PlaygroundRecipe(Config(silenced=((0, 1),)), data)
    >>> from_dict(recipe.to_dict()).config == recipe.config
    True
    """
    from core.planes.playground.lesson import Config

    settings = {f.name: recipe[f.name] for f in dataclasses.fields(Config) if f.name in recipe}
    data = {k: v for k, v in recipe["data"].items() if k not in ("n_samples", "checksum")}
    if data["samples"] == "own":
        data["points"] = _as_tuple(recipe["points"])
    return PlaygroundRecipe(Config(**{k: _as_tuple(v) for k, v in settings.items()}), data)


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list | tuple) else value


def train_recipe(recipe: PlaygroundRecipe) -> tuple[Literal["done", "diverged"], list[EpochRow]]:
    """Train, and give how the run ended and what was measured after some of its epochs.

    The samples kept apart choose the best epoch, and so they count as held out here.

    Examples
    --------
    >>> from core.planes.playground import Config
    >>> from core.planes.playground.data import drawn
    >>> data = drawn("blobs", 40, 0.2, test_share=0.25, seed=0)
    >>> ended, rows = train_recipe(PlaygroundRecipe(Config(n_epochs=3), data))
    >>> ended, [(row.epoch, row.images, row.validation_accuracy) for row in rows]
    ('done', [(1, 30, 0.9), (2, 60, 1.0), (3, 90, 1.0)])
    """
    import numpy as np

    from core.planes.playground.data import samples_of
    from core.planes.playground.lesson import train
    from core.store.records import EpochRow

    samples = samples_of(recipe.data)
    n_train, config = samples.train.y.size, recipe.config
    n_batches = count_batches(n_train, config.batch_size)
    every = n_batches * -(-config.n_epochs // MOST_ROWS)
    run = train(*samples.train, dataclasses.replace(config, record_every=every), test=samples.test)
    columns = {name: run.column(name) for name in ("accuracy", "test_loss", "test_accuracy")}
    rows = [
        EpochRow(
            epoch=int(run.epoch[i]),
            images=int(run.epoch[i]) * n_train,
            seconds=0.0,
            train_loss=float(run.loss[i]),
            train_accuracy=float(columns["accuracy"][i]),
            validation_accuracy=float(columns["test_accuracy"][i]),
            test_loss=float(columns["test_loss"][i]),
            test_accuracy=float(columns["test_accuracy"][i]),
        )
        for i in np.flatnonzero(run.update % n_batches == 0)
        if run.epoch[i] > 0
    ]
    return ("diverged" if run.diverged else "done"), rows
