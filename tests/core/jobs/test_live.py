import numpy as np
from distributed.protocol import deserialize_bytes, serialize_bytelist

from core.jobs.live import Live, Point, from_message, pictures, to_message


def test_a_message_survives_the_way_through_dask():
    live = Live(
        "run",
        2,
        "learning",
        epoch=1.5,
        points=(Point(1.25, 0.5, 0.8, 0.6, 0.7), Point(1.5, 0.4, 0.9, 0.5, 0.8)),
        first_layer=np.arange(2 * 28 * 28, dtype=np.uint8).reshape(2, 28, 28),
        trouble=("The disk is full at {path}.", {"path": "here"}),
    )
    sent = deserialize_bytes(b"".join(serialize_bytelist(to_message(live))))
    back = from_message(sent)
    assert back.points == live.points
    assert back.trouble == live.trouble
    np.testing.assert_array_equal(back.first_layer, live.first_layer)


def test_pictures_show_sign_and_strength():
    weight = np.zeros((3, 784), np.float32)
    weight[0, 5], weight[1, 7] = 2, -0.1
    shown = pictures(weight, n_units=2)
    assert shown.shape == (2, 28, 28)
    assert shown[0, 0, 5] == 255
    assert shown[1, 0, 7] == 0
    assert (shown == 128).sum() == 2 * 784 - 2


def test_kernels_are_pictures_too():
    kernels = np.zeros((20, 1, 5, 5), np.float32)
    kernels[3, 0, 4, 0] = -1
    shown = pictures(kernels)
    assert shown.shape == (16, 5, 5)
    assert shown[3, 4, 0] == 0
    live = Live("run", 1, "learning", first_layer=shown)
    np.testing.assert_array_equal(from_message(to_message(live)).first_layer, shown)
