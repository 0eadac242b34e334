"""What the wheel needs: `requirements.txt`, without what only the tests do."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

ONLY_FOR_TESTS = ("hypothesis", "pytest", "pytest-xdist")


class Dependencies(MetadataHookInterface):
    """Read them as the wheel is built."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Write them into the wheel's metadata."""
        text = (Path(self.root) / "requirements.txt").read_text("utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        metadata["dependencies"] = [
            line for line in lines if re.split(r"\W*[\[=<>]", line)[0] not in ONLY_FOR_TESTS
        ]
