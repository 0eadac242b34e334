"""The pad on which one places a line or draws a curve before the run: by mouse, finger or keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from core.axis import Extent
from pages.asking.guesses import N_POINTS, Curve, Guess, Line, checked
from pages.shared.i18n import _

ASSETS = Path(__file__).resolve().parents[2] / "assets"

_pad = st.components.v2.component(
    "guess_pad",
    html='<div class="pad"></div>',
    css="\n".join(
        (ASSETS / f"{name}.css").read_text("utf-8") for name in ("plane_pad", "guess_pad")
    ),
    js=(ASSETS / "guess_pad.js").read_text("utf-8"),
)

MOST_SAMPLES = 150
"""No more samples are drawn than this."""


def guess_pad(kind: Line | Curve, run: Callable[[Guess], None], *, waits: bool = False) -> None:
    """Show the pad.

    Parameters
    ----------
    kind : Line or Curve
        What is guessed.
    run : callable
        Called with the guess, once the reader wants the run.
    waits : bool, default=False
        The run is still to come: the reader only says that this is the guess.
    """

    def take() -> None:
        guess = checked(kind, st.session_state["guess_pad"].get("guess"))
        if guess is not None:
            run(guess)

    what = _line(kind) if isinstance(kind, Line) else _curve(kind)
    if waits:
        what["texts"]["run"] = _("That is my guess")
    _pad(key="guess_pad", data=what, on_guess_change=take)


def _line(kind: Line) -> dict[str, Any]:
    left, right = kind.ends
    room = (right - left) / 20
    low, high = kind.heights
    shown = range(0, kind.x.size, -(-kind.x.size // MOST_SAMPLES))
    return {
        "kind": "line",
        "x": _axis("x", Extent(left - room, right + room)),
        "y": _axis("y", Extent(low, high)),
        "ends": [left, right],
        "samples": [[float(kind.x[i]), float(kind.y[i])] for i in shown],
        "start": [(low + high) / 2] * 2,
        "texts": {
            "pad": _("Your guess of the line"),
            "help": _("Drag the two ends."),
            "keys": _(
                "← and → choose an end, ↑ and ↓ move it, with Shift in small steps. Enter ends it."
            ),
            "run": _("Run it"),
        },
    }


def _curve(kind: Curve) -> dict[str, Any]:
    return {
        "kind": "curve",
        "x": _axis(_("update"), Extent(0, kind.n_updates)),
        "y": _axis(_("loss"), Extent(0, kind.top)),
        "ends": [0, kind.n_updates],
        "samples": [],
        "start": [float(kind.loss[0])] * N_POINTS,
        "texts": {
            "pad": _("Your guess of the loss curve"),
            "help": _("Draw from the left to the right how the loss will go."),
            "keys": _(
                "← and → move along, ↑ and ↓ raise and lower the curve from there on, with Shift "
                "in small steps. Enter ends it."
            ),
            "run": _("Run it"),
        },
    }


def _axis(name: str, extent: Extent) -> dict[str, Any]:
    return {"name": name, "low": extent.low, "high": extent.high, "ticks": extent.ticks()}
