"""The process that compiles the loops in the background of a server."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from core.polite import give_way

ROOT = Path(__file__).parents[2]


def compile_in_background() -> subprocess.Popen[bytes]:
    """Start a polite process that compiles all loops, and ends when it has, or with this process.

    It holds the other end of a pipe: however this process ends, the pipe is closed then. A Ctrl-C
    of the terminal does not reach it by itself. Where it fails, the loops are compiled when they
    are called.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),  # on Windows
    )
    threading.Thread(target=process.wait, name="compiling", daemon=True).start()
    return process


def main() -> None:
    """Compile the loops, as long as standard input is open."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    give_way()
    from core.compiling.loops import compile_loops

    for _ in compile_loops():
        pass


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
