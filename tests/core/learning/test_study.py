from dataclasses import replace

import numpy as np
import pytest

from core.learning import concepts
from core.learning.study import item_gains, normalised_gain, scores, study
from tests.core.learning.rows import DOES_NOT_KNOW, EXAMPLE, NOBODY
from tests.core.learning.simulated import RIGHT, simulated_class

CLASS = simulated_class(np.random.default_rng(0), 5, 0.0)


def test_of_two_rows_of_a_learner_the_fullest_counts_or_else_the_last() -> None:
    half = replace(EXAMPLE, after=NOBODY)
    later = replace(EXAMPLE, after=tuple(RIGHT))
    for rows, kept in (
        ([EXAMPLE, half], EXAMPLE),
        ([half, EXAMPLE], EXAMPLE),
        ([EXAMPLE, later], later),
    ):
        found = study(rows)
        assert found.learners == (kept,)
        assert (found.n_rows, found.n_repeated) == (2, 1)


def test_who_did_not_finish_a_half_is_left_out_and_counted() -> None:
    others = [
        replace(EXAMPLE, learner="L00000001", after=NOBODY),
        replace(EXAMPLE, learner="L00000002", before=NOBODY),
        replace(EXAMPLE, learner="L00000003", after=(*DOES_NOT_KNOW[:-1], None)),
    ]
    found = study([*CLASS, *others])
    assert found.learners == tuple(CLASS)
    assert found.n_unfinished == {"after": 2, "before": 1}
    assert found.n_hurried == 0


def test_who_hardly_took_time_is_counted_and_kept() -> None:
    found = study([replace(EXAMPLE, seconds_after=30), *CLASS])
    assert (len(found.learners), found.n_hurried) == (11, 1)


def test_arms_are_of_the_experiment_alone() -> None:
    outside = replace(EXAMPLE, class_number=0, arm="asks")
    found = study([*CLASS, outside])
    assert len(found.of_arm("asks")) == len(found.of_arm("shows")) == 5
    assert outside not in found.in_experiment
    assert outside in found.learners


def test_scores_and_gains_of_the_items() -> None:
    one = replace(EXAMPLE, before=DOES_NOT_KNOW, after=tuple(RIGHT))
    wrong = RIGHT[0] % 4 + 1
    two = replace(one, learner="L00000001", after=(wrong, *RIGHT[1:]))
    assert scores([one, two], "before").tolist() == [0, 0]
    assert scores([one, two], "after").tolist() == [12, 11]
    first, *rest = item_gains([one, two])
    assert (first.right_before, first.right_after, first.n_believed) == (0, 0.5, 1)
    assert first.believed == concepts.items()[0].choices[wrong - 1].misconception
    assert {(gain.right_after, gain.believed) for gain in rest} == {(1.0, "")}


def test_the_normalised_gain_is_a_share_of_what_was_missing() -> None:
    assert normalised_gain(3, 6, 12) == pytest.approx(1 / 3)
    assert normalised_gain(6, 3, 12) == -0.5
    assert normalised_gain(12, 12, 12) is None
