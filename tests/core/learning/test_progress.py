import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning.progress import LONGEST, Entry, Progress
from core.messages import InputError

entries = st.builds(
    Entry,
    at=st.integers(0, 5),
    is_right=st.booleans(),
    tries=st.integers(1, 3),
    answer=st.just("1"),
)
records = st.builds(
    Progress,
    st.dictionaries(st.sampled_from(["a/b", "a/c", "b/d"]), entries),
    since=st.integers(0, 5),
)


def times(record: Progress) -> dict[str, tuple[int, int]]:
    return {name: (one.at, one.tries) for name, one in record.entries.items()}


@given(records, records, records)
def test_the_order_in_which_tabs_write_does_not_matter(
    one: Progress, other: Progress, third: Progress
) -> None:
    assert times(one.merged(other)) == times(other.merged(one))
    assert times(one.merged(other).merged(third)) == times(one.merged(other.merged(third)))
    assert one.merged(one) == one


@given(records, st.integers(0, 5))
def test_what_was_forgotten_does_not_come_back_from_who_does_not_know(
    tab: Progress, at: int
) -> None:
    forgotten = Progress(since=at)
    merged = forgotten.merged(tab)
    if tab.since < at:
        assert all(entry.at > at for entry in merged.entries.values())
    else:
        assert merged.entries == tab.entries


@given(records)
def test_a_record_reads_back_as_it_was(record: Progress) -> None:
    assert Progress.read(record.write()) == record


def test_a_record_without_since_is_read() -> None:
    data = {"format": 1, "entries": {"a/b": [3, 1, 1, "0"]}}
    assert Progress.read(json.dumps(data)) == Progress({"a/b": Entry(3, True, 1, "0")})


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", "not json", '{"format": 2, "entries": {}}'),
        *('{"format": 1}', '{"format": 1, "entries": {"a": 1}}', '{"format": 1, "entries": []}'),
        *('{"format": 1, "entries": {"a": [1, 1, 0, ""]}}', '{"format": 1, "entries": 1}'),
        '{"format": 1, "since": -1, "entries": {}}',
        '{"format": 1, "since": "now", "entries": {}}',
        "[" * 100_000,
        " " * (LONGEST + 1),
    ],
)
def test_what_is_no_record_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="no record of answers"):
        Progress.read(text)
