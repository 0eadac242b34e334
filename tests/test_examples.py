"""The examples in the docstrings of the pages' parts.

Pytest collects those of `core` itself. To collect `pages` it would have to import the pages, and a
page draws itself when it is imported.
"""

import doctest
import importlib

import pytest

from tests import ROOT

OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "pages").rglob("*.py")
    if ">>>" in path.read_text("utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_hold(module: str) -> None:
    failed, attempted = doctest.testmod(importlib.import_module(module), optionflags=OPTIONS)
    assert attempted > 0
    assert failed == 0
