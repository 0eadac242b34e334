import dataclasses

import numpy as np
import pytest
import torch

from core.digits import mnist
from core.digits.image.preparation import to_mnist
from core.digits.network.files import FOLDER, read_model
from core.digits.network.model import Model, convolutional_layers, dense_layers, parameter_names
from core.digits.recognise import BLANK, load_recogniser
from core.digits.sketch.inside import (
    activations,
    incoming_weights,
    layer_names,
    strongest_paths,
    unit_activations,
    weighted_sum,
)
from core.digits.sketch.nearest import (
    MOST,
    last_hidden,
    most_images,
    n_images_learned,
    neighbourhood,
)
from core.digits.sketch.unprepared import classify_straight, straight_resize
from core.digits.sketch.why import evidence, input_gradient
from core.digits.train.torch_network import make_convolutional_network
from core.messages import InputError
from tests.core.digits.networks import SHAPES, as_torch, random_dense
from tests.core.digits.strokes import draw


@pytest.fixture(scope="module")
def images():
    return mnist.load("test").pixels()[:40]


@pytest.fixture(scope="module")
def dense():
    return read_model(FOLDER / "sketch.safetensors")


@pytest.fixture(scope="module")
def network():
    return make_convolutional_network(torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def convolutional(dense, network):
    card = dataclasses.replace(dense.card, name="c", network="convolutional")
    return Model({name: value.numpy() for name, value in network.state_dict().items()}, card)


@pytest.fixture(params=["dense", "convolutional"])
def model(request):
    return request.getfixturevalue(request.param)


def test_the_last_layer_is_what_the_network_says(model, images):
    run = dense_layers if model.card.network == "dense" else convolutional_layers
    layers = run(images, model.weights)
    np.testing.assert_allclose(layers[-1], model.logits(images), atol=1e-4)
    np.testing.assert_array_equal(last_hidden(model, images), layers[-2])
    for hidden in layers[1:-1]:
        assert hidden.min() >= 0
    one = activations(model, images[3])
    assert [layer.size for layer in one] == [layer[3].size for layer in layers]
    np.testing.assert_allclose(one[-1], layers[-1][3], atol=1e-4)


def test_every_layer_is_torchs(convolutional, network, images):
    layers = convolutional_layers(images, convolutional.weights)
    x, kept = torch.from_numpy(images), {}
    with torch.no_grad():
        for number, module in enumerate(network):
            x = kept[number] = module(x)
    for ours, number in zip(layers[1:], (3, 6, 9, 10), strict=True):
        np.testing.assert_allclose(ours, kept[number], atol=1e-5)


def test_a_channel_counts_by_its_strongest_place(convolutional, images):
    layers = activations(convolutional, images[0])
    units = unit_activations(layers)
    assert [unit.size for unit in units] == [784, 16, 32, 48, 10]
    assert units[1][5] == layers[1][5].max()


def test_a_weighted_sum_is_the_units_own(model, images):
    layers = activations(model, images[0])
    for layer in (1, 2, 3, 4):
        if layers[layer].ndim == 3:
            assert incoming_weights(model, layer, 2).shape[1:] == (3, 3)
            continue
        for unit in range(0, layers[layer].size, 7):
            total = weighted_sum(model, layers, layer, unit)
            assert total.activation == layers[layer][unit]
            passed_on = total.inputs + total.bias
            expected = passed_on if layer == 4 else max(passed_on, 0)
            assert total.activation == pytest.approx(expected, abs=1e-4)


def test_layers_are_named_in_order(dense, convolutional):
    assert layer_names(dense) == [parameter_names(layer) for layer in range(4)]
    assert [name for name, _bias in layer_names(convolutional)] == [
        "1.weight",
        "4.weight",
        "8.weight",
        "10.weight",
    ]


def test_the_strongest_paths_by_hand(dense):
    card = dataclasses.replace(dense.card, layer_sizes=(784, 3, 2, 2, 10))
    rng = np.random.default_rng(0)
    shapes = {"1": (3, 784), "3": (2, 3), "5": (2, 2), "7": (10, 2)}
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}.weight"] = rng.normal(size=shape).astype(np.float32)
        weights[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    weights["7.weight"][4] = [2, -1]
    weights["5.weight"][0] = [1, 3]
    weights["3.weight"][1] = [1, 2, -5]
    weights["3.weight"][0] = [-1, 0, 4]
    layers = [np.ones(784), np.array([1, 2, 3]), np.array([1, 2]), np.array([5, 7]), np.zeros(10)]
    edges = strongest_paths(Model(weights, card), layers, winner=4, n=2)
    assert [tuple(edge) for edge in edges] == [
        (4, 0, 4, 10.0),  # the other contribution, −7, speaks against it
        (3, 1, 0, 6.0),
        (3, 0, 0, 1.0),
        (2, 1, 1, 4.0),
        (2, 0, 1, 1.0),
        (2, 2, 0, 12.0),
    ]


def test_paths_are_the_largest_contributions_of_all(dense, images):
    layers = activations(dense, images[0])
    winner = int(layers[-1].argmax())
    edges = strongest_paths(dense, layers, winner)
    assert len(edges) <= 39
    for layer in (4, 3, 2):
        here = [edge for edge in edges if edge.layer == layer]
        for target in {edge.target for edge in here}:
            parts = np.sort(incoming_weights(dense, layer, target) * layers[layer - 1])[::-1][:3]
            found = [edge.contribution for edge in here if edge.target == target]
            np.testing.assert_allclose(found, parts[parts > 0], rtol=1e-6)
        below = {edge.target for edge in edges if edge.layer == layer - 1}
        assert below <= {edge.source for edge in here}


def test_a_path_through_a_negative_unit_follows_what_lowers_it():
    model = random_dense(3, 2, activation="tanh")
    weights = dict(model.weights)
    weights["5.weight"] = np.zeros((10, 2), np.float32)
    weights["5.weight"][4] = [-2, 1]
    weights["3.weight"] = np.array([[1, -3, 2], [1, 5, 2]], np.float32)
    layers = [np.ones(784), np.array([0.5, 0.2, -0.9]), np.array([-0.8, 0.4]), np.zeros(10)]
    edges = strongest_paths(Model(weights, model.card), layers, winner=4, n=2)
    assert [tuple(edge)[:3] for edge in edges] == [
        (3, 0, 4),  # −0.8 × −2
        (3, 1, 4),
        (2, 2, 0),  # −1.8 and −0.6 keep the negative unit negative
        (2, 1, 0),
        (2, 1, 1),
        (2, 0, 1),
    ]
    contributions = [edge.contribution for edge in edges]
    np.testing.assert_allclose(contributions, [1.6, 0.4, -1.8, -0.6, 1.0, 0.5], rtol=1e-6)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_what_any_network_says_inside(activation, hidden, images):
    model = random_dense(*hidden, activation=activation)
    layers = activations(model, images[0])
    assert [layer.size for layer in layers] == [784, *hidden, 10]
    edges = strongest_paths(model, layers, int(layers[-1].argmax()))
    assert {edge.layer for edge in edges} <= set(range(2, len(layers)))
    function = as_torch(model)[2] if hidden else None
    for layer in range(1, len(layers)):
        total = weighted_sum(model, layers, layer, 0)
        assert total.activation == layers[layer][0]
        passed_on = torch.tensor(total.inputs + total.bias)
        expected = passed_on if layer == len(layers) - 1 else function(passed_on)
        assert total.activation == pytest.approx(float(expected), abs=1e-4)


def in_torch(model, network):
    if model.card.network == "convolutional":
        return network
    tensors = {name: torch.from_numpy(value.copy()) for name, value in model.weights.items()}

    def run(x):
        x = x.flatten(1)
        for layer in range(4):
            weight, bias = (tensors[name] for name in parameter_names(layer))
            x = x @ weight.T + bias
            x = x.relu() if layer < 3 else x
        return x

    return run


def test_the_gradient_is_autograds(model, network, images):
    direction = np.zeros(10, np.float32)
    direction[7], direction[1] = 1, -1
    noise = np.random.default_rng(3).random(images.shape, np.float32)
    grainy = np.float32(0.8) * images + np.float32(0.2) * noise  # no four equal values to pool
    x = torch.from_numpy(grainy.copy()).requires_grad_()
    (in_torch(model, network)(x) @ torch.from_numpy(direction)).sum().backward()
    ours = input_gradient(model, grainy, direction)
    assert np.abs(ours).max() > 1e-3
    np.testing.assert_allclose(ours, x.grad.numpy(), atol=1e-5)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_the_gradient_is_autograds_for_any_activation_and_layers(activation, hidden, images):
    model = random_dense(*hidden, activation=activation, seed=3)
    direction = np.zeros(10, np.float32)
    direction[7], direction[1] = 1, -1
    x = torch.from_numpy(images.copy()).requires_grad_()
    (as_torch(model)(x) @ torch.from_numpy(direction)).sum().backward()
    ours = input_gradient(model, images, direction)
    assert np.abs(ours).max() > 1e-4
    np.testing.assert_allclose(ours, x.grad.numpy(), atol=1e-5)


@pytest.mark.parametrize("shifts", [False, True])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_with_a_curve_ink_adds_up_to_what_the_drawing_changed(activation, hidden, shifts, images):
    """The lead is what it is on blank paper, and what the ink adds on the way to the drawing."""
    model = random_dense(*hidden, activation=activation, averages_shifts=shifts, spread=3)
    blank = model.logits(np.zeros((1, 28, 28), np.float32))[0]
    for pixels in images[:3]:
        scores = model.scores(pixels[None])[0]
        parts = evidence(model, pixels, 7, 1)
        assert parts.lead == pytest.approx(scores[7] - scores[1], abs=1e-4)
        assert parts.ink.sum() + parts.biases == pytest.approx(parts.lead, abs=1e-4)
        assert parts.biases == pytest.approx(blank[7] - blank[1], abs=0.02 * (1 + abs(parts.lead)))
        assert not parts.ink[pixels == 0].any()


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_with_straight_pieces_the_biases_are_all_that_ink_leaves(activation, images):
    """Without biases, such a network of twice the ink gives twice the scores: ink is all."""
    model = random_dense(20, 20, activation=activation)
    weights = {name: v * np.float32("weight" in name) for name, v in model.weights.items()}
    parts = evidence(Model(weights, model.card), images[0], 7, 1)
    assert abs(parts.lead) > 0.01
    assert parts.biases == pytest.approx(0, abs=1e-4)


def test_ink_and_biases_add_up_to_the_lead_of_the_averaged_scores(model, images):
    assert model.card.averages_shifts
    for pixels in images[:3]:
        scores = model.scores(pixels[None])[0]
        parts = evidence(model, pixels, 7, 1)
        assert parts.lead == pytest.approx(scores[7] - scores[1], abs=1e-4)
        assert parts.ink.sum() + parts.biases == pytest.approx(parts.lead, abs=1e-4)
        assert not parts.ink[pixels == 0].any()
        turned = evidence(model, pixels, 1, 7)
        np.testing.assert_allclose(turned.ink, -parts.ink, atol=1e-6)


def test_without_biases_ink_is_all(dense, images):
    silent = {name: v * ("weight" in name) for name, v in dense.weights.items()}
    parts = evidence(Model(silent, dense.card), images[0], 7, 1)
    assert parts.biases == pytest.approx(0, abs=1e-4)


def test_a_pixel_adds_what_a_little_less_ink_takes_away(dense):
    model = Model(dense.weights, dataclasses.replace(dense.card, averages_shifts=False))
    pixels = to_mnist(draw(7))
    parts = evidence(model, pixels, 7, 1)
    row, column = np.unravel_index(np.abs(parts.ink).argmax(), (28, 28))
    less = pixels.astype(np.float64)
    less[row, column] *= 1 - 1e-3
    wide = {name: value.astype(np.float64) for name, value in model.weights.items()}
    before, after = (dense_layers(x[None].astype(np.float64), wide)[-1][0] for x in (pixels, less))
    lost = (before[7] - before[1]) - (after[7] - after[1])
    assert lost == pytest.approx(1e-3 * parts.ink[row, column], rel=1e-2)


def test_two_equal_digits_are_refused(dense, images):
    with pytest.raises(InputError, match="two different digits"):
        evidence(dense, images[0], 3, 3)


def test_the_nearest_by_brute_force(model, images):
    some = mnist.Digits(*(part[:5600] for part in mnist.load("train")))
    if model.card.network == "convolutional":
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
    monkeypatch.setitem(MOST, "convolutional", 30)
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


def test_a_straight_resize_averages_squares():
    drawing = draw(7)
    expected = drawing.reshape(28, 10, 28, 10).mean(axis=(1, 3)) / 255
    np.testing.assert_allclose(straight_resize(drawing), expected, atol=1e-3)
    np.testing.assert_allclose(straight_resize(255 - drawing), expected, atol=1e-3)
    rgba = np.dstack([drawing] * 3 + [np.full_like(drawing, 255)])
    np.testing.assert_allclose(straight_resize(rgba), expected, atol=5e-3)
    assert straight_resize(draw(1)[:, 60:220]).shape == (28, 28)


def test_the_preparation_does_the_work():
    recogniser = load_recogniser()
    corner = draw(7, pen=20, zoom=0.35, shift=(5, 170))
    assert recogniser.classify(corner).label == 7
    straight = classify_straight(recogniser, corner)
    assert straight.label != 7
    assert straight.probabilities.sum() == pytest.approx(1)
    middle = classify_straight(recogniser, draw(7))
    assert middle.label == 7


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_drawn_is_nothing_shrunk(level):
    reading = classify_straight(load_recogniser(), np.full((280, 280), level, np.uint8))
    assert (reading.label, reading.reason) == (None, BLANK)
    assert reading.probabilities.tolist() == [0.1] * 10
