"""Training on from where a run of Planes → Playground stands, with the settings as they are now."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.lab.words import field_name, value_text
from core.link.parameters import usual
from core.link.playground import MOST_BEFORE, as_text, from_text
from core.number import whole
from core.planes.playground import Run
from core.planes.playground.timeline import changes
from pages.shared import link
from pages.shared import page_parts as parts
from pages.shared.i18n import _

PAST = "pg_past"
"""The link's parameter: the settings of all stretches before the last, one after the other."""

NOTHING_BEFORE = usual(PAST, "pg_by", "pg_turns", "pg_mute")
"""No stretch before, and nothing turned by hand."""

BETWEEN = ";"
"""What stands between two stretches in the link; `as_text` writes none."""


def settings_before() -> list[dict[str, Any]]:
    """Return what the settings were in each stretch of the time line before the last."""
    texts = said(PAST).split(BETWEEN)[:-1][-MOST_BEFORE:]
    return [from_text(one) for one in texts]


def said(name: str) -> str:
    """Return what the link says of a text that no control shows, and keep it."""
    text: str = link.read(name) or ""
    st.session_state[name] = text
    link.keep(name, text)
    return text


def with_stretch(values: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the link says once the stretch with these settings is one before the last."""
    return {PAST: _text([*before, values]), "pg_from": ""}


def train_on(values: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> None:
    """Offer to go on from the end of the time line, and to take a stretch back.

    Parameters
    ----------
    values : mapping of str to value
        The settings as they are.
    before : sequence of mapping
        Those of the stretches before.
    """
    with st.container(horizontal=True):
        st.button(
            _("Train on from here"),
            key="pg_train_on",
            icon=":material/resume:",
            disabled=len(before) >= MOST_BEFORE,
            help=_(
                "The time line goes on from its end for as many epochs again. Change a setting "
                "then, and only what comes after is trained with it."
            ),
            on_click=parts.go,
            args=(with_stretch(values, before),),
        )
        if before:
            st.button(
                _("Take the last stretch back"),
                key="pg_take_back",
                icon=":material/undo:",
                on_click=parts.go,
                args=({**before[-1], PAST: _text(before[:-1])},),
            )


def tell_changes(runs: Sequence[Run], turns: Sequence[Mapping[str, float]]) -> None:
    """Say what changed where on the time line; `turns` is what was turned before each run."""
    if len(runs) < 2 and not turns[0]:
        return
    told = _("From update {n} on: {name} {before} → {now}")
    lines = [
        told.format(
            n=whole(change.update),
            name=field_name(change.field, _),
            before=value_text(change.field, change.before, _),
            now=value_text(change.field, change.now, _),
        )
        for change in changes(runs)
    ]
    by_hand = _("From update {n} on: parameters turned by hand: {n_turned}.")
    lines += [
        by_hand.format(n=whole(run.update[0]), n_turned=len(turned))
        for run, turned in zip(runs, turns, strict=True)
        if turned
    ]
    if not lines:
        n = whole(runs[-1].update[0])
        lines = [_("From update {n} on: the same settings once more.").format(n=n)]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _text(stretches: Sequence[Mapping[str, Any]]) -> str:
    return "".join(as_text(values) + BETWEEN for values in stretches)
