import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.player import SECONDS_TO_READ
from core.charts.start.what_is_a_model import places
from core.charts.start.what_is_a_model import tiny_network as chart
from core.charts.start.what_is_a_model.places import BACKWARD, END, FORWARD, LOSS, UPDATE
from core.charts.start.what_is_a_model.tiny_network import width, wrap
from core.start import what_is_a_model as lesson
from tests.core.charts.test_player import parts

NUMBER = re.compile(r"−?\d+\.\d+")

letters = st.text(st.sampled_from("ab η，。 学习率（）"), max_size=80)


def tables(stacked: bool = False, x: float = 0.5, **config: Any) -> dict[str, pd.DataFrame]:
    run = lesson.Config(**config)
    return chart.tables(x, 1.0, run, lesson.train(x, 1.0, run), stacked=stacked)


def value(text: str) -> float:
    return float(text.replace("−", "-"))


def test_a_round_is_four_frames_and_one_more_ends_the_run() -> None:
    frames = tables(n_updates=3)["frames"]
    assert frames["stage"].tolist() == [FORWARD, LOSS, BACKWARD, UPDATE] * 3 + [END]
    assert frames["update"].tolist() == [0] * 4 + [1] * 4 + [2] * 4 + [3]
    assert frames["step"].tolist() == list(range(13))


def test_every_arrow_carries_the_value_of_its_stage() -> None:
    history = lesson.train(0.5, 1.0, lesson.Config(n_updates=2))
    frames = tables(n_updates=2)["frames"]
    for name in lesson.Params._fields:
        old, new = history.column(name)[:2]
        texts = frames[f"text_{name}"]
        assert value(texts[FORWARD]) == pytest.approx(old, abs=5e-4)
        assert value(texts[BACKWARD]) == pytest.approx(history.column(f"d_{name}")[0], abs=5e-4)
        assert [value(part) for part in texts[UPDATE].split(" → ")] == pytest.approx(
            [old, new], abs=5e-4
        )
    assert frames["text_error"][LOSS] == "0.578"
    assert frames["text_error"][BACKWARD] == "−1.156"  # −2 times as much
    assert frames["text_loss"].tolist()[:2] == ["?", "0.334"]


def test_the_formulas_numbers_add_up() -> None:
    frames = tables(stacked=True)["frames"]
    for row in frames.to_dict("records"):
        for i in range(1, 5):
            line = row[f"line_{i}"].replace("−", "-").replace("·", "*")
            if not line or "10" in line:
                continue
            *_, right, result = line.replace("σ", "sigmoid").replace("²", "**2").split(" = ")
            computed = eval(right, {"sigmoid": lesson.sigmoid})
            assert computed == pytest.approx(float(result), abs=3e-3), line


def test_the_wide_formulas_name_the_symbols_too() -> None:
    line = tables()["frames"]["line_1"][FORWARD]
    assert line == "a₁ = σ(w₁·x + b₁) = σ(0.270·0.500 + (−0.920)) = 0.313"


@pytest.mark.parametrize("stacked", [False, True])
def test_every_table_and_column_that_is_read_exists(stacked: bool) -> None:
    made = tables(stacked)
    specification = chart.specification(len(made["frames"]), stacked=stacked)
    read = {part["data"]["name"] for part in parts(specification) if "name" in part.get("data", {})}
    assert read == set(made)
    for name in re.findall(r"datum\.(sentence_\d|line_\d)", json.dumps(specification)):
        assert name in made["frames"]
    for name in [*made["nodes"]["name"], *made["edges"]["name"]]:
        assert f"text_{name}" in made["frames"]


@pytest.mark.parametrize("stacked", [False, True])
def test_the_drawing_stays_inside_its_panel(stacked: bool) -> None:
    drawing = places.layout(stacked)
    edges, nodes = places.edges(drawing), places.nodes(drawing)
    for table, columns in ((edges, ("x", "x2")), (nodes, ("x",))):
        for column in columns:
            assert table[column].between(places.LEFT, drawing.width).all()
    for table, columns in ((edges, ("y", "y2", "text_y")), (nodes, ("y",))):
        for column in columns:
            assert table[column].between(0, drawing.height).all()
    letter = 6.2 if stacked else 7.4  # pixels, of the longest text
    room = 15 * letter
    params = edges[edges["name"].isin(lesson.Params._fields)]
    right = params[params["align"] == "right"]["text_x"]
    left = params[params["align"] == "left"]["text_x"]
    assert (right - room >= places.LEFT - 4).all()
    assert (left + room <= drawing.width + 4).all()


@pytest.mark.parametrize("stacked", [False, True])
def test_arrows_end_at_their_circles(stacked: bool) -> None:
    drawing = places.layout(stacked)
    edges = places.edges(drawing).set_index("name")
    for name, arrow in drawing.arrows.items():
        head = edges.loc[name, ["x2", "y2"]].to_numpy(float)
        distance = np.hypot(*(head - drawing.circles[arrow.end]))
        assert drawing.radius < distance < drawing.radius + 12


def test_the_player_opens_at_the_first_frame_and_has_a_button_for_the_next() -> None:
    signals = {s["name"]: s for s in chart.specification(49)["config"]["signals"]}
    assert signals["step"]["value"] == 0
    press = {"events": {"signal": "next"}, "update": "min(step + 1, 48)"}
    assert press in signals["step"]["on"]
    assert signals["next"]["bind"] == {"input": "checkbox", "name": "Next step"}
    update = signals["step"]["on"][0]["update"]
    assert f"speed * {1 / (1000 * SECONDS_TO_READ)}" in update


def test_a_run_that_diverges_says_so_and_keeps_short_numbers() -> None:
    frames = tables(learning_rate=2.0, n_updates=25)["frames"]
    assert frames["sentence_1"].iloc[-1].startswith("Diverged in round")
    texts = frames.filter(regex="^text_")
    assert texts.map(len).to_numpy().max() <= len("−1·10³ → −1·10³") + 2


def test_what_a_page_sends_stays_small() -> None:
    made = tables(n_updates=25)
    data = sum(len(table.to_json()) for table in made.values())
    assert data + len(json.dumps(chart.specification(101))) < 300_000


# Sentences broken into lines


@given(letters, st.integers(6, 40))
def test_nothing_is_lost_but_blanks(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.text("ab", min_size=1, max_size=6), min_size=1), st.integers(6, 40))
def test_no_line_is_longer_than_the_room(words: list[str], room: int) -> None:
    assert max(width(line) for line in wrap(" ".join(words), room)) <= room


def test_no_line_begins_with_a_comma() -> None:
    assert wrap("学习，学习，再学习。", 9) == ["学习，学", "习，再学", "习。"]
