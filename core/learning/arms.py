"""The experiment: which half of a class is asked, and which is only shown.

A link carries the number of a class; each browser of the class has drawn a random number. Both
together decide the arm, so nobody has to keep a list, a reload changes nothing, and another class
is another draw.
"""

import hashlib
from typing import Literal

Arm = Literal["asks", "shows"]
"""With predictions, questions and challenges, or without."""

ARMS: tuple[Arm, ...] = ("asks", "shows")

MOST_CLASSES = 999_999
"""The number of a class is no larger; 0 stands for no experiment."""


def arm(class_number: int, browser: int) -> Arm:
    """Tell the arm of a browser in a class; without an experiment everybody is asked.

    Parameters
    ----------
    class_number : int
    browser : int
        The browser's random number.

    Examples
    --------
    >>> arm(0, 12345), arm(7, 12345), arm(8, 12345)
    ('asks', 'asks', 'shows')
    """
    if class_number == 0:
        return "asks"
    return ARMS[_digest(f"{class_number} {browser}")[0] % 2]


def learner(browser: int) -> str:
    """Return the name under which a browser's answers are told: it leads back to nothing.

    Examples
    --------
    >>> learner(12345)
    'Le331ff54'
    """
    return f"L{_digest(f'learner {browser}')[:4].hex()}"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
