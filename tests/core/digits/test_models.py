import json

import numpy as np
import pytest
import torch

from core.digits import mnist, models
from core.digits.made.recipe import MADE_PRESETS
from core.digits.net import make_convolutional_network, make_network
from core.digits.recipe import PRESETS
from core.digits.trained import Model
from core.messages import InputError

NAMES = ["article", "cnn", "modern", "sketch"]
ALL_PRESETS = PRESETS | MADE_PRESETS


def shipped(name):
    return models.FOLDER / f"{name}.safetensors"


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "copy.safetensors"
    models.write_model(path, models.read_model(shipped("modern")))
    return path


@pytest.mark.parametrize(
    ("name", "least"), [("article", 0.965), ("modern", 0.982), ("sketch", 0.991), ("cnn", 0.991)]
)
def test_shipped_weights_match_their_card(name, least):
    model = models.read_model(shipped(name))
    card = model.card
    recipe = ALL_PRESETS[name]
    assert card.recipe == json.loads(json.dumps(vars(recipe)))
    assert (card.name, card.n_parameters) == (name, 80_602 if name == "cnn" else 239_410)
    assert (card.epochs_done, card.layer_sizes) == (recipe.n_epochs, recipe.layer_sizes)
    test, train = mnist.load("test"), mnist.load("train")
    right = model.scores(test.pixels()).argmax(1) == test.labels
    assert right.mean() >= least
    assert right.mean() == pytest.approx(card.test_accuracy, abs=1e-4)
    per_digit = [right[test.labels == digit].mean() for digit in range(10)]
    assert per_digit == pytest.approx(card.test_accuracy_per_digit, abs=2e-3)
    held_out = model.logits(train.pixels()[-5000:]).argmax(1) == train.labels[-5000:]
    if name in PRESETS:  # the others' held-out images are made ones too
        assert held_out.mean() == pytest.approx(card.validation_accuracy, abs=4e-4)
    assert held_out.mean() > least
    assert card.data_md5 == mnist.MD5


@pytest.mark.parametrize("name", NAMES)
def test_numpy_gives_the_scores_of_the_torch_network(name):
    model = models.read_model(shipped(name))
    convolutional = model.card.network == "convolutional"
    network = make_convolutional_network() if convolutional else make_network()
    network.load_state_dict({key: torch.tensor(array) for key, array in model.weights.items()})
    pixels = mnist.load("test").pixels()[:100]
    expected = network(torch.tensor(pixels)).detach().numpy()
    np.testing.assert_allclose(model.logits(pixels), expected, rtol=1e-4, atol=1e-4)


def test_write_and_read_again(copy):
    before, after = models.read_model(shipped("modern")), models.read_model(copy)
    assert before.card == after.card
    assert all(np.array_equal(before.weights[name], after.weights[name]) for name in before.weights)


def test_weights_are_read_only():
    weights = models.read_model(shipped("modern")).weights
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
    model = models.read_model(path)
    weights = {name: array.copy() for name, array in model.weights.items()}
    weights["1.bias"][0] = np.nan
    models.write_model(path, Model(weights, model.card))
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
        damage_card(activation="tanh"),
        damage_card(temperature=0),
        damage_card(temperature="hot"),
        damage_card(network="recurrent"),
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
        models.read_model(copy)
    with pytest.raises(InputError, match=rf"^The file {named} is "):
        models.read_model(copy)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file"
    models.write_atomically(path, b"old")

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(models.os, "fsync", fail)
    with pytest.raises(OSError, match="the disk is full"):
        models.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
