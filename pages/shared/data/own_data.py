"""The reader's own samples: pasted, uploaded, typed into a table, or set in the plane."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from core.charts.player import MAX_SAMPLES
from core.datasets import Samples, as_samples
from core.link.packed import MOST_ROWS
from core.messages import InputError
from core.number import whole
from core.own_data import MAX_BYTES, Reading, TwoMeaningsError, from_table, read_csv
from core.planes.points import Points
from pages.shared.choice import CURRENT_PAGE, choice
from pages.shared.data.handed_in import (
    MAX_EDITED,
    SAMPLES,
    Held,
    Own,
    Source,
    called,
    can_undo,
    fail,
    hold,
    note_edit,
    send,
    take,
    undo,
)
from pages.shared.data.plane_pad import Plane, plane_pad
from pages.shared.i18n import _

EXAMPLE = as_samples([0.1, 0.3, 0.5, 0.7, 0.9], [0.2, 0.4, 0.8, 1.0, 1.4])
"""What the table holds at first."""

MAX_PASTED = 50_000
"""The most characters in the box for text: a browser takes minutes to lay out a million."""

SCRIPT = Path(__file__).resolve().parents[3] / "assets" / "large_paste.js"

large_paste = st.components.v2.component("large_paste", js=SCRIPT.read_text("utf-8"))
"""A paste that is too large for the box comes to us without being laid out in it."""

BY_LINK = "own_by_link"
"""Session state: whether own samples were asked for by the link that this session began with."""

Learned = TypeVar("Learned", Samples, Points)


def source(made: str, help: str) -> bool:  # noqa: A002 - what Streamlit calls it
    """Show the choice between the lesson's samples, called `made`, and the reader's own.

    Returns
    -------
    bool
        Whether they are the reader's own.
    """
    chosen = choice(
        _("Samples"), {"made": made, "own": _("your own")}, key="src", segmented=True, help=help
    )
    st.session_state.setdefault(BY_LINK, chosen == "own")
    return chosen == "own"


def own_samples(
    example: Samples = EXAMPLE, check: Callable[[ArrayLike, ArrayLike], Samples] = as_samples
) -> Samples:
    """Show the reader's x and y to edit and return them; the last good ones if some are bad.

    Parameters
    ----------
    example : Samples
        What the table holds until the reader hands something in; it passes the check.
    check : callable
        Called with x and y; it raises `InputError` where a lesson cannot learn from them.
    """
    return _own(SAMPLES, example, check, None)


def own_points(
    own: Own, example: Points, check: Callable[[ArrayLike, ArrayLike], Points], plane: Plane
) -> Points:
    """Show the reader's points to edit, in the plane too; return them, as `own_samples` does.

    Parameters
    ----------
    own : Own
        What the points have: the classes' number, and their name in the link.
    example, check
        As in `own_samples`.
    plane : Plane
        What the classes are called.
    """
    return _own(own, example, check, plane)


def _own(
    own: Own,
    example: Learned,
    check: Callable[[ArrayLike, ArrayLike], Learned],
    plane: Plane | None,
) -> Learned:
    state = st.session_state
    held = hold(own, state[CURRENT_PAGE], example)
    opened, was_open = f"{own.key}_open", f"{own.key}_was_open"
    state.setdefault(opened, state.get(was_open, held.source is None))
    with st.expander(_("Your data"), icon=":material/table:", key=opened, on_change="rerun"):
        pad, box = st.columns(2) if plane else (None, st.container())
        with box:
            editor, text = st.tabs([_("Table"), "CSV"])
            with text:
                _ask_for_text(own, held)
            with editor:
                said = _edited(own, held)
            st.button(
                _("Undo the last change"),
                key=f"{own.key}_undo",
                icon=":material/undo:",
                disabled=not can_undo(own),
                on_click=undo,
                args=(own,),
            )
        if pad and plane:
            with pad:
                plane_pad(own, held, said, plane)
    state[was_open] = state[opened]
    _tell_error(own, held)
    good: dict[str, Any] = held.good
    is_blank = isinstance(said, InputError) and not held.latest.size
    if plane and is_blank:
        st.info(_("There is no point yet: what is below still shows the last ones."))
    else:
        try:
            if isinstance(said, InputError):
                raise said
            good[check.__name__] = check(*said.samples)
        except InputError as error:
            st.error(error.translated(_))
    learned: Learned = good.get(check.__name__, example)
    if isinstance(said, Reading):
        held.last = said
    sent = None if held.source is None or is_blank else held.last
    is_sent = send(own, sent, called(held, said))
    _tell_source(own, held, said, learned.y.size, is_sent=is_sent)
    return learned


def _ask_for_text(own: Own, held: Held) -> None:
    box = f"{own.key}_text"
    columns = ", ".join(own.form.columns)
    st.text_area(
        _("Paste a CSV: columns {columns}, a header or none").format(columns=columns),
        key=box,
        height=100,
        max_chars=MAX_PASTED,
        placeholder=f"{','.join(own.form.columns)}\n0.1,0.2{',1' * (len(own.form.columns) - 2)}",
        help=_(
            "Columns parted by commas, semicolons, tabs or spaces; decimals with a point or a "
            "comma; 10% is 0.1. More than {n} characters are used as they are pasted."
        ).format(n=whole(MAX_PASTED)),
    )
    large = f"{own.key}_large_paste"
    large_paste(
        key=large,
        data={"most": MAX_PASTED, "box": f".st-key-{box}"},
        on_text_change=lambda: _use_large_paste(own, large),
        height=1,
    )
    st.button(_("Use this CSV"), key=f"{own.key}_use", on_click=_use_text, args=(own, box))
    file = f"{own.key}_file_{held.number}"
    st.file_uploader(
        _("or upload one, up to 100,000 rows and 2 MB"),
        type=["csv", "tsv", "txt"],
        key=file,
        max_upload_size=MAX_BYTES // 2**20,
        on_change=_use_file,
        args=(own, file),
    )


def _edited(own: Own, held: Held) -> Reading | InputError:
    """Show the samples to edit; return what they say now."""
    reading = held.source.reading if held.source else None
    if reading is not None and reading.n_samples > MAX_EDITED:
        st.caption(_("{n} samples, too many to edit here.").format(n=whole(reading.n_samples)))
        return reading
    st.caption(_("Change a cell, or add and delete rows; 10% is 0.1."))
    labels = {"x1": "x₁", "x2": "x₂", "class": _("class")}
    edited = st.data_editor(
        held.table,
        num_rows="dynamic",
        key=f"{own.key}_table_{held.number}",
        alt=_("Your samples"),
        column_config={
            name: st.column_config.TextColumn(labels.get(name, name)) for name in own.form.columns
        },
        on_change=note_edit,
        args=(own,),
    )
    held.latest = edited
    if held.said is None or held.said[1] != own.form or not held.said[0].equals(edited):
        said: Reading | InputError
        try:
            said = from_table(edited, own.form)
        except InputError as error:
            said = error
        held.said = edited, own.form, said
    return held.said[2]


def _tell_error(own: Own, held: Held) -> None:
    """Say what is wrong with the last CSV; where it has two meanings, let the reader choose."""
    if held.error is None:
        return
    error, source = held.error
    st.error(error.translated(_))
    if isinstance(error, TwoMeaningsError):
        with st.container(horizontal=True):
            for meaning, reading in error.readings.items():
                st.button(
                    _("It means {meaning}").format(meaning=meaning),
                    key=f"{own.key}_means_{meaning}",
                    on_click=_take,
                    args=(own, source._replace(reading=reading)),
                )


def _tell_source(
    own: Own, held: Held, said: Reading | InputError, n: int, *, is_sent: bool
) -> None:
    """Say in one quiet line where the samples are from, and what the reader may not expect."""
    names = {
        "text": _("the pasted text"),
        "table": _("the table"),
        "plane": _("the plane"),
        "link": _("the link"),
    }
    source = held.source
    name = _("an example") if source is None else source.name or names[source.way]
    told = [_("In use: {source}, N = {n}.").format(source=name, n=whole(n))]
    if n > MAX_SAMPLES:
        told.append(
            _("Charts show {n} of them, evenly chosen; the lesson learns from all.").format(
                n=whole(MAX_SAMPLES)
            )
        )
    reading = source.reading if source and source.reading else said
    if isinstance(reading, Reading) and reading.has_percent:
        told.append(_("10% is read as 0.1."))
    if own.form.n_classes and (called_now := called(held, said)):
        classes = (f"`{one.replace('`', '′')}` → {i}" for i, one in enumerate(called_now))
        told.append(_("The classes became numbers: {pairs}.").format(pairs=", ".join(classes)))
    if isinstance(said, Reading) and own.form.n_classes and not np.ptp(said.columns[-1]):
        told.append(_("All are of one class: there is nothing to part yet."))
    if not is_sent:
        told.append(
            _(
                "A link carries up to {n} samples, so this one carries none: a reload loses them."
            ).format(n=MOST_ROWS)
        )
    if source is None and st.session_state[BY_LINK]:
        told.append(_("The link carries no samples; it can carry up to {n}.").format(n=MOST_ROWS))
    st.caption(" ".join(told))


def _use_text(own: Own, box: str) -> None:
    _use(own, st.session_state.get(box, ""), Source("text"))


def _use_large_paste(own: Own, key: str) -> None:
    if text := st.session_state[key].get("text"):
        _use(own, text, Source("text"))


def _use_file(own: Own, key: str) -> None:
    if file := st.session_state.get(key):
        _use(own, file.getvalue(), Source("file", file.name))


def _use(own: Own, content: bytes | str, source: Source) -> None:
    """Read what was handed in last, and take it."""
    try:
        reading = read_csv(content, own.form)
    except InputError as error:
        fail(own, error, source)
        return
    _take(own, source._replace(reading=reading))


def _take(own: Own, source: Source) -> None:
    """Take samples, and close the box: what comes next is the lesson."""
    take(own, source)
    st.session_state[f"{own.key}_open"] = False
