import math

import pytest

from core.planes.playground import Config, train
from core.planes.playground.data import Split, make
from core.planes.playground.facts import ending, facts
from core.planes.playground.presets import PRESETS

ENDINGS = {
    "xor_line": "hardly",
    "too_few": "partly",
    "circle_squares": "learned",
    "by_heart": "by_heart",
    "too_fast": "diverged",
    "three": "learned",
}


@pytest.mark.parametrize(("name", "how"), ENDINGS.items())
def test_a_run_s_ending_has_the_name_of_what_the_page_says_of_it(name: str, how: str) -> None:
    samples = PRESETS[name].samples()
    assert ending(train(*samples.train, PRESETS[name].config, test=samples.test), samples) == how


def test_what_there_is_not_is_nan_and_silenced_neurons_do_not_count() -> None:
    samples = Split(make("bump", 30), None)
    config = Config(loss="mean_squared_error", n_epochs=2, silenced=((0, 1),))
    told = facts(samples, train(*samples.train, config), "bump")
    assert (told["n_hidden"], told["n_test"], told["has_plain_inputs"]) == (5, 0, 1)
    assert all(math.isnan(told[name]) for name in ("accuracy", "test_accuracy", "end_test_loss"))


def test_squares_are_no_plain_inputs() -> None:
    samples = PRESETS["circle_squares"].samples()
    config = PRESETS["circle_squares"].config
    assert facts(samples, train(*samples.train, config), "circle")["has_plain_inputs"] == 0
