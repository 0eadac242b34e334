import numpy as np

from core.charts.curves.mlp import many_starts as chart
from core.curves.mlp.many_starts import ManyStarts

STARTS = ManyStarts(
    seeds=np.arange(20),
    losses=np.geomspace(1e-4, 0.2, 20),
    params=np.zeros((20, 10)),
    threshold=0.05,
)


def test_each_start_is_a_point_in_the_colour_of_how_it_ended():
    made = chart.tables(STARTS, seed=3)
    points = made["starts"]
    assert points["loss"].tolist() == STARTS.losses.tolist()
    assert (points["role"] == "now").tolist() == (STARTS.losses > 0.05).tolist()
    assert points.query("shown")["seed"].tolist() == [3]


def test_all_points_and_the_threshold_are_in_range():
    for threshold in (1e-9, 0.05, 7.0):
        starts = ManyStarts(STARTS.seeds, STARTS.losses, STARTS.params, threshold)
        view = chart.tables(starts, seed=0)["view"].iloc[0]
        assert 0 < view["loss_low"] < min(threshold, STARTS.losses.min())
        assert view["loss_high"] > max(threshold, STARTS.losses.max())


def test_neighbours_lie_in_different_lanes():
    lanes = chart.tables(STARTS, seed=0)["starts"].sort_values("loss")["lane"].to_numpy()
    assert set(lanes) == set(range(chart.LANES))
    assert (np.diff(lanes) != 0).all()


def test_a_click_on_a_point_tells_its_seed():
    spec = chart.specification()
    (param,) = spec["params"]
    assert param["name"] == chart.PICK
    assert param["select"]["fields"] == ["seed"]
