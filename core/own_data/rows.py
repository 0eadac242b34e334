"""The rows of a text, cut into cells in each way that its separators allow."""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from core.messages import N_, InputError
from core.number import whole

Row = tuple[int, list[str]]
"""Its number as a spreadsheet shows it, and its cells."""

COMMENT = re.compile(r"^[ \t]*#(?!N/A|NV\b|[A-ZÄÉ0/]+[!?]).*", re.MULTILINE)
"""A line that is a remark; what spreadsheets write for an error begins with # too."""

REMARK = re.compile(r'^([^"\n]*\S)[ \t]+#[ \t][^\n]*', re.MULTILINE)
"""A remark behind a row."""

TOLD = re.compile(r'\s*"?sep=(.)"?[ \t]*(?:\n|$)', re.IGNORECASE)
"""The first line in which a spreadsheet program is told the separator."""

SAME = str.maketrans({"；": ";", "｜": "|", "、": "，", "\u3000": " "})
"""Separators of a Chinese keyboard that are never part of a number."""

BESIDE_SPACE = re.compile(r"[,;|，][ ]|[ ][,;|，]")
"""Where a space stands beside another separator, it is not one itself."""


class Cut(NamedTuple):
    """One way to cut a text into cells."""

    separator: str
    text: str

    @property
    def is_comma(self) -> bool:
        """Whether commas part the cells, so that none in a cell without quotes is decimal."""
        return self.separator in ",，"

    def quoted(self) -> set[str]:
        """Return what stands between quotes."""
        return set(re.findall('"([^"\n]*)"', self.text))

    def rows(self) -> Iterator[Row]:
        """Yield every row that is not blank.

        Raises
        ------
        InputError
            If a quote stays open for too long.
        """
        reader = csv.reader(
            io.StringIO(self.text, newline=""), delimiter=self.separator, skipinitialspace=True
        )
        row = 0
        while True:
            row += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise InputError(
                    N_("Row {row} cannot be read: is a quote open?"), row=whole(row)
                ) from None
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield row, cells


def cuts(text: str) -> list[Cut]:
    r"""Return the ways to cut `text` that part its first row, the likeliest first.

    Comments are left out. A first line ``sep=;`` decides, and is no row.

    Parameters
    ----------
    text : str
        With lines that end in ``\n``.

    Examples
    --------
    >>> [cut.separator for cut in cuts("0,1;0,2")]
    [';', ',']
    >>> [cells for _, cells in cuts("sep=|\n1|2 # a remark")[0].rows()]
    [['1', '2']]
    """
    text = REMARK.sub(r"\1", COMMENT.sub("", text))
    told = TOLD.match(text)
    if told:
        return [Cut(told[1], text[told.end() :])]
    text = text.translate(SAME)
    found = [Cut(separator, text) for separator in "\t;|，,"]
    if "，" in text:
        found.append(Cut(",", text.replace("，", ",")))
    if not BESIDE_SPACE.search(text):
        found.append(Cut(" ", re.sub("(?m)^ +| +$", "", text)))
    return [cut for cut in found if cut.separator in cut.text and len(_first(cut)) > 1]


def _first(cut: Cut) -> list[str]:
    return next(cut.rows(), (0, [""]))[1]
