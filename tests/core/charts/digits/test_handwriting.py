import numpy as np

from core.charts.digits import handwriting
from core.charts.digits.sketch import epoch_by_epoch


def test_shares_are_the_diagonals_and_a_missing_digit_has_none():
    confusion = np.zeros((10, 11), int)
    confusion[2, 2], confusion[2, 10], confusion[5, 5] = 3, 1, 2
    table = handwriting.share_table(confusion, np.linspace(0.9, 0.99, 10))
    assert table["share"][2] == 0.75
    assert table["share"][5] == 1
    assert table["share"].isna().sum() == 8
    assert table["count"].tolist() == ["", "", "3 / 4", *[""] * 7]


def test_titles_and_legends_are_translated():
    for specification in (
        handwriting.share_specification(str.upper),
        epoch_by_epoch.specification(30, str.upper),
    ):
        text = str(specification)
        assert any(word in text for word in ("WRITTEN", "READ RIGHT", "EPOCH"))


def test_each_epoch_has_ten_cells_and_one_answer():
    probabilities = np.random.default_rng(0).dirichlet(np.ones(10), 30)
    table = epoch_by_epoch.table(probabilities, digit=4)
    answers = table[table["role"] != "data"]
    assert len(table) == 300
    assert answers["epoch"].tolist() == list(range(1, 31))
    assert answers["digit"].astype(int).tolist() == probabilities.argmax(axis=1).tolist()
    assert ((answers["role"] == "model") == (answers["digit"] == "4")).all()
    assert set(epoch_by_epoch.table(probabilities, digit=None)["role"]) == {"data", "now"}
    assert epoch_by_epoch.table(np.zeros((0, 10)), digit=4).empty


def test_the_axis_has_room_for_the_epochs_to_come():
    x = epoch_by_epoch.specification(30)["encoding"]["x"]
    assert x["scale"]["domain"] == [0.5, 30.5]
