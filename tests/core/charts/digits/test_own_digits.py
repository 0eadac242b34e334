import numpy as np

from core.charts.digits import own_digits


def test_every_pair_has_a_cell_and_the_counts_are_in_them():
    confusion = np.random.default_rng(0).integers(0, 4, (10, 11))
    table = own_digits.confusion_table(confusion)
    assert len(table) == 110
    assert table["n"].sum() == confusion.sum()
    answers = table["read"].replace("?", "10").astype(int)
    for row, answer in zip(table.itertuples(), answers, strict=True):
        assert row.n == confusion[int(row.written), answer]
        right = int(row.written) == answer
        assert row.role == ("data" if row.n == 0 else "model" if right else "now")
        assert (row.shade == 0.08) == (row.n == 0)


def test_titles_and_legends_are_translated():
    for specification, word in (
        (own_digits.confusion_specification(str.upper), "WRITTEN"),
        (own_digits.taught_specification(str.upper), "BEFORE"),
    ):
        assert word in str(specification)
