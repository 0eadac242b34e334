"""Made pictures that are kept on disk, so that a machine makes them once.

Each chunk of a pool is a file of its own, written as soon as it is made: who is interrupted loses
one chunk. The files lie in a folder named after all that they were made from: the version of what
makes them, the images of MNIST that may be traced, and the seed. What another version made is of no
use any more, and is removed.
"""

import contextlib
import hashlib
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from core.digits.mnist import Digits
from core.digits.network.files import write_atomically
from core.digits.train.made import pool
from core.digits.train.made.pool import NO_DIGIT, Chunk, chunks_of, make_chunk

VERSION = 1
"""Raise it whenever what the modules of `core.digits.train.made` or the preparation make would look
different: the pictures are then made anew."""

FOLDER_NAME = re.compile(r"(v[1-9][0-9]*-)?[0-9a-f]{16}")
"""What `folder_for` calls a folder, and earlier releases without a version."""


def folder_for(folder: Path, digits: Digits, seed: int = 0) -> Path:
    """Give the folder, inside `folder`, of the pictures that are made from these digits."""
    made_from = hashlib.blake2b(f"{seed} {pool.CHUNK}".encode(), digest_size=8)
    for array in digits:
        made_from.update(array.tobytes())
    return folder / f"v{VERSION}-{made_from.hexdigest()}"


def open_folder(folder: Path | None, digits: Digits) -> Path | None:
    """Give the folder to make pictures in or read them from, and remove what is of no use any more.

    Parameters
    ----------
    folder : Path, optional
        Where pictures are kept, as for `folder_for`; without it none are.
    digits : Digits
        The images of MNIST that may be traced.
    """
    if folder is None:
        return None
    remove_other_versions(folder)
    return folder_for(folder, digits)


def remove_other_versions(folder: Path) -> None:
    """Remove the folders of pictures that other versions made; what cannot be removed stays."""
    paths: list[Path] = []
    with contextlib.suppress(OSError):
        paths += folder.iterdir()
    for path in paths:
        name = FOLDER_NAME.fullmatch(path.name)
        if name and name[1] != f"v{VERSION}-":
            shutil.rmtree(path, ignore_errors=True)


def n_missing(sizes: Mapping[str, int], kept_in: Path) -> int:
    """Count the pictures of a pool that are still to be made: for `core.digits.duration.estimate`.

    Parameters
    ----------
    sizes : mapping
        As `core.digits.train.made.pool.chunks_of` takes it.
    kept_in : Path
        From `folder_for`.
    """
    missing = [chunk for chunk in chunks_of(sizes) if not path_of(chunk, kept_in).exists()]
    return len(missing) * pool.CHUNK


def held_out(sizes: Mapping[str, int], digits: Digits, folder: Path | None) -> list[Digits]:
    """Read or make the digits of a pool that are held out, chunk by chunk.

    Parameters
    ----------
    sizes : mapping
        As `core.digits.train.made.pool.chunks_of` takes it.
    digits : Digits
        The images of MNIST that may be traced.
    folder : Path, optional
        Where pictures are kept, as for `folder_for`.
    """
    chunks = [c for c in chunks_of(sizes) if c.held_out and c.source != "no digit"]
    kept_in = open_folder(folder, digits)
    return [make_or_read(chunk, digits, kept_in) for chunk in chunks]


def make_or_read(chunk: Chunk, digits: Digits, folder: Path | None) -> Digits:
    """Read a chunk of pictures, or make it and keep it.

    Parameters
    ----------
    chunk : Chunk
    digits : Digits
        The images of MNIST that may be traced.
    folder : Path, optional
        From `folder_for` with the same digits. Without it, or where it cannot be written, nothing
        is kept.

    Returns
    -------
    Digits
        As `core.digits.train.made.pool.make_chunk` makes them.
    """
    if folder is None:
        return make_chunk(chunk, digits)
    path = path_of(chunk, folder)
    made = read_chunk(path)
    if made is None:
        made = make_chunk(chunk, digits)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, packed(made))
    return made


def path_of(chunk: Chunk, folder: Path) -> Path:
    """Give the file of a chunk."""
    return folder / f"{chunk.source.replace(' ', '-')}-{chunk.number}.npz"


def packed(digits: Digits) -> bytes:
    """Give the bytes of the file that holds the digits."""
    file = io.BytesIO()
    np.savez_compressed(file, **digits._asdict())
    return file.getvalue()


def read_chunk(path: Path) -> Digits | None:
    """Read a file of pictures; None if it is missing or damaged."""
    try:
        with np.load(path) as file:
            digits = Digits(file["images"], file["labels"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    is_whole = (
        digits.images.dtype == digits.labels.dtype == np.uint8
        and digits.images.shape == (pool.CHUNK, 28, 28)
        and digits.labels.shape == (pool.CHUNK,)
        and digits.labels.max() <= NO_DIGIT
    )
    return digits if is_whole else None
