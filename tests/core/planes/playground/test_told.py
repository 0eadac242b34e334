import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.data import make
from core.planes.playground.told import told

LINEAR = lesson.Config(hidden_sizes=(), batch_size=None, n_epochs=3000)


@pytest.mark.parametrize("optimiser", ["sgd", "momentum"])
@pytest.mark.parametrize("inputs", [("x1",), ("x1", "x2"), tuple(net.INPUTS)])
def test_for_a_number_the_limit_is_exact(optimiser: str, inputs: tuple) -> None:
    points = make("plane", 60)
    config = dataclasses.replace(
        LINEAR, loss="mean_squared_error", optimiser=optimiser, inputs=inputs
    )
    limit, kind = told(points.x, config)
    assert kind == "exact"
    below, above = (
        lesson.train(*points, dataclasses.replace(config, learning_rate=factor * limit))
        for factor in (0.98, 1.02)
    )
    assert not below.diverged
    assert below.loss[-1] <= below.loss[0]
    assert above.diverged


@given(st.sampled_from(["binary_cross_entropy", "cross_entropy"]), st.integers(0, 99))
@settings(max_examples=25)
def test_for_classes_no_step_raises_the_loss_up_to_the_limit(loss: str, seed: int) -> None:
    points = make("circle" if loss == "binary_cross_entropy" else "three", 30, seed=seed)
    config = dataclasses.replace(
        LINEAR, loss=loss, n_epochs=40, record_every=1, initialisation="uniform", seed=seed
    )
    limit, kind = told(points.x, config)
    assert kind == "safe"
    run = lesson.train(*points, dataclasses.replace(config, learning_rate=limit))
    assert (np.diff(run.loss) <= 1e-12).all()


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        ({"hidden_sizes": (2,)}, "hidden layers"),
        ({"batch_size": 7}, "batches"),
        ({"optimiser": "adam"}, "adam"),
        ({"optimiser": "momentum"}, "momentum"),
        ({"l1": 0.1}, "others"),
        ({"l2": 0.1}, "others"),
        ({"schedule": "cosine"}, "others"),
    ],
)
def test_where_nothing_is_known_it_says_why(wish: dict, kind: str) -> None:
    assert told(make().x, dataclasses.replace(LINEAR, **wish)) == (None, kind)
