import numpy as np
import pytest

from core.charts.digits.inspect import digit_map
from core.digits.inspect.projection import Projection
from core.digits.mnist import Digits
from tests.core.charts.digits.inspect.evaluations import evaluation


@pytest.fixture
def places():
    digits = Digits(np.zeros((6, 28, 28), np.uint8), np.array([0, 1, 2, 3, 4, 5], np.uint8))
    points = np.array([[0, 0], [4, 1], [1, 2], [2, 0], [3, 1], [1, 1]], float) - 0.5
    read = evaluation([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 9, 5])
    return digit_map.tables(digits, read, Projection(points, np.ones(2)), np.array([1, 4]))


def test_the_map_keeps_every_image_once_and_the_shape_of_the_cloud(places):
    points, sample = places["points"], places["sample"]
    assert points["digit"].tolist() == [0, 2, 3, 5]
    assert sample["digit"].tolist() == [1, 4]
    assert sample["answer"].tolist() == [1, 9]
    assert points["x"].tolist() == [0, 2500, 5000, 2500]
    assert points["y"].tolist() == [0, 5000, 0, 2500]
    assert sample["picture"].str.startswith("data:image/webp").all()
    assert "picture" not in points


def test_the_maps_tooltip_holds_the_picture_and_ten_thousand_marks_are_pixels():
    spec = digit_map.specification(translate=str.upper)
    assert spec["usermeta"]["embedOptions"]["renderer"] == "canvas"
    titles = [tip["title"] for tip in spec["layer"][-1]["encoding"]["tooltip"]]
    assert titles == [
        "image",
        "TRUE DIGIT",
        "READ AS",
    ]  # the browser knows "image", in any language
