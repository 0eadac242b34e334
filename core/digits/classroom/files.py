"""A class's digits as a file to take away."""

import io

import numpy as np

from core.digits.classroom.gathered import Gathered


def to_npz(gathered: Gathered) -> bytes:
    """Write the digits as `benchmarks.drawings` and `benchmarks.teaching.own_hand` read them.

    Parameters
    ----------
    gathered : Gathered

    Returns
    -------
    bytes
        Numpy's archive of ``images`` (n, 28, 28) of uint8, ``labels`` (n,) and ``writer`` (n,), the
        number of the hand.

    Examples
    --------
    >>> from core.digits.classroom.gathered import gather
    >>> from core.store.records import ClassDigit
    >>> file = io.BytesIO(to_npz(gather([ClassDigit(3, 7, 0.0, bytes(784))])))
    >>> {name: array.shape for name, array in np.load(file).items()}
    {'images': (1, 28, 28), 'labels': (1,), 'writer': (1,)}
    """
    images = np.array([sample.pixels for sample in gathered.samples], np.uint8)
    labels = gathered.labels.astype(np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, images=images, labels=labels, writer=gathered.hands)
    return file.getvalue()
