"""PyTorch on one thread, without a word to the other threads of the process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import torch


@contextmanager
def one_thread() -> Iterator[None]:
    """Let the calling thread compute alone inside a ``with`` block.

    PyTorch shares the products of 32 × 32 weights, and even the logarithms of
    ``nn.BCEWithLogitsLoss`` over eight samples, among all cores. To wake a second thread takes
    longer than the work, and on a busy machine a hundred times as long.

    PyTorch keeps the number of threads for each thread that computes; but one that computes for
    the first time takes over the number that any thread has set last. So another thread sets that
    back at once, and whatever starts meanwhile gets the usual number.

    Examples
    --------
    >>> with one_thread():
    ...     torch.get_num_threads()
    1
    """
    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    for_the_others = Thread(target=torch.set_num_threads, args=(usual,))
    for_the_others.start()
    for_the_others.join()
    try:
        yield
    finally:
        torch.set_num_threads(usual)
