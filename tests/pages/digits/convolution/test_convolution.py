from base64 import b64decode
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.digits import mnist
from core.digits.convolution.kernels import BY_HAND
from core.digits.convolution.sliding import convolve, relu
from core.digits.image.preparation import to_mnist
from core.digits.recognise import Recogniser, load_recogniser, shipped_models
from pages.digits.convolution import kernel_pad
from tests.core.digits.networks import random_convolutional
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/convolution/convolution.py"

# Where pages/shared/canvas.py keeps the drawing; its component can be imported in the app only.
IMAGE, STROKES = "drawn_image", "drawn_strokes"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the pad was told last."""
    told: dict[str, Any] = {}

    def pad(*, data: dict[str, Any], **others: Any) -> None:
        told.update(data, **others)

    monkeypatch.setattr(kernel_pad, "_pad", pad)
    return told


def floats(text: str) -> np.ndarray:
    values = np.frombuffer(b64decode(text), np.float32)
    side = round(values.size**0.5)
    return values.reshape(side, side)


def text(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_the_drawing_of_sketch_is_what_the_kernel_slides_over(
    open_page: Open, shown: dict[str, Any]
) -> None:
    drawing = np.zeros((280, 280), np.uint8)
    drawing[40:240, 130:150] = 255
    app = open_page("pages/digits/sketch/sketch.py")
    app.session_state[IMAGE], app.session_state[STROKES] = drawing, []
    app.switch_page(PAGE).run()
    assert not app.exception
    seen = to_mnist(drawing)
    np.testing.assert_allclose(floats(shown["picture"]), seen)
    np.testing.assert_allclose(floats(shown["map"]), convolve(seen, BY_HAND["left"]), atol=1e-6)
    assert app.session_state["facts"]["digit"] == 1


def test_padding_stride_relu_and_pooling_change_the_map(
    open_page: Open, shown: dict[str, Any]
) -> None:
    app = open_page(PAGE, cv_from="mnist", cv_image="3")
    assert (shown["map_side"], shown["pooled"]) == (28, "")
    assert floats(shown["map"]).min() < 0
    app.toggle(key="cv_pad").set_value(False)
    app.toggle(key="cv_relu").set_value(True).run()
    picture = mnist.load("test").pixels()[3]
    expected = relu(convolve(picture, BY_HAND["left"], padding=0))
    np.testing.assert_allclose(floats(shown["map"]), expected, atol=1e-6)
    app.button_group(key="cv_stride").set_value("2")
    app.button_group(key="cv_pool").set_value("mean").run()
    assert not app.exception
    assert (shown["map_side"], shown["pooled_side"]) == (13, 6)
    assert app.session_state["facts"]["side"] == 6


def test_kernels_that_were_learned_are_the_network_s(
    open_page: Open, shown: dict[str, Any]
) -> None:
    open_page(PAGE, cv_bank="learned", cv_channel="3")
    weights = load_recogniser(shipped_models()["cnn"]).model.weights
    assert len(shown["channels"]) == 16
    np.testing.assert_allclose(shown["kernel"], weights["1.weight"][3].ravel())
    assert shown["bias"] == pytest.approx(float(weights["1.bias"][3]))


def test_a_network_with_larger_kernels_is_compared_and_counted_but_3_by_3_slides(
    open_page: Open, shown: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Recogniser(random_convolutional(hidden=(), channels=(4,), kernel_size=7))
    monkeypatch.setattr("pages.shared.networks.network_choice._shipped", lambda _name: own)
    app = open_page(PAGE, cv_bank="learned")
    assert len(shown["channels"]) == 16
    assert len(shown["kernel"]) == 9
    assert any("Your network's kernels are 7×7" in caption.value for caption in app.caption)
    assert "| convolution, 4 kernels | 200 |" in text(app)
    assert table(app, "lines")["network"].nunique() == 4


def test_what_is_typed_into_a_kernel_makes_it_one_s_own(
    open_page: Open, shown: dict[str, Any]
) -> None:
    app = open_page(PAGE, cv_kernel="own", cv_own="0,0,0,0,-2.5,0,0,0,0")
    assert shown["kernel"][4] == -2.5
    assert app.session_state["facts"]["is_own"] == 1
    bad = open_page(PAGE, cv_kernel="own", cv_own="0,0,0")
    assert shown["kernel"] == [0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert any("cv_own=0,0,0" in caption.value for caption in bad.caption)


def test_a_channel_that_a_network_does_not_have_is_its_last(
    open_page: Open, shown: dict[str, Any]
) -> None:
    open_page(PAGE, cv_bank="learned", cv_channel="200")
    assert shown["chosen"] == 15


def test_a_shift_moves_the_picture_and_is_told(open_page: Open, shown: dict[str, Any]) -> None:
    app = open_page(PAGE, cv_shift="-6")
    picture = mnist.load("test").pixels()[0]
    np.testing.assert_array_equal(floats(shown["picture"])[:, :-6], picture[:, 6:])
    assert table(app, "here")["shift"].tolist() == [-6]
    assert "**map has moved along**" in text(app)
    assert "units have switched on or off" in text(app)
    app.button_group(key="cv_stride").set_value("2").run()
    assert "only roughly" in text(app)


@pytest.mark.parametrize(("net", "n_lines"), [("sketch", 3), ("cnn", 3), ("modern", 4)])
def test_a_network_that_is_chosen_is_compared_too(
    net: str, n_lines: int, open_page: Open, shown: dict[str, Any]
) -> None:
    app = open_page(PAGE, net=net)
    assert table(app, "lines")["network"].nunique() == n_lines
    assert "| **in all** | **80,602** | **1,091,808** |" in text(app)
    assert len(shown["channels"]) == 7
