"""MNIST: 60,000 training and 10,000 test images of handwritten digits, read from their archives.

The four archives are part of the project, in ``assets/mnist``. Each is checked before it is read,
so that a damaged download is named instead of giving strange digits.
"""

import gzip
import hashlib
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.messages import N_, InputError

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "mnist"
"""Where the project keeps the four archives."""

FILES = {
    "train": ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    "test": ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
}
"""The archive of images and the archive of labels of each part."""

MD5 = {
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
}
"""The MD5 of each archive, as published with the data set."""


class Digits(NamedTuple):
    """Images of digits, and which digit each one is; both arrays are read-only."""

    images: npt.NDArray[np.uint8]
    """(n, 28, 28), 0 is paper and 255 is ink."""
    labels: npt.NDArray[np.uint8]
    """(n,), 0 to 9."""

    def pixels(self) -> npt.NDArray[np.float32]:
        """Give the images as a network sees them: (n, 28, 28) floats, 0 is paper and 1 is ink."""
        return np.divide(self.images, 255, dtype=np.float32)


def load(part: str, folder: Path = FOLDER) -> Digits:
    """Read one part of MNIST.

    Parameters
    ----------
    part : {"train", "test"}
        The 60,000 training digits or the 10,000 test digits.
    folder : Path
        The folder with the four archives.

    Returns
    -------
    Digits
        `images` (n, 28, 28) and `labels` (n,), uint8 and read-only.

    Raises
    ------
    InputError
        If `part` is another word, or if an archive is missing or damaged.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits".

    Examples
    --------
    >>> images, labels = load("train")
    >>> images.shape, int(labels[0])
    ((60000, 28, 28), 5)
    """
    if part not in FILES:
        raise InputError(N_('MNIST has a part "train" and a part "test", not "{part}".'), part=part)
    images, labels = FILES[part]
    return Digits(read_archive(folder / images), read_archive(folder / labels))


def read_archive(path: Path) -> npt.NDArray[np.uint8]:
    """Read one archive of MNIST, after checking that it is whole.

    Parameters
    ----------
    path : Path
        One of the four archives, under its own name.

    Returns
    -------
    ndarray of uint8
        (n, 28, 28) images or (n,) labels, read-only.

    Raises
    ------
    InputError
        If the archive is missing, cannot be read or differs from the published one.

    Examples
    --------
    >>> read_archive(FOLDER / "t10k-labels-idx1-ubyte.gz")[:5].tolist()
    [7, 2, 1, 0, 4]
    """
    try:
        packed = path.read_bytes()
    except OSError:
        raise InputError(
            N_(
                "The file {path} is missing or cannot be read: restore it with"
                " `git checkout -- assets/mnist/{name}`, or download the project again."
            ),
            path=path,
            name=path.name,
        ) from None
    if hashlib.md5(packed, usedforsecurity=False).hexdigest() != MD5.get(path.name):
        raise InputError(
            N_(
                "The file {path} is damaged: restore it with"
                " `git checkout -- assets/mnist/{name}`, or download the project again."
            ),
            path=path,
            name=path.name,
        )
    return parse_idx(gzip.decompress(packed))


def parse_idx(data: bytes) -> npt.NDArray[np.uint8]:
    """Parse an IDX file of bytes, the format of the MNIST archives.

    It starts with two zeros, the type of the values (8 is uint8) and the number of dimensions d;
    then come d sizes of four bytes, the highest byte first; then the values.

    Parameters
    ----------
    data : bytes
        The whole unpacked file.

    Returns
    -------
    ndarray of uint8
        The values in their shape, read-only.

    Raises
    ------
    InputError
        If `data` does not start like an IDX file of bytes, or has the wrong length.

    Examples
    --------
    >>> parse_idx(bytes([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9])).tolist()
    [[7, 8, 9]]
    """
    n_dimensions = data[3] if len(data) > 3 else 0
    start = 4 + 4 * n_dimensions
    if data[:3] != b"\0\0\x08" or n_dimensions == 0 or len(data) < start:
        raise InputError(N_("This is no IDX file of bytes: it starts with the wrong magic number."))
    shape = tuple(int(size) for size in np.frombuffer(data, ">u4", n_dimensions, offset=4))
    if len(data) - start != math.prod(shape):
        raise InputError(
            N_("This IDX file holds {found} bytes of values, but its header promises {promised}."),
            found=len(data) - start,
            promised=math.prod(shape),
        )
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)
