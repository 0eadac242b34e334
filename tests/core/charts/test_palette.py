import re
import tomllib
from itertools import combinations, pairwise

import numpy as np
import pytest

from core.charts.palette import DIGITS, ROLES, RUNS
from tests import ROOT

VISIONS = {
    "usual": np.eye(3),
    "no green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "no red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
"""What eyes without one kind of cone see, as linear RGB (Machado, Oliveira and Fernandes, 2009)."""

TEXT, SHAPE = 4.5, 3.0
"""The least contrast of text, and of what else must be seen, by WCAG 2.2 AA."""

XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.072175],
        [0.0193339, 0.119192, 0.9503041],
    ]
)


def theme(base: str) -> dict:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][base]


def colours_of(base: str, roles: tuple[str, ...]) -> list[str]:
    """The colours of some roles, in the theme's order."""
    first = (ROLES + DIGITS).index(roles[0])
    colours: list[str] = theme(base)["chartCategoricalColors"][first : first + len(roles)]
    return colours


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
    assert len(theme(base)["chartCategoricalColors"]) == len(ROLES + DIGITS)


@pytest.mark.parametrize("base", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("roles", [RUNS, DIGITS], ids=["runs", "digits"])
def test_all_are_told_apart_with_every_kind_of_colour_vision(
    base: str, vision: str, roles: tuple[str, ...]
) -> None:
    colours = colours_of(base, roles)
    seen = [lab(np.clip(VISIONS[vision] @ linear(code), 0, 1)) for code in colours]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 25


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted(float((XYZ @ linear(code))[1]) + 0.05 for code in (one, other))
    return high / low


def mixed(colour: str, background: str, opacity: float) -> str:
    """A colour that lets something of the background through."""
    pairs = [[int(code[i : i + 2], 16) for code in (colour, background)] for i in (1, 3, 5)]
    parts = (round(opacity * above + (1 - opacity) * below) for above, below in pairs)
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("base", ["light", "dark"])
def test_runs_that_follow_each_other_differ_in_lightness_too(base: str) -> None:
    colours = colours_of(base, RUNS)
    assert min(contrast(*pair) for pair in pairwise(colours)) > 1.45


@pytest.mark.parametrize("base", ["light", "dark"])
def test_every_role_can_be_read_as_text(base: str) -> None:
    page = theme(base)["backgroundColor"]
    for role, code in zip(ROLES + DIGITS, theme(base)["chartCategoricalColors"], strict=True):
        assert contrast(code, page) >= TEXT, role


@pytest.mark.parametrize("base", ["light", "dark"])
def test_text_can_be_read_wherever_it_stands(base: str) -> None:
    """Streamlit writes captions with 60 % of the text's colour."""
    colours, sidebar = theme(base), theme(base)["sidebar"]
    for background in (
        colours["backgroundColor"],
        colours["secondaryBackgroundColor"],
        colours["codeBackgroundColor"],
        sidebar["backgroundColor"],
        sidebar["secondaryBackgroundColor"],
    ):
        assert contrast(mixed(colours["textColor"], background, 0.6), background) >= TEXT
        assert contrast(colours["linkColor"], background) >= TEXT


@pytest.mark.parametrize("base", ["light", "dark"])
def test_the_main_colour_carries_white_text_and_stands_out_itself(base: str) -> None:
    colours = theme(base)
    main = colours["primaryColor"]
    assert contrast("#ffffff", main) >= TEXT
    for background in (colours["backgroundColor"], colours["sidebar"]["backgroundColor"]):
        assert contrast(main, background) >= SHAPE


def test_text_in_the_main_colour_can_be_read_on_its_own_tint() -> None:
    """The chosen one of several options stands on a tint of 10 % of the main colour."""
    style = (ROOT / "assets" / "style.css").read_text("utf-8")
    rule = style.split("text in the main colour is lighter")[1].split("}")[0]
    texts = re.findall(r"color: light-dark\((#\w+), (#\w+)\)", rule)
    assert len(texts) == 1
    for base, text in zip(("light", "dark"), texts[0], strict=True):
        colours = theme(base)
        for background in (colours["backgroundColor"], colours["sidebar"]["backgroundColor"]):
            tint = mixed(colours["primaryColor"], background, 0.1)
            assert contrast(text, tint) >= TEXT
