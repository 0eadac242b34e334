import importlib
import subprocess
import sys

import pytest
from numba.core.registry import CPUDispatcher

from core.compiling import command
from core.compiling.loops import LOOPS
from tests import ROOT

PAGES = (
    "pages/lines/one_weight/one_weight.py",
    "pages/lines/normal_equation/normal_equation.py",
    "pages/lines/gradient_descent/gradient_descent.py",
    "pages/lines/weight_and_bias/weight_and_bias.py",
    "pages/curves/sigmoid_neuron/sigmoid_neuron.py",
    "pages/curves/mlp/mlp.py",
    "pages/planes/boundary/boundary.py",
    "pages/planes/playground/playground.py",
)


def loops() -> dict[str, CPUDispatcher]:
    """Every compiled function of core, by its name."""
    files = [path for path in (ROOT / "core").rglob("*.py") if "njit(" in path.read_text("utf-8")]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]
    return {
        f"{name}.{function}": value
        for name in names
        for function, value in vars(importlib.import_module(name)).items()
        if isinstance(value, CPUDispatcher) and value.py_func.__module__ == name
    }


def test_the_command_compiles_every_loop_there_is(capsys):
    assert command.main() == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == list(LOOPS)
    called_by_others = {
        name for loop in loops().values() for name in loop.py_func.__code__.co_names
    }
    by_python = {n: loop for n, loop in loops().items() if loop.__name__ not in called_by_others}
    assert len(by_python) > 10
    assert not [name for name, loop in by_python.items() if not loop.signatures]


@pytest.mark.long
def test_pages_call_the_loops_with_nothing_else():
    """A loop is compiled for the types that it is called with."""
    code = (
        "from streamlit.testing.v1 import AppTest\n"
        "from core.compiling.loops import compile_loops\n"
        "from tests.core.compiling.test_loops import PAGES, loops\n"
        "list(compile_loops())\n"
        "before = {name: list(loop.signatures) for name, loop in loops().items()}\n"
        "app = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "for page in PAGES:\n"
        "    assert not app.switch_page(page).run().exception\n"
        "assert before == {name: list(loop.signatures) for name, loop in loops().items()}\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
