import numpy as np
import pytest

from core.digits import mnist
from core.digits.sketch.nearest import (
    last_hidden,
    most_images,
    n_images_learned,
    neighbourhood,
)
from core.messages import InputError
from tests.core.digits.networks import random_convolutional, random_dense


def test_the_nearest_by_brute_force(model, images):
    some = mnist.Digits(*(part[:5600] for part in mnist.load("train")))
    if model.card.is_convolutional:
        some = mnist.Digits(*(part[:5300] for part in some))
    near = neighbourhood(model, some)
    n_learned = len(some.labels) - 5000
    assert near.indices.tolist() == list(range(n_learned))
    hidden = last_hidden(model, some.pixels()[:n_learned])
    for pixels in images[:5]:
        distances = np.linalg.norm(hidden - last_hidden(model, pixels[None]), axis=1)
        found = near.nearest(pixels)
        expected = np.argsort(distances, kind="stable")[:3]
        assert [neighbour.number for neighbour in found] == expected.tolist()
        assert [neighbour.label for neighbour in found] == some.labels[expected].tolist()
        np.testing.assert_allclose(
            [neighbour.distance for neighbour in found], distances[expected], atol=1e-3
        )
    itself = near.nearest(some.pixels()[17], n=1)[0]
    assert (itself.number, itself.distance) == (17, pytest.approx(0, abs=1e-3))
    with pytest.raises(ValueError, match="read-only"):
        near.hidden[0] = 0


def test_the_convolutional_network_looks_at_evenly_spread_images(convolutional, monkeypatch):
    monkeypatch.setattr("core.digits.sketch.nearest.MOST_WITH_MAPS", 30)
    near = neighbourhood(convolutional, mnist.Digits(*(p[:5100] for p in mnist.load("train"))))
    assert near.indices.tolist() == list(range(0, 100, 4))


def test_without_a_hidden_layer_pictures_are_compared_pixel_by_pixel(images):
    digits = mnist.Digits(*(part[:5500] for part in mnist.load("train")))
    near = neighbourhood(random_dense(), digits)
    distances = np.linalg.norm(digits.pixels()[:500] - images[1], axis=(1, 2))
    found = near.nearest(images[1])
    assert [neighbour.number for neighbour in found] == np.argsort(distances)[:3].tolist()
    assert found[0].distance == pytest.approx(distances.min(), rel=1e-4)


@pytest.mark.parametrize(("asked", "expected"), [(30, 30), (60_000, 600), (None, 600)])
def test_only_images_that_were_learned_from_are_compared(asked, expected):
    recipe = {"n_validation": 100} | ({} if asked is None else {"n_images": asked})
    model = random_dense(3, recipe=recipe)
    assert n_images_learned(model, 700) == expected
    few = mnist.Digits(*(part[:700] for part in mnist.load("train")))
    assert neighbourhood(model, few).indices.tolist() == list(range(expected))


def test_a_wide_network_is_compared_on_fewer_images():
    without = most_images(random_convolutional(hidden=(), channels=(64,)))
    assert without * 64 * 14**2 <= 16_000_000
    sizes = [(), (3,), (200,) * 3, (256,) * 2, (1024,) * 4]
    most = [most_images(random_dense(*hidden)) for hidden in sizes]
    assert most[1:4] == [60_000] * 3
    for hidden, n in zip(sizes, most, strict=True):
        assert n * [784, *hidden][-1] <= 16_000_000


@pytest.mark.parametrize("n", [0, 99])
def test_impossible_numbers_of_neighbours(n, dense, images):
    few = neighbourhood(dense, mnist.Digits(*(part[:5010] for part in mnist.load("train"))))
    with pytest.raises(InputError, match=f"from 1 to 10, not {n}"):
        few.nearest(images[0], n=n)
