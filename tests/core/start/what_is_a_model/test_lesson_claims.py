"""What Start → What is a model? says about its runs, asked of the runs."""

import numpy as np

from core.start import what_is_a_model as lesson


def test_towards_minus_1_every_arrow_into_the_output_is_pulled_down_at_once() -> None:
    history = lesson.train(0.5, -1.0, lesson.Config())
    first = dict(zip(history.param_names, history.params[1] - history.params[0], strict=True))
    assert all(first[name] < 0 for name in ("v1", "v2", "c"))
    assert history.loss[-1] < 0.01


def test_without_input_only_the_weights_of_the_input_learn_nothing() -> None:
    history = lesson.train(0.0, 1.0, lesson.Config())
    moved = dict(zip(history.param_names, np.ptp(history.params, axis=0) > 0, strict=True))
    assert [name for name, has_moved in moved.items() if not has_moved] == ["w1", "w2"]


def test_too_long_steps_overshoot_each_time_and_the_loss_grows() -> None:
    history = lesson.train(0.5, 1.0, lesson.Config(learning_rate=1.5))
    misses = history.column("y_hat") - 1
    misses = misses[np.isfinite(misses)]
    assert (misses[1:] * misses[:-1] < 0).all()
    assert (np.diff(history.loss) > 0).all()


def test_it_has_seven_parameters() -> None:
    assert len(lesson.train(0.5, 1.0, lesson.Config()).param_names) == 7
