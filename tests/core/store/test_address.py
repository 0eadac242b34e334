from pathlib import Path

import platformdirs
import pytest

from core.store.address import database_url, home
from core.store.errors import StoreError
from core.store.store import Store


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set."""
    monkeypatch.delenv("NEURON_LADDER_HOME", raising=False)
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)


def test_without_a_word_it_is_a_file_in_the_users_data_folder():
    folder = Path(platformdirs.user_data_dir("neuron-ladder", appauthor=False))
    assert home() == folder
    assert database_url().database == str(folder / "neuron_ladder.sqlite3")


def test_the_home_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NEURON_LADDER_HOME", "~/a/b")
    assert home() == tmp_path / "a" / "b"
    Store().close()
    assert (tmp_path / "a" / "b" / "neuron_ladder.sqlite3").is_file()


def test_what_is_given_wins_over_the_variable_and_the_variable_over_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEURON_LADDER_DATABASE_URL", f"sqlite:///{tmp_path / 'variable'}")
    assert database_url().database == str(tmp_path / "variable")
    assert database_url(f"sqlite:///{tmp_path / 'given'}").database == str(tmp_path / "given")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_has_one_driver(scheme: str):
    url = database_url(f" {scheme}://ada:a%40b@[::1]:5433/ladder?sslmode=require\n")
    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.port, url.password) == ("::1", 5433, "a@b")
    assert url.query == {"sslmode": "require"}


@pytest.mark.parametrize(
    "wrong",
    [
        "nonsense",
        "://",
        "postgresql://ada:secret@host:port/ladder",
        "postgresql://ada:secret@[::1/ladder",
        "postgresql://ada:secret@host",
        "postgresql+asyncpg://ada:secret@host/ladder",
        "mysql://ada:secret@host/ladder",
        "sqlite://",
        "sqlite:///:memory:",
        "/home/ada/runs.sqlite3",
    ],
)
def test_another_address_is_told_in_one_sentence_without_the_password(
    monkeypatch: pytest.MonkeyPatch, wrong: str
):
    monkeypatch.setenv("NEURON_LADDER_DATABASE_URL", wrong)
    with pytest.raises(StoreError) as told:
        Store()
    assert str(told.value) == (
        "NEURON_LADDER_DATABASE_URL must look like postgresql://user:password@host/database or"
        " sqlite:////folder/file."
    )
