"""What `docs/privacy.md` claims is what the app does."""

import re
import tomllib

import pytest
from sqlalchemy import make_url
from streamlit import config

from core.ladder import PRIVACY
from core.store.address import database_url, picture_folder
from core.store.classes import MOST_DAYS
from pages.asking import experiment
from pages.digits.classroom import arriving
from pages.shared import owner
from pages.shared.i18n import LANGUAGES, catalogue, tag
from pages.shared.jobs import store
from pages.shared.owner import LOCAL
from tests import ROOT
from tests.pages.conftest import Open

DOCS = ROOT / "docs"
YEAR = 365 * 24 * 3600
DOCUMENTS = {
    language: path.read_text("utf-8")
    for language in LANGUAGES
    if (
        path := DOCS / ("privacy.md" if language == "en" else f"privacy.{tag(language)}.md")
    ).exists()
}


def named(document: str) -> set[str]:
    """What stands in backticks."""
    return set(re.findall(r"`([^`]+)`", document))


@pytest.mark.parametrize("language", DOCUMENTS)
def test_the_page_shows_the_document_in_the_readers_language(
    language: str, open_page: Open
) -> None:
    title = catalogue(language).gettext(PRIVACY.title)
    app = open_page(PRIVACY.path, lang=language)
    assert app.title[0].value == title
    assert DOCUMENTS[language].endswith(f"# {title}\n\n{app.markdown[0].value}\n")
    assert named(DOCUMENTS[language]) == named(DOCUMENTS["en"])


def test_cookies_and_files_are_those_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
    names = named(DOCUMENTS["en"])
    assert {owner.COOKIE, owner.LAST_COOKIE, experiment.COOKIE, arriving.COOKIE, LOCAL} <= names
    assert (owner.SECONDS, owner.LAST_SECONDS) == (5 * YEAR, YEAR)
    assert pytest.approx(YEAR / 2, rel=0.02) == experiment.SECONDS
    assert arriving.SECONDS == 30 * 24 * 3600 == MOST_DAYS * 24 * 3600
    pages = {path.stem: path.read_text("utf-8") for path in (ROOT / "pages").rglob("*.py")}
    assert [name for name, source in pages.items() if "document.cookie" in source] == ["owner"]
    setting = {
        name for name, source in pages.items() if re.search(r"^ +set_cookie\(", source, re.M)
    }
    assert setting == {"owner", "experiment", "arriving"}
    kept = {
        name for source in pages.values() for name in re.findall(r'age.setItem."(\w+)"', source)
    }
    assert kept == {"drawing"} <= names
    file = str(make_url(database_url()).database)
    assert {file.rsplit("/", 1)[-1], picture_folder().name} <= names


def test_the_server_counts_no_visits_and_forgets_a_closed_page_after_two_minutes() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert config.get_option("server.disconnectedSessionTTL") == 120


def test_only_two_pages_cache_what_was_computed_from_samples_and_only_twenty() -> None:
    cached = r"@st\.cache_\w+\((.*?)\)[^\n]*\ndef \w+\([^)]*: (?:Samples|Floats)\b"
    found = [
        (path.parent.name, options)
        for path in (ROOT / "pages").rglob("*.py")
        for options in re.findall(cached, path.read_text("utf-8"))
    ]
    assert {page for page, _options in found} == {"mlp", "sigmoid_neuron"}
    assert all(re.search(r"max_entries=20\b", options) for _page, options in found)


def test_all_that_is_a_readers_is_counted_and_deleted_and_the_visit_forgotten(
    open_page: Open,
) -> None:
    run = store().runs.create(LOCAL, "mine", {}, n_epochs=1, status="done")
    store().models.save(LOCAL, "network", {}, b"", run.id)
    other = store().runs.create("somebody else", "theirs", {}, n_epochs=1, status="done")
    kept = store().kept_of(LOCAL)
    app = open_page(PRIVACY.path, lang="zh")
    app.session_state["drawn_strokes"] = ["a stroke"]
    counts = [text.value for text in app.markdown if f"训练：{kept['runs']} 次" in text.value]
    assert counts
    app.button(key="privacy_delete").click().run()
    assert set(store().kept_of(LOCAL).values()) == {0}
    assert "drawn_strokes" not in app.session_state
    assert [message.value for message in app.success] == ["已删除。"]
    assert store().runs.get(other.id) is not None
    store().delete_all_of("somebody else")
