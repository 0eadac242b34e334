"""What all lessons have in common: one short name, and a sentence where something is wrong."""

import ast
import dataclasses
import importlib
import inspect
import math
import subprocess
import sys
from typing import Any

import pytest

from core.datasets import LARGEST
from core.messages import InputError
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

TRAINED = [name for name in LESSONS if name != "core.lines.normal_equation"]  # it is solved


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
    if name in TRAINED:
        assert short.Config() == lesson.Config(), f"{name}.Config wants arguments"
        assert callable(short.train), f"{name} cannot be trained"


@pytest.mark.parametrize("name", TRAINED)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_told_whatever_it_is_given_for(name: str, value: float) -> None:
    lesson = importlib.import_module(name)
    numbers = [
        field.name
        for field in dataclasses.fields(lesson.Config)
        if field.type in (int, float, int | None)
    ]
    assert "learning_rate" in numbers
    for field in numbers:
        with pytest.raises(InputError, match=f"^{field} must be .*, not {value}\\.$"):
            lesson.Config(**{field: value})


@pytest.mark.parametrize("name", TRAINED)
def test_a_start_is_as_many_sensible_numbers_as_there_are_parameters(name: str) -> None:
    lesson = importlib.import_module(name)
    sample: tuple[Any, Any] = (0.5, 1.0) if name.startswith("core.start") else ([0.5], [1.0])
    n = len(lesson.train(*sample, lesson.Config()).param_names)
    good = [0.1] * n
    assert lesson.train(*sample, lesson.Config(), start=good).params[0].tolist() == good
    for wrong in (math.nan, math.inf, -math.inf, 2 * LARGEST, "a", None):
        with pytest.raises(InputError, match=rf"^start must hold {n} numbers between .*\.$"):
            lesson.train(*sample, lesson.Config(), start=[*good[1:], wrong])
    for start in ([], [0.1] * (n + 1), [good], 0.1):
        with pytest.raises(InputError, match=rf"^start must hold {n} numbers between .*\.$"):
            lesson.train(*sample, lesson.Config(), start=start)


def test_only_the_lesson_in_torch_imports_torch() -> None:
    code = f"import sys, {', '.join(PACKAGES)}; print('torch' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
