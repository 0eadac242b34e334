"""All compiled loops, each called with as little as it takes.

Each is imported where it is called: a page that compiles its own loads no other.
"""

from collections.abc import Callable, Iterator

import numpy as np

from core.datasets import noisy_line, step, two_steps


def _one_weight() -> None:
    from core.lines import one_weight

    one_weight.train(*noisy_line(2), one_weight.Config())


def _gradient_descent() -> None:
    from core.lines import gradient_descent
    from core.lines.gradient_descent import rates

    x, y = noisy_line(2)
    config = gradient_descent.Config(n_epochs=1)
    gradient_descent.train(x, y, config)
    rates.zones(x, config)


def _weight_and_bias() -> None:
    from core.lines import weight_and_bias
    from core.lines.weight_and_bias import rates

    x, y = noisy_line(2)
    config = weight_and_bias.Config(n_epochs=1)
    weight_and_bias.train(x, y, config)
    rates.zones(x, config)


def _sigmoid_neuron() -> None:
    from core.curves import sigmoid_neuron

    samples = step(2)
    sigmoid_neuron.train(*samples, sigmoid_neuron.Config(n_epochs=1))
    sigmoid_neuron.losses(*samples, np.zeros((1, 2)))


def _mlp() -> None:
    from core.curves import mlp

    mlp.train(*two_steps(), mlp.Config(n_epochs=1))


def _boundary() -> None:
    from core.planes import boundary
    from core.planes.boundary.separation import separation
    from core.planes.points import two_classes

    points = two_classes(n_samples=2)
    boundary.train(*points, boundary.Config(n_epochs=1))
    separation(*points)


def _playground() -> None:
    from core.planes import playground
    from core.planes.playground.data import make

    playground.train(*make(n_samples=2), playground.Config(n_epochs=1))


def _train() -> None:
    from core.digits.train.distort import distort
    from core.digits.train.made.pen import draw
    from core.digits.train.made.trace import thin
    from core.digits.train.warp import warp

    images, rng = np.zeros((1, 28, 28), np.uint8), np.random.default_rng(0)
    distort(images, 0.1, rng)
    warp(images, rng)
    draw(np.zeros((1, 2, 2)), width=20)
    thin(np.zeros((3, 3), np.bool_))


LOOPS: dict[str, Callable[[], None]] = {
    "lines/one_weight": _one_weight,
    "lines/gradient_descent": _gradient_descent,
    "lines/weight_and_bias": _weight_and_bias,
    "curves/sigmoid_neuron": _sigmoid_neuron,
    "curves/mlp": _mlp,
    "planes/boundary": _boundary,
    "planes/playground": _playground,
    "digits/train": _train,
}
"""By the page that they belong to, from the bottom of the ladder up."""


def compile_loops() -> Iterator[str]:
    """Compile the loops of one page after the other, or find that they are; yield its name."""
    for page, compile_page in LOOPS.items():
        compile_page()
        yield page
