"""Where one stands: what was predicted, answered and reached, kept by the reader's browser.

A record is plain JSON, the same in the browser, in a file that one takes along, and in what a
teacher collects. Two records of one reader are merged entry by entry: the later one counts. What
was forgotten stays so: a record knows since when it counts, and what an older one has from before
does not come back. ``assets/record.js`` merges by the same rule.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.messages import N_, InputError

MOST_ENTRIES = 1_000
"""A record has no more entries than this."""

LONGEST = 200_000
"""The text of a record has no more characters than this."""

FORMAT = 1
"""The number of this form; a later form has a later number."""


@dataclass(frozen=True)
class Entry:
    """What one did with a prediction, a question or a challenge.

    Parameters
    ----------
    at : int
        When it was last touched, in seconds since 1970.
    is_right : bool
        Whether the last answer was right; of a challenge, whether it was reached.
    tries : int
        How many answers there were.
    answer : str
        The last one: the number of the choice, or what was typed.
    """

    at: int
    is_right: bool
    tries: int = 1
    answer: str = ""


@dataclass(frozen=True)
class Progress:
    """All entries of one reader, by the page and the id: ``one_weight/ow_next``.

    Parameters
    ----------
    entries : mapping of str to Entry
    since : int
        When all was forgotten, in seconds since 1970; 0 if it never was.

    Examples
    --------
    >>> progress = Progress().with_entry("one_weight/ow_next", right=False, answer="2", at=100)
    >>> progress = progress.with_entry("one_weight/ow_next", right=True, answer="1", at=200)
    >>> progress.entries["one_weight/ow_next"]
    Entry(at=200, is_right=True, tries=2, answer='1')
    >>> Progress.read(progress.write()) == progress
    True
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    since: int = 0

    def with_entry(self, name: str, *, right: bool, answer: str, at: int) -> "Progress":
        """Return the record with one more answer."""
        before = self.entries.get(name)
        entry = Entry(at, right, 1 if before is None else before.tries + 1, answer[:40])
        return replace(self, entries={**self.entries, name: entry})

    def merged(self, other: "Progress") -> "Progress":
        """Return the record of both: of each entry the later one.

        Examples
        --------
        >>> early, late = (Progress({"a/b": Entry(at, True)}) for at in (1, 2))
        >>> early.merged(late) == late.merged(early) == late
        True
        >>> Progress(since=3).merged(late).entries
        {}
        """
        since = max(self.since, other.since)
        entries: dict[str, Entry] = {}
        for one in (self, other):
            for name, entry in one.entries.items():
                if one.since < since and entry.at <= since:
                    continue
                before = entries.get(name)
                if before is None or (before.at, before.tries) < (entry.at, entry.tries):
                    entries[name] = entry
        return Progress(entries, since)

    def done(self, page: str, ids: Iterable[str]) -> int:
        """Count which of a page's ids were answered rightly, or reached."""
        entries = (self.entries.get(f"{page}/{one}") for one in ids)
        return sum(entry is not None and entry.is_right for entry in entries)

    def write(self) -> str:
        """Return the record as JSON."""
        rows = {
            name: [e.at, int(e.is_right), e.tries, e.answer] for name, e in self.entries.items()
        }
        data = {"format": FORMAT, "since": self.since, "entries": rows}
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Progress":
        """Read a record.

        Raises
        ------
        InputError
            If the text is none.
        """
        refused = InputError(
            N_("This is no record of answers: it must be a file that this app has written.")
        )
        if len(text) > LONGEST:
            raise refused
        try:
            data = json.loads(text)
            rows = list(data["entries"].items())[:MOST_ENTRIES]
            entries = {str(name)[:90]: _entry(row) for name, row in rows}
            since = data.get("since", 0)
            if data["format"] != FORMAT or not isinstance(since, int) or since < 0:
                raise ValueError(since)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise refused from None
        return cls(entries, since)


def _entry(row: Sequence[Any]) -> Entry:
    at, is_right, tries, answer = row
    if not all(isinstance(one, int) for one in (at, is_right, tries)) or at < 0 or tries < 1:
        raise ValueError(row)
    return Entry(at, bool(is_right), tries, str(answer)[:40])


DAY = 86_400
"""Seconds."""


def to_recall(progress: Progress, earlier: Sequence[str], now: int) -> str | None:
    """Choose one question of earlier rungs to ask again.

    Parameters
    ----------
    progress : Progress
    earlier : sequence of str
        The names of the questions on the rungs below, ``page/id``.
    now : int
        Seconds since 1970.

    Returns
    -------
    str or None
        What was wrong when it was last answered, the longest ago first; otherwise what was answered
        longest ago, if that is a day at least. None if there is no such question.

    Examples
    --------
    >>> progress = Progress({"a/one": Entry(0, True), "a/two": Entry(50, False)})
    >>> to_recall(progress, ["a/one", "a/two", "a/three"], now=100)
    'a/two'
    """
    known = [(progress.entries[name], name) for name in earlier if name in progress.entries]
    due = [(e.is_right, e.at, name) for e, name in known if not e.is_right or now - e.at >= DAY]
    return min(due)[-1] if due else None
