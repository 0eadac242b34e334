"""What is shipped for operators says what the rest of the project says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.supply import bill, name_of, needed, required
from tests import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())


def test_the_lock_has_every_requirement_with_its_hashes() -> None:
    """If not: deploy/lock.sh."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {
        canonicalize_name(one[1]): (one[2], one[0].count("--hash=sha256:"))
        for one in re.finditer(r"^([a-z0-9_.-]+)(?:\[\w+\])?==([^ ;\\]+)(?:.*\\\n.*)+", text, re.M)
    }
    for one in required():
        if one.name not in ("torch", "torchvision"):  # whose build depends on the machine
            version, n_hashes = locked[canonicalize_name(one.name)]
            assert Requirement(f"{one.name}=={version}").specifier == one.specifier
            assert n_hashes > 0


def test_every_package_and_its_licence_is_listed() -> None:
    """If not: python -m deploy.supply --licences docs/licences.md."""
    found = list(needed())
    table = (ROOT / "docs" / "licences.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| (\S+) \| (.+) \|$", table, re.M))
    names = {canonicalize_name(one.name) for one in required() if one.marker is None}
    assert names <= {name_of(one) for one in found} & listed.keys()
    assert not [name for name, licence in listed.items() if "in its files" in licence]
    components = bill(found)["components"]
    assert len(components) == len({one["purl"] for one in components}) == len(found)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    verifier = shutil.which("systemd-analyze")
    if verifier is None:
        pytest.skip(
            "systemd-analyze was not found on this machine (Debian: apt-get install systemd)"
        )
    text = re.sub(r"/opt/neuron-ladder/\.venv/bin/\w+", sys.executable, unit.read_text("utf-8"))
    (tmp_path / unit.name).write_text(text)
    command = [verifier, "verify", "--man=no", tmp_path / unit.name]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_an_operator_may_say_is_explained() -> None:
    """Each variable of deploy/environment stands in docs/operate.md."""
    variables = re.findall(r"^#?([A-Z_]+)=", (ROOT / "deploy" / "environment").read_text(), re.M)
    explained = (ROOT / "docs" / "operate.md").read_text("utf-8")
    assert [one for one in variables if f"`{one}`" not in explained] == []
    assert len(variables) > 10
