"""The small pictures on Home: each rung's own data, and what its defaults make of them.

They must be there at once, so nothing here is compiled and nothing trains for long: the short runs
are done again in plain Python, the ends of the long ones are written down. The tests compare both
with the lessons themselves.
"""

import gzip
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.charts.svg import HEIGHT, Window, dots, line, picture
from core.curves.activations.functions import ACTIVATIONS, sigmoid
from core.datasets import noisy_line, step, two_steps
from core.digits.convolution.kernels import BY_HAND
from core.digits.convolution.sliding import convolve
from core.digits.mnist import FILES, FOLDER
from core.lines import normal_equation
from core.messages import N_, Translate
from core.planes.points import two_classes
from core.start import what_is_a_model as tiny_network

SIGMOID_NEURON = 20.436, -11.721
"""Weight and bias at the end of `core.curves.sigmoid_neuron`'s default run."""

BOUNDARY = 2.620, 1.174, 0.290
"""Both weights and the bias at the end of `core.planes.boundary`'s default run."""

PLAYGROUND = (
    *(1.51, 1.4, 1.38, 1.45, 1.61, 1.86, 2.04, 2.04, 1.88, 1.74, 1.68, 1.7),
    *(1.79, 1.86, 1.86, 1.78, 1.68, 1.62, 1.65, 1.77, 1.95, 2.06, 1.97, 1.72),
)
"""How far from the middle `core.planes.playground`'s default run has drawn its boundary, in 24
directions, the first to the right and then anticlockwise."""

MLP = (
    *(-23.089, -24.273, -20.13, 18.888, 15.252, 4.727),
    *(-23.131, 19.692, -17.057, 11.405),
)
"""The parameters at the end of `core.curves.mlp`'s default run."""

LEARNED_BY_HEART = (
    *((1.65, 1.83), (0.7, 1.04), (0.5, 1.1), (0.28, 1.07), (0.16, 0.87), (0.07, 0.82)),
    *((0.03, 0.89), (0.01, 0.95), (0.01, 0.96), (0, 1.0), (0, 1.01), (0, 1.03), (0, 1.04)),
    *((0, 1.06), (0, 1.07), (0, 1.09), (0, 1.09), (0, 1.11), (0, 1.12), (0, 1.13)),
)
"""Training and test loss after each epoch of a run on only 300 images."""

SWEPT = (
    (0.865, 0.915, 0.929, 0.943, 0.949, 0.945, 0.908, 0.139),
    (0.605, 0.842, 0.910, 0.923, 0.939, 0.944, 0.554, 0.114),
    (0.197, 0.509, 0.673, 0.877, 0.907, 0.920, 0.342, 0.113),
)
"""Validation accuracies of a sweep on 3,000 images: batch sizes 64, 256 and 1,024, and eight
learning rates from 0.0001 to 0.1.
"""

Floats = NDArray[np.float64]


def what_is_a_model() -> str:
    """The network of 1-2-1 neurons with the weights it starts from, as widths and signs."""
    start = tiny_network.draw_start(np.random.default_rng(tiny_network.Config().seed))
    window = Window(-0.12, 1.12, -0.3, 1.3)
    nodes = {"x": (0, 0.5), "a1": (0.5, 1), "a2": (0.5, 0), "y_hat": (1, 0.5)}
    roles = {"x": "data", "a1": "second", "a2": "third", "y_hat": "model"}
    edges = [("x", "a1", start.w1), ("x", "a2", start.w2)]
    edges += [("a1", "y_hat", start.v1), ("a2", "y_hat", start.v2)]
    lines = [
        line(
            window,
            [nodes[tail][0], nodes[head][0]],
            [nodes[tail][1], nodes[head][1]],
            "now" if weight < 0 else "model",
            width=2 + 5 * abs(weight),
            opacity=0.75,
        )
        for tail, head, weight in edges
    ]
    circles = [
        dots(window, [x], [y], roles[name], size=22, opacity=1) for name, (x, y) in nodes.items()
    ]
    return "".join([*lines, *circles])


def check() -> str:
    """Four answers before, three of them wrong, and after, all but one right."""
    window = Window(0, 226, 0, 90)

    def tick(x: float, y: float) -> str:
        return line(window, [x - 8, x - 2, x + 9], [y, y - 7, y + 8], "best", width=4)

    def cross(x: float, y: float) -> str:
        strokes = ([y - 7, y + 7], [y + 7, y - 7])
        return "".join(line(window, [x - 7, x + 7], ends, "now", width=4) for ends in strokes)

    marks = [
        mark(x, y)
        for x, column in ((62, (cross, tick, cross, cross)), (164, (tick, tick, cross, tick)))
        for mark, y in zip(column, (81, 57, 33, 9), strict=True)
    ]
    arrow = line(window, [98, 128], [45, 45], "data", width=3)
    head = line(window, [120, 128, 120], [53, 45, 37], "data", width=3)
    return "".join([*marks, arrow, head])


def one_weight() -> str:
    """The samples, and the line after the 0th, 10th, 20th … of them."""
    x, y = noisy_line()
    window, ends = Window(0, 1, 0, 1.62), np.array([0.0, 1.0])
    weights = one_weight_pass(x, y)
    return "".join(
        [
            dots(window, x, y, "data"),
            *(line(window, ends, w * ends, "model", opacity=0.16) for w in weights[:-1:10]),
            line(window, ends, weights[-1] * ends, "model", width=3.5),
        ]
    )


def one_weight_pass(x: Floats, y: Floats) -> list[float]:
    """Return the weights of `core.lines.one_weight`'s default run."""
    weights = [0.5]
    for x_i, y_i in zip(x, y, strict=True):
        weights.append(weights[-1] + (y_i - weights[-1] * x_i) * x_i)
    return weights


def normal_equation_picture() -> str:
    """Some samples' own parabolas, their mean, and its vertex."""
    x, y = noisy_line()
    mean = normal_equation.parabola(x, y)
    w = np.linspace(mean.vertex - 1.9, mean.vertex + 1.9, 41)
    window = Window(w[0], w[-1], -0.12, mean(w[0]))
    own = np.array(normal_equation.sample_parabolas(x, y))[:, 9::10]
    return "".join(
        [
            *(
                line(window, w, a * w**2 + b * w + c, "data", width=1.5, opacity=0.45)
                for a, b, c in own.T
            ),
            line(window, w, [mean(weight) for weight in w], "loss", width=3.5),
            dots(window, [mean.vertex], [mean.lowest], "best", size=13, opacity=1),
        ]
    )


def gradient_descent() -> str:
    """The loss, and the full batch walking down it from the default start at the default rate."""
    mean = normal_equation.parabola(*noisy_line())
    weights = full_batch(mean.a, mean.b, n_updates=50)
    w = np.linspace(-0.35, 2 * mean.vertex + 0.35, 41)
    window = Window(w[0], w[-1], -0.1, mean(w[0]))
    losses = [mean(weight) for weight in weights]
    return "".join(
        [
            line(window, w, [mean(weight) for weight in w], "loss", width=3),
            line(window, weights, losses, "now", width=2, opacity=0.7),
            dots(window, weights[::3], losses[::3], "now", size=8, opacity=1),
            dots(window, [mean.vertex], [mean.lowest], "best", size=12, opacity=1),
        ]
    )


def full_batch(a: float, b: float, n_updates: int, learning_rate: float = 0.1) -> list[float]:
    """Return the weights of a full-batch run of `core.lines.gradient_descent`."""
    weights = [0.1]
    for _ in range(n_updates):
        weights.append(weights[-1] - learning_rate * (2 * a * weights[-1] + b))
    return weights


def weight_and_bias() -> str:
    """Level lines of the loss over weight and bias, and the path of the default run."""
    x, y = noisy_line(variant="reversed")
    path = np.array(weight_and_bias_pass(x, y))
    columns = np.column_stack([x, np.ones_like(x)])
    best = np.linalg.lstsq(columns, y)[0]
    sizes, axes = np.linalg.eigh(columns.T @ columns / x.size)
    turn = np.linspace(0, 2 * np.pi, 61)
    circle = np.stack([np.cos(turn), np.sin(turn)]) / np.sqrt(sizes)[:, np.newaxis]
    window = Window(-2.3, 0.98, -0.3, 2.3)
    levels = [
        best[:, np.newaxis] + axes @ circle * reach for reach in (0.12, 0.25, 0.45, 0.75, 1.1)
    ]
    return "".join(
        [
            *(line(window, w, b, "loss", width=1.6, opacity=0.55) for w, b in levels),
            line(window, path[::4, 0], path[::4, 1], "model", width=2.5),
            dots(window, path[:1, 0], path[:1, 1], "model", size=9, opacity=1),
            dots(window, best[:1], best[1:], "best", size=12, opacity=1),
        ]
    )


def weight_and_bias_pass(x: Floats, y: Floats, n_epochs: int = 15) -> list[tuple[float, float]]:
    """Return weight and bias of `core.lines.weight_and_bias`'s default run."""
    weight = bias = 0.1
    params = [(weight, bias)]
    for _ in range(n_epochs):
        for x_i, y_i in zip(x.tolist(), y.tolist(), strict=True):
            error = y_i - (weight * x_i + bias)
            weight, bias = weight + 0.2 * x_i * error, bias + 0.2 * error
            params.append((weight, bias))
    return params


def activations() -> str:
    """The six activations over each other."""
    t = np.linspace(-3, 3, 61)
    window = Window(-3, 3, -1.1, 3.05)
    roles = ("third", "second", "loss", "now", "best", "model")
    curves = [
        line(window, t, activation.function(t), role, width=2.2, opacity=0.85)
        for activation, role in zip(ACTIVATIONS.values(), roles, strict=True)
    ]
    zero = line(window, [-3, 3], [0, 0], "data", width=1, opacity=0.5)
    return "".join([zero, *curves])


def sigmoid_neuron() -> str:
    """The step, and the neuron's curve at the end of its default run."""
    x, y = step()
    weight, bias = SIGMOID_NEURON
    grid, window = np.linspace(0, 1, 61), Window(0, 1, -0.08, 1.08)
    return dots(window, x, y, "data") + line(
        window, grid, sigmoid(weight * grid + bias), "model", width=3.5
    )


def mlp() -> str:
    """The two steps, the three hidden neurons, and the curve they add up to."""
    x, y = two_steps()
    weights, biases, out = np.split(np.array(MLP), [3, 6])
    grid, window = np.linspace(0, 1, 101), Window(0, 1, -0.08, 1.08)
    hidden = sigmoid(np.outer(grid, weights) + biases)
    roles = ("second", "third", "loss")
    return "".join(
        [
            *(
                line(window, grid, curve, role, width=1.6, opacity=0.5)
                for curve, role in zip(hidden.T, roles, strict=True)
            ),
            dots(window, x, y, "data"),
            line(window, grid, sigmoid(hidden @ out[:3] + out[3]), "model", width=3.5),
        ]
    )


def boundary() -> str:
    """Two blobs, and the line between them at the end of the default run."""
    points = two_classes()
    x1, x2 = points.x.T
    weight_1, weight_2, bias = BOUNDARY
    window, ends = Window(-2.6, 2.4, -2.5, 2.4), np.array([-2.5, 2.4])
    return "".join(
        [
            *(
                dots(window, x1[points.y == label], x2[points.y == label], role)
                for label, role in enumerate(("second", "third"))
            ),
            line(window, -(weight_2 * ends + bias) / weight_1, ends, "model", width=3.5),
        ]
    )


def playground() -> str:
    """A circle of one class in a ring of the other, and the boundary that the default run drew."""
    points = two_classes("circle", 200, noise=0.2 / 1.5)
    x1, x2 = 1.5 * points.x.T
    angles = 2 * np.pi * np.arange(len(PLAYGROUND) + 1) / len(PLAYGROUND)
    radii = np.append(PLAYGROUND, PLAYGROUND[0])
    window = Window(-3.4 * 226 / 90, 3.4 * 226 / 90, -3.4, 3.4)
    return "".join(
        [
            *(
                dots(window, x1[points.y == label], x2[points.y == label], role, size=3.5)
                for label, role in enumerate(("second", "third"))
            ),
            line(window, radii * np.cos(angles), radii * np.sin(angles), "model", width=3.5),
        ]
    )


def train() -> str:
    """The losses of a run on 300 images: training falls, test turns round, and its best epoch."""
    training, test = np.array(LEARNED_BY_HEART).T
    epochs = np.arange(1, len(test) + 1)
    window, best = Window(1, len(test), -0.06, 1.86), int(test.argmin())
    return "".join(
        [
            line(window, [best + 1, best + 1], [0, test[best]], "best", width=2, opacity=0.6),
            line(window, epochs, training, "second", width=3),
            line(window, epochs, test, "model", width=3),
            dots(window, [best + 1], [test[best]], "best", size=12, opacity=1),
        ]
    )


def sketch() -> str:
    """The first training image of MNIST, and its label."""
    pixels, label = _first_image()
    window = Window(0, 240, 104, 0)
    arrow = line(window, [136, 158], [52, 52], "data", width=3)
    head = line(window, [151, 158, 151], [45, 52, 59], "data", width=3)
    answer = f'<text class="model" x="192" y="78" font-size="72" font-weight="700">{label}</text>'
    return "".join([_squares(pixels, 26, "ink"), arrow, head, answer])


def convolution() -> str:
    """The same image with a kernel on it, and the edges that the kernel finds."""
    pixels, _label = _first_image()
    edges = convolve(pixels, BY_HAND["left"]) / 3
    left, right, side = 20, 132, (HEIGHT - 16) / 28
    row, column = np.unravel_index(edges.argmax(), edges.shape)
    x, y = left + (column - 1) * side, 8 + (row - 1) * side
    window = Window(0, 240, 104, 0)
    kernel = line(
        window,
        [x, x + 3 * side, x + 3 * side, x, x],
        [y, y, y + 3 * side, y + 3 * side, y],
        "best",
        width=2.5,
    )
    clear = np.where(np.abs(edges) > 0.25, edges, 0)  # the faint ones would double the picture
    found = [_squares(np.maximum(sign * clear, 0), right, role) for sign, role in SIGNS]
    return "".join([_squares(pixels, left, "ink"), kernel, *found])


SIGNS = ((1, "model"), (-1, "now"))


def _first_image() -> tuple[NDArray[np.float32], int]:
    """The first training image of MNIST, from 0 to 1, and its label."""
    images, labels = (FOLDER / name for name in FILES["train"])
    with gzip.open(images) as archive:
        pixels = np.frombuffer(archive.read(16 + 28 * 28), np.uint8, offset=16).reshape(28, 28)
    with gzip.open(labels) as archive:
        label = archive.read(9)[8]
    return np.asarray(pixels / np.float32(255), np.float32), label


def _squares(shades: NDArray[np.floating], left: float, role: str) -> str:
    """A picture of 28×28 squares in four shades, a path for each."""
    side = (HEIGHT - 16) / 28
    paths = []
    for shade in range(1, 5):
        here = np.argwhere((shades > 0.003) & (np.ceil(4 * shades) == shade))
        path = "".join(
            f"M{left + column * side:.4g} {8 + row * side:.4g}h{side:.3g}v{side:.3g}h-{side:.3g}z"
            for row, column in here
        )
        paths.append(f'<path class="{role} area" d="{path}" opacity="{shade / 4:g}"/>')
    return "".join(paths)


def handwriting() -> str:
    """Three digits of one hand: two are read right, and the third is not."""
    window = Window(0, 226, 0, 90)
    strokes = {
        "1": [([28, 44, 40], [68, 82, 22])],
        "4": [([104, 92, 134], [82, 46, 46]), ([124, 117], [72, 20])],
        "7": [([168, 206, 184], [78, 80, 20]), ([178, 206], [48, 50])],
    }
    written = [line(window, x, y, "ink", width=6) for parts in strokes.values() for x, y in parts]
    ticks = [line(window, [x - 7, x - 2, x + 8], [4, -2, 9], "best", width=4) for x in (38, 114)]
    crosses = [line(window, [184, 196], ends, "now", width=4) for ends in ([-3, 9], [9, -3])]
    return "".join([*written, *ticks, *crosses])


def classroom() -> str:
    """Three hands, each with three digits: one of them is framed."""
    window = Window(0, 226, 0, 90)
    drawn = []
    for row, (slant, width) in enumerate(((0.0, 3.0), (5.0, 5.0), (-4.0, 2.0))):
        low = 62 - 27 * row
        strokes = (
            ([60, 66 + slant, 64], [low + 16, low + 20, low]),
            ([116 + slant, 108, 126], [low + 20, low + 7, low + 7]),
            ([121 + slant / 2, 119], [low + 13, low]),
            ([156, 176 + slant, 164], [low + 19, low + 19, low]),
        )
        drawn += [line(window, x, y, "ink", width=width) for x, y in strokes]
        drawn.append(dots(window, [30], [low + 10], "model", size=8, opacity=1))
    drawn.append(line(window, [99, 137, 137, 99, 99], [31, 31, 59, 59, 31], "now", width=3))
    return "".join(drawn)


def inspect() -> str:
    """A confusion matrix of five digits: a strong diagonal, and a few mistakes beside it."""
    side, left, top = 17.2, 77, 9
    mistakes = {(0, 3): 0.4, (1, 2): 0.9, (2, 4): 0.3, (3, 1): 0.25, (4, 0): 0.6}
    cells = []
    for row, column in np.ndindex(5, 5):
        role = "model" if row == column else "now" if (row, column) in mistakes else "data"
        opacity = 0.85 if row == column else mistakes.get((row, column), 0.14)
        x, y = left + column * (side + 1), top + row * (side - 0.2)
        square = f"M{x:.4g} {y:.4g}h{side:g}v{side - 1.4:g}h-{side:g}z"
        cells.append(f'<path class="{role} area" d="{square}" opacity="{opacity:g}"/>')
    return "".join(cells)


def compare() -> str:
    """The loss of the full batch with three learning rates over the same updates."""
    mean = normal_equation.parabola(*noisy_line())
    updates = np.arange(31)
    window = Window(0, 30, -0.03, mean(0.1))
    curves = []
    for role, learning_rate in (("run_1", 0.05), ("run_2", 0.15), ("run_3", 0.6)):
        weights = full_batch(mean.a, mean.b, 30, learning_rate)
        losses = [mean(weight) for weight in weights]
        curves.append(line(window, updates, losses, role, width=3))
        curves.append(dots(window, updates[-1:], losses[-1:], role, size=10, opacity=1))
    return "".join(curves)


def sweep() -> str:
    """The heat map of a sweep: the fewer images a cell misreads, the stronger; the best framed."""
    errors = np.log(1 - np.array(SWEPT))
    shades = 0.08 + 0.82 * (errors.max() - errors) / np.ptp(errors)
    width, height, left, top = 24.5, 26, 20, 11
    cells = []
    for row, column in np.ndindex(shades.shape):
        role = "best" if errors[row, column] == errors.min() else "model"
        x, y = left + column * (width + 1), top + row * (height + 1.5)
        square = f"M{x:.4g} {y:.4g}h{width:g}v{height:g}h-{width:g}z"
        opacity = f"{shades[row, column]:.2g}"
        cells.append(f'<path class="{role} area" d="{square}" opacity="{opacity}"/>')
    return "".join(cells)


Draw = Callable[[], str]

PICTURES: dict[str, tuple[Draw, str]] = {
    "what_is_a_model": (what_is_a_model, N_("Four circles joined by lines of different widths")),
    "check": (check, N_("Four marks, three of them crosses, and after them three ticks of four")),
    "one_weight": (one_weight, N_("Points, and a line that has turned towards them")),
    "normal_equation": (normal_equation_picture, N_("A parabola with its lowest point")),
    "gradient_descent": (gradient_descent, N_("Steps down a parabola")),
    "weight_and_bias": (weight_and_bias, N_("A path down a long and narrow valley")),
    "activations": (activations, N_("Six curves that bend at 0")),
    "sigmoid_neuron": (sigmoid_neuron, N_("Points on a step, and an S through them")),
    "mlp": (mlp, N_("Points on two steps, and a curve that follows them")),
    "boundary": (boundary, N_("Two groups of points, and a line between them")),
    "playground": (playground, N_("Points in a ring around others, and a closed curve between")),
    "train": (train, N_("Two curves: one falls, the other turns round and rises")),
    "sketch": (sketch, N_("A handwritten 5, and the digit 5")),
    "handwriting": (handwriting, N_("Three digits by hand: two ticks and a cross")),
    "classroom": (classroom, N_("Digits in three rows, a dot before each; one digit is framed")),
    "convolution": (convolution, N_("A handwritten 5 with a small frame, and the edges of it")),
    "inspect": (inspect, N_("A grid of squares with a strong diagonal and a few red ones")),
    "compare": (compare, N_("Three curves that fall, one faster than the other")),
    "sweep": (sweep, N_("A table of coloured squares: the best is green, its neighbours strong")),
}
"""Each rung's picture by the name of its page, and what it shows in words."""


def rung_picture(name: str, translate: Translate = str) -> str:
    """Return the picture of the rung whose page has this name, as SVG.

    Examples
    --------
    >>> rung_picture("sigmoid_neuron")[:60]
    '<svg class="picture" viewBox="0 0 240 104" role="img" aria-l'
    """
    draw, label = PICTURES[name]
    return picture(draw(), label=translate(label))
