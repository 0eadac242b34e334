"""Sliders under a chart that the reader moves, and that a button of the page moves too.

The page says where to in the row of the table ``view``: a column of the slider's name, and how
often a button was pressed in the column ``pressed``. Any other change of the data leaves the
sliders where the reader put them.
"""

from typing import Any

from core.charts.player import control

PRESSED: dict[str, Any] = {"name": "pressed", "update": "data('view')[0].pressed"}
"""The signal that tells the sliders that a button was pressed."""


def slider(name: str, start: float, largest: float, step: float) -> dict[str, Any]:
    """Return the signal `name`, with a slider from −`largest` to `largest` that stands at `start`.

    Examples
    --------
    >>> slider("z", 2.0, 6.0, 0.05)["bind"]
    {'input': 'range', 'min': -6.0, 'max': 6.0, 'step': 0.05, 'name': 'z'}
    """
    bind = {"input": "range", "min": -largest, "max": largest, "step": step, "name": name}
    # Without force, pressing the same button twice moves the slider only once.
    moved = {
        "events": {"signal": PRESSED["name"]},
        "update": f"data('view')[0].{name}",
        "force": True,
    }
    return control(name, start, bind, moved)
