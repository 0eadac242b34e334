"""What a network is made of: its layers, the shapes of their weights, and how much they are.

A network has up to three blocks of a convolution, an activation and a pooling that halves each
side, and then dense layers. Without blocks it is a dense network.
"""

import itertools
import math
from collections.abc import Iterator, Sequence

from core.messages import N_, require

LAYER_SIZES = (784, 200, 200, 200, 10)
"""28 · 28 pixels, three hidden layers, ten digits."""

MAX_HIDDEN_LAYERS, MAX_NEURONS = 4, 1024
"""How many hidden dense layers a network may have, and how many neurons each of them."""

MAX_BLOCKS, MAX_CHANNELS = 3, 64
"""How many blocks of convolution and pooling, and how many channels each of them."""

KERNEL_SIZES = (3, 5, 7)
"""The sides of a kernel: odd, so that it has a pixel in the middle."""

MAX_PARAMETERS = 4_000_000
"""Weights and biases of a convolutional network: the largest dense one has hardly fewer."""

MAX_PRODUCTS = 12_000_000
"""Of a convolutional network, for one picture: in numpy it reads a thousand in a second or two."""

MAX_MAP_VALUES = 30_000_000
"""What the convolutions give for a batch: a training so takes about half a gigabyte at most."""

SIDE = 28
"""Pixels of a picture, in both directions."""


def sides(channels: Sequence[int]) -> list[int]:
    """Give the side of the maps before each block, and after the last.

    Examples
    --------
    >>> sides((16, 32, 64))
    [28, 14, 7, 3]
    """
    return [SIDE // 2**block for block in range(len(channels) + 1)]


def n_inputs(layer_sizes: Sequence[int], channels: Sequence[int]) -> int:
    """Count what the first dense layer reads: pixels, or the last block's maps.

    Examples
    --------
    >>> n_inputs((784, 48, 10), ()), n_inputs((784, 48, 10), (16, 32))
    (784, 1568)
    """
    return channels[-1] * sides(channels)[-1] ** 2 if channels else layer_sizes[0]


def parameter_shapes(
    layer_sizes: Sequence[int], channels: Sequence[int] = (), kernel_size: int = 3
) -> dict[str, tuple[int, ...]]:
    """Give the shape of each of a network's weights and biases, by the names torch gives them.

    Parameters
    ----------
    layer_sizes : sequence of int
        784 pixels, the hidden dense layers, 10 scores.
    channels : sequence of int
        Of each block of convolution and pooling; none in a dense network.
    kernel_size : int
        The side of a kernel.

    Returns
    -------
    dict of str to tuple
        Of a convolution's weights (channels out, channels in, side, side), of a dense layer's
        (neurons, inputs), of biases (channels,) or (neurons,).

    Examples
    --------
    >>> list(parameter_shapes((784, 30, 10)).items())[:3]
    [('1.weight', (30, 784)), ('1.bias', (30,)), ('3.weight', (10, 30))]
    >>> parameter_shapes((784, 10), (8,), 5)
    {'1.weight': (8, 1, 5, 5), '1.bias': (8,), '5.weight': (10, 1568), '5.bias': (10,)}
    """
    weights: dict[int, tuple[int, ...]] = {}
    for block, (n_in, n_out) in enumerate(itertools.pairwise((1, *channels))):
        weights[3 * block + 1] = (n_out, n_in, kernel_size, kernel_size)
    first = 3 * len(channels) + 2 if channels else 1  # before it, what flattens the maps
    sizes = (n_inputs(layer_sizes, channels), *layer_sizes[1:])
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
        weights[first + 2 * layer] = (n_out, n_in)
    return {
        f"{module}.{name}": part
        for module, shape in weights.items()
        for name, part in (("weight", shape), ("bias", shape[:1]))
    }


def n_parameters(
    layer_sizes: Sequence[int], channels: Sequence[int] = (), kernel_size: int = 3
) -> int:
    """Count the weights and biases of a network.

    Examples
    --------
    >>> n_parameters((2, 3, 1))  # 2 · 3 + 3, then 3 · 1 + 1
    13
    >>> n_parameters((784, 48, 10), (16, 32))
    80602
    """
    return sum(map(math.prod, parameter_shapes(layer_sizes, channels, kernel_size).values()))


def n_products(
    layer_sizes: Sequence[int], channels: Sequence[int] = (), kernel_size: int = 3
) -> list[int]:
    """Count the products of a weight with an input for one picture, layer by layer.

    Examples
    --------
    >>> n_products((784, 48, 10), (16, 32))  # each kernel at each place
    [112896, 903168, 75264, 480]
    """
    shapes = parameter_shapes(layer_sizes, channels, kernel_size)
    counts = [math.prod(shape) for name, shape in shapes.items() if name.endswith("weight")]
    for block, side in enumerate(sides(channels)[:-1]):
        counts[block] *= side**2
    return counts


def n_map_values(channels: Sequence[int]) -> int:
    """Count the numbers that a network's convolutions give for one picture, before pooling.

    Examples
    --------
    >>> n_map_values((16, 32))
    18816
    """
    return sum(n * side**2 for n, side in zip(channels, sides(channels), strict=False))


def in_words(layer_sizes: Sequence[int], channels: Sequence[int] = (), kernel_size: int = 3) -> str:
    """Write a network's layers as the field does: of a block, channels @ side × side of its maps.

    Examples
    --------
    >>> in_words((784, 200, 10)), in_words((784, 48, 10), (16, 32), 5)
    ('784-200-10', '784-16@14×14-32@7×7-48-10 (5×5)')
    """

    def parts() -> Iterator[str]:
        yield str(layer_sizes[0])
        for n, side in zip(channels, sides(channels)[1:], strict=True):
            yield f"{n}@{side}×{side}"
        yield from map(str, layer_sizes[1:])

    kernels = f" ({kernel_size}×{kernel_size})" if channels else ""
    return "-".join(parts()) + kernels


def check_layer_sizes(layer_sizes: Sequence[int]) -> None:
    """Raise an InputError unless there are at least two sizes, each a whole number above 0.

    Examples
    --------
    >>> check_layer_sizes((784, 10))
    """
    require(
        isinstance(layer_sizes, Sequence)
        and len(layer_sizes) >= 2
        and all(type(n) is int and n >= 1 for n in layer_sizes),
        N_("layer_sizes must be two or more whole numbers of at least 1, not {value}."),
        value=layer_sizes,
    )


def check_channels(channels: Sequence[int], kernel_size: int) -> None:
    """Raise an InputError unless convolutions have allowed channels and an allowed kernel.

    Examples
    --------
    >>> check_channels((16, 32), 3)
    """
    require(
        isinstance(channels, Sequence)
        and len(channels) <= MAX_BLOCKS
        and all(type(n) is int and 1 <= n <= MAX_CHANNELS for n in channels),
        N_("channels must be up to {n} whole numbers from 1 to {most}, not {value}."),
        n=MAX_BLOCKS,
        most=MAX_CHANNELS,
        value=channels,
    )
    require(
        type(kernel_size) is int and kernel_size in KERNEL_SIZES,
        N_("{name} must be one of {allowed}, not {value}."),
        name="kernel_size",
        allowed=", ".join(map(str, KERNEL_SIZES)),
        value=kernel_size,
    )


def check_network(
    layer_sizes: Sequence[int],
    channels: Sequence[int] = (),
    kernel_size: int = 3,
    batch_size: int = 1,
) -> None:
    """Raise an InputError unless a recipe may train this network, by batches of this size.

    Examples
    --------
    >>> check_network((784, 10))
    >>> check_network((784, 10), (32, 32), batch_size=6_000)
    Traceback (most recent call last):
    core.messages.InputError: For these convolutions a batch may have at most 956 images, not 6000.
    """
    check_layer_sizes(layer_sizes)
    check_channels(channels, kernel_size)
    first, *hidden, last = layer_sizes
    require(
        (first, last) == (784, 10),
        N_("layer_sizes must start with 784 pixels and end with 10 scores, not {value}."),
        value=layer_sizes,
    )
    require(
        len(hidden) <= MAX_HIDDEN_LAYERS and max(hidden, default=1) <= MAX_NEURONS,
        N_("layer_sizes may have up to {n} hidden layers of up to {most} neurons, not {value}."),
        n=MAX_HIDDEN_LAYERS,
        most=MAX_NEURONS,
        value=layer_sizes,
    )
    if not channels:
        return
    n = n_parameters(layer_sizes, channels, kernel_size)
    require(
        n <= MAX_PARAMETERS,
        N_("A convolutional network may have at most {most} parameters, not {n}."),
        most=MAX_PARAMETERS,
        n=n,
    )
    n = sum(n_products(layer_sizes, channels, kernel_size))
    require(
        n <= MAX_PRODUCTS,
        N_(
            "A convolutional network may take at most {most} products for an image, not {n}: "
            "choose fewer channels or a smaller kernel."
        ),
        most=MAX_PRODUCTS,
        n=n,
    )
    largest = MAX_MAP_VALUES // n_map_values(channels)
    require(
        batch_size <= largest,
        N_("For these convolutions a batch may have at most {most} images, not {n}."),
        most=largest,
        n=batch_size,
    )
