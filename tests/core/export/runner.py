"""A process that runs programs one after the other, each with names of its own.

It is started with ``python -I``: the project is not on its path, and what a program can import of
it, it has not asked for. numba is not there either: the same numbers must come without it.
"""

import contextlib
import io
import json
import sys


def run(cells: list[str], *, pictures: bool) -> dict[str, object]:
    if pictures:
        sys.modules.pop("matplotlib", None)
    else:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]
    names: dict[str, object] = {"__name__": "__main__"}
    printed, error, done = io.StringIO(), "", 0
    try:
        with contextlib.redirect_stdout(printed):
            for cell in cells:
                exec(compile(cell, f"<cell {done}>", "exec"), names)
                done += 1
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    found = {
        name: names[name].tolist()  # type: ignore[attr-defined]
        for name in ("updates", "params", "losses")
        if name in names
    }
    ours = [name for name in sys.modules if name.split(".")[0] in ("core", "pages", "tests")]
    return {"printed": printed.getvalue(), "error": error, "done": done, "ours": ours, **found}


if __name__ == "__main__":
    sys.modules["numba"] = None  # type: ignore[assignment]
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
