import numpy as np
import pytest

from core.charts.digits.sketch import inside, paths
from core.digits.sketch.inside import Edge
from tests.core.digits.networks import SHAPES

OUTPUTS = np.arange(10) / 45


def tiles(hidden, activation="relu", stacked=False):
    return inside.tables(hidden, OUTPUTS, OUTPUTS, (1, 0), activation=activation, stacked=stacked)


@pytest.mark.parametrize("stacked", [False, True])
@pytest.mark.parametrize("hidden", [*SHAPES, (1024,) * 4])
def test_every_unit_has_a_tile_inside_the_drawing_and_none_overlap(hidden, stacked):
    made = tiles([np.ones(n) for n in hidden], stacked=stacked)["tiles"]
    assert made.groupby("layer").size().tolist() == [*hidden, 10]
    assert made["digit"].iloc[-10:].tolist() == list("0123456789")
    below = 4 if stacked or not hidden else 0  # where the digits are written
    across, down = inside.extent(len(hidden), stacked or not hidden)
    assert made["x2"].max() <= across
    assert made["y2"].max() <= down - below / 2
    assert made["y"].min() >= inside.HEADING
    assert not made.duplicated(["x", "y"]).any()
    layers = made.groupby("layer")
    left, top = layers[["x", "y"]].min().to_numpy().T
    right, bottom = layers[["x2", "y2"]].max().to_numpy().T
    assert ((right[:-1] < left[1:]) | (bottom[:-1] < top[1:])).all()


@pytest.mark.parametrize("n_hidden", range(5))
@pytest.mark.parametrize("stacked", [False, True])
def test_the_drawing_is_neither_a_giant_nor_a_strip(n_hidden, stacked):
    spec = inside.specification(n_hidden=n_hidden, stacked=stacked)
    assert 70 <= spec["height"] <= 620
    if (n_hidden, stacked) in ((3, False), (3, True)):
        assert spec["height"] == (480 if stacked else 130)


@pytest.mark.parametrize(
    ("activation", "values", "counted", "roles"),
    [
        ("relu", [0, 2, 4], "2 of 3 active", ["data", "model", "model"]),
        ("leaky_relu", [-0.01, 0, 4], "1 of 3 above 0", ["now", "data", "model"]),
        ("tanh", [-0.9, 0.1, 0.9], "2 of 3 above 0", ["now", "model", "model"]),
        ("sigmoid", [0.2, 0.5, 0.8], "1 of 3 above ½", ["model"] * 3),
    ],
)
def test_tiles_tell_the_sign_and_the_size(activation, values, counted, roles):
    made = tiles([values], activation)
    assert made["blocks"]["text"][0] == f"layer 1: {counted}"
    shown = made["tiles"][:3]
    assert shown["role"].tolist() == roles
    np.testing.assert_allclose(shown["strength"], np.abs(values) / np.abs(values).max(), rtol=1e-6)
    assert made["tiles"]["role"].iloc[-10:].tolist() == ["data"] * 9 + ["model"]


def test_paths_have_their_signs_and_stay_inside():
    edges = [Edge(2, 1, 7, 3.0), Edge(2, 0, 7, 1.5)]
    one_hidden = paths.tables(edges, [np.ones(784), np.array([0.5, -1]), OUTPUTS])
    assert one_hidden["edges"]["share"].tolist() == [1, 0.5]
    assert one_hidden["nodes"].groupby("layer")["unit"].apply(list).to_dict() == {1: [0, 1], 2: [7]}
    edges = [Edge(3, 0, 4, 1.6), Edge(2, 2, 0, -1.8), Edge(2, 1, 0, -0.9)]
    made = paths.tables(edges, [np.ones(784), np.ones(3), np.array([-0.8]), OUTPUTS])
    assert made["edges"]["role"].tolist() == ["model", "now", "now"]
    assert made["edges"]["share"].tolist() == [1, 1, 0.5]
    assert made["nodes"]["y"].between(0, 1).all()
    for n_layers in range(2, 6):
        drawn = paths.specification(n_layers=n_layers)["layer"][0]["encoding"]["x"]["scale"]
        assert drawn["domain"] == [0.9, n_layers + 0.1]
