import functools
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.curves.activations import stretch as chart
from core.charts.curves.activations.stretch import sentence
from core.curves.activations import stretch as lesson

weights, biases = st.floats(-30, 30), st.floats(-20, 20)


def points(specification: dict) -> dict[str, str]:
    """The expressions of the first layer that compares curve and chord, by their names."""
    found = {}
    for name in ("vconcat", "hconcat", "layer"):
        for inner in specification.get(name, []):
            found = found or points(inner)
    transforms = specification.get("transform", [])
    expressions = {t["as"]: t["calculate"] for t in transforms if "calculate" in t}
    return found or (expressions if "distance" in expressions else {})


@functools.cache
def chart_points() -> dict[str, str]:
    return points(chart.specification())


@given(weight=weights, bias=biases, x=st.floats(0, 1))
def test_the_browser_computes_what_the_lesson_does(weight: float, bias: float, x: float) -> None:
    names = {"w": weight, "b": bias, "exp": math.exp}
    k, line = (
        eval(chart_points()[name].replace("datum.x", repr(x)), {"__builtins__": {}}, names)
        for name in ("a", "line")
    )
    assert k == pytest.approx(float(lesson.stretched(x, weight, bias)), abs=1e-12)
    assert line == pytest.approx(float(lesson.chord(x, weight, bias)), abs=1e-12)
    assert chart_points()["distance"] == "abs(datum.a - datum.line)"


def test_curve_and_chord_are_compared_at_the_lessons_points() -> None:
    text = json.dumps(chart.specification())
    assert f'"step": {1 / (lesson.N_POINTS - 1)}' in text


def test_both_sliders_start_at_the_sigmoid_itself_and_follow_a_button() -> None:
    _, w, b = chart.specification()["config"]["signals"]
    assert (w["name"], w["value"]) == ("w", 1)
    assert (b["name"], b["value"]) == ("b", 0)
    view = chart.tables(weight=12, bias=-6, pressed=2)["view"].iloc[0]
    assert (view["w"], view["b"], view["pressed"]) == (12, -6, 2)


def test_every_text_is_translated() -> None:
    text = json.dumps(chart.specification(translate=lambda text: f"«{text}»"), ensure_ascii=False)
    for part in ("«largest distance from", "«x from 0 to 1", "«step at x", "«w = 0", "«straight"):
        assert part in text


def test_a_sentence_may_put_its_numbers_in_any_order() -> None:
    assert (
        sentence("在 {x} 处为 {k}", k="datum.k", x="datum.x")
        == '"在 " + datum.x + " 处为 " + datum.k'
    )
    assert sentence('say "no"') == '"say \\"no\\""'
