import numpy as np
import pytest

from core.curves.activations.functions import ACTIVATIONS
from core.curves.activations.program import program


@pytest.mark.parametrize("names", [[name] for name in ACTIVATIONS] + [list(ACTIVATIONS)])
def test_a_program_computes_and_draws_what_the_page_shows(
    names: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    space: dict[str, object] = {}
    exec(program(names), space)
    z = np.linspace(-6, 6, 601)
    shown = space["activations"]
    assert isinstance(shown, dict)
    assert list(shown) == [ACTIVATIONS[name].name for name in names]
    for name, (function, derivative) in zip(names, shown.values(), strict=True):
        assert np.array_equal(function(z), ACTIVATIONS[name].function(z))
        assert np.array_equal(derivative(z), ACTIVATIONS[name].derivative(z))
    assert capsys.readouterr().out.count("steepest slope") == len(names)
