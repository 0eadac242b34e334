import numpy as np

from core.charts.digits.inspect import unit_strip
from core.digits.inspect.units import Activity


def test_the_strip_tells_dead_from_silenced():
    share, dead = np.array([0.2, 0, 0.9, 0, 0]), np.array([False, True, False, True, False])
    found = Activity(share, np.zeros((5, 1), np.intp), dead)
    units = unit_strip.tables(found, [3, 0])["units"]
    assert units["role"].tolist() == ["now", "second", "data", "now", "data"]
    assert units["rank"].tolist() == [1, 2, 0, 3, 4]
    (param,) = unit_strip.specification()["params"]
    assert param["select"]["fields"] == ["unit", "n_shown"]
