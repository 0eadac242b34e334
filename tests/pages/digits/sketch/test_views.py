import re
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.digits.image.preparation import to_mnist
from core.digits.network.files import FOLDER, read_model, write_model
from core.digits.sketch.inside import activations, incoming_weights
from core.digits.sketch.why import evidence
from core.number import signed
from tests.core.digits.networks import random_convolutional
from tests.core.digits.strokes import draw
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/sketch/sketch.py"


@pytest.fixture
def seven(open_page: Open):  # type: ignore[no-untyped-def]
    def open_with_seven(locale: str = "en-US", **link: str) -> AppTest:
        return drawn(open_page(PAGE, locale, **link), draw(7))

    return open_with_seven


def drawn(app: AppTest, image: np.ndarray) -> AppTest:  # type: ignore[type-arg]
    app.session_state["drawn_strokes"] = []
    app.session_state["drawn_image"] = image
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(str(e.value) for e in [*app.caption, *app.markdown, *app.header, *app.info])


def captions(app: AppTest) -> list[str]:
    return [caption for image in app.get("image") for caption in image.captions]


def test_before_the_first_stroke_there_is_only_a_sentence(open_page: Open) -> None:
    for look in ("inside", "why", "near"):
        app = open_page(PAGE, look=look)
        assert "Draw a digit: here you then see" in texts(app)
        assert len(app.get("vega_lite_chart")) == 1


def test_every_unit_is_a_tile(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven()
    tiles = table(app, "tiles")
    layers = activations(read_model(FOLDER / "sketch.safetensors"), to_mnist(draw(7)))
    for layer in (1, 2, 3, 4):
        shown = tiles[tiles["layer"] == layer]["activation"]
        np.testing.assert_allclose(shown, layers[layer], atol=1e-4)
    assert tiles[tiles["digit"] == "7"]["role"].item() == "model"
    assert table(app, "nodes").query("layer == 4")["unit"].tolist() == [7]
    assert 9 < len(table(app, "edges")) <= 39
    assert "Going back from 7" in texts(app)


def test_a_picked_unit_shows_its_weights_and_its_sum(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven()
    model = read_model(FOLDER / "sketch.safetensors")
    for layer, unit in ((1, 61), (3, 55), (4, 7)):
        app.selectbox(key="in_layer").set_value(str(layer)).run()
        app.number_input(key="in_unit").set_value(unit).run()
        assert not app.exception
        weights = incoming_weights(model, layer, unit)
        np.testing.assert_allclose(table(app, "cells")["value"], weights[weights != 0], rtol=1e-5)
        tile = table(app, "tiles").query(f"layer == {layer} and unit == {unit}")
        np.testing.assert_array_equal(tile[["x", "y"]], table(app, "picked")[["x", "y"]])
        said = f"Output {unit}:" if layer == 4 else f"Unit {unit} of layer {layer}:"
        [sentence] = [c.value for c in app.caption if c.value.startswith(said)]
        numbers = [float(n.replace("−", "-")) for n in re.findall(r"[+−]\d+\.\d\d", sentence)]
        assert numbers[0] + numbers[1] == pytest.approx(numbers[2], abs=0.011)
        assert max(numbers[2], 0) == pytest.approx(tile["activation"].item(), abs=0.01)


def test_a_shorter_layer_has_fewer_units(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven(in_unit="150")
    app.selectbox(key="in_layer").set_value("4").run()
    assert not app.exception
    assert app.number_input(key="in_unit").value <= 9


def test_why_7_and_not_another(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven(look="why")
    model = read_model(FOLDER / "sketch.safetensors")
    pixels = to_mnist(draw(7))
    assert re.fullmatch(r"Why 7 and not \d\?", app.header[0].value)
    seen = []
    for other in (1, 9):
        app.selectbox(key="why_not").set_value(str(other)).run()
        assert app.header[0].value == f"Why 7 and not {other}?"
        parts = evidence(model, pixels, 7, other)
        cells = table(app, "cells")
        np.testing.assert_allclose(cells["value"].sum(), parts.ink.sum(), atol=1e-3)
        assert len(table(app, "ink")) == np.count_nonzero(pixels)
        assert f"**{signed(parts.lead)}**" in texts(app)
        seen.append(cells["value"].tolist())
    assert seen[0] != seen[1]
    app.selectbox(key="why_for").set_value("9").run()
    assert "Choose two different digits." in [info.value for info in app.info]


def test_the_one_and_the_other_may_change_places(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven(look="why", why_for="1", why_not="7")
    assert app.header[0].value == "Why 1 and not 7?"
    assert "network, 7 is" in texts(app)
    assert "times as likely as 1" in texts(app)


def test_the_nearest_training_images(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven(look="near")
    assert "All three are a 7" in texts(app)
    assert len([c for c in captions(app) if re.match(r"7: image [\d,]+, distance", c)]) == 3


def test_the_honesty_switch(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven()
    assert not [c for c in captions(app) if c.startswith("Only shrunk")]
    app.toggle(key="straight").set_value(True).run()
    assert [c for c in captions(app) if c.startswith("Only shrunk: 7")]
    assert "Here both ways give the same answer." in texts(app)
    drawn(app, draw(7, zoom=0.35, shift=(5, 170)))
    assert [c for c in captions(app) if c.startswith("Prepared as MNIST was: 7")]
    assert not [c for c in captions(app) if c.startswith("Only shrunk: 7")]
    assert "answers differently" in texts(app)


@pytest.mark.parametrize("look", ["inside", "why", "near"])
def test_a_session_keeps_nothing_of_a_drawing_but_the_last(look: str, seven) -> None:  # type: ignore[no-untyped-def]
    app = seven(look=look, straight="true")
    before = set(app.session_state.to_dict())
    for i in range(4):
        drawn(app, draw(i % 2, shift=(3 * i, 0)))
    assert set(app.session_state.to_dict()) == before


@pytest.mark.parametrize("look", ["inside", "why", "near"])
def test_the_convolutional_network_too(
    look: str,
    seven,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    model = random_convolutional(hidden=(13,), channels=(5, 11), kernel_size=5, activation="tanh")
    write_model(tmp_path / "cnn.safetensors", model)
    monkeypatch.setattr("pages.shared.networks.network_choice.MODELS", tmp_path)
    monkeypatch.setattr("core.digits.sketch.nearest.MOST_WITH_MAPS", 50)
    st.cache_resource.clear()
    app = seven(net="cnn", look=look)
    if look == "inside":
        assert table(app, "tiles").groupby("layer").size().tolist() == [5, 11, 13, 10]
        for layer in "1234":
            app.selectbox(key="in_layer").set_value(layer).run()
            assert not app.exception
            assert len(table(app, "cells"))
        assert "a tile is a channel" in texts(app)
    elif look == "why":
        assert len(table(app, "cells")) > 50
    else:
        assert len([c for c in captions(app) if "distance" in c]) == 3
    st.cache_resource.clear()


def test_after_a_guess_it_says_what_to_do_and_then_what_became_of_it(seven) -> None:  # type: ignore[no-untyped-def]
    app = seven()
    app.button(key="guess_right").click().run()
    assert "Now draw a small digit in a corner" in texts(app)
    drawn(app, draw(7, zoom=0.35, shift=(5, 170)))
    app.pills(key="drew").set_value(7).run()
    assert re.search(r"You said “It still reads my digit”\. .*: “It (gives|reads an)", texts(app))
    assert "Now draw" not in texts(app)
