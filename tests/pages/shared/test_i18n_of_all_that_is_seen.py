"""Every page in a language that exists for this test: nothing on it is left in English."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from core.curves.activations.functions import ACTIVATIONS
from core.ladder import HOME, LADDER, TEACH
from core.learning.claims import Facts
from core.learning.exercises import Text
from core.start.what_is_a_model.known_models import KNOWN_MODELS
from pages.shared import i18n
from tests.pages.conftest import Open
from tests.pages.pseudo import ACCENT, PSEUDO, write_catalogue
from tests.pages.pseudo import pseudo as translated

RUNGS = [rung for rungs in LADDER.values() for rung in rungs]
PATHS = [rung.path for rung in (HOME, *RUNGS, TEACH)]  # the glossary names each English word, too

SEEN = ("label", "help", "body", "alt", "content", "options", "placeholder", "caption")
"""Fields of Streamlit's elements whose text is seen or read out."""

SEEN_IN_CHARTS = ("title", "text", "labelExpr", "description")

NO_WORDS = re.compile(
    r"<(style|script).*?</\1>|<[^>]*>|[A-Z0-9]{4}(?:-[A-Z0-9]{4})+|\[[^]]*\]\(http[^)]*\)|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\]\([^)]*\)|:[\w/-]+[:\[]|&\w+;",
    re.DOTALL,
)
"""Programs, formulas, tags, a class's code, the names of papers, addresses, icons and colours."""

ENGLISH = re.compile(rf"(?:[A-Za-z](?!{ACCENT})){{3,}}")

NAMES = {
    *("Neuron", "Ladder", "PyTorch", "SGD", "Adam", "AdamW", "Xavier", "sin"),
    *("Language", "English", "Esperanto"),  # the switch, which all must understand
    *(word for one in ACTIVATIONS.values() for word in ENGLISH.findall(one.name)),
    *(word for one in KNOWN_MODELS for word in ENGLISH.findall(one.name)),
    *("data", "model", "now", "best", "loss", "second", "third", "ink", "image"),  # keys in charts
}
"""What is the same in every language, or seen by nobody."""


@pytest.fixture(scope="module", autouse=True)
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The app speaks one language more, and so do the exercises, whose texts are in their files."""

    def told(text: Text, language: str, facts: Facts | None = None) -> str:
        english = text.by_language["en"]
        return in_a_file(Text({PSEUDO: translated(english), "en": english}), language, facts)

    in_a_file = Text.told
    folder = tmp_path_factory.mktemp("locale")
    write_catalogue(folder)
    i18n.catalogue.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "LOCALES", folder)
        patch.setitem(i18n.LANGUAGES, PSEUDO, "Esperanto")
        patch.setattr(Text, "told", told)
        yield
    i18n.catalogue.cache_clear()


def elements(node: Any) -> Iterator[Any]:
    """All elements below a node of an AppTest."""
    for child in getattr(node, "children", {}).values():
        yield child
        yield from elements(child)


def fields(message: Any) -> Iterator[tuple[str, str]]:
    """All texts in an element, each with the name of its field."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif hasattr(one, "ListFields"):
                yield from fields(one)


def texts_of_chart(part: Any, name: str = "") -> Iterator[str]:
    """All texts in a chart that are seen."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from texts_of_chart(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from texts_of_chart(value, name)
    elif isinstance(part, str) and name == "labelExpr":  # of a program, what it may write
        yield from re.findall("'([^']*)'", part)
    elif isinstance(part, str) and name in SEEN_IN_CHARTS:
        yield part


def seen(app: Any) -> Iterator[str]:
    for element in (*elements(app.main), *elements(app.sidebar)):
        for name, text in fields(element.proto) if hasattr(element, "proto") else ():
            if name == "spec":
                yield from texts_of_chart(json.loads(text))
            elif name in SEEN:
                yield text


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_every_word_on_a_page_comes_from_the_catalogue(path: str, open_page: Open) -> None:
    app = open_page(path, lang=PSEUDO)
    texts = list(seen(app))
    assert len(texts) > 10
    assert any(ACCENT in text for text in texts)
    left = {word for text in texts for word in ENGLISH.findall(NO_WORDS.sub(" ", text))} - NAMES
    assert {word: [text for text in texts if word in text] for word in left} == {}
