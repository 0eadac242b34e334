"""The samples of the pages under Lines as code, for their programs."""

from collections.abc import Mapping
from typing import Any

from core.datasets import BAD_LAST_Y, noisy_line
from core.export.program import Data, generated

STANDARDISE = "x = (x - x.mean()) / x.std()  # standardised"


def line_samples(arguments: Mapping[str, Any]) -> Data:
    """Return `core.datasets.noisy_line` with these arguments; x may be standardised."""
    arguments = dict(arguments)
    after = STANDARDISE if arguments.pop("standardised", False) else ""
    constants = [f"BAD_LAST_Y = {BAD_LAST_Y}"]
    return generated(noisy_line, arguments, constants=constants, after=after)
