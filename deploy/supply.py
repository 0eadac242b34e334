"""What the app is made of: ``python -m deploy.supply sbom.json --licences docs/licences.md``.

Read from what is installed here: what requirements.txt names, what that needs, and so on.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

HEAD = """# Licences of what the app is made of

Written by `python -m deploy.supply --licences docs/licences.md`: each package that
`requirements.txt` brings, and what it says of its licence. The app's own code is under the
[MIT licence](../LICENSE), MNIST under CC BY-SA 3.0.

| package | licence |
| --- | --- |
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a list of all packages."""
    parser = argparse.ArgumentParser(prog="python -m deploy.supply", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("sbom", type=Path, nargs="?", help="a file for CycloneDX, in JSON")
    parser.add_argument("--licences", type=Path, help="a file for a table, in Markdown")
    options = parser.parse_args(arguments)
    found = sorted(needed(), key=name_of)
    if options.sbom:
        options.sbom.write_text(json.dumps(bill(found), indent=1) + "\n", "utf-8")
    if options.licences:
        rows = "".join(f"| {name_of(one)} | {licence(one)} |\n" for one in found)
        options.licences.write_text(HEAD + rows, "utf-8")
    print(f"{len(found)} packages", file=sys.stderr)


def required() -> list[Requirement]:
    """Read what requirements.txt names."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def needed() -> Iterator[Distribution]:
    """Give what requirements.txt names, what that needs, and so on, as far as it is installed."""
    waiting, seen = required(), set()
    while waiting:
        one = waiting.pop()
        extras = {"", *one.extras}
        key = canonicalize_name(one.name), frozenset(extras)
        if key in seen or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        try:
            found = distribution(one.name)
        except PackageNotFoundError:
            continue
        if not any(name == key[0] for name, others in seen - {key}):
            yield found
        for text in found.requires or ():
            other = Requirement(text)
            if other.marker is None or any(other.marker.evaluate({"extra": e}) for e in extras):
                other.marker = None
                waiting.append(other)


def name_of(found: Distribution) -> str:
    """Return a package's name, as registries write it."""
    return canonicalize_name(found.metadata["Name"])


def licence(found: Distribution) -> str:
    """Return what a package says of its licence, in a few words."""
    said = found.metadata
    if "License-Expression" in said:
        return said["License-Expression"]
    classified = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier") or ()
        if one.startswith("License :: ")
    ]
    text = (said.get_all("License") or [""])[0]
    return ", ".join(classified) or text.strip().partition("\n")[0] or "in its files"


def bill(packages: Sequence[Distribution]) -> dict[str, Any]:
    """Return a software bill of materials, in CycloneDX's form.

    References
    ----------
    CycloneDX 1.6, ECMA-424.
    """
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "neuron-ladder",
                "version": version[1] if version else "",
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{name_of(one)}@{one.version}",
                "name": name_of(one),
                "version": one.version,
                "purl": f"pkg:pypi/{name_of(one)}@{one.version}",
                "licenses": [{"license": {"name": licence(one)}}],
            }
            for one in packages
        ],
    }


if __name__ == "__main__":
    main()
