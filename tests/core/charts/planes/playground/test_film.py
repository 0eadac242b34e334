import base64
import tomllib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from core.charts.palette import ROLES
from core.charts.planes.playground import film
from tests import ROOT


def picture(url: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(url.removeprefix("data:image/png;base64,"))))


def test_a_film_holds_its_frames_one_below_the_other_with_an_edge_around_each() -> None:
    frames = np.random.default_rng(0).integers(0, 81, (3, 4, 5)).astype(np.uint8)
    shown = np.asarray(picture(film.film(frames)))
    assert shown.shape == (3 * (4 + 2), 5)
    for k, frame in enumerate(frames):
        part = shown[k * 6 : k * 6 + 6]
        np.testing.assert_array_equal(part[1:-1], frame)
        np.testing.assert_array_equal(part[[0, -1]], frame[[0, -1]])


def test_nothing_is_transparent_and_the_surest_answer_covers_most() -> None:
    levels = film.levels([[0, 0.5, 1]] * 4, [[k] * 3 for k in range(4)])
    seen = np.asarray(picture(film.film(levels[np.newaxis])).convert("RGBA"))[1:-1]
    assert (seen[:, 0, 3] == 0).all()
    np.testing.assert_allclose(seen[:, 1, 3], 255 * film.STRONGEST / 2, atol=1)
    np.testing.assert_allclose(seen[:, 2, 3], 255 * film.STRONGEST, atol=1)
    np.testing.assert_array_equal(seen[:, 2, :3], film.TINTS)


@pytest.mark.parametrize("place", range(4))
def test_a_tint_lies_between_the_themes_two_colours_of_its_role(place: int) -> None:
    themes = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    codes = [
        themes[base]["chartCategoricalColors"][ROLES.index(film.CLASSES[place])]
        for base in ("light", "dark")
    ]
    colours = [[int(code[i : i + 2], 16) for i in (1, 3, 5)] for code in codes]
    np.testing.assert_allclose(film.TINTS[place], np.mean(colours, axis=0), atol=9)


@pytest.mark.parametrize("step", [0, 7])
def test_the_panel_shows_the_frame_of_the_step(step: int) -> None:
    n_frames, n_rows, size = 8, 10, (200.0, 100.0)
    mark = film.shown_film("plane", n_frames, n_rows, size).to_dict()["mark"]
    n_pixels = n_frames * (n_rows + 2 * film.EDGE)
    row = mark["height"] / n_pixels
    top = eval(mark["y"]["expr"], {"step": step})
    assert row * n_rows == pytest.approx(size[1])
    assert -top / row == pytest.approx(step * (n_rows + 2 * film.EDGE) + film.EDGE)
    assert mark["clip"]
    assert mark["width"] == size[0]
