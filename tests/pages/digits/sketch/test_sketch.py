import io
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from core.digits import mnist
from core.digits.recognise import shipped_models
from tests import ROOT
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/sketch/sketch.py"

# Where pages/shared/canvas.py keeps the drawing; its component can be imported in the app only.
IMAGE, STROKES = "drawn_image", "drawn_strokes"


def seven() -> Image.Image:
    image = Image.new("L", (280, 280))
    pen = ImageDraw.Draw(image)
    pen.line([(80, 60), (200, 60), (120, 230)], fill=255, width=20, joint="curve")
    return image


def scribble() -> NDArray[np.uint8]:
    image = Image.new("L", (280, 280))
    pen = ImageDraw.Draw(image)
    points = [(40 + 25 * i, 60 if i % 2 else 220) for i in range(9)]
    pen.line(points, fill=255, width=20, joint="curve")
    pen.line([(y, x) for x, y in points], fill=255, width=20, joint="curve")
    return np.asarray(image)


def as_file(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def answer(app: AppTest) -> str:
    return str(app.metric[0].value)


def with_drawing(app: AppTest) -> AppTest:
    app.session_state[IMAGE] = np.asarray(seven())
    app.session_state[STROKES] = []
    return app.run()


def test_an_empty_canvas_has_no_answer(open_page: Open) -> None:
    app = open_page(PAGE)
    assert answer(app) == "–"
    assert table(app, "bars")["probability"].tolist() == [0.1] * 10


def test_a_drawing_is_read(open_page: Open) -> None:
    app = with_drawing(open_page(PAGE))
    assert answer(app) == "7"
    bars = table(app, "bars")
    assert bars["probability"].idxmax() == 7
    assert bars["role"][7] == "model"
    assert bars["probability"].sum() == pytest.approx(1)


def test_a_drawing_survives_a_page_switch(open_page: Open) -> None:
    app = with_drawing(open_page(PAGE))
    app.switch_page("pages/lines/one_weight/one_weight.py").run()
    assert not app.exception
    app.switch_page(PAGE).run()
    assert answer(app) == "7"


def test_the_networks_can_be_compared(open_page: Open) -> None:
    app = with_drawing(open_page(PAGE))
    seen = [table(app, "bars")["probability"].tolist()]
    for name in ("cnn", "modern", "article"):
        app.selectbox(key="net").set_value(name).run()
        assert not app.exception
        assert answer(app) == "7"
        assert table(app, "bars")["probability"].tolist() not in seen
        seen.append(table(app, "bars")["probability"].tolist())


def test_every_shipped_network_can_be_chosen(open_page: Open) -> None:
    app = open_page(PAGE)
    assert set(app.selectbox(key="net").options) == {
        "Sketch (MNIST, strokes)",
        "Convolutional (the same data)",
        "Modern (MNIST, Adam)",
        "Article (MNIST, squared error)",
    }
    for name in shipped_models():
        app = open_page(PAGE, net=name)
        assert app.selectbox(key="net").value == name


@pytest.mark.parametrize(
    ("locale", "unsure", "reason"),
    [
        ("en-US", "unsure", "This looks like no digit that the network has seen."),
        ("zh-CN", "没有把握", "这不像网络见过的任何数字。"),
    ],
)
def test_a_doubt_is_told_and_the_bars_stay(
    locale: str, unsure: str, reason: str, open_page: Open
) -> None:
    app = open_page(PAGE, locale)
    app.session_state[STROKES] = []
    app.session_state[IMAGE] = scribble()
    app.run()
    assert answer(app) == "–"
    assert app.metric[0].delta == unsure
    assert reason in [caption.value for caption in app.caption]
    bars = table(app, "bars")
    assert bars["probability"].sum() == pytest.approx(1)
    assert set(bars["role"]) == {"data"}
    app.session_state[IMAGE] = np.asarray(seven())
    app.run()
    assert answer(app) == "7"
    assert reason not in [caption.value for caption in app.caption]


@pytest.mark.parametrize(
    ("locale", "name", "short", "reason"),
    [
        ("en-US", "dot", "a blob", "This is almost a blob"),
        ("zh-CN", "dot", "一团墨", "这几乎是一团墨"),
        ("en-US", "turned", "on its side", "This looks like a digit that lies on its side."),
        ("zh-CN", "turned", "横躺着", "这看起来是一个横躺着的数字。"),
        ("en-US", "paper", "no ink found", "No ink stands out from the paper."),
        ("zh-CN", "paper", "没有找到墨迹", "纸上看不出墨迹。"),
    ],
)
def test_an_upload_that_is_refused_is_told_why(
    locale: str, name: str, short: str, reason: str, open_page: Open
) -> None:
    app = open_page(PAGE, locale, **{"from": "file"})
    app.file_uploader[0].upload("digit.png", as_file(refused(name))).run()
    assert not app.exception
    assert answer(app) == "–"
    assert app.metric[0].delta == short
    assert any(caption.value.startswith(reason) for caption in app.caption)


def refused(name: str) -> Image.Image:
    if name == "dot":
        image = Image.new("L", (280, 280))
        ImageDraw.Draw(image).ellipse((120, 120, 150, 150), fill=255)
        return image
    if name == "turned":
        return seven().rotate(90)
    if name == "paper":
        light = np.linspace(240, 150, 300).astype(np.uint8)[:, None]
        return Image.fromarray(light.repeat(400, axis=1))
    return Image.open(ROOT / "tests" / "core" / "digits" / "data" / f"{name}.png")


def test_two_digits_are_read_as_a_number(open_page: Open) -> None:
    app = open_page(PAGE, "zh-CN", **{"from": "file"})
    app.file_uploader[0].upload("two.png", as_file(refused("two_16_125"))).run()
    assert not app.exception
    assert (answer(app), app.metric[0].delta) == ("16", "2 个数字")
    assert any("| **6** |" in text.value for text in app.markdown)


def test_an_empty_canvas_is_no_doubt(open_page: Open) -> None:
    app = open_page(PAGE)
    assert app.metric[0].delta == "nothing drawn yet"
    assert "Nothing is drawn." not in [caption.value for caption in app.caption]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_upload_is_read(kind: str, open_page: Open) -> None:
    app = open_page(PAGE, **{"from": "file"})
    app.file_uploader[0].upload(f"seven.{kind.lower()}", as_file(seven(), kind)).run()
    assert not app.exception
    assert answer(app) == "7"


@pytest.mark.parametrize(
    "content",
    [b"", b"no image at all", as_file(seven())[:200], as_file(Image.new("1", (10_000, 3_000)))],
    ids=["empty", "text", "truncated", "too many pixels"],
)
def test_a_bad_upload_gets_one_sentence(content: bytes, open_page: Open) -> None:
    app = open_page(PAGE, "zh-CN", **{"from": "file"})
    app.file_uploader[0].upload("seven.png", content).run()
    assert not app.exception
    assert len(app.error) == 1
    sentence = app.error[0].value
    assert sentence.endswith("。")
    assert answer(app) == "–"


def test_a_damaged_archive_is_told_in_one_sentence(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for archive in mnist.FOLDER.glob("*.gz"):
        (tmp_path / archive.name).write_bytes(b"damaged")
    monkeypatch.setattr(mnist.load, "__defaults__", (tmp_path,))
    st.cache_resource.clear()
    app = open_page(PAGE, "zh-CN", **{"from": "mnist"})
    assert len(app.error) == 1
    assert "已损坏" in app.error[0].value


def test_a_missing_network_is_told_in_one_sentence(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("pages.shared.networks.network_choice.MODELS", tmp_path)
    st.cache_resource.clear()
    app = open_page(PAGE)
    assert len(app.error) == 1
    assert "is missing, damaged or of another network" in app.error[0].value


def test_the_first_training_image_is_a_five(open_page: Open) -> None:
    app = open_page(PAGE, **{"from": "mnist", "part": "train"})
    assert answer(app) == "5"
    app.number_input(key="image").set_value(1).run()
    assert answer(app) == str(mnist.load("train").labels[1])


def test_another_part_of_mnist_has_its_own_last_image(open_page: Open) -> None:
    app = open_page(PAGE, **{"from": "mnist", "part": "train", "image": "59999"})
    assert answer(app) == "8"
    app.selectbox(key="part").set_value("test").run()
    assert not app.exception
    assert app.number_input(key="image").value <= 9999
