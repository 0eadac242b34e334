import numpy as np

from core.charts.digits.inspect import confusion


def test_the_matrix_shows_each_count_in_its_cell():
    counts = np.arange(100).reshape(10, 10)
    cells = confusion.tables(counts, label=7, answer=3)["cells"]
    assert (cells["count"] == 10 * cells["label"] + cells["answer"]).all()
    assert (cells["role"] == "model").tolist() == np.eye(10, dtype=bool).ravel().tolist()
    (framed,) = cells.dropna(subset="shown").index
    assert framed == 73
    mistakes = cells[cells["role"] == "now"]
    assert mistakes.sort_values("count")["strength"].is_monotonic_increasing


def test_a_click_on_a_cell_tells_both_digits():
    spec = confusion.specification(translate=str.upper)
    (param,) = spec["params"]
    assert param["name"] == confusion.PICK
    assert param["select"]["fields"] == ["label", "answer", "n_shown"]
    assert spec["layer"][0]["encoding"]["x"]["title"] == "READ AS"
