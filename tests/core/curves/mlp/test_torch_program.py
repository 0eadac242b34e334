import inspect
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from core.curves.mlp import torch_lesson as lesson
from core.curves.mlp.torch_program import script
from core.datasets import Samples, two_steps

x, y = two_steps()


def final_loss(printed: str) -> float:
    *epochs, last = printed.splitlines()
    assert len(epochs) >= 10
    final = re.fullmatch(r"final loss: (\S+)", last)
    assert final is not None
    return float(final[1])


@pytest.mark.long
def test_the_program_runs_by_itself_and_ends_at_the_same_loss(tmp_path: Path) -> None:
    config = lesson.Config(n_epochs=30)
    (tmp_path / "program.py").write_text(script(config), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert final_loss(done.stdout) == lesson.train(x, y, config).loss[-1]


@pytest.mark.parametrize("samples", [None, Samples(np.array([0.1, 1 / 3]), np.array([0.25, 1]))])
def test_every_setting_reaches_the_program(
    samples: Samples | None, capsys: pytest.CaptureFixture[str]
) -> None:
    config = lesson.Config(
        n_hidden=4,
        n_hidden_layers=2,
        activation="gelu",
        loss="binary_cross_entropy",
        optimiser="adam",
        learning_rate=0.01,
        batch_size=20,
        shuffle=False,
        n_epochs=25,
        seed=3,
    )
    usual = torch.get_default_dtype()
    try:
        exec(script(config, samples), {})
    finally:
        torch.set_default_dtype(usual)
    history = lesson.train(*(samples or (x, y)), config)
    assert final_loss(capsys.readouterr().out) == history.loss[-1]


def test_the_program_is_the_source_that_ran() -> None:
    program = script(lesson.Config())
    for piece in (lesson.draw_start, lesson.batches):
        assert inspect.getsource(piece) in program
    assert "type: ignore" not in program
    assert "core" not in program
    assert max(map(len, program.splitlines())) <= 100
    assert program.count("\n") < 90
