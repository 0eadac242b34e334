import json

import numpy as np
import pytest
import torch

from core.digits import mnist
from core.digits.network import files
from core.digits.network.model import Model
from core.digits.recipe import MADE_PRESETS, PRESETS, from_dict
from core.messages import InputError
from tests.core.digits.networks import (
    SHAPES,
    WITH_CONVOLUTIONS,
    as_torch,
    random_convolutional,
    random_dense,
    scores_by_torch,
)

NAMES = ["article", "cnn", "modern", "sketch"]
ALL_PRESETS = PRESETS | MADE_PRESETS


def shipped(name):
    return files.FOLDER / f"{name}.safetensors"


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "copy.safetensors"
    files.write_model(path, files.read_model(shipped("modern")))
    return path


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("article", 0.965),
        ("modern", 0.982),
        pytest.param("sketch", 0.991, marks=pytest.mark.proof),
        pytest.param("cnn", 0.991, marks=pytest.mark.proof),
    ],
)
def test_shipped_weights_match_their_card(name, least):
    model = files.read_model(shipped(name))
    card = model.card
    recipe = ALL_PRESETS[name]
    assert from_dict(card.recipe) == recipe
    assert (card.name, card.n_parameters) == (name, 80_602 if name == "cnn" else 239_410)
    assert (card.epochs_done, card.layer_sizes) == (recipe.n_epochs, recipe.layer_sizes)
    test, train = mnist.load("test"), mnist.load("train")
    right = scores_by_torch(model, test.pixels()).argmax(1) == test.labels
    assert right.mean() >= least
    assert right.mean() == pytest.approx(card.test_accuracy, abs=1e-4)
    per_digit = [right[test.labels == digit].mean() for digit in range(10)]
    assert per_digit == pytest.approx(card.test_accuracy_per_digit, abs=2e-3)
    with torch.inference_mode():
        logits = as_torch(model)(torch.tensor(train.pixels()[-5000:])).numpy()
    held_out = logits.argmax(1) == train.labels[-5000:]
    if name in PRESETS:  # the others' held-out images are made ones too
        assert held_out.mean() == pytest.approx(card.validation_accuracy, abs=4e-4)
    assert held_out.mean() > least
    assert card.data_md5 == mnist.MD5


@pytest.mark.parametrize("name", NAMES)
def test_numpy_gives_the_scores_of_the_torch_network(name):
    model = files.read_model(shipped(name))
    pixels = mnist.load("test").pixels()[:100]
    expected = as_torch(model)(torch.tensor(pixels)).detach().numpy()
    np.testing.assert_allclose(model.logits(pixels), expected, rtol=1e-4, atol=1e-4)
    scores = scores_by_torch(model, pixels)
    np.testing.assert_allclose(model.scores(pixels), scores, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_any_activation_and_any_layers_give_the_scores_of_the_torch_network(activation, hidden):
    model = random_dense(*hidden, activation=activation)
    pixels = mnist.load("test").pixels()[:1100]  # more than go through it together
    expected = as_torch(model)(torch.tensor(pixels)).detach().numpy()
    np.testing.assert_allclose(model.logits(pixels), expected, atol=1e-4)
    layers = model.layers(pixels)
    assert [layer.shape[1] for layer in layers] == [784, *hidden, 10]
    np.testing.assert_allclose(layers[-1], expected, atol=1e-4)


@pytest.mark.parametrize("hidden", SHAPES)
def test_bytes_hold_the_whole_network(hidden):
    model = random_dense(*hidden, activation="tanh")
    card = json.loads(json.dumps(files.card_to_dict(model.card)))
    again = files.from_bytes(files.to_bytes(model.weights), card)
    assert again.card == model.card
    assert again.identity == model.identity
    assert again.weights.keys() == model.weights.keys()
    assert all(np.array_equal(again.weights[name], model.weights[name]) for name in again.weights)
    assert not any(array.flags.writeable for array in again.weights.values())


def with_one(model, value, dtype=np.float32):
    weights = {name: array.astype(dtype) for name, array in model.weights.items()}
    weights["1.bias"][0] = value
    return files.to_bytes(weights)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _model: (b"", {}),
        lambda model: (files.to_bytes(model.weights)[:-1], {}),
        lambda _model: (files.to_bytes(random_dense(4).weights), {}),
        lambda _model: (files.to_bytes(random_dense(3, 3).weights), {}),
        lambda model: (with_one(model, np.nan), {}),
        lambda model: (with_one(model, np.inf), {}),
        lambda model: (with_one(model, 0, np.float64), {}),
        lambda model: (files.to_bytes(model.weights), {"activation": "none"}),
        lambda model: (files.to_bytes(model.weights), {"layer_sizes": [784, 4, 10]}),
        lambda model: (files.to_bytes(model.weights), {"temperature": -1}),
        lambda model: (files.to_bytes(model.weights), {"surprise": 1}),
    ],
)
def test_damaged_bytes_get_one_sentence(damage):
    model = random_dense(3)
    data, changes = damage(model)
    with pytest.raises(InputError, match=r"^This network cannot be read: it is damaged"):
        files.from_bytes(data, files.card_to_dict(model.card) | changes)
    assert files.from_bytes(files.to_bytes(model.weights), files.card_to_dict(model.card))


@pytest.mark.parametrize("changes", WITH_CONVOLUTIONS, ids=str)
def test_a_convolutional_network_is_read_again_and_no_other(changes):
    model = random_convolutional(**changes)
    data, card = files.to_bytes(model.weights), files.card_to_dict(model.card)
    assert files.from_bytes(data, card).identity == model.identity
    for wrong in (
        {"channels": []},
        {"channels": [65]},
        {"channels": "16"},
        {"kernel_size": 4},
        {"layer_sizes": [784, 3, 3, 3, 10]},
    ):
        with pytest.raises(InputError, match="cannot be read"):
            files.from_bytes(data, card | wrong)


def test_a_card_of_an_earlier_version_still_counts():
    """Cards of 0.1 tell a kind of network, which dense networks alone had in a store."""
    model = random_dense(3)
    card = files.card_to_dict(model.card) | {"network": "dense"}
    del card["channels"], card["kernel_size"]
    assert files.from_bytes(files.to_bytes(model.weights), card).card == model.card


def test_networks_are_told_apart_whatever_they_are_called():
    one, other = random_dense(3, seed=0, name="mine"), random_dense(3, seed=1, name="mine")
    assert one.card == other.card
    assert one.identity != other.identity
    assert one.identity == random_dense(3, seed=0, name="mine").identity
    sharper = Model(one.weights, files.parse_card(vars(one.card) | {"temperature": 0.1}))
    assert sharper.identity != one.identity


def test_write_and_read_again(copy):
    before, after = files.read_model(shipped("modern")), files.read_model(copy)
    assert before.card == after.card
    assert all(np.array_equal(before.weights[name], after.weights[name]) for name in before.weights)


def test_weights_are_read_only():
    weights = files.read_model(shipped("modern")).weights
    with pytest.raises(ValueError, match="read-only"):
        weights["1.bias"][0] = 1


def damage_weights(change):
    def damage(path):
        path.write_bytes(change(path.read_bytes()))
        return path

    return damage


def damage_card(**changes):
    def damage(path):
        card = json.loads(path.with_suffix(".json").read_text())
        path.with_suffix(".json").write_text(json.dumps(card | changes))
        # A card that is well made but of another network puts the blame on the weights.
        return path if changes == {"layer_sizes": [784, 50, 10]} else None

    return damage


def not_a_number(path):
    model = files.read_model(path)
    weights = {name: array.copy() for name, array in model.weights.items()}
    weights["1.bias"][0] = np.nan
    files.write_model(path, Model(weights, model.card))
    return path


@pytest.mark.parametrize(
    "damage",
    [
        damage_weights(lambda data: data[:-1]),
        damage_weights(lambda data: b""),  # noqa: ARG005
        damage_weights(lambda data: b"\xff" * 8 + data[8:]),
        damage_weights(lambda data: data.replace(b"3.weight", b"9.weight")),
        damage_weights(lambda data: data.replace(b"[200,784]", b"[784,200]")),
        damage_weights(lambda data: data.replace(b"F32", b"I32")),
        damage_card(layer_sizes=[784, 50, 10]),
        damage_card(layer_sizes=[784, 10, 0]),
        damage_card(layer_sizes=[100, 10]),
        damage_card(layer_sizes=None),
        damage_card(activation="swish"),
        damage_card(activation=["relu"]),
        damage_card(temperature=0),
        damage_card(temperature="hot"),
        damage_card(channels=[0]),
        damage_card(kernel_size=2),
        damage_card(least_evidence=float("nan")),
        damage_card(least_probability="low"),
        damage_card(extra=1),
        lambda path: path.with_suffix(".json").write_bytes(b"\xff{") and None,
        lambda path: path.with_suffix(".json").write_text("[]") and None,
        lambda path: path.with_suffix(".json").unlink(),
        lambda path: path.unlink() or path,
        not_a_number,
    ],
)
def test_a_damaged_file_is_named_with_the_cure(copy, damage):
    named = damage(copy) or copy.with_suffix(".json")
    with pytest.raises(InputError, match=r"damaged .*git checkout -- assets/models.*digits\.train"):
        files.read_model(copy)
    with pytest.raises(InputError, match=rf"^The file {named} is "):
        files.read_model(copy)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file"
    files.write_atomically(path, b"old")

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="the disk is full"):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
