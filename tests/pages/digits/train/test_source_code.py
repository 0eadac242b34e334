import inspect
import subprocess
import sys

import pytest

from core.digits import recipe
from core.digits.train import verdict
from core.store.database import Database
from pages.digits.train.source_code import source
from tests import ROOT


def test_the_source_is_what_python_says_it_is() -> None:
    shown = source("core.digits.train.verdict", "verdict")
    assert shown == inspect.getsource(verdict.verdict).rstrip()
    assert source("core.digits.recipe", "Recipe") == inspect.getsource(recipe.Recipe).rstrip()


def test_a_method_stands_at_the_left_edge_with_its_decorators() -> None:
    shown = source("core.store.database", "Database.writing")
    assert shown.startswith("@contextmanager\ndef writing(")
    assert shown == inspect.cleandoc(inspect.getsource(Database.writing)).rstrip()


def test_nothing_is_imported_for_it() -> None:
    code = (
        "import sys\nfrom pages.digits.train.source_code import source\n"
        "assert 'records' in source('core.digits.train.loop', 'Training.records')\n"
        "print('torch' in sys.modules, 'core.digits.train.loop' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("name", ["no_such_function", "verdict.inner"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(LookupError):
        source("core.digits.train.verdict", name)
