import base64
import io
import tomllib

import numpy as np
from PIL import Image

from core.charts.digits import pixels
from tests import ROOT


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
