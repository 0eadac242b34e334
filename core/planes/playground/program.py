"""The Playground's run as a program of its own."""

import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.export.program import (
    FINITE,
    Data,
    Program,
    beginning,
    data_of,
    generated,
    settings_of_descent,
)
from core.export.source import WIDTH, literal, source
from core.permutation import permutation
from core.planes.plane_code import PICTURE
from core.planes.playground import lesson
from core.planes.playground import network as net
from core.planes.playground.data import REACH, TURNS, Split, make, split
from core.planes.playground.run import NO_POINTS, Beginning, Run, begin
from core.planes.playground.start import draw_start
from core.planes.points import REACH as BOUNDARY_REACH
from core.planes.points import two_classes

TRAIN = '''def train(n_epochs=N_EPOCHS, record_every=RECORD_EVERY):
    """Return the recorded updates, and the parameters and the loss over all samples after each."""
    rng = np.random.default_rng(SEED)
    {start}
    sizes = np.array(SIZES)
    highest_loss = {highest_loss}
    updates, recorded, measured, _, _, _ = descend(
        features(x),
        y,
        features(test_x),
        test_y,
        sizes,
        BENDS,
        kept(),
        params,
        memory,
        {n_steps},
        OPTIMISERS.index(OPTIMISER),
        LEARNING_RATE,
        SCHEDULE == "cosine",
        L1,
        L2,
        DROPOUT,
        n_epochs,
        BATCH_SIZE,
        SHUFFLE and BATCH_SIZE < y.size,  # one batch of all samples has no order
        PATIENCE,
        rng,
        record_every,
        highest_loss,
    )
    return finite({before}updates, unpad(recorded), measured[:, 0])


def kept():
    """Return 0 for a silenced neuron, else 1."""
    mask = np.ones((len(SIZES) - 1, max(SIZES)))
    for layer, neuron in SILENCED:
        mask[layer, neuron] = 0.0
    return mask


def predict(x, row):
    """Return the answers to points: {answer}."""
    padded, sizes, mask = pad(row), np.array(SIZES), kept()
    width, last = max(SIZES), len(SIZES) - 2
    z, slope = np.empty((2, last + 1, width))
    a = np.empty((last + 2, width + 1))
    sums = []
    for inputs in features(x):
        a[0, : SIZES[0]] = inputs
        forward(sizes, BENDS, mask, padded, z, a, slope)
        sums.append(z[last, : SIZES[-1]].copy())
    sums = np.array(sums)
    return {of_sums}'''

FROM_FIRST_LOSS = """DIVERGED_AT * max(
        evaluate(features(x), y, sizes, BENDS, kept(), params)[0], 1.0
    )"""

ANSWERS = {
    "binary_cross_entropy": ("the probability of class 1", "1 / (1 + np.exp(-sums[:, 0]))"),
    "cross_entropy": ("the most likely class", "sums.argmax(axis=1)"),
    "mean_squared_error": ("the number", "sums[:, 0]"),
}
"""By loss: what the answer is, and how it is computed of the output neurons' sums."""

INPUTS: dict[net.Input, str] = {
    "x1": "x1",
    "x2": "x2",
    "x1_squared": "x1**2",
    "x2_squared": "x2**2",
    "x1_x2": "x1 * x2",
    "sin_x1": "np.sin(x1)",
    "sin_x2": "np.sin(x2)",
}
"""By name: the input of a point, as code."""

FEATURES = '''def features(x):
    """Compute the network's inputs of points, from their coordinates."""
    {coordinates}
    return np.stack([{inputs}], axis=-1)'''

REPORT = """
print(f"After {updates[-1]} updates:")
for number, (weights, biases) in enumerate(layers_of(params[-1]), start=1):
    print(f"layer {number}: weights {weights.tolist()}")
    print(f"layer {number}: biases {biases.tolist()}")
print(f"loss = {losses[-1]}")"""


def program(
    samples: Split,
    config: lesson.Config,
    described: Mapping[str, Any],
    *,
    start: ArrayLike | None = None,
    after: Run | None = None,
) -> Program:
    """Write a run as a program.

    Where it goes on from another one, or from parameters turned by hand, the program begins with
    the numbers that those ended with.

    Parameters
    ----------
    samples : Split
    config : Config
        Its hyperparameters.
    described : mapping
        What the samples are: see `core.lab.lesson_run.recipe_of`.
    start, after
        As they were for `core.planes.playground.lesson.train`.
    """
    points = samples.train
    n = points.y.size
    begun = begin(config, start, after)
    is_drawn = start is None and after is None
    about, of_sums = ANSWERS[config.loss]
    highest = begun.state.highest_loss
    return Program(
        title="Playground",
        settings=_settings(config, n),
        data=data_of(points, described, drawn_points=drawn_samples)
        if described["samples"] != "own"
        else _own(samples),
        imports=("import math", "from itertools import pairwise"),
        compiled=("njit", "next_double", "next_uint32"),
        helpers=(
            *(source(one) for one in (lesson.forward, lesson.bend, lesson.judge, lesson.evaluate)),
            source(permutation, brief=True),
            _features(config),
            *(_of_sizes(source(one, brief=True)) for one in (net.layers_of, net.pad, net.unpad)),
            *([_of_sizes(source(draw_start))] if is_drawn else []),
            FINITE,
        ),
        loop=source(lesson.descend),
        blanks=(
            ("for k in range(n_in + 1):", "delta[layer - 1, k] = "),
            ("if optimiser == 0:", "p -= rate * (mean"),
        ),
        train=TRAIN.format(
            start=_start(begun, is_drawn=is_drawn),
            n_steps=begun.state.n_steps,
            highest_loss=FROM_FIRST_LOSS if highest is None else repr(highest),
            before=f"{begun.update} + " if begun.update else "",
            answer=about,
            of_sums=of_sums,
        ),
        picture=PICTURE,
        report=REPORT,
        **beginning(
            config,
            n,
            lambda few: lesson.train(*points, few, start=start, test=samples.test, after=after),
        ),
    )


def drawn_samples(arguments: Mapping[str, Any]) -> Data:
    """Return the points that `drawn` describes as code: how they are made, and parted."""
    arguments = dict(arguments)
    share, n_samples = arguments.pop("test_share"), arguments.pop("drawn")
    arguments, seed = {"n_samples": n_samples, **arguments}, arguments["seed"]
    after = f"""(x, y), test = split(x, y, test_share={share}, seed={seed})
test_x, test_y = (np.empty((0, 2)), np.empty(0)) if test is None else test"""
    return generated(
        make,
        arguments,
        constants=[
            f"REACH, BOUNDARY_REACH, TURNS = {REACH}, {BOUNDARY_REACH}, {TURNS}",
            'Split = namedtuple("Split", "train test")',
        ],
        needed=[
            source(two_classes, brief=True).replace("REACH", "BOUNDARY_REACH"),
            source(split, brief=True),
        ],
        after=after,
    )


def _own(samples: Split) -> Data:
    test = NO_POINTS if samples.test is None else samples.test
    arrays = {"x": samples.train.x, "y": samples.train.y, "test_x": test.x, "test_y": test.y}
    written = [
        literal(name, values) if values.size else f"{name} = np.empty({values.shape})"
        for name, values in arrays.items()
    ]
    return Data("\n".join(written))


def _settings(config: lesson.Config, n_samples: int) -> str:
    changed = {
        "inputs": None,
        "hidden_sizes": None,
        "n_classes": None,
        "activation": net.activations(config),
        "patience": config.patience or 0,
        "sizes": net.layer_sizes(config),
    }
    return "\n".join(
        [
            settings_of_descent(config, n_samples, **changed),
            f"ACTIVATIONS = {net.ACTIVATIONS}".replace("'", '"'),
            f"LOSSES = {net.LOSSES}".replace("'", '"'),
            f"OPTIMISERS = {lesson.OPTIMISERS}".replace("'", '"'),
            'RELU = ACTIVATIONS.index("relu")',
            "BENDS = np.array([*map(ACTIVATIONS.index, ACTIVATION), LOSSES.index(LOSS)])",
        ]
    )


def _features(config: lesson.Config) -> str:
    inputs = ", ".join(INPUTS[name] for name in config.inputs)
    coordinates = [f"x{i + 1} = x[..., {i}]" for i in (0, 1) if f"x{i + 1}" in inputs]
    return FEATURES.format(coordinates="\n    ".join(coordinates), inputs=inputs)


def _of_sizes(text: str) -> str:
    """Functions of a configuration, as functions of the program's constants."""
    for ours, theirs in (
        ("net.count_params(network)", "sum((n + 1) * m for n, m in pairwise(SIZES))"),
        ("layer_sizes(network)", "SIZES"),
        ("network.initialisation", "INITIALISATION"),
        (", network)", ")"),
        ("net.", ""),
        ("Layer(", "("),
    ):
        text = text.replace(ours, theirs)
    return text


def _start(begun: Beginning, *, is_drawn: bool) -> str:
    """The statements that make the parameters, the optimiser's memory and the generator's state."""
    if is_drawn:
        return "params = pad(draw_start(rng))\n    memory = np.zeros((2, *params.shape))"
    memory = "np.zeros((2, *params.shape))"
    if begun.state.n_steps:
        memory = f"pad({_row(begun.state.memory)})"
    state = textwrap.fill(
        str(begun.state.rng.bit_generator.state), WIDTH - 8, break_on_hyphens=False
    ).replace("\n", "\n        ")
    return f"""rng.bit_generator.state = (
        {state}
    )
    params = pad({_row(begun.params)})
    memory = {memory}"""


def _row(values: Any) -> str:
    written = literal("", np.asarray(values)).removeprefix(" = ")
    return written.replace("\n", "\n    ")
