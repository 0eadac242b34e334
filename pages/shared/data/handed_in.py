"""What the reader has handed in: kept for the session and, if it is little, in the link.

Pasted, uploaded, typed or set in the plane: it ends up in one table, and each change can be undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from core.datasets import Samples
from core.link.packed import MOST_ROWS, pack
from core.link.parameters import LONGEST_NAMES
from core.messages import InputError
from core.own_data import (
    FOUR_CLASSES,
    MAX_ROWS,
    TWO_CLASSES,
    X1_X2_Y,
    XY,
    Form,
    Reading,
    reading_of,
    to_table,
)
from core.planes.points import Floats, Points
from pages.shared import link

MAX_EDITED = 2000
"""The most rows that are shown in a table to edit."""

BETWEEN = "\n"
"""What stands between two names of classes in the link; a name has one line."""

MOST_UNDONE = 30
"""So many changes can be undone, or fewer if they are of many samples."""


class Own(NamedTuple):
    """One kind of data that a reader can hand in."""

    form: Form
    key: str
    """What the keys of its widgets begin with."""
    parameter: str
    """Its name in the link."""
    names: str = ""
    """The name there of what its classes are called, if it has any."""


SAMPLES = Own(XY, "own", "xy")
"""x and y."""

POINTS = Own(TWO_CLASSES, "own_points", "pts", "pts_names")
"""Points of the plane, of two classes."""

MANY_CLASSES = POINTS._replace(form=FOUR_CLASSES)
"""The same points, on a page where they may be of up to four."""

NUMBERS = POINTS._replace(form=X1_X2_Y, names="")
"""The same points, each with a number instead."""


class Source(NamedTuple):
    """How samples were handed in, and what they say; without a reading the table says it itself."""

    way: Literal["file", "text", "table", "plane", "link"]
    name: str = ""
    """Of the file."""
    reading: Reading | None = None
    names: tuple[str, ...] = ()
    """What the classes are called for which the table has numbers, without a reading."""


@dataclass
class Held:
    """What is held of one kind of own data, for all pages that have it."""

    table: pd.DataFrame
    """What the editor began with."""
    latest: pd.DataFrame
    """What it holds now."""
    source: Source | None = None
    """What was handed in last; nothing as long as the table holds the page's example."""
    number: int = 0
    """Of the editor: a changed table needs a new one, and so does another page."""
    page: str = ""
    said: tuple[pd.DataFrame, Form, Reading | InputError] | None = None
    """What the editor's table said when it was last read."""
    last: Reading | None = None
    """What the table said when it last made sense."""
    good: dict[str, Any] = field(default_factory=dict)
    """The last samples that a check let pass, by the check's name."""
    error: tuple[InputError, Source] | None = None
    """What is wrong with what was handed in last."""
    before: list[tuple[pd.DataFrame, Source | None]] = field(default_factory=list)
    """Tables and sources that were replaced, the newest last."""
    extent: Any = None
    """Which part of the plane is shown."""
    seen: int = 0
    """The number of the plane's last change."""


def hold(own: Own, page: str, example: Samples | Points) -> Held:
    """Return what is held of this kind of data on a page, which shows its example at first."""
    table = to_table(reading_of(*example).columns, own.form)
    held: Held = st.session_state.setdefault(f"{own.key}_held", Held(table, table, page=page))
    if held.page != page:  # another page's editor is another widget: begin with what is there
        held.table, held.number, held.page = held.latest, held.number + 1, page
    if held.source is None:
        held.table = held.latest = table
    elif list(held.table.columns) != list(own.form.columns):  # there classes, here numbers
        held.table = held.latest = held.latest.set_axis(own.form.columns, axis="columns")
        held.number += 1
    if link.is_new():
        rows = link.read(own.parameter)
        if rows and rows != st.session_state.get(own.parameter):
            columns = tuple(np.array(column) for column in zip(*rows, strict=True))
            take(own, Source("link", reading=Reading(columns, classes=_linked_names(own, columns))))
    return held


def _linked_names(own: Own, columns: tuple[Floats, ...]) -> tuple[str, ...]:
    """What the link calls the classes of these points; nothing that makes no sense."""
    text = link.read(own.names) if own.names else None
    names = tuple((text or "").split(BETWEEN))
    is_good = (
        len(set(names)) == len(names) <= own.form.n_classes
        and columns[-1].max() < len(names)
        and all(name and name == " ".join(name.split()) for name in names)
    )
    return names if is_good else ()


def called(held: Held, said: Reading | InputError | None = None) -> tuple[str, ...]:
    """Return what the classes 0, 1 and so on are called; none where they are called so."""
    if isinstance(said, Reading) and said.classes:
        return said.classes
    source = held.source
    if source is None:
        return ()
    return source.reading.classes if source.reading else source.names


def take(own: Own, source: Source) -> None:
    """Make what was handed in the table."""
    held = _held(own)
    _note(held, held.latest)
    reading = source.reading
    assert reading is not None
    held.error, held.source = None, source
    few = reading.n_samples <= MAX_EDITED
    shown = [column[: None if few else 0] for column in reading.columns]
    held.table = held.latest = to_table(shown, own.form)
    held.number += 1
    if source.way != "plane":
        held.extent = None


def fail(own: Own, error: InputError, source: Source) -> None:
    """Keep what is wrong with what was handed in; the samples stay."""
    _held(own).error = error, source


def class_names(own: Own) -> tuple[str, ...]:
    """Return what the classes 0, 1 and so on of held points are called; none if called so."""
    held = _held(own)
    return called(held, held.said[2] if held.said else None)


def note_edit(own: Own) -> None:
    """Take note that the table itself is what the reader handed in last; a callback."""
    held = _held(own)
    _note(held, held.latest)
    held.error, held.source, held.extent = None, Source("table", names=called(held)), None


def clear(own: Own) -> None:
    """Take all samples away; a callback."""
    held = _held(own)
    _note(held, held.latest)
    held.table = held.latest = held.latest.head(0)
    held.error, held.source = None, Source("plane", names=called(held))
    held.number += 1


def can_undo(own: Own) -> bool:
    """Whether there is a change to undo."""
    return bool(_held(own).before)


def undo(own: Own) -> None:
    """Take the last change back; a callback."""
    held = _held(own)
    if held.before:
        held.table, held.source = held.before.pop()
        held.latest, held.error = held.table, None
        held.number += 1


def send(own: Own, reading: Reading | None, names: Sequence[str] = ()) -> bool:
    """Have the link say these samples, and say whether they are few enough; none where None.

    What their classes are called travels with them, unless that is very long.
    """
    is_little = reading is not None and reading.n_samples <= MOST_ROWS
    columns = [column.tolist() for column in reading.columns] if reading and is_little else []
    rows = tuple(zip(*columns, strict=True))
    st.session_state[own.parameter] = rows
    link.say(own.parameter, [pack(rows)] if rows else [], is_step=False)
    link.keep(own.parameter, rows)
    if own.names:
        text = BETWEEN.join(names) if rows else ""
        text = text if len(text) <= LONGEST_NAMES else ""
        st.session_state[own.names] = text
        link.say(own.names, [text] if text else [], is_step=False)
        link.keep(own.names, text)
    return is_little or reading is None


def _held(own: Own) -> Held:
    held: Held = st.session_state[f"{own.key}_held"]
    return held


def _note(held: Held, table: pd.DataFrame) -> None:
    """Keep what is about to be replaced."""
    held.before.append((table, held.source))
    while len(held.before) > MOST_UNDONE or _size(held) > 2 * MAX_ROWS:
        del held.before[0]


def _size(held: Held) -> int:
    """How many samples are kept of what was replaced."""
    sources = [source for _table, source in held.before if source and source.reading]
    return sum(source.reading.n_samples for source in sources if source.reading)
