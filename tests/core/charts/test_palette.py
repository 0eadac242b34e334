import tomllib
from itertools import combinations

import numpy as np
import pytest

from core.charts.palette import ROLES, RUNS
from tests import ROOT

VISIONS = {
    "usual": np.eye(3),
    "no green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "no red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
"""What eyes without one kind of cone see, as linear RGB (Machado, Oliveira and Fernandes, 2009)."""

XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.072175],
        [0.0193339, 0.119192, 0.9503041],
    ]
)


def theme(base: str) -> dict:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][base]


def linear(code: str) -> np.ndarray:
    part = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB, in which equal distances look equally different, more or less."""
    t = XYZ @ rgb / [0.95047, 1, 1.08883]
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("base", ["light", "dark"])
def test_every_role_has_a_colour(base: str) -> None:
    assert len(theme(base)["chartCategoricalColors"]) == len(ROLES)


@pytest.mark.parametrize("base", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_runs_are_told_apart_with_every_kind_of_colour_vision(base: str, vision: str) -> None:
    colours = theme(base)["chartCategoricalColors"][-len(RUNS) :]
    seen = [lab(np.clip(VISIONS[vision] @ linear(code), 0, 1)) for code in colours]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 15


@pytest.mark.parametrize("base", ["light", "dark"])
def test_runs_stand_out_from_the_page(base: str) -> None:
    def luminance(code: str) -> float:
        return float((XYZ @ linear(code))[1]) + 0.05

    page = luminance(theme(base)["backgroundColor"])
    for code in theme(base)["chartCategoricalColors"][-len(RUNS) :]:
        low, high = sorted((luminance(code), page))
        assert high / low > 3
