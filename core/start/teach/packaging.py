"""A lesson's package for a learning platform, made by a process of its own.

Each of its pages is opened there, once: some seconds and 0.35 GB. So one is made at a time.
"""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from core.messages import N_, InputError, require

ROOT = Path(__file__).resolve().parents[3]

PATIENCE = 240
"""Seconds; eight steps took 40 on a machine that had much else to do."""

_at_work = threading.Lock()


def package_of(plan: str, language: str, app: str) -> bytes:
    """Return a lesson as a SCORM 1.2 package.

    Parameters
    ----------
    plan : str
        The lesson, as its file has it.
    language : str
    app : str
        The address of the running app, which its steps link to.

    Raises
    ------
    InputError
        If another one is being made, or it cannot be made here.
    """
    require(
        _at_work.acquire(blocking=False),
        N_("Another package is being made on this server. Try again in half a minute."),
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            lesson, package = Path(folder, "lesson.json"), Path(folder, "lesson.zip")
            lesson.write_text(plan, "utf-8")
            command = [sys.executable, "-m", "core.teach.package", str(lesson), str(package)]
            subprocess.run(
                [*command, "--lang", language, "--app", app],
                cwd=ROOT,
                check=True,
                timeout=PATIENCE,
                capture_output=True,
            )
            return package.read_bytes()
    except (OSError, subprocess.SubprocessError):
        raise InputError(
            N_("The package could not be made on this server, which may be busy. Try again later.")
        ) from None
    finally:
        _at_work.release()
