"""A lesson's run as the store keeps it: its curve as records, its settings as a recipe, a name."""

import dataclasses
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.datasets import Samples
from core.history import MAX_RECORDS, History
from core.hyperparameters import Descent, count_batches, size_of_batch
from core.lab.recipes import UNSAID
from core.lab.words import field_name, value_text
from core.messages import N_, Translate
from core.planes.points import Points
from core.store.names import free_name
from core.store.records import EpochRow

NAMED = 3
"""A name says at most so many settings."""

MEASURED = {
    "accuracy": "train_accuracy",
    "test_loss": "test_loss",
    "test_accuracy": "test_accuracy",
}
"""What a lesson may measure besides its loss, and what the store calls it."""

COMMON = {field.name for field in dataclasses.fields(Descent)}
"""The settings that many lessons have: what a lesson alone has is named before them."""


def records(history: History, n_samples: int, batch_size: int | None) -> list[EpochRow]:
    """Give a lesson's curve as the store has it.

    A lesson records updates, and its most telling ones lie within the first epoch. So each record
    becomes a row, and its number takes the place of the epoch's.

    Parameters
    ----------
    history : History
        At most `MAX_RECORDS` of its records are kept, evenly, with the first and the last.
    n_samples : int
        How many samples it learned from.
    batch_size : int or None
        Samples to an update; None is the full batch.

    Returns
    -------
    list of EpochRow
        With ``images``, the samples seen so far, and ``train_loss``, the loss over all samples;
        the accuracy and the loss of test samples where the lesson measures them.

    Examples
    --------
    Three samples in batches of two: the second batch of an epoch has one.

    >>> history = History([0, 1, 2, 3], [0, 0, 1, 1], [[0.0]] * 4, [4, 3, 2, 1], ("weight",))
    >>> [(row.epoch, row.images, row.train_loss) for row in records(history, 3, 2)]
    [(1, 0, 4.0), (2, 2, 3.0), (3, 3, 2.0), (4, 5, 1.0)]
    """
    size = size_of_batch(batch_size, n_samples)
    passes, batches = np.divmod(history.update, count_batches(n_samples, size))
    seen = passes * n_samples + np.minimum(batches * size, n_samples)
    measured = {"train_loss": history.loss} | {
        field: history.extra[name] for name, field in MEASURED.items() if name in history.extra
    }
    return [
        EpochRow(
            number, int(seen[i]), 0.0, **{field: float(of[i]) for field, of in measured.items()}
        )
        for number, i in enumerate(thinned(history.n_records), start=1)
    ]


def thinned(n_records: int) -> NDArray[np.intp]:
    """Return the records to keep: at most `MAX_RECORDS`, evenly, the first and the last always.

    Examples
    --------
    >>> thinned(3), thinned(1000).size
    (array([0, 1, 2]), 300)
    """
    n_kept = min(n_records, MAX_RECORDS)
    return np.round(np.linspace(0, n_records - 1, n_kept)).astype(np.intp)


def recipe_of(config: Any, samples: Samples | Points, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give a lesson's settings and what its samples are, as JSON can hold it.

    Parameters
    ----------
    config : dataclass
        A lesson's ``Config``.
    samples : Samples or Points
        What it learned from.
    data : mapping
        What these are called. Samples of one's own have no more than a name, so that two sets of
        them are told apart by a checksum.

    Examples
    --------
    >>> from core.lines.one_weight import Config
    >>> recipe = recipe_of(Config(), Samples(np.zeros(2), np.ones(2)), {"samples": "own"})
    >>> recipe["learning_rate"], recipe["data"]
    (0.5, {'samples': 'own', 'n_samples': 2, 'checksum': '5a141ab7'})
    """
    fields = {k: v for k, v in dataclasses.asdict(config).items() if k not in UNSAID}
    about = dict(data) | {"n_samples": samples.y.size}
    if data["samples"] == "own":
        both = np.concatenate([samples.x.ravel(), samples.y])
        about["checksum"] = f"{zlib.crc32(both.tobytes()):08x}"
    return {**fields, "data": about}


def name_of(config: Any, taken: Iterable[str], translate: Translate = str) -> str:
    """Name a run by the settings that are not the lesson's own.

    Parameters
    ----------
    config : dataclass
        A lesson's ``Config``.
    taken : iterable of str
        The names that there are; of the same settings the second is called so, and so on.
    translate : callable, default=str
        Gives the words in the reader's language.

    Examples
    --------
    >>> from core.lines.gradient_descent import Config
    >>> name_of(Config(learning_rate=0.5, batch_size=None), [])
    'η = 0.5 · full batch'
    >>> name_of(Config(), ["usual settings"])
    'usual settings (2)'
    """
    own = dataclasses.asdict(type(config)())
    settings = sorted(dataclasses.asdict(config).items(), key=lambda item: item[0] in COMMON)
    changed = [
        (name, value) for name, value in settings if value != own[name] and name not in UNSAID
    ]
    name = " · ".join(_setting(*pair, translate) for pair in changed[:NAMED])
    return free_name(name or translate(N_("usual settings")), set(taken))


def _setting(name: str, value: Any, translate: Translate) -> str:
    """A setting in as few letters as possible."""
    text = value_text(name, value, translate)
    short = {
        "learning_rate": "η = {value}",
        "batch_size": "B = {value}" if value is not None else "{value}",
        "n_epochs": translate(N_("{value} epochs")),
        "loss": "{value}",
        "activation": "{value}",
        "optimiser": "{value}",
    }
    return short.get(name, "{name} {value}").format(name=field_name(name, translate), value=text)
