from pathlib import Path

import numpy as np
import pytest

from core.digits import mnist
from core.digits.doubts import NO_INK
from core.digits.image.files import read_image
from core.digits.image.search import search
from core.digits.recognise import load_recogniser
from tests.core.digits.photos import photo_of
from tests.core.digits.strokes import draw


def test_a_photo_has_a_box_and_a_drawing_has_none():
    photo = photo_of(mnist.load("test").images[0], np.random.default_rng(3), share=0.5)
    recogniser = load_recogniser()
    reading = recogniser.classify(photo)
    assert reading.label == mnist.load("test").labels[0]
    assert reading.box == search(photo).box
    left, top, right, bottom = reading.box
    assert 0 < left < right < photo.shape[1]
    assert 0 < top < bottom < photo.shape[0]
    assert recogniser.classify(draw(7)).box is None


def test_a_photo_of_empty_paper_says_what_to_do():
    paper = np.linspace(240, 150, 300).astype(np.uint8)[:, None].repeat(400, axis=1)
    reading = load_recogniser().classify(paper)
    assert (reading.label, reading.reason, reading.has_ink) == (None, NO_INK, False)
    assert not reading.pixels.any()


COLOURS = {
    "red on green": ((220, 32, 32), (22, 130, 40)),
    "blue on red": ((40, 60, 220), (150, 40, 40)),
    "orange on white": ((255, 170, 60), (250, 250, 250)),
}
"""Ink and paper; the first two are equally bright."""


@pytest.mark.parametrize("lit_from", ["everywhere", "one side"])
@pytest.mark.parametrize("name", COLOURS)
def test_ink_of_any_colour_is_found(name, lit_from):
    share = draw(7)[..., None] / 255
    ink, paper = (np.array(colour) for colour in COLOURS[name])
    image = share * ink + (1 - share) * paper
    if lit_from == "one side":
        image *= np.linspace(1, 0.6, 280)[:, None]
    reading = load_recogniser().classify(image.astype(np.uint8))
    assert reading.label == 7
    assert (reading.box is None) == (lit_from == "everywhere")


@pytest.mark.parametrize("alpha", [False, True])
def test_red_ink_on_green_paper_of_equal_brightness(alpha):
    image = read_image(Path(__file__).parents[1] / "data" / "red_on_green.png")
    if alpha:
        image = np.dstack([image, np.full(image.shape[:2], 255, np.uint8)])
    assert load_recogniser().classify(image).label == 5
