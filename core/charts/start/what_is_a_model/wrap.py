"""Sentences broken into lines for charts, whose text marks do not break by themselves."""

import re
import unicodedata

PIECES = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef][，。：；、？！）”]*|\s+")
"""A word, a Chinese character with the punctuation that must not begin a line, or blanks."""


def wrap(text: str, room: int) -> list[str]:
    """Break `text` into lines; between words, or after any Chinese character.

    Parameters
    ----------
    text : str
        A sentence.
    room : int
        How many letters fit into a line; a Chinese character takes the room of two.

    Returns
    -------
    list of str

    Examples
    --------
    >>> wrap("How wrong is the answer?", 12)
    ['How wrong is', 'the answer?']
    >>> wrap("答案错得有多远？", 8)
    ['答案错得', '有多远？']
    """
    lines = [""]
    for piece in PIECES.findall(text):
        if width(lines[-1] + piece.rstrip()) > room and lines[-1]:
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return [line.rstrip() for line in lines]


def width(text: str) -> int:
    """Return how many letters' room a text takes.

    Examples
    --------
    >>> width("η 学")
    4
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
