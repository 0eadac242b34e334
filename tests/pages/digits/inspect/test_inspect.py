from pathlib import Path

import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.digits import mnist
from core.digits.network.files import write_model
from core.digits.recognise import load_recogniser, shipped_models
from tests.core.digits.networks import random_convolutional
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/digits/inspect/inspect.py"


def captions(app: AppTest) -> list[list[str]]:
    """What stands below the pictures, list by list."""
    return [[image.caption for image in element.proto.imgs] for element in app.get("image")]


def text(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


@pytest.fixture
def article(open_page: Open) -> AppTest:
    return open_page(PAGE, net="article")


def test_the_accuracy_is_the_cards_for_each_network(article: AppTest) -> None:
    for name in ("article", "modern"):
        article.selectbox(key="net").set_value(name).run()
        card = load_recogniser(shipped_models()[name]).card
        assert article.metric[0].value == f"{100 * card.test_accuracy:.2f} %"
        digits = table(article, "digits")
        assert digits["accuracy"].tolist() == pytest.approx(list(card.test_accuracy_per_digit))


def test_a_cell_opens_its_images(article: AppTest) -> None:
    cells = table(article, "cells").set_index(["label", "answer"])
    assert f"**{cells['count'][9, 4]}** images of a 9 are read as a 4." in text(article)
    assert len(captions(article)[0]) == cells["count"][9, 4]
    article.selectbox(key="truth").set_value(5)
    article.selectbox(key="read_as").set_value(3).run()
    assert f"**{cells['count'][5, 3]}** images of a 5 are read as a 3." in text(article)
    assert len(captions(article)[0]) == cells["count"][5, 3]
    framed = table(article, "cells").dropna(subset="shown")
    assert framed[["label", "answer"]].to_numpy().tolist() == [[5, 3]]


def test_of_a_full_cell_the_surest_are_shown(open_page: Open) -> None:
    app = open_page(PAGE, net="article", truth="7", read_as="7")
    assert "**988** images of a 7 are read as a 7." in text(app)
    assert len(captions(app)[0]) == 24
    assert "The 24 surest answers, with their probability." in [c.value for c in app.caption]


def test_an_empty_cell_and_one_image_are_told(open_page: Open) -> None:
    app = open_page(PAGE, net="article", truth="1", read_as="0")
    assert "No 1 is read as a 0." in text(app)
    app.selectbox(key="read_as").set_value(4).run()
    assert "**One** image of a 1 is read as a 4." in text(app)


def test_the_worst_mistakes_name_the_digit_the_answer_and_the_probability(article: AppTest) -> None:
    worst = captions(article)[1]
    assert len(worst) == 24
    assert worst[0] == "5 → 6 · 0.00952 %"


def test_the_map_has_all_images_and_at_most_1000_pictures(article: AppTest) -> None:
    points, sample = table(article, "points"), table(article, "sample")
    assert len(points) + len(sample) == 10_000
    assert len(sample) <= 1000
    assert set(sample["digit"]) == set(range(10))
    sent = [pa.Table.from_pandas(frame, preserve_index=False) for frame in (points, sample)]
    assert sum(arrow.nbytes for arrow in sent) < 300_000


def test_silencing_a_unit_scores_again(article: AppTest) -> None:
    before = article.metric[0].value
    assert article.metric[1].label == "Read right without it"
    assert "Units silenced: 1." in text(article)
    article.get_by_key("mute_share").set_value("50").run()
    assert "Units silenced: 100." in text(article)
    half = article.metric[1].value
    assert float(half[:-2]) < float(before[:-2])
    article.get_by_key("mute_share").set_value("100").run()
    # Without any unit of a layer, every image gets the same answer: the article's is a digit.
    assert float(article.metric[1].value[:-2]) < 12
    roles = table(article, "units")["role"]
    assert set(roles) == {"now"}


def test_another_unit_and_another_layer_show_their_own(article: AppTest) -> None:
    seen = [captions(article)[-1]]
    article.number_input(key="mute").set_value(7).run()
    seen.append(captions(article)[-1])
    article.get_by_key("mute_layer").set_value("3").run()
    seen.append(captions(article)[-1])
    assert len({tuple(row) for row in seen}) == 3
    assert table(article, "units").set_index("unit")["role"][7] == "now"


def test_a_dead_unit_is_told(article: AppTest) -> None:
    article.get_by_key("mute_layer").set_value("3").run()
    units = table(article, "units").set_index("unit")
    dead = int(units.index[units["share"] == 0][0])
    article.number_input(key="mute").set_value(dead).run()
    assert f"Unit {dead} is dead" in text(article)
    assert "Images lost: 0. Images gained: 0." in text(article)
    assert "No digit suffers." in text(article)


def test_the_table_of_layers_counts_dead_units(article: AppTest) -> None:
    units = {"1": 0, "2": 0, "3": 5}  # a share of 0 in each layer's strip
    for layer, n_dead in units.items():
        assert f"| Hidden layer {layer} | 200 | {n_dead} |" in text(article)
        article.get_by_key("mute_layer").set_value(layer).run()
        assert (table(article, "units")["share"] == 0).sum() == n_dead


def test_a_convolutional_network_shows_what_applies(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    few = mnist.load("test")
    monkeypatch.setattr(
        "pages.shared.networks.own_networks.mnist.load",
        lambda _part: mnist.Digits(few.images[:300], few.labels[:300]),
    )
    write_model(tmp_path / "sketch.safetensors", random_convolutional(averages_shifts=True))
    monkeypatch.setattr("pages.shared.networks.network_choice.MODELS", tmp_path)
    st.cache_resource.clear()
    app = open_page(PAGE, mute="150")
    assert not app.exception
    assert "3×3 weights" in text(app)
    assert "reads each image once" in text(app)
    assert "| Convolution 1 | 16 |" in text(app)
    assert app.number_input(key="mute").value <= 15
    app.get_by_key("mute_layer").set_value("3").run()
    app.number_input(key="mute").set_value(40).run()
    app.get_by_key("mute_layer").set_value("1").run()
    assert not app.exception
    assert app.number_input(key="mute").value <= 15
    st.cache_resource.clear()


def test_a_damaged_archive_is_told_in_one_sentence(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for archive in mnist.FOLDER.glob("*.gz"):
        (tmp_path / archive.name).write_bytes(b"damaged")
    monkeypatch.setattr(mnist.load, "__defaults__", (tmp_path,))
    st.cache_resource.clear()
    app = open_page(PAGE)
    assert len(app.error) == 1
    assert "is damaged" in app.error[0].value
    st.cache_resource.clear()
