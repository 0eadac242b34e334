"""What Planes → Boundary says about its runs, asked of the runs."""

import math

import numpy as np
import pytest

from core.history import History
from core.planes import boundary as lesson
from core.planes.boundary import Loss
from core.planes.boundary.lowest import lowest_cross_entropy
from core.planes.boundary.separation import separation
from core.planes.points import Points, Shape, two_classes

BLOBS = two_classes()
MIXED = two_classes(noise=1.0)
XOR = two_classes("xor")
FULL = {"batch_size": None}


def run(points: Points, **values: object) -> History:
    return lesson.train(*points, lesson.Config(**values))  # type: ignore[arg-type]


def right(points: Points, history: History) -> np.ndarray:
    return np.array([lesson.accuracy(*points, *params) for params in history.params])


def lengths(history: History) -> np.ndarray:
    return np.hypot(history.params[:, 0], history.params[:, 1])


# Can a line part them?


def test_parted_blobs_make_the_weights_grow_for_ever_and_ever_more_slowly() -> None:
    """As the logarithm of the number of steps: Soudry et al., 2018."""
    assert separation(*BLOBS).is_separable
    updates = [100, 1000, 10_000, 100_000]
    ends = [run(BLOBS, learning_rate=1.0, n_epochs=n, **FULL) for n in updates]
    length = np.array([lengths(history)[-1] for history in ends])
    growth = np.diff(length)
    assert (growth > 1).all()
    an_update = growth / np.diff(updates)
    assert (an_update[1:] < an_update[:-1] / 5).all()
    losses = [history.loss[-1] for history in ends]
    assert losses[-1] < losses[0] / 100
    assert all(loss > 0 for loss in losses)


@pytest.mark.parametrize("loss", ["mean_squared_error", "binary_cross_entropy"])
def test_once_all_are_right_longer_weights_make_the_loss_smaller(loss: Loss) -> None:
    params = run(BLOBS).params[-1]
    assert lesson.accuracy(*BLOBS, *params) == 1
    losses = [lesson.loss(*BLOBS, *(size * params), loss) for size in (1, 2, 4, 8, 16)]
    assert (np.diff(losses) < 0).all()
    assert losses[-1] < 1e-6


def test_mixed_blobs_have_one_lowest_point_and_the_full_batch_rests_there() -> None:
    found = lowest_cross_entropy(*MIXED)
    for start in ([1, -1, 1], [-8, -8, 3], [0, 0, 0]):
        config = lesson.Config(learning_rate=2.0, n_epochs=3000, batch_size=None)
        end = lesson.train(*MIXED, config, start=start)
        np.testing.assert_allclose(end.params[-1], found[:3], atol=1e-3)
    jittering = run(MIXED, learning_rate=2.0, n_epochs=1000).params[-100:, :2]
    assert 0.01 < np.ptp(jittering, axis=0).max() < 3
    assert np.abs(jittering.mean(axis=0) - found[:2]).max() < 0.5


def test_the_lowest_loss_need_not_be_the_fewest_mistakes() -> None:
    assert lowest_cross_entropy(*MIXED).accuracy == 0.93
    assert separation(*MIXED).best_accuracy == 0.95


@pytest.mark.parametrize("shape", ["slanted", "circle", "xor"])
def test_no_run_gets_more_right_than_was_told(shape: Shape) -> None:
    points = two_classes(shape)
    best = separation(*points).best_accuracy
    for loss in ("mean_squared_error", "binary_cross_entropy"):
        assert right(points, run(points, loss=loss, n_epochs=100)).max() <= best < 1


# xor


def test_of_xor_a_line_gets_three_quarters_right_and_the_arrow_shrinks_to_nothing() -> None:
    assert separation(*XOR).best_accuracy == 0.75
    history = run(XOR, learning_rate=0.5, n_epochs=100, **FULL)
    assert lengths(history)[-1] < 0.05 < 1 < lengths(history)[0]
    answers = lesson.predict(XOR.x, *history.params[-1])
    assert np.abs(answers - 0.5).max() < 0.05
    assert history.loss[-1] == pytest.approx(math.log(2), abs=1e-3)


# The presets


def test_two_blobs_are_parted_and_the_arrow_still_grows() -> None:
    history = run(BLOBS, n_epochs=100)
    accuracy, length = right(BLOBS, history), lengths(history)
    parted = int(np.flatnonzero(accuracy == 1)[0])
    assert parted < history.n_records / 2
    assert length[-1] > 1.3 * length[parted]
    assert history.loss[-1] < history.loss[parted] / 2


def test_sure_and_wrong_squared_error_stays_and_cross_entropy_gets_away() -> None:
    start = {"start_weight_1": -5.0, "start_weight_2": -5.0, "start_bias": 0.0}
    squared, cross = (
        run(BLOBS, loss=loss, **start) for loss in ("mean_squared_error", "binary_cross_entropy")
    )
    answers = lesson.predict(BLOBS.x, *squared.params[0])
    assert right(BLOBS, squared).max() == 0
    assert np.median(answers * (1 - answers)) < 1e-3
    assert np.abs(squared.params - squared.params[0]).max() < 0.1
    assert right(BLOBS, cross)[-1] == 1


def test_too_fast_the_loss_jumps_to_and_fro() -> None:
    assert lesson.safe_learning_rate(MIXED.x) < 50 / 10
    history = run(MIXED, learning_rate=50.0, n_epochs=100, record_every=1, **FULL)
    assert (np.diff(history.loss) > 0).sum() > 20
    assert np.ptp(history.loss[-20:]) > 0.05
    assert not history.diverged


def test_imbalanced_four_of_ten_are_missed_and_95_percent_are_right() -> None:
    points = two_classes("imbalanced", noise=1.0)
    assert separation(*points).n_frequent == 90
    end = run(points, n_epochs=50).params[-1]
    assert lesson.accuracy(*points, *end) == 0.95
    found = lesson.predict(points.x[points.y == 1], *end) >= 0.5
    assert (found.sum(), found.size) == (6, 10)


def test_unequal_inputs_make_a_rate_jump_that_is_safe_for_equal_ones() -> None:
    stretched = two_classes(noise=1.0, stretch=20)
    safe, too_large = lesson.safe_learning_rate(MIXED.x), lesson.safe_learning_rate(stretched.x)
    assert too_large < 1 < safe
    values = {"learning_rate": 1.0, "n_epochs": 100, "record_every": 1, **FULL}
    assert (np.diff(run(MIXED, **values).loss) <= 0).all()
    assert (np.diff(run(stretched, **values).loss) > 0).sum() > 20
    slow = run(stretched, **values | {"learning_rate": too_large}).params[-1]
    best = lowest_cross_entropy(*stretched)
    assert abs(slow[0] - 1) < 0.2 * abs(best.weight_1 - 1)
    assert abs(slow[1] - best.weight_2) < 0.2 * abs(-1 - best.weight_2)


def test_each_sample_pushes_the_weights_towards_its_place_or_away_from_it() -> None:
    config = lesson.Config(batch_size=1, n_epochs=1, shuffle=False, record_every=1)
    params = lesson.train(*MIXED, config).params
    pushes = np.diff(params[:, :2], axis=0)
    along = (pushes * MIXED.x).sum(axis=1)
    np.testing.assert_allclose(
        np.abs(along), np.linalg.norm(pushes, axis=1) * np.linalg.norm(MIXED.x, axis=1), rtol=1e-9
    )
    assert ((along > 0) == (MIXED.y == 1)).all()
