import numpy as np

from core.charts.digits import classroom


def test_the_histogram_counts_what_is_read_and_what_was_written():
    confusion = np.zeros((10, 11), int)
    confusion[3, 3], confusion[3, 8], confusion[8, 10] = 4, 2, 1
    table = classroom.prediction_table(confusion).set_index("digit")
    assert table["n_read"].sum() == 7
    assert table.loc[["3", "8", "?"], "n_read"].tolist() == [4, 2, 1]
    assert table.loc[["3", "8"], "n_written"].tolist() == [6, 1]
    assert np.isnan(table.loc["?", "n_written"])


def test_each_hand_has_both_its_shares_in_the_order_given():
    table = classroom.hand_table([9, 2], [10, 4], before=[6, 4], after=[9, 4])
    assert table["hand"].tolist() == ["9", "9", "2", "2"]
    assert table["role"].tolist() == ["data", "model"] * 2
    assert table["share"].tolist() == [0.6, 0.9, 1.0, 1.0]
    assert table["both"].tolist() == ["6 → 9 / 10"] * 2 + ["4 → 4 / 4"] * 2


def test_titles_and_legends_are_translated():
    for specification in (classroom.prediction_specification, classroom.hand_specification):
        assert {"READ", "BEFORE"} & set(str(specification(str.upper)).replace("'", " ").split())
