import numpy as np

from core.charts.digits.bars import bar_specification, bar_table


def test_only_the_winner_has_the_models_colour() -> None:
    table = bar_table(np.eye(10)[7], 7)
    assert table["role"].tolist() == ["data"] * 7 + ["model"] + ["data"] * 2
    assert table["percent"].tolist() == [""] * 7 + ["> 99 %", "", ""]


def test_without_a_drawing_nobody_wins() -> None:
    table = bar_table(np.full(10, 0.1), None)
    assert set(table["role"]) == {"data"}
    assert set(table["percent"]) == {"10 %"}


def test_the_bars_read_the_columns_of_their_table() -> None:
    specification = bar_specification(str.upper)
    encoding = specification["layer"][0]["encoding"]
    assert encoding["x"]["title"] == "PROBABILITY"
    fields = {channel["field"] for channel in encoding.values()}
    assert fields <= set(bar_table(np.full(10, 0.1), None))
