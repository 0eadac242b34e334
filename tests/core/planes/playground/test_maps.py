import numpy as np
import pytest

from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.data import make
from core.planes.playground.maps import (
    frames,
    input_maps,
    neuron_maps,
    size_in_bytes,
    squares,
)


def test_a_map_is_what_the_neurons_give_there() -> None:
    config = lesson.Config(activation=("relu", "tanh"), n_epochs=20, silenced=((0, 2),))
    run = lesson.train(*make(), config)
    rows = run.params[frames(run, 4)]
    maps = neuron_maps(rows, config, -4, 4, 10)
    assert [layer.values.shape for layer in maps] == [(4, n, 10, 10) for n in (4, 2, 1)]
    for frame, params in enumerate(rows):
        outputs = net.forward(squares(-4, 4, 10).reshape(-1, 2), params, config).outputs[1:]
        for layer, expected in zip(maps, outputs, strict=True):
            shown = layer.decoded()[frame].reshape(expected.shape[1], -1).T
            most = layer.scale[frame] / 127 / 2 + 1e-12
            assert (np.abs(shown - expected) <= most).all()
    assert (maps[0].values[:, 2] == 128).all(), "a silenced neuron gives 0 everywhere"


def test_the_first_row_is_the_upper_one() -> None:
    config = lesson.Config(inputs=("x2", "x1"))
    shown = input_maps(config, -2, 2, 4).decoded()[0]
    np.testing.assert_allclose(shown[0, :, 0], [1.5, 0.5, -0.5, -1.5], atol=0.01)
    np.testing.assert_allclose(shown[1, 0], [-1.5, -0.5, 0.5, 1.5], atol=0.01)


def test_the_maps_of_the_largest_network_stay_small() -> None:
    """30 frames of the 16 neurons of one layer, and of the output in more detail."""
    config = lesson.Config(hidden_sizes=(16,) * 6, n_epochs=10)
    run = lesson.train(*make(), config)
    rows = run.params[frames(run)]
    assert len(rows) == 30
    one_layer = neuron_maps(rows, config, -4, 4, 20)[:1]
    answer = neuron_maps(rows, config, -4, 4, 50)[-1:]
    assert size_in_bytes(one_layer + answer) < 300_000


@pytest.mark.parametrize("n_records", [1, 2, 29, 30, 31, 302])
def test_the_frames_begin_and_end_with_the_run(n_records: int) -> None:
    run = lesson.train(*make(n_samples=20), lesson.Config(n_epochs=301, batch_size=None))
    part = lesson.train(
        *make(n_samples=20),
        lesson.Config(n_epochs=max(n_records - 1, 1), batch_size=None, record_every=1),
    )
    for history in (run, part):
        rows = frames(history)
        assert (rows[0], rows[-1]) == (0, history.n_records - 1)
        assert rows.size == min(30, history.n_records)
        assert np.diff(rows).min(initial=99) > 0
