"""What the Playground is set to, by the names in the link; and as a text in it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from core.link.parameters import PARAMETERS, PLAYGROUND_LAYERS, usual
from core.planes.playground import Config
from core.planes.playground.by_hand import silenced_of
from core.planes.playground.data import drawn, loss_of, loss_of_classes
from core.planes.playground.network import LABELS, Input

LAYERS = range(1, PLAYGROUND_LAYERS + 1)

USUAL = usual(
    *("pg_x", "pg_layers", "pg_one", "pg_act", "pg_init", "pg_seed", "pg_opt", "pg_rate"),
    *("pg_sched", "pg_batch", "pg_epochs", "pg_l1", "pg_l2", "pg_drop", "pg_patience"),
    *(f"pg_{name}{layer}" for name in "ha" for layer in LAYERS),
    *("pg_from", "pg_off"),
)
"""All settings with their usual values; the last two are what a hand turned and silenced before."""

DATA = usual("src", "pg_target", "pg_shape", "pg_n", "pg_noise", "pg_test", "seed", "pts")
"""What says what is learned from, with its usual values."""

INPUTS: dict[str, Input] = {label: name for name, label in LABELS.items()}

ALL = 500
"""A batch of so many samples is the full batch: there are no more."""

MOST_BEFORE = 8
"""A time line has no more stretches than this before its last."""


def network_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of the lesson's ``Config`` for what is learned from, and its loss.

    Examples
    --------
    >>> network_of({"pg_shape": "four", "pg_h1": 3})["n_classes"]
    4
    """
    values = DATA | USUAL | dict(values)
    task = loss_of(values["pg_shape"])
    if values["src"] == "own":
        is_class = values["pg_target"] == "class"
        classes = [row[-1] for row in values["pts"]] or [0]
        task = loss_of_classes(classes) if is_class else {"loss": "mean_squared_error"}
    return arguments_of(values, with_test=values["pg_test"] > 0) | task


def linked(config: Config, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the link says of a run: `network_of` and `data_of` the other way round.

    Examples
    --------
    >>> values = {"pg_rate": 0.1, "pg_shape": "moons", "pg_off": "1.2"}
    >>> said = linked(Config(**network_of(values)), data_of(values))
    >>> said == USUAL | DATA | values | {"pg_x": ["x₁", "x₂"]}
    True
    """
    said = DATA | values_of(config) | {"pg_test": data["test_share"], "seed": data["seed"]}
    said["pg_off"] = ",".join(f"{layer + 1}.{neuron + 1}" for layer, neuron in config.silenced)
    if data["samples"] == "own":
        return said | {"src": "own", "pts": data["points"]}
    made = {"pg_shape": data["shape"], "pg_n": data["drawn"], "pg_noise": data["noise"]}
    return said | made


def data_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the samples are, as `core.planes.playground.data.samples_of` makes them.

    Parameters
    ----------
    values : mapping of str to value
        By their names in the link; what is missing is as usual.

    Examples
    --------
    >>> data_of({"pg_shape": "xor"})["shape"], data_of({"src": "own"})["points"]
    ('xor', ())
    """
    values = DATA | dict(values)
    kept_apart = {"test_share": values["pg_test"], "seed": values["seed"]}
    if values["src"] == "own":
        return {"samples": "own", "points": values["pts"], **kept_apart}
    return drawn(values["pg_shape"], values["pg_n"], values["pg_noise"], **kept_apart)


def arguments_of(values: Mapping[str, Any], *, with_test: bool) -> dict[str, Any]:
    """Return the arguments of the lesson's ``Config`` that these settings mean, without the loss.

    Parameters
    ----------
    values : mapping of str to value
        By their names in the link; what is missing is as usual.
    with_test : bool
        There are test samples: without them no run can stop early.
    """
    values = USUAL | dict(values)
    layers = LAYERS[: values["pg_layers"]]
    each = tuple(values[f"pg_a{layer}"] for layer in layers)
    sizes = tuple(values[f"pg_h{layer}"] for layer in layers)
    return {
        "inputs": tuple(name for label, name in INPUTS.items() if label in values["pg_x"]),
        "hidden_sizes": sizes,
        "activation": values["pg_act"] if values["pg_one"] else each,
        "initialisation": values["pg_init"],
        "seed": values["pg_seed"],
        "optimiser": values["pg_opt"],
        "learning_rate": values["pg_rate"],
        "schedule": values["pg_sched"],
        "batch_size": None if values["pg_batch"] >= ALL else values["pg_batch"],
        "n_epochs": values["pg_epochs"],
        "l1": values["pg_l1"],
        "l2": values["pg_l2"],
        "dropout": values["pg_drop"],
        "patience": (values["pg_patience"] or None) if with_test else None,
        "silenced": silenced_of(values["pg_off"], sizes),
    }


def values_of(config: Config) -> dict[str, Any]:
    """Return the settings that mean this configuration: `arguments_of` the other way round.

    Examples
    --------
    >>> config = Config(hidden_sizes=(3,), batch_size=None, inputs=("x1",))
    >>> Config(**arguments_of(values_of(config), with_test=True)) == config
    True
    """
    is_one = isinstance(config.activation, str)
    return USUAL | {
        "pg_x": [LABELS[name] for name in config.inputs],
        "pg_layers": len(config.hidden_sizes),
        **{f"pg_h{layer}": size for layer, size in enumerate(config.hidden_sizes, start=1)},
        "pg_one": is_one,
        "pg_act": config.activation if is_one else USUAL["pg_act"],
        **{
            f"pg_a{layer}": name
            for layer, name in enumerate(() if is_one else config.activation, start=1)
        },
        "pg_init": config.initialisation,
        "pg_seed": config.seed,
        "pg_opt": config.optimiser,
        "pg_rate": config.learning_rate,
        "pg_sched": config.schedule,
        "pg_batch": config.batch_size or ALL,
        "pg_epochs": config.n_epochs,
        "pg_l1": config.l1,
        "pg_l2": config.l2,
        "pg_drop": config.dropout,
        "pg_patience": config.patience or 0,
    }


def as_text(values: Mapping[str, Any]) -> str:
    """Return what is not as usual as a text for the link.

    Examples
    --------
    >>> as_text(USUAL | {"pg_rate": 0.1, "pg_x": ["x₁"]})
    'x=x%E2%82%81&rate=0.1'
    """
    texts = {
        name.removeprefix("pg_"): PARAMETERS[name].kind.write(value)
        for name, value in values.items()
        if _plain(value) != _plain(USUAL[name])
    }
    return urlencode(texts, doseq=True)


def from_text(text: str) -> dict[str, Any]:
    """Return the settings that `as_text` has written; what makes no sense is as usual.

    Examples
    --------
    >>> found = from_text("rate=0.1&layers=99&nonsense=1")
    >>> found["pg_rate"], found["pg_layers"], found == USUAL | {"pg_rate": 0.1, "pg_layers": 6}
    (0.1, 6, True)
    """
    said = {f"pg_{name}": texts for name, texts in parse_qs(text).items()}
    values = dict(USUAL)
    for name in USUAL:
        if name in said:
            values[name] = PARAMETERS[name].kind.read(said[name]).value
    return values


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value
