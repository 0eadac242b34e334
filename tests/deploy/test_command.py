"""The wheel: it holds the app whole, and its command starts it with its own settings."""

import email
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import command
from tests import ROOT

pytest.importorskip("hatchling")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("a folder with blanks")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        yield wheel


def test_it_holds_all_that_the_app_needs_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    needed = {
        path.relative_to(ROOT).as_posix()
        for folder in ("assets", "core", "deploy", "pages")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".nbc", ".nbi", ".pyc")
    }
    needed |= {"app.py", ".streamlit/config.toml", "docs/privacy.md", "docs/privacy.zh-CN.md"}
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == {f"neuron_ladder/{name}" for name in needed}


def test_its_command_and_what_it_needs(wheel: zipfile.ZipFile) -> None:
    (commands,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    said = wheel.read(commands).decode().split()
    assert "neuron-ladder=neuron_ladder.deploy.command:main" in "".join(said)
    (metadata,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    needs = email.message_from_bytes(wheel.read(metadata)).get_all("Requires-Dist", [])
    assert "streamlit==1.67.0" in needs
    assert not [one for one in needs if re.match("pytest|hypothesis", one)]


def test_the_command_runs_the_app_with_the_readers_arguments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(command.cli, "main", ran.append)
    monkeypatch.setattr(sys, "argv", ["neuron-ladder", "--server.port=8600"])
    command.main()
    assert ran == [["run", str(ROOT / "app.py"), "--server.port=8600"]]
    assert Path(ran[0][1]).with_name(".streamlit").is_dir()


def test_the_version_is_the_same_everywhere() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    newest = re.search(r"^## \[(.+)\] - (\S+)$", changelog, re.MULTILINE)
    cited = dict(re.findall(r"^(version|date-released): (.+)$", citation, re.MULTILINE))
    assert newest is not None
    assert newest.groups() == (cited["version"], cited["date-released"])
    assert cited["version"] == PROJECT["version"]
