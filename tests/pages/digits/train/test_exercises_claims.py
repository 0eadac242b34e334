"""What Train asks, held against trainings."""

from collections.abc import Mapping
from typing import Any

import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import MODERN, Recipe
from core.digits.train.facts import OF_RUN, Trained, facts
from core.digits.train.loop import Training, epochs
from core.digits.train.progress import Measure
from core.learning.claims import Claim, Facts, all_hold
from core.learning.exercises import Refutation, load
from core.learning.judge import judge
from core.link.parameters import of_page
from core.one_thread import one_thread
from tests.exercises import FILES, parts

EXERCISES = load(FILES["train"])

REFUTATIONS = list(parts(EXERCISES, Refutation))


class MeasuredAtTheEnd(Training):
    """A training that measures its network once, which takes longer than to learn 300 images."""

    is_over = False

    def _judge(self, digits: Digits) -> tuple[float, float]:
        return super()._judge(digits) if self.is_over else (0.0, 0.0)

    def at_the_end(self) -> Measure:
        """The losses and accuracies of all images that an epoch is measured on."""
        self.is_over = True
        return self.measure(10_000)


def trained(settings: Mapping[str, Any]) -> Facts:
    """The facts of a run with these settings of the page."""
    values = {one.name: one.kind.usual for one in of_page("train")} | dict(settings)
    hidden = [values[f"tr_h{layer + 1}"] for layer in range(values["tr_layers"])]
    recipe = Recipe(
        "own",
        values["tr_loss"],
        values["tr_opt"],
        values["tr_rate"],
        values["tr_batch"],
        values["tr_epochs"],
        schedule=values["tr_sched"],
        distortion=values["tr_warp"],
        layer_sizes=(784, *hidden, 10),
        activation=values["tr_act"],
        dropout=values["tr_drop"],
        weight_decay=values["tr_decay"],
        n_images=values["tr_images"],
        seed=values["tr_seed"],
    )
    with one_thread():
        training = MeasuredAtTheEnd(recipe, mnist.load("train"), mnist.load("test"))
        learned = [*epochs(training)][:-1]
        return facts(recipe, Trained(recipe, [*learned, training.at_the_end()], is_over=True))


def test_claims_and_goals_are_about_what_is_known_of_a_run() -> None:
    known = facts(MODERN, None)
    claims = [claim for one in REFUTATIONS for claim in one.claims]
    goals = [claim for challenge in EXERCISES.challenges for claim in challenge.goal]
    assert {name for claim in (*claims, *goals) for name in Claim(claim).names} <= {*OF_RUN}
    assert EXERCISES.prediction is not None
    assert EXERCISES.prediction.fact in known


def test_each_slip_of_the_updates_is_told_from_the_others() -> None:
    (updates,) = (one for one in EXERCISES.questions if one.fact)
    known = facts(MODERN, None)
    assert judge(updates, 6450, known).is_right
    for slip in updates.slips:
        assert judge(updates, float(known[slip.fact]), known).misconception == slip.misconception


@pytest.mark.long
@pytest.mark.parametrize("refutation", REFUTATIONS, ids=lambda one: "-".join(one.settings))
def test_what_is_wrong_with_an_answer_is_seen_in_the_run(refutation: Refutation) -> None:
    found = trained(refutation.settings)
    assert all_hold(refutation.claims, found), found


LONGEST = {"tr_quick", "tr_small"}
"""Challenges whose way takes seconds: thousands of images, or many epochs."""


@pytest.mark.parametrize(
    "challenge",
    [
        pytest.param(one, marks=pytest.mark.proof if one.id in LONGEST else pytest.mark.long)
        for one in EXERCISES.challenges
    ],
    ids=lambda one: one.id,
)
def test_the_way_reaches_the_goal(challenge: Any) -> None:
    found = trained(challenge.way)
    assert all_hold(challenge.goal, found), found
