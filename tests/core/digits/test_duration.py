import dataclasses
import subprocess
import sys

import pytest

from core.digits.duration import Speed, estimate, products_of_learning
from core.digits.recipe import ARTICLE, CNN, MODERN, SKETCH
from core.digits.train.torch_network import make_network

NOTHING = Speed(
    update=dict.fromkeys(("sgd", "momentum", "adam"), 0.0),
    layer=0.0,
    parameter=dict.fromkeys(("sgd", "momentum", "adam"), 0.0),
    image=0.0,
    multiply_add=0.0,
    dropped=0.0,
    distorted=0.0,
    warped=0.0,
    picture=0.0,
)
SMALL = {"layer_sizes": (784, 10), "channels": (4,), "kernel_size": 5}
ONE = dataclasses.replace(MODERN, n_epochs=1)


def only(**costs):
    return dataclasses.replace(NOTHING, **costs)


@pytest.mark.parametrize(
    ("changes", "speed", "seconds"),
    [
        ({}, NOTHING, 0),
        ({}, only(update={"adam": 1}, parameter={"adam": 0}), 215),  # ⌈55,000 / 256⌉
        ({"optimiser": "adamw"}, only(update={"adam": 1}, parameter={"adam": 0}), 215),
        ({"optimiser": "sgd"}, only(update={"sgd": 1}, parameter={"sgd": 0}), 215),
        ({"batch_size": 1, "n_epochs": 2}, only(layer=1), 2 * 55_000 * 4),
        ({"batch_size": 10_000, "n_images": 10_000}, only(parameter={"adam": 1}), 239_410),
        ({"n_images": 1_000}, only(distorted=1), 1_000),
        ({"distortion": 0}, only(distorted=1), 0),
        ({"n_validation": 59_000}, only(distorted=1), 1_000),
        ({}, only(warped=1, picture=1), 0),
        ({}, only(image=1), 55_000 + 5_000 + 5_000 + 10_000),
        ({"n_images": 100}, only(image=1), 100 + 100 + 5_000 + 10_000),
        ({}, only(dropped=1), 0),
        ({"dropout": 0.1}, only(dropped=1), 55_000 * 600),
        ({"dropout": 0.1, "layer_sizes": (784, 10)}, only(dropped=1), 0),
        ({"layer_sizes": (784, 10)}, only(multiply_add=1), 7_840 * (2 * 55_000 + 20_000)),
        (SMALL, only(multiply_add=1), 7_840 * (3 * 55_000 + 20_000)),
        (SMALL, only(kernel=1), 784 * 25 * 4 * (2 * 55_000 + 20_000)),
        (SMALL, only(map_value=3), 784 * 4 * (3 * 55_000 + 20_000)),
        (SMALL | {"dropout": 0.1}, only(dropped=1), 55_000 * 784),
        (SMALL, only(layer=1), 215 * 2),
    ],
)
def test_each_cost_by_hand(changes, speed, seconds):
    assert estimate(dataclasses.replace(ONE, **changes), speed) == pytest.approx(seconds)


def test_made_pictures():
    recipe = dataclasses.replace(SKETCH, n_epochs=1)
    assert estimate(recipe, only(picture=1)) == pytest.approx(138_000 * 13 / 12)
    assert estimate(recipe, only(picture=1), n_pictures=500) == 500
    assert estimate(recipe, only(warped=1)) == 55_000 + 46_000
    assert estimate(recipe, only(distorted=1)) == 0
    twice = dataclasses.replace(SKETCH, n_epochs=2)
    assert estimate(twice, only(picture=1)) == estimate(recipe, only(picture=1))


def test_products_of_the_networks():
    assert sum(ARTICLE.n_products) == 784 * 200 + 200 * 200 * 2 + 200 * 10
    assert products_of_learning(ARTICLE) == (0, 2 * 784 * 200 + 3 * (200 * 200 * 2 + 200 * 10))
    network = make_network(CNN.layer_sizes, channels=CNN.channels)
    kernels = list(network.parameters())[::2]
    places = [28 * 28, 14 * 14, 1, 1]
    counts = [k.numel() * n for k, n in zip(kernels, places, strict=True)]
    assert counts == CNN.n_products
    convolutions = 2 * counts[0] + 3 * counts[1]
    assert products_of_learning(CNN) == (convolutions, 3 * (counts[2] + counts[3]))


def test_to_estimate_needs_no_torch():
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from core.digits import duration\nfrom core.digits.recipe import MODERN\n"
        "print(duration.estimate.__name__)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
