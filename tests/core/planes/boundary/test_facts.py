import dataclasses
import math

import pytest

from core.learning.claims import Claim
from core.planes.boundary import Config, train
from core.planes.boundary.facts import facts
from core.planes.boundary.lowest import lowest_cross_entropy
from core.planes.boundary.separation import separation
from core.planes.points import as_points, two_classes


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "mean_squared_error"])
def test_the_push_is_that_of_a_run_on_the_asked_sample_alone(loss: str) -> None:
    """With cross-entropy, whatever the page's loss; and one of the slips is the squared error's."""
    points, config = two_classes("blobs"), Config(loss=loss)
    told = facts(points, config, train(*points, config), separation(*points), None)
    sample = [[told["asked_x1"], told["asked_x2"]]], [told["asked_y"]]
    alone = dataclasses.replace(config, n_epochs=1, batch_size=1, loss="binary_cross_entropy")
    start, after = train(*sample, alone).column("weight_1")
    assert after - start == pytest.approx(told["push"], rel=0.01)
    flat = dataclasses.replace(alone, loss="mean_squared_error")
    start, after = train(*sample, flat).column("weight_1")
    assert after - start == pytest.approx(told["push_flat"], rel=0.02)


def test_the_asked_sample_is_answered_rightly_where_one_is() -> None:
    points, config = two_classes("xor"), Config()
    told = facts(points, config, train(*points, config), None, None)
    assert (told["asked_answer"] >= 0.5) == told["asked_y"]
    wrong = as_points([[1, 1], [-1, -1]], [0, 1])
    config = Config(start_weight_1=1, start_weight_2=1, start_bias=0)
    told = facts(wrong, config, train(*wrong, config), None, None)
    assert told["start_wrong"] == told["n"] == 2
    assert (told["asked_answer"] >= 0.5) != told["asked_y"]


def test_each_sample_is_counted_on_its_side() -> None:
    points, config = two_classes("imbalanced", noise=1.0), Config(n_epochs=50)
    told = facts(points, config, train(*points, config), separation(*points), None)
    missed = told["n_ones"] - told["found_ones"]
    assert (told["n_ones"], told["fewer"]) == (10, 10)
    assert told["end_wrong"] == round(100 * (1 - told["end_accuracy"])) >= missed > 0
    assert told["best_wrong"] <= told["end_wrong"]


def test_what_nobody_knows_makes_no_claim_true() -> None:
    points, config = two_classes("xor"), Config()
    run = train(*points, config)
    unknown = facts(points, config, run, None, None)
    assert math.isnan(unknown["best_wrong"])
    assert not Claim("end_wrong >= best_wrong").holds(unknown)
    known = facts(points, config, run, separation(*points), lowest_cross_entropy(*points))
    assert known["lowest_loss"] <= known["end_loss"]
