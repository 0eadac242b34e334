"""A disk that is small enough to be filled."""

import contextlib
import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A disk in memory; a skipped test where that is not allowed."""
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(
            "only root may mount a small disk; SQLite's own limit of pages stands in for it"
        )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> None:
    """Fill the disk with a file named "filler"."""
    with open(folder / "filler", "ab", buffering=0) as file:
        while True:
            try:
                file.write(bytes(1024))
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    return
                raise
