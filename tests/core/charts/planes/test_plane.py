import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.planes import plane
from core.charts.player import now
from core.planes import boundary as lesson
from core.planes.points import Points, two_classes

SIZE = (300.0, 250.0)
REACH = sum(SIZE)


def points(*x: tuple[float, float]) -> Points:
    return Points(np.array(x, float), np.zeros(len(x)))


def evaluated(chart: Any, row: dict[str, float], view: dict[str, float]) -> list[dict[str, float]]:
    """What the transforms of a chart of the current frame make of one frame, as Vega would."""
    rows = [dict(row)]
    for transform in chart["transform"]:
        if "flatten" in transform:
            (field,) = transform["flatten"]
            rows = [one | {field: value} for one in rows for value in one[field]]
        elif "isValid" in str(transform.get("filter")):
            rows = [one for one in rows if not math.isnan(one["across"])]
        elif "calculate" in transform and transform["as"] != "role":
            for one in rows:
                one[transform["as"]] = value(transform["calculate"], {"view": [view], "datum": one})
    return rows


def frame_row(w1: float, w2: float, b: float, frame: plane.Frame) -> dict[str, float]:
    """The columns of one frame with these parameters."""
    columns = plane.line_columns(np.array([[w1, w2, b]]), frame)
    return {name: float(column[0]) for name, column in columns.items()}


LEVELS = (-3.0, 0.0, 0.5)
LINES = plane.lines(now(), LEVELS, REACH).to_dict()
SHAFT = plane.arrow(now(), "50", REACH)[0].to_dict()


def value(expression: str, names: dict[str, Any]) -> Any:
    python = re.sub(r"data\('view'\)\[0\]\.(\w+)", r"view[0]['\1']", expression)
    python = re.sub(r"datum\.(\w+)", r"datum['\1']", python)
    functions = {
        "clamp": lambda x, low, high: min(max(x, low), high),
        "atan2": math.atan2,
        "PI": math.pi,
    }
    return eval(python, functions | names)


weights = st.floats(-20, 20).filter(lambda w: abs(w) > 1e-3)


@given(weights, weights, st.floats(-5, 5), st.sampled_from([1.0, 20.0]))
def test_a_line_lies_where_the_weighted_sum_has_its_value(
    w1: float, w2: float, b: float, stretch: float
) -> None:
    frame = plane.frame_around(two_classes(stretch=stretch), SIZE)
    row = frame_row(w1, w2, b, frame)
    for level, line in zip(LEVELS, evaluated(LINES, row, frame.view()), strict=True):
        ends = np.array([[line["from_1"], line["from_2"]], [line["to_1"], line["to_2"]]])
        if abs((level - row["z_centre"]) / row["growth"]) < REACH:
            z = lesson.weighted_sum(ends, w1, w2, b)
            np.testing.assert_allclose(z, level, atol=1e-6 * row["growth"] * REACH)
        else:  # so far away that it is drawn outside the panel all the same
            away = (ends.mean(axis=0) - [frame.x1, frame.x2]) * [frame.pixels_1, frame.pixels_2]
            assert np.hypot(*away) == pytest.approx(REACH)


@given(weights, weights, st.floats(-5, 5))
def test_the_arrow_stands_on_the_line_and_points_along_the_weights(
    w1: float, w2: float, b: float
) -> None:
    frame = plane.frame_around(two_classes(), SIZE)
    (arrow,) = evaluated(SHAFT, frame_row(w1, w2, b, frame), frame.view())
    step = np.array([arrow["to_1"] - arrow["from_1"], arrow["to_2"] - arrow["from_2"]])
    assert np.linalg.norm(step) * frame.pixels_1 == pytest.approx(50)
    direction = np.array([w1, w2]) / np.hypot(w1, w2)
    np.testing.assert_allclose(step / np.linalg.norm(step), direction, atol=1e-9)
    turned = math.radians(arrow["angle"])  # clockwise, from a head that points up
    np.testing.assert_allclose([math.sin(turned), math.cos(turned)], direction, atol=1e-9)


def test_each_side_is_shaded_the_more_the_surer_its_answer() -> None:
    frame = plane.frame_around(two_classes(), SIZE)
    row = frame_row(2.0, 1.0, 0.3, frame)
    for label, shading in enumerate(plane.shading(now(), REACH)):
        chart = shading.to_dict()
        thick = chart["mark"]["strokeWidth"]
        strips = evaluated(chart, row, frame.view())
        for x in two_classes().x:
            right, up = (x - [frame.x1, frame.x2]) * [frame.pixels_1, frame.pixels_2]
            place = right * row["across"] - up * row["down"]
            covered = sum(abs(place - strip["away"]) < thick / 2 for strip in strips)
            y_hat = float(lesson.predict(x, 2.0, 1.0, 0.3))
            sure = y_hat if label else 1 - y_hat
            assert covered == sum(sure > answer for answer in plane.SHADES)


def test_without_weights_there_is_no_line_and_nothing_is_drawn() -> None:
    frame = plane.frame_around(two_classes(), SIZE)
    assert evaluated(LINES, frame_row(0, 0, 1, frame), frame.view()) == []


def test_all_points_are_in_the_panel_and_a_unit_is_equally_long_unless_they_are_far_longer() -> (
    None
):
    for stretch, equal in ((1, True), (2, True), (20, False), (0.1, False)):
        x, y = two_classes("slanted", stretch=stretch)
        frame = plane.frame_around(Points(x, y), SIZE)
        view = frame.view()
        assert ([view["x_low"], view["y_low"]] < x.min(axis=0)).all()
        assert ([view["x_high"], view["y_high"]] > x.max(axis=0)).all()
        assert (frame.pixels_1 == frame.pixels_2) is equal


@pytest.mark.parametrize(
    "x", [[(0, 0)], [(1, 2)] * 3, [(0, 0), (1, 0)], [(1e50, -1e50), (-1e50, 1e50)]]
)
def test_odd_points_still_have_a_panel(x: list[tuple[float, float]]) -> None:
    view = plane.frame_around(points(*x), SIZE).view()
    assert np.isfinite(list(view.values())).all()
    assert view["x_low"] < view["x_high"]
    assert view["y_low"] < view["y_high"]


def test_the_classes_differ_in_shape_and_colour_and_are_all_shown() -> None:
    layers = [chart.to_dict() for chart in plane.samples()]
    assert [layer["mark"]["shape"] for layer in layers] == ["circle", "square"]
    roles = [part["calculate"] for layer in layers for part in layer["transform"] if "as" in part]
    assert len(set(roles)) == 2
    assert len(plane.shown_points(two_classes(n_samples=300))) == 300
