"""A random order of the samples, as numpy draws it, for the compiled loops."""

import numpy as np
from numba import njit
from numba.np.random.generator_core import next_uint32


@njit(cache=True, nogil=True)
def permutation(rng, n):  # type: ignore[no-untyped-def]
    """Return 0 … n − 1 in the order that ``rng.permutation(n)`` gives.

    numba has that method, too. It takes 12 s to compile, in every function that calls it anew, and
    three times as long to run; this is compiled once, within 2 s.

    Parameters
    ----------
    rng : numpy.random.Generator
        It has drawn as many numbers afterwards as numpy would have.
    n : int
        How many, at most 2³².

    Returns
    -------
    ndarray of int, shape (n,)

    Examples
    --------
    >>> permutation(np.random.default_rng(0), 5), np.random.default_rng(0).permutation(5)
    (array([2, 4, 3, 0, 1]), array([2, 4, 3, 0, 1]))
    """
    order = np.arange(n)
    bits = rng.bit_generator
    mask = 1  # all bits that i can have
    while mask < n - 1:
        mask = 2 * mask + 1
    for i in range(n - 1, 0, -1):  # what comes to the end, then before it, and so on
        if i <= mask >> 1:
            mask >>= 1
        j = np.int64(next_uint32(bits)) & mask
        while j > i:
            j = np.int64(next_uint32(bits)) & mask
        order[i], order[j] = order[j], order[i]
    return order
