from core.datasets import as_samples
from core.learning.claims import all_hold
from core.learning.exercises import load
from core.lines.normal_equation.facts import facts
from tests.exercises import FILES


def test_the_way_that_is_told_reaches_the_goal() -> None:
    (challenge,) = (one for one in load(FILES["normal_equation"]).challenges if one.way_told)
    for height, is_reached in ((7.0, True), (6.9, False)):
        samples = as_samples([1, 1, 1, 3], [1, 1, 1, height])
        assert all_hold(challenge.goal, facts(samples, single_pass=0.0)) is is_reached
