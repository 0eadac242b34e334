import dataclasses
import json
import subprocess
import sys

import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network import files
from core.digits.network.temperature import fit_temperature
from core.digits.recipe import MODERN, SKETCH, from_dict
from core.digits.split import split
from core.digits.train.describe import REFUSED, describe
from core.digits.train.made import pool as pools
from core.digits.train.made.pool import make_pool


@pytest.fixture(scope="module")
def digits():
    return tuple(Digits(d.images[:600], d.labels[:600]) for d in map(mnist.load, ("train", "test")))


def described(recipe, digits, **changes):
    shipped = files.read_model(files.FOLDER / f"{recipe.name}.safetensors")
    return describe(
        recipe,
        shipped.weights,
        **{
            "epochs_done": 7,
            "epoch_kept": 3,
            "validation_accuracy": 0.9,
            "train_digits": digits[0],
            "test_digits": digits[1],
        }
        | changes,
    )


def test_the_card_tells_what_the_recipe_and_the_images_say(digits):
    recipe = dataclasses.replace(MODERN, seed=4, n_validation=150)
    model = described(recipe, digits)
    card = model.card
    assert (card.name, card.activation, card.n_parameters) == ("modern", "relu", 239_410)
    assert (card.layer_sizes, card.seed) == (recipe.layer_sizes, 4)
    assert (card.epochs_done, card.epoch_kept, card.validation_accuracy) == (7, 3, 0.9)
    assert from_dict(json.loads(json.dumps(card.recipe))) == recipe
    assert "last 150 of the 600 training images" in card.held_out
    assert (card.channels, card.averages_shifts, card.least_evidence) == ((), False, None)
    assert card.data_md5 == mnist.MD5
    assert set(card.versions) == {"python", "torch", "numpy"}
    held_out = split(recipe, digits[0])[1]
    assert card.temperature == fit_temperature(model.logits(held_out.pixels()), held_out.labels)
    right = model.logits(digits[1].pixels()).argmax(axis=1) == digits[1].labels
    assert card.test_accuracy == right.mean()
    per_digit = [right[digits[1].labels == digit].mean() for digit in range(10)]
    assert card.test_accuracy_per_digit == tuple(per_digit)


def test_a_card_can_be_written_and_read(digits, tmp_path):
    model = described(dataclasses.replace(MODERN, n_validation=100), digits)
    files.write_model(tmp_path / "mine.safetensors", model)
    assert files.read_model(tmp_path / "mine.safetensors").card == model.card


def test_made_pictures_tell_which_drawings_to_refuse(digits, monkeypatch, tmp_path):
    monkeypatch.setattr(pools, "CHUNK", 60)
    sizes = {"styled": 60, "no digit": 60}
    recipe = dataclasses.replace(SKETCH, made=sizes, n_validation=100)
    learned, held_out = split(recipe, digits[0])
    pool = make_pool(sizes, learned, n_processes=1)
    model = described(recipe, digits, pool=pool)
    card = model.card
    assert (card.averages_shifts, card.least_probability) == (True, 0.5)
    assert "100 of the 600 training images and 60 made digits were not learned" in card.held_out
    made = pool.held_out.images[pool.held_out.labels < 10]
    images = np.concatenate([held_out.images, made]).astype(np.float32) / 255
    refused = model.scores(images).max(axis=1) < card.least_evidence
    assert refused.mean() == pytest.approx(REFUSED, abs=1 / len(images))

    without = described(recipe, digits, pool_folder=tmp_path).card
    again = described(recipe, digits, pool_folder=tmp_path).card
    for other in (without, again):
        assert other.least_evidence == pytest.approx(card.least_evidence, rel=1e-5)
        assert other.temperature == pytest.approx(card.temperature, rel=1e-3)
        assert other.held_out == card.held_out
    assert [path.name for path in tmp_path.rglob("*.npz")] == ["styled-1.npz"]


def test_it_needs_no_torch():
    code = "import sys; sys.modules['torch'] = None; import core.digits.train.describe"
    subprocess.run([sys.executable, "-c", code], check=True)
