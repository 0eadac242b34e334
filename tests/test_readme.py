"""The READMEs of all languages name the same commands, variables, pages and files."""

import re

import pytest

from core.ladder import HOME, LADDER
from pages.shared.i18n import LANGUAGES, catalogue, tag
from tests import ROOT

ENGLISH = (ROOT / "README.md").read_text("utf-8")
OTHERS = {
    language: path.read_text("utf-8")
    for language in LANGUAGES
    if (path := ROOT / f"README.{tag(language)}.md").exists()
}
READMES = {"en": ENGLISH, **OTHERS}


def commands(readme: str) -> list[str]:
    """The lines of code, without comments."""
    blocks = re.findall(r"```\w+\n(.*?)```", readme, re.DOTALL)
    return [re.sub(r"\s*# .*", "", line) for line in "".join(blocks).splitlines()]


def named(readme: str) -> list[str]:
    """What stands in backticks within the text."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", readme, flags=re.DOTALL))


@pytest.mark.parametrize("readme", OTHERS.values(), ids=OTHERS)
def test_they_name_the_same_commands_variables_and_folders(readme: str) -> None:
    assert len(commands(ENGLISH)) > 10
    assert commands(readme) == commands(ENGLISH)
    assert sorted(named(readme)) == sorted(named(ENGLISH))


@pytest.mark.parametrize("language", READMES)
def test_their_pages_are_those_of_the_app_by_the_names_they_have_there(language: str) -> None:
    readme = READMES[language]
    say = catalogue(language).gettext
    for section, rungs in LADDER.items():
        for rung in rungs:
            assert f"| **{say(section)} → {say(rung.title)}** |" in readme
    n_rungs = sum(len(rungs) for rungs in LADDER.values())
    assert len(re.findall(r"\| \*\*.+ → .+\*\* \|", readme)) == n_rungs + len([HOME])


@pytest.mark.parametrize("language", READMES)
def test_each_links_to_the_others_and_to_files_that_are_there(language: str) -> None:
    links = re.findall(r"\]\((?!https:)([^)]+)\)", READMES[language])
    assert [link for link in links if not (ROOT / link).exists()] == []
    readmes = {"README.md", *(f"README.{tag(other)}.md" for other in OTHERS)}
    own = "README.md" if language == "en" else f"README.{tag(language)}.md"
    assert readmes - {own} <= set(links)
