import numpy as np

from core.charts.digits import convolution as chart
from core.digits.convolution.shift import SHIFTS, Reading


def test_each_network_has_a_line_and_rings_where_it_reads_another_digit() -> None:
    rng = np.random.default_rng(0)
    readings = {name: Reading(rng.dirichlet(np.ones(10), 17)) for name in ("one", "other")}
    made = chart.tables(readings, digit=4, shift=-3)
    lines = made["lines"]
    assert made["here"]["shift"].tolist() == [-3]
    for name, reading in readings.items():
        line = lines[lines["network"] == name]
        assert line["shift"].tolist() == [*SHIFTS]
        np.testing.assert_allclose(line["probability"], reading.probabilities[:, 4], atol=1e-4)
        assert (line["is_read"] == (reading.probabilities.argmax(axis=1) == 4)).all()
    assert lines.groupby("network")["role"].first().is_unique


def test_lines_differ_in_more_than_colour_and_titles_are_translated() -> None:
    made = chart.specification(("one", "two", "three", "four"), translate=str.upper)
    text = str(made)
    assert "PIXELS TO THE RIGHT" in text
    dashes = next(
        layer["encoding"]["strokeDash"]
        for layer in made["layer"]
        if "strokeDash" in layer["encoding"]
    )
    assert len({str(one) for one in dashes["scale"]["range"]}) == 4
