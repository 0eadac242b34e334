import importlib

from numba.core.registry import CPUDispatcher

from core.compiling import command
from core.compiling.loops import LOOPS
from tests import ROOT


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
