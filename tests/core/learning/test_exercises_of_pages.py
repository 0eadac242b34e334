"""What every page asks, as its file says it; what it says of runs is in tests/pages."""

from collections import Counter
from pathlib import Path

import pytest

from core.learning.exercises import load
from core.link.kinds import Reading
from core.link.parameters import PARAMETERS
from tests import ROOT
from tests.exercises import FILES, placeholders, settings, texts
from tests.test_letters import LONE, MATHEMATICS, WORDS, strange

of_each_page = pytest.mark.parametrize("path", FILES.values(), ids=FILES)


@of_each_page
def test_a_page_speaks_both_languages_with_the_same_values(path: Path) -> None:
    for text in texts(path):
        english = text.by_language["en"]
        assert {"en", "zh"} <= text.by_language.keys()
        for said in text.by_language.values():
            assert placeholders(said) == placeholders(english), english


@of_each_page
def test_each_letter_has_its_one_meaning_in_both_languages(path: Path) -> None:
    folder = path.parent.relative_to(ROOT).as_posix()
    for text in texts(path):
        for said in text.by_language.values():
            assert strange(said, folder) == [], said
        if any(map(MATHEMATICS.search, text.by_language.values())):
            letters = [{*LONE.findall(said)} - WORDS for said in text.by_language.values()]
            assert all(one == letters[0] for one in letters), text.by_language["en"]


@of_each_page
def test_settings_are_the_page_s_own_and_within_their_range(path: Path) -> None:
    exercises = load(path)
    assert exercises.page == path.parent.name
    for setting in settings(exercises):
        for name, value in setting.items():
            parameter = PARAMETERS[name]
            assert exercises.page in parameter.pages
            assert parameter.kind.read(parameter.kind.write(value)) == Reading(value)


def test_no_two_have_one_id() -> None:
    ids: Counter[str] = Counter()
    for path in FILES.values():
        asked = load(path)
        predictions = [asked.prediction] if asked.prediction else []
        ids.update(one.id for one in (*predictions, *asked.questions, *asked.challenges))
    assert [one for one, times in ids.items() if times > 1] == []
