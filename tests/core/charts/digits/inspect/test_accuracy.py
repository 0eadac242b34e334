from core.charts.digits.inspect import accuracy
from tests.core.charts.digits.inspect.evaluations import evaluation


def test_accuracies_before_and_after_share_one_axis():
    before = evaluation([3, 3, 5, 5], [3, 3, 5, 5])
    after = evaluation([3, 3, 5, 5], [3, 8, 5, 5])
    made = accuracy.tables(after, before)
    digits = made["digits"].set_index(["role", "digit"])["accuracy"]
    assert digits["data"].to_dict() == {3: 1, 5: 1}
    assert digits["model"].to_dict() == {3: 0.5, 5: 1}
    means = made["means"].set_index("role")
    assert means["accuracy"].to_dict() == {"data": 1, "model": 0.75}
    assert (means["low"] < 0.5).all()
    assert (means["high"] > 1).all()
    assert set(accuracy.tables(after)["digits"]["role"]) == {"model"}


def test_only_a_comparison_has_a_legend():
    alone, compared = (accuracy.specification(compared=c)["layer"] for c in (False, True))
    assert alone[1]["encoding"]["color"]["legend"] is None
    assert "without them" in compared[1]["encoding"]["color"]["legend"]["labelExpr"]
