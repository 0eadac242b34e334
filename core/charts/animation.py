"""A player as a GIF: its frames drawn one by one, by a process of its own.

Signals that Vega-Lite only passes on keep their values in the compiled chart's ``config``: there
the step of each frame is written. vl-convert draws with the fonts of the machine; where it has none
for a language there is no GIF in it.
"""

import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image

from core.messages import N_, InputError, require
from core.polite import give_way

MOST_FRAMES, FEWEST_FRAMES = 40, 8
BUDGET = 14.0
"""Seconds of processor time that all frames may take: where one takes long there are fewer."""

LARGEST = 3_000_000
"""Bytes; of what is larger every second frame is left out."""

SECONDS = 6
"""How long the run plays; then its end stands for `REST`."""

REST = 2.0
PATIENCE = 120
NO_LETTERS = 3
"""Seconds that making it may take; and the exit code where a font is missing."""

ROOT = Path(__file__).resolve().parents[2]

TOO_BUSY = N_("The animation could not be made on this server, which may be busy. Try again later.")

_at_work = threading.Lock()


def has_steps(specification: Mapping[str, Any]) -> bool:
    """Whether a chart is a player: it has a time line with more than one step."""
    return _last_step(specification) > 0


def _last_step(specification: Mapping[str, Any]) -> int:
    signals = specification.get("config", {}).get("signals", ())
    return next((int(one["bind"]["max"]) for one in signals if one["name"] == "step"), 0)


def steps(last: int, most: int = MOST_FRAMES) -> list[int]:
    """Return the steps that become frames: first and last, and between them evenly.

    Examples
    --------
    >>> steps(4), steps(100, most=5)
    ([0, 1, 2, 3, 4], [0, 25, 50, 75, 100])
    """
    n = min(last + 1, most)
    return [round(i * last / (n - 1)) for i in range(n)] if n > 1 else [0]


def as_gif(
    specification: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], letters: str
) -> bytes:
    """Return a player as an animated GIF.

    Parameters
    ----------
    specification : mapping
        A Vega-Lite specification without data, see `core.charts.player.specification`.
    tables : mapping of str to pandas.DataFrame
        What it reads, by name.
    letters : str
        Two different letters of the language that it is written in.

    Raises
    ------
    InputError
        If another one is being made, the machine has no such letters, or it takes too long.
    """
    from core.charts.standalone import vega_lite_version, with_theme

    require(
        _at_work.acquire(blocking=False),
        N_("Another animation is being made on this server. Try again in half a minute."),
    )
    try:
        chart = with_theme(specification, tables, "light")
        said = {"chart": chart, "version": vega_lite_version(), "letters": letters}
        done = subprocess.run(
            [sys.executable, "-m", "core.charts.animation"],
            input=json.dumps(said).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=str(ROOT),
        )
    except (OSError, subprocess.SubprocessError):
        raise InputError(TOO_BUSY) from None
    finally:
        _at_work.release()
    require(
        done.returncode != NO_LETTERS,
        N_("This server has no font for this language: take the player (HTML), which needs none."),
    )
    require(done.returncode == 0, TOO_BUSY)
    return done.stdout


def main() -> int:
    """Draw the chart that comes in, write the GIF; return the exit code."""
    import vl_convert

    give_way()
    said = json.load(sys.stdin)
    one, other, *_ = (_letter(letter) for letter in said["letters"])
    if one == other:  # both are the box that stands for what is missing
        return NO_LETTERS
    vega = vl_convert.vegalite_to_vega(said["chart"], vl_version=said["version"])
    frames = list(_frames(vega))
    while len(gif := written(frames)) > LARGEST and len(frames) > 2:
        frames = [*frames[:-1:2], frames[-1]]
    sys.stdout.buffer.write(gif)
    return 0


def _letter(letter: str) -> bytes:
    import vl_convert

    box = '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
    drawn: bytes = vl_convert.svg_to_png(
        f'{box}<text x="4" y="24" font-size="20" font-family="sans-serif">{letter}</text></svg>'
    )
    return drawn


def _frames(vega: dict[str, Any]) -> Iterator[Image.Image]:
    import vl_convert

    moved = [one for one in vega["config"]["signals"] if one["name"] in ("step", "seen")]

    def drawn(step: int) -> Image.Image:
        for signal in moved:
            signal["value"] = step
        png = vl_convert.vega_to_png(vega)
        return Image.open(io.BytesIO(png)).convert("RGB").quantize(128, Image.Quantize.FASTOCTREE)

    drawn(0)  # the engine starts
    began = time.process_time()
    drawn(0)
    n = int(BUDGET / (time.process_time() - began))
    for step in steps(_last_step(vega), min(max(n, FEWEST_FRAMES), MOST_FRAMES)):
        yield drawn(step)


def written(frames: Sequence[Image.Image]) -> bytes:
    """Return frames as one GIF that plays for ever; its last frame stays a while.

    Examples
    --------
    >>> written([Image.new("P", (2, 2), i) for i in (0, 1)])[:6]
    b'GIF89a'
    """
    each = max(20, round(1000 * SECONDS / len(frames)))
    gif = io.BytesIO()
    durations = [*[each] * (len(frames) - 1), round(1000 * REST)]
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return gif.getvalue()


if __name__ == "__main__":
    sys.exit(main())
