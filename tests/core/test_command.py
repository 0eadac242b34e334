"""Ctrl-C ends each command in the same way, however early it comes."""

import subprocess
import sys

import pytest

from core.command import INTERRUPTED, quiet
from tests import ROOT

INTERRUPTED_AT_NUMPY = """
import os, runpy, signal, sys

class CtrlC:
    def find_spec(self, name, *more):
        if name == "numpy":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, CtrlC())
runpy.run_module({module!r}, run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    "module",
    ["core.compiling", "core.digits.train", "core.digits.sweep", "core.digits.recognise"],
)
def test_ctrl_c_while_a_command_imports_what_it_needs_shows_no_traceback(module: str) -> None:
    command = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AT_NUMPY.format(module=module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (command.stdout, command.stderr) == ("", "")
    assert command.returncode == INTERRUPTED


def test_ctrl_c_that_nothing_sees_to_is_an_exit_code() -> None:
    with pytest.raises(SystemExit) as end, quiet():
        raise KeyboardInterrupt
    assert end.value.code == INTERRUPTED
