import pytest

from core.charts.layout import LAYOUTS, Layout
from core.charts.start.what_is_a_model import parameter_count as chart
from core.start.what_is_a_model.known_models import KNOWN_MODELS


def test_the_readers_network_stands_among_the_known_ones_in_order() -> None:
    models = chart.tables(239_410)["models"]
    assert models["n_params"].is_monotonic_increasing
    assert models["name"].tolist()[:4] == [
        "One weight",
        "this page's 1-2-1",
        "LeNet-5",
        "your network",
    ]
    assert set(models["role"]) == {"data", "model", "third"}


def test_without_a_network_the_known_ones_are_shown() -> None:
    models = chart.tables(None)["models"]
    assert len(models) == len(KNOWN_MODELS) + 2
    assert not models["is_yours"].any()


@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_the_scale_reaches_from_one_to_the_largest(layout: Layout) -> None:
    (view,) = chart.specification(layout=layout)["vconcat"]
    for layer in view["layer"]:
        scale = layer["encoding"]["x"]["scale"]
        assert scale["type"] == "log"
        assert scale["domain"][0] <= 1
        assert scale["domain"][1] > KNOWN_MODELS[-1].n_params
    assert view["width"] + chart.NAMES <= layout.width
