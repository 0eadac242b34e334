"""Every lesson's run as a file: it runs by itself, and ends with the lesson's numbers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.curves import sigmoid_neuron
from core.curves.sigmoid_neuron.program import program as of_sigmoid_neuron
from core.datasets import noisy_line, step
from core.export.program import as_file
from core.lines import gradient_descent
from core.lines.gradient_descent.program import program as of_gradient_descent
from core.planes import boundary
from core.planes.boundary.program import program as of_boundary
from core.planes.points import two_classes
from tests.core.export.cases import CASES, LONG, check_same, every_lesson, some
from tests.core.export.conftest import Run

LINE = {"n_samples": 20, "seed": 3}
OF_LINE = {"samples": "noisy_line", **LINE}


@every_lesson
@some(8)
@given(st.data())
def test_a_program_makes_the_very_run(name: str, run_alone: Run, data: st.DataObject) -> None:
    case = CASES[name](data.draw)
    text = as_file(case.program)
    found = run_alone([text])
    check_same(name, found, case.history)
    for value in case.history.params[-1].tolist():
        assert repr(value)[:9] in found["printed"]
    assert "core" not in re.findall(r"\w+", text)
    assert max(map(len, text.splitlines())) <= 100


@every_lesson
@some(1)
@given(st.data())
def test_a_program_draws_the_fit_and_the_loss(
    name: str, run_alone: Run, data: st.DataObject
) -> None:
    pytest.importorskip("matplotlib")
    case = CASES[name](data.draw)
    look = "assert all(axes.has_data() for axes in (left, right))"
    found = run_alone([as_file(case.program), look], pictures=True)
    assert (found["error"], found["done"]) == ("", 2)


def test_without_matplotlib_it_says_how_to_get_the_picture(run_alone: Run) -> None:
    program = of_gradient_descent(noisy_line(**LINE), gradient_descent.Config(), OF_LINE)
    assert "pip install matplotlib" in run_alone([as_file(program)])["printed"]


def test_a_run_that_diverges_ends_where_the_lessons_does(run_alone: Run) -> None:
    line, points = noisy_line(**LINE), two_classes(n_samples=20, noise=2.0)
    config = gradient_descent.Config(learning_rate=4.0)
    history = gradient_descent.train(*line, config)
    assert history.diverged
    found = run_alone([as_file(of_gradient_descent(line, config, OF_LINE))])
    check_same("gradient_descent", found, history)

    wild = boundary.Config(learning_rate=1e10, batch_size=1)
    history = boundary.train(*points, wild)
    assert history.diverged
    found = run_alone([as_file(of_boundary(points, wild, {"samples": "own"}))])
    assert found["updates"] == history.update.tolist()


def test_a_setting_can_be_changed_at_the_top(run_alone: Run) -> None:
    line = noisy_line(**LINE)
    text = as_file(of_gradient_descent(line, gradient_descent.Config(), OF_LINE))
    changed = text.replace("LEARNING_RATE = 0.1 ", "LEARNING_RATE = 0.3 ")
    assert changed != text
    history = gradient_descent.train(*line, gradient_descent.Config(learning_rate=0.3))
    check_same("gradient_descent", run_alone([changed]), history)


@pytest.mark.long
def test_with_numba_a_file_gives_the_same(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    samples, config = step(20), sigmoid_neuron.Config(n_epochs=5, shuffle=True)
    text = as_file(of_sigmoid_neuron(samples, config, {"samples": "step", "n_samples": 20}))
    file = tmp_path / "program.py"
    file.write_text(text + "print(descend.signatures)\n", "utf-8")  # numba's alone has any
    done = subprocess.run(
        [sys.executable, "-I", file.name],
        cwd=tmp_path,
        env=os.environ | {"NUMBA_OPT": "0"},  # sooner there
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    weight, bias = sigmoid_neuron.train(*samples, config).params[-1]
    printed = dict(re.findall(r"(\w+) = (\S+)", done.stdout))
    assert np.isclose([float(printed["weight"]), float(printed["bias"])], [weight, bias]).all()


@some(3)
@given(st.data())
def test_a_program_has_nothing_that_it_does_not_use(data: st.DataObject) -> None:
    if shutil.which("ruff") is None:
        pytest.skip("ruff is not installed")
    rules = ("--select", "E,F,I,W", "--line-length", "100")
    with TemporaryDirectory() as folder:
        for name in sorted(CASES.keys() - {*LONG}):
            text = as_file(CASES[name](data.draw).program)
            (Path(folder) / f"{name}.py").write_text(text, "utf-8")
        command = ["ruff", "check", "--isolated", "--no-cache", *rules, folder]
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
