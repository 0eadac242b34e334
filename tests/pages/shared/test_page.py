"""The one order of a page."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages.conftest import Open

PAGES = (
    "start/what_is_a_model",
    "lines/one_weight",
    "lines/normal_equation",
    "lines/gradient_descent",
    "lines/weight_and_bias",
    "curves/activations",
    "curves/sigmoid_neuron",
    "curves/mlp",
    "lab/sweep",
)


def elements(block: Any) -> Iterator[Any]:
    """All that stands in a block, from top to bottom, and its folds."""
    for child in block.children.values():
        if child.type == "expander":
            yield child
        yield from elements(child) if hasattr(child, "children") else [child]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_goes_from_the_question_to_what_to_remember(page: str, open_page: Open) -> None:
    """The player, right under it what to try, then the verdict, the formula and the code."""
    app = open_page(f"pages/{page}/{page.split('/')[1]}.py")
    kinds = []
    for element in elements(app.main):
        kind = element.type
        if kind == "header" and element.value == "Things to try":
            kind = "things to try"
        if kind == "expander" and element.label.startswith("The code that ran"):
            kind = "code"
        if kind == "info" and element.value.startswith("**To remember"):
            kind = "to remember"
        kinds.append(kind)
    order = ["title", "vega_lite_chart", "things to try", "latex", "code", "to remember"]
    places = [kinds.index(kind) for kind in order if kind in kinds]
    assert len(places) >= len(order) - 1  # Sweep has no chart before its first run
    assert places == sorted(places)
    told = [i for i, kind in enumerate(kinds) if kind in ("success", "warning", "error")]
    assert all(places[-4] < i < places[-3] for i in told[:1])
    if "vega_lite_chart" in kinds:
        between = kinds[kinds.index("vega_lite_chart") + 1 : kinds.index("things to try")]
        assert set(between) <= {"caption"}
