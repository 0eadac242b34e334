import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.curves.mlp.torch_lesson import MLP
from core.export.source import literal, source
from core.planes.playground.lesson import bend, descend
from core.planes.points import two_classes


def test_types_checks_and_what_the_project_alone_needs_are_left_out() -> None:
    text = source(two_classes)
    assert text.startswith("def two_classes(\n") or text.startswith("def two_classes(shape=")
    assert "check_" not in text
    assert "Examples" not in text
    assert "Raises" not in text
    assert "Parameters" in text
    assert "return as_points(" in text


def test_a_compiled_loop_keeps_what_changes_its_numbers() -> None:
    assert source(bend).startswith(
        '@njit(error_model="numpy")\ndef bend(kind, layer, n, z, a, slope):\n'
    )
    assert "type: ignore" not in source(descend)
    compile(source(descend), "descend", "exec")


def test_a_class_loses_the_types_of_its_methods_and_of_their_variables() -> None:
    pytest.importorskip("torch")
    text = source(MLP)
    assert "def __init__(self, sizes, activation, output):" in text
    assert "layers = []" in text
    assert "def forward(self, x):" in text


@given(
    arrays(float, st.tuples(st.integers(1, 9), st.integers(1, 3)), elements=st.floats(-1e9, 1e9))
)
def test_a_literal_is_the_very_numbers(values: np.ndarray) -> None:
    names = {"np": np}
    exec(literal("x", values), names)
    assert np.array_equal(names["x"], values)
