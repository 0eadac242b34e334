"""A lesson is used by one short name, whatever the files are called that it lies in."""

import ast
import importlib
import inspect
import subprocess
import sys

import pytest

from tests import ROOT

PACKAGES = [
    "core.start.what_is_a_model",
    "core.lines.one_weight",
    "core.lines.normal_equation",
    "core.lines.gradient_descent",
    "core.lines.weight_and_bias",
    "core.curves.sigmoid_neuron",
    "core.curves.mlp",
]
LESSONS = {package: f"{package}.lesson" for package in PACKAGES}
LESSONS["core.curves.torch_mlp"] = "core.curves.mlp.torch_lesson"
"""By the name that a notebook imports: the module that defines the lesson."""


def public_names(module: object) -> set[str]:
    """The functions, classes and constants that a module defines itself."""
    names: set[str] = set()
    for node in ast.parse(inspect.getsource(module)).body:  # type: ignore[arg-type]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            names |= {part.id for part in parts if isinstance(part, ast.Name)}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize(("name", "module"), LESSONS.items())
def test_a_lesson_s_short_name_has_all_that_the_lesson_defines(name: str, module: str) -> None:
    short, lesson = importlib.import_module(name), importlib.import_module(module)
    names = public_names(lesson)
    assert "FORMULAS" in names
    assert names <= set(short.__all__), f"{name} does not re-export all of {module}"
    for one in names:
        assert getattr(short, one) is getattr(lesson, one), f"{name}.{one} is another one"
    if name != "core.lines.normal_equation":  # it is solved, not trained
        assert short.Config() == lesson.Config(), f"{name}.Config wants arguments"
        assert callable(short.train), f"{name} cannot be trained"


def test_only_the_lesson_in_torch_imports_torch() -> None:
    code = f"import sys, {', '.join(PACKAGES)}; print('torch' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
