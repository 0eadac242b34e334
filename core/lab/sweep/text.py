"""Hyperparameters and their values as a person writes them.

``64,256,1024`` are choices. ``1e-4..1e-1`` is a range, ``1e-4..1e-1:5`` one of which a grid takes
five points. Layers are written as the hidden ones alone: ``200-200``, or ``none``; and
so are the channels of convolutions.
"""

import math

from core.digits.network.shapes import LAYER_SIZES
from core.digits.recipe import MODERN, Recipe
from core.lab.sweep.space import (
    LAYERS,
    SEVERAL,
    WHOLE,
    WORDS,
    Base,
    Choices,
    Dimension,
    Range,
    Value,
    names_of,
    with_values,
)
from core.messages import N_, require
from core.number import whole

EXAMPLES = {
    "learning_rate": "1e-4..1e-1",
    "batch_size": "64,256,1024",
    "optimiser": "sgd,momentum,adam",
    "schedule": "constant,cosine",
    "weight_decay": "0,1e-4,1e-2",
    "dropout": "0..0.5",
    "distortion": "0,0.1,0.2",
    "activation": "relu,tanh,sigmoid",
    LAYERS: "200,200-200,200-200-200",
    "n_images": "1000,5000,20000",
    "loss": "mean_squared_error,cross_entropy",
    "channels": "8,16-32,8-16-32",
    "kernel_size": "3,5,7",
}
"""What to write for each hyperparameter, for instance."""

PLAYGROUND_EXAMPLES = {
    "learning_rate": "0.001..3",
    "batch_size": "1,10,100",
    "optimiser": "sgd,momentum,adam",
    "hidden_sizes": "2,4,8,4-2,8-8",
    "activation": "tanh,relu,gelu",
    "initialisation": "xavier,he,uniform,zero",
    "l1": "0,0.001,0.01",
    "l2": "0,0.001,0.01",
    "dropout": "0..0.5",
    "schedule": "constant,cosine",
    "seed": "0..5",
}
"""The same for a Playground's."""

MOST_POINTS = 1_000
"""Of a range."""

FULL_WIDTH = str.maketrans("，、：", ",,:")
"""The signs that a Chinese keyboard writes; numbers may be wide, too."""

INPUTS, OUTPUTS = LAYER_SIZES[0], LAYER_SIZES[-1]


def examples_of(base: Base) -> dict[str, str]:
    """Give what to write for each hyperparameter of such a recipe."""
    return EXAMPLES if isinstance(base, Recipe) else PLAYGROUND_EXAMPLES


def parse(name: str, text: str, base: Base = MODERN) -> Dimension:
    """Read what a hyperparameter is to be varied over.

    Parameters
    ----------
    name : str
        One of `core.lab.sweep.space.NAMES`.
    text : str
        Choices with commas between, or a range, with or without a number of points.
    base : Recipe or PlaygroundRecipe
        Whose hyperparameter it is; it must allow each value.

    Returns
    -------
    Choices or Range

    Raises
    ------
    InputError
        If there is no such hyperparameter, the text is neither, or a recipe does not allow a value.

    Examples
    --------
    >>> parse("batch_size", "64, 256, 1024")
    Choices(name='batch_size', values=(64, 256, 1024))
    >>> parse("learning_rate", "1e-4..1e-1:5")
    Range(name='learning_rate', low=0.0001, high=0.1, n_points=5)
    >>> parse("learning_rate", "0.1..0.01")
    Traceback (most recent call last):
    core.messages.InputError: learning_rate: a range must rise, but 0.01 is not above 0.1.
    """
    require(
        name in names_of(base),
        N_("There is no hyperparameter {name} to vary: choose from {allowed}."),
        name=name,
        allowed=", ".join(names_of(base)),
    )
    text = text.translate(FULL_WIDTH)
    if ".." in text:
        return parse_range(name, text, base)
    values = [parse_value(name, part.strip(), base) for part in text.split(",") if part.strip()]
    require(
        len(values) > 0,
        N_("{name} has no value to try: name some, such as {example}."),
        name=name,
        example=examples_of(base)[name],
    )
    return Choices(name, tuple(v for i, v in enumerate(values) if v not in values[:i]))


def parse_range(name: str, text: str, base: Base = MODERN) -> Range:
    """Read a range."""
    require(
        name not in SEVERAL and name not in WORDS,
        N_("{name} has no range: name choices, such as {example}."),
        name=name,
        example=examples_of(base)[name],
    )
    ends, colon, points = text.partition(":")
    first, _dots, last = (part.strip() for part in ends.partition(".."))
    require(
        first != "" and last != "" and "..." not in ends,
        N_("{name}: {text} is no range; a range is two numbers with two dots between them."),
        name=name,
        text=text.strip(),
    )
    low, high = parse_value(name, first, base), parse_value(name, last, base)
    require(
        low < high,
        N_("{name}: a range must rise, but {high} is not above {low}."),
        name=name,
        low=text_of(name, low),
        high=text_of(name, high),
    )
    dimension = Range(name, low, high)
    require(
        low > 0 or not dimension.is_logarithmic,
        N_("{name}: a range must begin above 0, for its scale is logarithmic; or name choices."),
        name=name,
    )
    if not colon:
        return dimension
    require(
        points.strip() != "",
        N_("{name}: after the colon stands how many points to take, from 2 to {most}."),
        name=name,
        most=whole(MOST_POINTS),
    )
    require(
        is_count(points.strip()) and 2 <= int(points) <= MOST_POINTS,
        N_("{name}: a range may have from 2 to {most} points, not {points}."),
        name=name,
        most=whole(MOST_POINTS),
        points=points.strip(),
    )
    return Range(name, low, high, int(points))


def parse_value(name: str, text: str, base: Base = MODERN) -> Value:
    """Read one value; an InputError if a recipe does not allow it.

    Examples
    --------
    >>> parse_value("layer_sizes", "200-100"), parse_value("batch_size", "1e3")
    ([784, 200, 100, 10], 1000)
    >>> parse_value("channels", "16-32"), parse_value("channels", "none")
    ([16, 32], [])
    >>> parse_value("dropout", "2")
    Traceback (most recent call last):
    core.messages.InputError: dropout must be from 0 to 0.9, not 2.0.
    """
    if name in WORDS:
        value: Value = text
    elif name in SEVERAL:
        value = layers(text) if name == LAYERS else layers(text)[1:-1]
    else:
        value = number(name, text, examples_of(base)[name])
    with_values(base, {name: value})
    return value


def number(name: str, text: str, example: str) -> float:
    """Read a number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    require(
        math.isfinite(value),
        N_("{name}: {text} is no number; write a range or choices, such as {example}."),
        name=name,
        text=text,
        example=example,
    )
    return int(value) if name in WHOLE and value.is_integer() else value


def layers(text: str) -> list[int]:
    """Read the sizes of all layers; the hidden ones are written.

    Examples
    --------
    >>> layers("none"), layers("30")
    ([784, 10], [784, 30, 10])
    """
    sizes = [] if text == "none" else [part.strip() for part in text.split("-")]
    require(
        all(is_count(size) for size in sizes),
        N_("{text} must be numbers with hyphens between, such as 200-100, or none."),
        text=text,
    )
    return [INPUTS, *map(int, sizes), OUTPUTS]


def is_count(text: str) -> bool:
    """Tell whether a text is a whole number of at least 0 that is not absurdly long."""
    return text.isdecimal() and len(text) < 10


def write(dimension: Dimension) -> str:
    """Write a dimension as `parse` reads it.

    Examples
    --------
    >>> write(parse("layer_sizes", "none, 30")), write(parse("weight_decay", "0.00001..0.1:3"))
    ('none,30', '1e-05..0.1:3')
    """
    name = dimension.name
    if isinstance(dimension, Choices):
        return ",".join(text_of(name, value) for value in dimension.values)
    points = "" if dimension.n_points is None else f":{dimension.n_points}"
    return f"{text_of(name, dimension.low)}..{text_of(name, dimension.high)}{points}"


def text_of(name: str, value: Value) -> str:
    """Write one value as `parse` reads it.

    Examples
    --------
    >>> text_of("layer_sizes", [784, 200, 10]), text_of("batch_size", 6000), text_of("dropout", 0.0)
    ('200', '6000', '0')
    """
    if name in SEVERAL:
        hidden = value[1:-1] if name == LAYERS else value
        return "-".join(str(n) for n in hidden) or "none"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
