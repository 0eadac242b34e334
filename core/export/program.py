"""A lesson's run as one program, which needs nothing of this project.

A lesson describes its program in ``core/<section>/<page>/program.py``: its settings and data, the
source of its loop, and two short functions around it. What all programs have in common is here.
After a program has run, ``updates``, ``params`` and ``losses`` hold what the lesson's ``History``
holds.
"""

import dataclasses
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.export.source import broken, literal, source
from core.history import History, thinning
from core.hyperparameters import count_batches, size_of_batch

COMMENTS = {
    "learning_rate": "η: how far one step goes",
    "n_epochs": "passes over all samples",
    "batch_size": "samples that one update averages over",
    "shuffle": "a new order of the samples in every epoch",
    "seed": "of all that is drawn at random",
    "record_every": "so many updates lie between two points of the curve",
    "l1": "pulls every weight towards 0 by the same amount",
    "l2": "pulls every weight towards 0, the harder, the larger it is",
    "dropout": "the share of hidden neurons left out at random",
    "patience": "epochs without a lower test loss, after which the run stops; 0: never",
}
"""What a setting means, where its name does not say it."""


LEAST_UPDATES = 3
"""An exercise compares at least so many updates, where the run has them."""


@dataclass(frozen=True)
class Data:
    """What a program learns from."""

    code: str
    """Statements that make ``x`` and ``y``, arrays of float."""
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Program:
    """A run as the pieces of a program, all of them Python.

    The pieces stand in a file in this order, and in a notebook each in a cell of its own.
    """

    title: str
    """Of the lesson, in English."""
    settings: str
    data: Data
    helpers: tuple[str, ...]
    """What the loop calls."""
    loop: str
    """What learns."""
    blanks: tuple[tuple[str, str], ...]
    """How the first and the last line of each place begin that an exercise leaves empty."""
    train: str
    """``train`` calls the loop, and ``predict(x, row)`` answers with a row of parameters."""
    picture: str
    """Draws the fit and the loss into the axes ``left`` and ``right``."""
    report: str
    """Prints the last parameters."""
    few: str
    """How ``train`` is called for the first updates."""
    first: Callable[[], History]
    """The lesson's own first updates, each of them."""
    imports: tuple[str, ...] = ()
    compiled: tuple[str, ...] = ()
    """What the loop needs of numba's beside ``njit``; none: it is plain Python."""

    @property
    def preamble(self) -> str:
        """All imports, the standard library's first."""
        wanted = {*self.imports, *self.data.imports}
        ours, torchs = (
            sorted((one for one in wanted if ("torch" in one) is is_torchs), key=_isort)
            for is_torchs in (False, True)
        )
        others = ["import numpy as np", *torchs]
        groups = ["\n".join(group) for group in (ours, others) if group]
        if self.compiled:
            groups.append(_numba(self.compiled))
        return "\n\n".join(groups)


def as_file(program: Program) -> str:
    """Write a program as one file.

    Returns
    -------
    str
        It prints the last parameters and the loss, and draws them where matplotlib is installed.
    """
    needs = "torch and numpy" if "import torch" in program.imports else "numpy"
    more = "matplotlib draws it, where it is installed"
    if program.compiled:
        more = "numba makes it faster and matplotlib draws it, where they are installed"
    head = f'''"""{program.title}

One run of Neuron Ladder, as a program of its own. It needs {needs};
{more}.
"""

{program.preamble}'''
    pieces = [
        *([f"# Settings\n{program.settings}"] if program.settings else []),
        f"# Data\n{program.data.code}",
        program.loop,
        *program.helpers,
        program.train,
        f"updates, params, losses = train()\n{program.report}\n\n{drawn(program.picture)}",
    ]
    return "\n\n\n".join([f"{head}\n\n{pieces[0]}", *pieces[1:]]) + "\n"


def drawn(picture: str) -> str:
    """Return statements that draw into the axes ``left`` and ``right``, or say what it takes."""
    indented = textwrap.indent(picture, "    ")
    return f"""try:
    import matplotlib.pyplot as plt
except ImportError:
    print("There is no picture, since matplotlib is not installed: pip install matplotlib")
else:
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
{indented}
    plt.show()"""


LOSS_CURVE = """right.plot(updates, losses)
right.set(xlabel="update", ylabel="loss")"""

CURVE = f"""left.scatter(x, y, s=12, color="tab:gray")
grid = np.linspace(x.min(), x.max(), 300)
left.plot(grid, predict(grid, params[-1]), color="tab:red")
left.set(xlabel="x", ylabel="y")
{LOSS_CURVE}"""
"""Draws one input's samples, and the last answer to all of x."""

FINITE = '''def finite(updates, params, losses):
    """Leave out what is beyond any float: the end of a run that has diverged."""
    kept = np.isfinite(losses) & np.isfinite(params).all(axis=1)
    return updates[kept], params[kept], losses[kept]'''

DIVERGED = "DIVERGED_AT = 1e6  # times the first loss, or times 1: there the run stops"


def settings_of(config: Any, n_samples: int, record_every: int | None, **more: Any) -> str:
    """Write a configuration as constants.

    Parameters
    ----------
    config : dataclass
        A lesson's ``Config``.
    n_samples : int
        How many samples it learns from.
    record_every : int or None
        How many updates lie between two records; None where there is no choice.
    **more
        Other constants, or other values; None leaves one out.

    Examples
    --------
    >>> from core.lines.gradient_descent import Config
    >>> print(settings_of(Config(batch_size=None, shuffle=False), 20, 3))
    LEARNING_RATE = 0.1  # η: how far one step goes
    N_EPOCHS = 50  # passes over all samples
    BATCH_SIZE = 20  # samples that one update averages over
    SHUFFLE = False  # a new order of the samples in every epoch
    SEED = 0  # of all that is drawn at random
    START_WEIGHT = 0.1
    RECORD_EVERY = 3  # so many updates lie between two points of the curve
    """
    values = {field.name: getattr(config, field.name) for field in dataclasses.fields(config)}
    values["record_every"] = record_every
    if "batch_size" in values:
        values["batch_size"] = size_of_batch(values["batch_size"], n_samples)
    order = [name for name in values if name != "record_every"] + ["record_every"]
    chosen = {name: values[name] for name in order} | more
    return "\n".join(_constant(*pair) for pair in chosen.items() if pair[1] is not None)


def settings_of_descent(config: Any, n_samples: int, **more: Any) -> str:
    """Write a configuration as constants, with how often is recorded and where a run stops.

    Parameters
    ----------
    config : dataclass
        A ``Config`` with epochs and batches.
    n_samples : int
        How many samples it learns from.
    **more
        As for `settings_of`.
    """
    n_updates = config.n_epochs * count_batches(n_samples, config.batch_size)
    every = thinning(n_updates, config.record_every)
    return f"{settings_of(config, n_samples, every, **more)}\n{DIVERGED}"


def own(x: Any, y: Any) -> Data:
    """Return samples written out, each number as it is."""
    return Data("\n".join([literal("x", x), literal("y", y)]))


def generated(
    generator: Callable[..., Any],
    arguments: Mapping[str, Any],
    *,
    constants: Sequence[str] = (),
    needed: Sequence[str] = (),
    after: str = "",
) -> Data:
    """Return samples as the source of their generator, and its call.

    Parameters
    ----------
    generator : callable
        Returns x and y.
    arguments : mapping
        What it is called with.
    constants : sequence of str
        Statements that it needs.
    needed : sequence of str
        The source of functions that it calls.
    after : str
        Statements that make other x and y of those.
    """
    written = ", ".join(f"{name}={_written(value)}" for name, value in arguments.items())
    code = "\n\n\n".join(
        ["\n".join([*constants, AS_SAMPLES]), *needed, source(generator, brief=True)]
    )
    call = broken(f"x, y = {generator.__name__}(", written, ")")
    return Data(
        code.replace("as_points", "as_samples") + f"\n\n\n{call}" + (f"\n{after}" if after else ""),
        ("from collections import namedtuple",),
    )


AS_SAMPLES = '''Samples = namedtuple("Samples", "x y")


def as_samples(x, y):
    """Return inputs and targets as arrays of float."""
    return Samples(np.array(x, dtype=np.float64), np.array(y, dtype=np.float64))'''


def data_of(
    samples: tuple[Any, Any],
    described: Mapping[str, Any],
    **generators: Callable[[Mapping[str, Any]], Data],
) -> Data:
    """Return the samples of a page by what it calls them: a generator's, or written out.

    Parameters
    ----------
    samples : Samples or Points
        What they are.
    described : mapping
        What they are, see `core.lab.lesson_run.recipe_of`: ``samples`` names them, the rest are
        the generator's arguments.
    **generators
        By that name, a function of the arguments that returns `Data`.
    """
    arguments = dict(described)
    make = generators.get(arguments.pop("samples"))
    return own(*samples) if make is None else make(arguments)


def beginning(config: Any, n_samples: int, run: Callable[[Any], History]) -> dict[str, Any]:
    """Return what a program knows of the lesson's own first updates.

    Parameters
    ----------
    config : Descent
        The run's hyperparameters.
    n_samples : int
    run : callable
        Trains with other hyperparameters.

    Returns
    -------
    dict
        The arguments ``few`` and ``first`` of `Program`: at least an epoch, and a few updates.
    """
    n_batches = count_batches(n_samples, config.batch_size)
    n_epochs = min(config.n_epochs, -(-LEAST_UPDATES // n_batches))
    few = dataclasses.replace(config, n_epochs=n_epochs, record_every=1)
    return {"few": f"n_epochs={n_epochs}, record_every=1", "first": lambda: run(few)}


def report_of(names: Sequence[str]) -> str:
    """Return the statements that print the last parameters by their names."""
    written = ", ".join(f'"{name}"' for name in names)
    listed = broken("names = (", written + ("," if len(names) == 1 else ""), ")")
    return f"""{listed}
print(f"After {{updates[-1]}} updates:")
for name, value in zip(names, params[-1].tolist(), strict=True):
    print(f"{{name}} = {{value}}")
print(f"loss = {{losses[-1]}}")"""


def _isort(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line


def _constant(name: str, value: Any) -> str:
    comment = COMMENTS.get(name)
    return f"{name.upper()} = {_written(value)}" + (f"  # {comment}" if comment else "")


def _written(value: Any) -> str:
    return repr(value.item() if isinstance(value, np.generic) else value).replace("'", '"')


def _numba(names: Sequence[str]) -> str:
    """Import numba, or do without it."""
    drawn = [name for name in names if name.startswith("next_")]
    imported = ""
    if drawn:
        imported = f"\n    from numba.np.random.generator_core import {', '.join(drawn)}"
    without = "".join(
        f"\n\n    def {name}(bits):\n        return bits.ctypes.{name}(bits.ctypes.state)"
        for name in drawn
    )
    return f"""try:  # numba compiles the loops, which takes some seconds
    from numba import njit{imported}
except ImportError:  # without it come the same numbers, a hundred times as slowly
    np.seterr(all="ignore")  # a run that diverges is no error

    def njit(function=None, **options):
        return function or (lambda one: one){without}"""
