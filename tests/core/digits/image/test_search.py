import numpy as np

from core.digits import mnist
from core.digits.doubts import NO_INK
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
