"""A language that nobody speaks: English with accents, and longer, to find what is not translated.

A letter without an accent, on a page in this language, did not come from the catalogue.
``python -m tests.pages.pseudo`` adds the language to the app, to look at it, until one deletes the
file that it names.
"""

import functools
import re
import unicodedata
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

from pages.shared.i18n import LOCALES
from tests import ROOT

PSEUDO = "eo"
"""Its name in a link: a language that the app does not speak, and Babel knows."""

KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "translate": None}

KEPT = re.compile(r"\{[^{}]*\}|`[^`]*`|\]\([^)]*\)|:\w+(?=\[)")
"""What a translator leaves as it is: values, code, addresses, colours."""

ACCENT = "\u0301"


@functools.cache
def messages_in_the_code() -> set[str]:
    """All that is to be translated."""
    found = set()
    for folder in ("pages", "core"):
        for _, _, message, _, _ in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            assert isinstance(message, str)
            found.add(message)
    return found


def pseudo(english: str) -> str:
    """Put an accent on every letter, and make the sentence a third longer.

    Examples
    --------
    >>> pseudo("an {n} `x`")
    'áń {n} `x` ···'
    """
    kept = KEPT.findall(english)
    pieces = [accented(piece) for piece in KEPT.split(english)]
    text = "".join(piece for pair in zip(pieces, [*kept, ""], strict=True) for piece in pair)
    return f"{text} {'·' * (len(english) // 3)}"


def accented(text: str) -> str:
    letters = (c + ACCENT if c.isascii() and c.isalpha() else c for c in text)
    return unicodedata.normalize("NFC", "".join(letters))


def write_catalogue(folder: Path) -> Path:
    """Write this language's catalogue, with every message; return its path."""
    path, catalogue = folder / f"{PSEUDO}.po", Catalog(locale=PSEUDO)
    for message in messages_in_the_code():
        catalogue.add(message, pseudo(message))
    with path.open("wb") as file:
        write_po(file, catalogue)
    return path


if __name__ == "__main__":
    print(write_catalogue(LOCALES))
