"""The player of Start → What is a model?: a network of 1-2-1 neurons, stage by stage.

Every arrow carries its value: the weight in the forward stage, the gradient in the backward stage,
old and new in the update. Where circles and arrows stand is measured in pixels of the panel, in
the tables ``nodes`` and ``edges``; what is written on them is a column of the current frame.
"""

import functools
import math
import re
import unicodedata
from dataclasses import replace
from typing import Any, Literal, get_args

import altair as alt
import pandas as pd

from core.charts import panels, player
from core.charts.layout import TABLET, Layout
from core.charts.palette import ROLES, colour, in_role
from core.charts.player import STACKED_SCALE, VIEW, Column, Layers, Panel, now
from core.charts.start.what_is_a_model import places
from core.charts.start.what_is_a_model import sentences as words
from core.charts.start.what_is_a_model.places import BACKWARD, END, Drawing
from core.history import History
from core.messages import Translate
from core.start import what_is_a_model

NODES = alt.NamedData("nodes")
EDGES = alt.NamedData("edges")
STAGES = alt.NamedData("stages")

STAGE_ROLES = ["model", "loss", "now", "second", "model"]
"""The colour of each stage, and of the frame after the last."""

Align = Literal["left", "center", "right"]
"""On which side of its place a text stands."""

BOX, LINE = 28, 21
"""Pixels: the height of the stages' boxes, and of one line of the sentence."""

STAGE = "data('frames')[step].stage"
"""The current frame's stage, as a Vega expression."""

MATTERS = f"indexof(datum.stages, '' + {STAGE}) >= 0"
"""Whether a circle or an arrow matters in it."""

VALUE = "data('frames')[step]['text_' + datum.name]"
"""What a circle or an arrow says in the current frame."""

PIECES = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef][，。：；、？！）”]*|\s+")
"""A word, a Chinese character with the punctuation that must not begin a line, or blanks."""


def specification(
    n_frames: int, *, squeezed: bool = False, layout: Layout = TABLET, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the player, without its data."""
    drawing = places.drawing_for(layout)
    scale = STACKED_SCALE if layout.stacked else 1
    head = BOX + 12 + LINE * drawing.n_sentence
    column = Column(
        [
            Panel(_stages(drawing, layout), round(head / scale)),
            Panel(_network(drawing, layout), round(drawing.height / scale)),
            Panel(panels.loss_curve(logarithmic=squeezed, translate=translate), 84),
        ]
    )
    if not layout.stacked:  # the drawing has one width
        layout = replace(TABLET, is_large=layout.is_large)
    return player.specification(
        [column], words.N_LINES, n_frames, step_by_step=True, layout=layout, translate=translate
    )


def tables(
    x: float,
    y: float,
    config: what_is_a_model.Config,
    history: History,
    *,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.start.what_is_a_model`.

    Parameters
    ----------
    x, y : float
        The sample the run learned from.
    config : what_is_a_model.Config
        Its hyperparameters.
    history : History
        Its record.
    layout : Layout
        Stacked, it is the drawing for a phone.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, four a round and one more, ``nodes``, ``edges``, ``stages`` and ``view``.

    Examples
    --------
    >>> config = what_is_a_model.Config(n_updates=1)
    >>> history = what_is_a_model.train(0.5, 1.0, config)
    >>> tables(0.5, 1.0, config, history)["frames"]["text_w1"].tolist()
    ['0.270', '0.270', '−0.0547', '0.270 → 0.275', '0.275']
    """
    drawing = places.drawing_for(layout)
    last = history.n_records - 1
    moments = [
        words.Moment(x, y, config, history, update, stage)
        for update in range(last + 1)
        for stage in (range(END) if update < last else [END])
    ]
    frames = pd.DataFrame(
        {"update": history.update[moment.update], "stage": moment.stage, "loss": moment.loss}
        | {f"text_{name}": text for name, text in words.values(moment).items()}
        | _sentence(moment, drawing, translate)
        for moment in moments
    )
    frames = panels.with_lines(
        frames, [words.lines(moment, brief=layout.stacked) for moment in moments]
    )
    names = [
        translate("Forward"),
        translate("Loss"),
        translate("Backward"),
        translate("Update"),
    ]
    return {
        "frames": frames.assign(step=range(len(frames))),
        "nodes": places.nodes(drawing),
        "edges": places.edges(drawing),
        "stages": places.stages(drawing, names),
        "view": pd.DataFrame([panels.run_ranges(history) | {"again": drawing.width - 7}]),
    }


def _sentence(moment: words.Moment, drawing: Drawing, translate: Translate) -> dict[str, str]:
    """The sentence of a frame as its columns, one a line."""
    wrapped = wrap(words.sentence(moment, translate), drawing.room)
    return {
        f"sentence_{i + 1}": wrapped[i] if i < len(wrapped) else ""
        for i in range(drawing.n_sentence)
    }


def wrap(text: str, room: int) -> list[str]:
    """Break `text` into lines; between words, or after any Chinese character.

    A chart's text marks do not break by themselves.

    Parameters
    ----------
    text : str
        A sentence.
    room : int
        How many letters fit into a line; a Chinese character takes the room of two.

    Returns
    -------
    list of str

    Examples
    --------
    >>> wrap("How wrong is the answer?", 12)
    ['How wrong is', 'the answer?']
    >>> wrap("答案错得有多远？", 8)
    ['答案错得', '有多远？']
    """
    lines, taken = [""], 0
    for piece in PIECES.findall(text):
        if lines[-1] and taken + width(piece.rstrip()) > room:
            lines.append("")
            taken = 0
        added = piece if lines[-1] else piece.lstrip()
        lines[-1] += added
        taken += width(added)
    return [line.rstrip() for line in lines]


@functools.lru_cache(maxsize=10_000)  # the words of a few sentences, in hundreds of frames
def width(text: str) -> int:
    """Return how many letters' room a text takes.

    Examples
    --------
    >>> width("η 学")
    4
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _x(field: str, drawing: Drawing) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, drawing.width], nice=False), axis=None)


def _y(field: str, drawing: Drawing) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[drawing.height, 0], nice=False), axis=None)


def _stroke() -> alt.Stroke:
    """An outline in the colour of the row's role."""
    return alt.Stroke("role:N", scale=alt.Scale(domain=ROLES), legend=None)


def _stages(drawing: Drawing, layout: Layout) -> Layers:
    """The row of the four stages with the current one marked, and the sentence about it."""
    is_now = f"datum.stage == {STAGE}"
    rows, middle = alt.Chart(STAGES), alt.value(BOX / 2)

    def text(chart: alt.Chart, x: str, size: int, **channels: Any) -> alt.Chart:
        return in_role(
            chart.mark_text(fontSize=size).encode(x=_x(x, drawing), y=middle, **channels), "ink"
        )

    box = (
        rows.transform_calculate(role=f"{STAGE_ROLES}[datum.stage]")
        .mark_rect(cornerRadius=8)
        .encode(
            x=_x("x", drawing),
            x2=alt.X2("x2:Q"),
            y=alt.YValue(0),
            y2=alt.Y2Value(BOX),
            color=colour(legend=None),
            stroke=_stroke(),
            fillOpacity=alt.condition(is_now, alt.value(0.28), alt.value(0.05)),
            strokeOpacity=alt.condition(is_now, alt.value(1), alt.value(0.35)),
            strokeWidth=alt.condition(is_now, alt.value(2), alt.value(1)),
        )
    )
    faint = alt.condition(is_now, alt.value(1), alt.value(0.65))
    sentence = [
        in_role(
            now()
            .transform_calculate(sentence=f"datum.sentence_{i + 1}")
            .mark_text(
                aria=True,
                align="left",
                baseline="middle",
                fontSize=13 if layout.stacked else 15,
            )
            .encode(
                x=alt.XValue(places.LEFT),
                y=alt.YValue(BOX + 12 + LINE * (i + 0.5)),
                text=alt.Text("sentence:N"),
            ),
            "ink",
        )
        for i in range(drawing.n_sentence)
    ]
    return alt.layer(
        box,
        text(rows, "middle", 13 if layout.stacked else 14, text="name:N", opacity=faint),
        text(rows.transform_filter("datum.stage < 3"), "after", 13, text=alt.value("→")),
        text(alt.Chart(VIEW), "again", 17, text=alt.value("↻")),
        *sentence,
    ).properties(view=alt.ViewConfig(stroke=None))


def _network(drawing: Drawing, layout: Layout) -> Layers:
    """Circles with their values, and arrows that carry theirs; strong where they matter now."""
    big, small = (11.5, 11) if layout.stacked else (15, 14) if layout.is_large else (14, 12)
    role = f"{MATTERS} ? {STAGE_ROLES}[{STAGE}] : 'data'"
    edges = alt.Chart(EDGES).transform_calculate(
        matters=MATTERS, role=role, back=f"{STAGE} == {BACKWARD} && {MATTERS}"
    )
    strong = alt.condition("datum.matters", alt.value(1), alt.value(0.4))
    line = edges.mark_rule(strokeWidth=2).encode(
        x=_x("x", drawing),
        x2=alt.X2("x2:Q"),
        y=_y("y", drawing),
        y2=alt.Y2("y2:Q"),
        color=colour(legend=None),
        opacity=strong,
    )
    head = (
        edges.transform_calculate(
            head_x="datum.back ? datum.x : datum.x2",
            head_y="datum.back ? datum.y : datum.y2",
            head_angle="datum.back ? datum.angle + 180 : datum.angle",
        )
        .mark_point(shape="triangle", filled=True, size=90)
        .encode(
            x=_x("head_x", drawing),
            y=_y("head_y", drawing),
            angle=alt.Angle("head_angle:Q", scale=None),
            color=colour(legend=None),
            opacity=strong,
        )
    )
    carried = edges.transform_filter("datum.matters").transform_calculate(
        value=VALUE,
        symbol="datum.name == 'error' ? (datum.back ? '∂L/∂ŷ' : 'y − ŷ')"
        " : datum.back ? '∂L/∂' + datum.symbol : datum.symbol",
    )
    nodes = alt.Chart(NODES).transform_calculate(role=role, value=VALUE)
    circle = nodes.mark_circle(
        size=math.pi * drawing.radius**2, opacity=1, fillOpacity=0.15, strokeWidth=2
    ).encode(x=_x("x", drawing), y=_y("y", drawing), color=colour(legend=None), stroke=_stroke())

    def two_lines(rows: alt.Chart, x: str, y: str, align: Align = "center") -> list[alt.Chart]:
        """The symbol, and the value below it."""
        place = {"x": _x(x, drawing), "y": _y(y, drawing)}
        symbol = rows.mark_text(dy=-8, baseline="middle", align=align, fontSize=small, opacity=0.75)
        value = rows.mark_text(dy=7, baseline="middle", align=align, fontSize=big, fontWeight=600)
        return [
            in_role(symbol.encode(text=alt.Text("symbol:N"), **place), "ink"),
            in_role(value.encode(text=alt.Text("value:N"), **place), "ink"),
        ]

    texts = [
        layer
        for align in get_args(Align)
        for rows in [carried.transform_filter(f"datum.align == '{align}'")]
        for layer in two_lines(rows, "text_x", "text_y", align)
    ]
    return alt.layer(line, head, circle, *two_lines(nodes, "x", "y"), *texts).properties(
        view=alt.ViewConfig(stroke=None)
    )
