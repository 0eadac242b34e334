import base64
import io
import tomllib

import numpy as np
import pytest
from PIL import Image

from core.charts.digits import pixels
from core.charts.digits.inspect import accuracy, confusion, digit_map, unit_strip
from core.digits.inspect.projection import Projection
from core.digits.inspect.units import Activity
from core.digits.mnist import Digits
from core.digits.network.evaluation import Evaluation
from tests import ROOT


def evaluation(labels, answers):
    probabilities = np.full((len(labels), 10), 0.02)
    probabilities[np.arange(len(labels)), answers] = 0.82
    return Evaluation(np.array(labels, np.uint8), probabilities)


def test_a_picture_in_a_chart_is_the_picture():
    image = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)
    kind, data = pixels.data_uri(image).split(",")
    assert kind == "data:image/webp;base64"
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("L"), int)
    assert np.abs(shown - image).max() < 256 / (pixels.GREYS - 1)


def test_signs_have_colours_and_0_has_none():
    shown = pixels.signed(np.array([3.0, 0, -1.5]))
    assert tuple(shown[0, :3]) == pixels.POSITIVE
    assert tuple(shown[2, :3]) == pixels.NEGATIVE
    assert shown[:, 3].tolist() == [255, 0, 127]
    assert not pixels.signed(np.zeros(4))[:, 3].any()


def test_a_sheet_has_each_tile_in_its_place():
    tiles = np.zeros((5, 3, 3))
    tiles[4, 1, 2] = -1
    opaque = np.argwhere(pixels.sheet(tiles, n_columns=3, factor=1)[..., 3])
    assert opaque.tolist() == [[5 + 1 + 1, 5 + 1 + 2]]  # second row, second column, after the gap


def contrast(one, other):
    def luminance(colour):
        part = np.asarray(colour) / 255
        linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722] + 0.05

    low, high = sorted((luminance(one), luminance(other)))
    return high / low


def test_the_signs_stand_out_in_light_and_dark():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    for base in ("light", "dark"):
        code = theme[base]["backgroundColor"].removeprefix("#")
        background = [int(code[i : i + 2], 16) for i in (0, 2, 4)]
        assert contrast(pixels.POSITIVE, background) > 3
        assert contrast(pixels.NEGATIVE, background) > 3


def test_the_matrix_shows_each_count_in_its_cell():
    counts = np.arange(100).reshape(10, 10)
    cells = confusion.tables(counts, label=7, answer=3)["cells"]
    assert (cells["count"] == 10 * cells["label"] + cells["answer"]).all()
    assert (cells["role"] == "model").tolist() == np.eye(10, dtype=bool).ravel().tolist()
    (framed,) = cells.dropna(subset="shown").index
    assert framed == 73
    mistakes = cells[cells["role"] == "now"]
    assert mistakes.sort_values("count")["strength"].is_monotonic_increasing


def test_a_click_on_a_cell_tells_both_digits():
    spec = confusion.specification(translate=str.upper)
    (param,) = spec["params"]
    assert param["name"] == confusion.PICK
    assert param["select"]["fields"] == ["label", "answer", "n_shown"]
    assert spec["layer"][0]["encoding"]["x"]["title"] == "READ AS"


def test_accuracies_before_and_after_share_one_axis():
    before = evaluation([3, 3, 5, 5], [3, 3, 5, 5])
    after = evaluation([3, 3, 5, 5], [3, 8, 5, 5])
    made = accuracy.tables(after, before)
    digits = made["digits"].set_index(["role", "digit"])["accuracy"]
    assert digits["data"].to_dict() == {3: 1, 5: 1}
    assert digits["model"].to_dict() == {3: 0.5, 5: 1}
    means = made["means"].set_index("role")
    assert means["accuracy"].to_dict() == {"data": 1, "model": 0.75}
    assert (means["low"] < 0.5).all()
    assert (means["high"] > 1).all()
    assert set(accuracy.tables(after)["digits"]["role"]) == {"model"}


def test_only_a_comparison_has_a_legend():
    alone, compared = (accuracy.specification(compared=c)["layer"] for c in (False, True))
    assert alone[1]["encoding"]["color"]["legend"] is None
    assert "without them" in compared[1]["encoding"]["color"]["legend"]["labelExpr"]


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


def test_the_maps_tooltip_holds_the_picture():
    spec = digit_map.specification(translate=str.upper)
    titles = [tip["title"] for tip in spec["layer"][-1]["encoding"]["tooltip"]]
    assert titles == [
        "image",
        "TRUE DIGIT",
        "READ AS",
    ]  # the browser knows "image", in any language


def test_the_strip_tells_dead_from_silenced():
    share, dead = np.array([0.2, 0, 0.9, 0, 0]), np.array([False, True, False, True, False])
    found = Activity(share, np.zeros((5, 1), np.intp), dead)
    units = unit_strip.tables(found, [3, 0])["units"]
    assert units["role"].tolist() == ["now", "second", "data", "now", "data"]
    assert units["rank"].tolist() == [1, 2, 0, 3, 4]
    (param,) = unit_strip.specification()["params"]
    assert param["select"]["fields"] == ["unit", "n_shown"]
