import ast
import re
from pathlib import Path

import pytest

from core.ladder import LADDER
from core.start.glossary import first_said_on, found, lines, terms
from tests import ROOT
from tests.pages.shared.test_i18n import CHINESE_TERMS

RUNGS = {rung.name: rung for rungs in LADDER.values() for rung in rungs}
CLIMB = [name for name in RUNGS if name != "check"]
"""The rungs in order, but for the test, which asks of words on any of them."""


def written(page: str) -> str:
    """What a page's own files say."""
    calls = (
        node
        for path in sorted((ROOT / Path(RUNGS[page].path).parent).glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "N_")
    )
    return "\n".join(
        str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)
    )


def test_every_word_is_there_once_in_both_languages_and_leads_to_a_rung() -> None:
    for language in ("en", "zh"):
        names = [term.name.by_language[language].casefold() for term in terms()]
        assert len(names) == len(set(names)) > 60
    for one in (*terms(), *lines()):
        assert one.rung in RUNGS
    order = [CLIMB.index(term.rung) for term in terms()]
    assert max(order) == len(CLIMB) - 1


def test_no_page_says_a_word_before_the_one_that_links_it() -> None:
    texts = {page: written(page) for page in CLIMB}
    early = {}
    for term in terms():
        word = re.compile(rf"\b{re.escape(term.name.by_language['en'])}", re.IGNORECASE)
        below = CLIMB[: CLIMB.index(term.first)]
        if pages := [page for page in below if word.search(texts[page])]:
            early[word.pattern] = pages
        assert CLIMB.index(term.first) <= CLIMB.index(term.rung)
    assert early == {}
    assert sum(len(first_said_on(page)) for page in CLIMB) == len(terms())


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Weight D", "weight decay"),
        ("过拟合", "overfitting"),
        ("θ", "parameter"),
        ("ball", "momentum"),
    ],
)
def test_a_word_is_found_by_its_name_its_letter_or_its_sentence(wanted: str, name: str) -> None:
    assert [term.name.told("en") for term in found(wanted)] == [name]


def test_what_is_nowhere_is_not_found() -> None:
    assert list(found("quaternion")) == []


def test_its_chinese_has_the_apps_own_words() -> None:
    chinese = [
        text.by_language["zh"]
        for one in (*terms(), *lines())
        for text in vars(one).values()
        if not isinstance(text, str)
    ]
    for others in CHINESE_TERMS.values():
        assert [text for text in chinese if re.search(others, text)] == []
    assert [text for text in chinese if re.search(r"[\u4e00-\u9fff][,;?!()]", text)] == []
