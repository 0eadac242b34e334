from collections.abc import Iterator
from threading import Semaphore
from types import SimpleNamespace

import numpy as np
import pytest

from core.background import BackgroundRun
from core.digits.mnist import Digits
from core.digits.recipe import Recipe
from core.digits.sketch import epoch_by_epoch
from tests.core.digits.strokes import draw
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE, RUN = "pages/digits/sketch/sketch.py", "judged_run"


def epochs(*answers: int) -> BackgroundRun:
    """A finished run whose network gives one answer to everything, another after each epoch."""
    records = []
    for answer in answers:
        bias = np.zeros(10, np.float32)
        bias[answer] = 5
        weights = {"1.weight": np.zeros((10, 784), np.float32), "1.bias": bias}
        records.append(SimpleNamespace(weights=weights, test_accuracy=0.9))
    run = BackgroundRun(iter(records))
    run.wait()
    return run


def sentences(app: object) -> str:
    return " ".join(text.value for text in app.markdown)  # type: ignore[attr-defined]


def test_without_a_drawing_mnists_first_test_image_stands_in(open_page: Open) -> None:
    app = open_page(PAGE, look="train")
    app.session_state[RUN] = epochs(3, 7, 7)
    app.run()
    assert not app.exception
    assert "First right after epoch **2**: a 7." in sentences(app)
    cells = table(app, "cells")
    assert cells[cells["role"] == "model"]["epoch"].tolist() == [2, 3]
    assert cells[cells["role"] == "now"]["epoch"].tolist() == [1]


def test_the_reader_says_which_digit_it_is(open_page: Open) -> None:
    app = open_page(PAGE, look="train")
    app.session_state[RUN] = epochs(7, 3, 7, 1)
    app.session_state["drawn_image"], app.session_state["drawn_strokes"] = draw(7), []
    app.run()
    assert "First read as **1**, its present answer, after epoch **4**." in sentences(app)
    app.session_state["judged_digit"] = 7
    app.run()
    assert "First right after epoch **1**: a 7." in sentences(app)
    assert "By now it reads something else again." in sentences(app)
    app.session_state["judged_digit"] = 5
    app.run()
    assert "No epoch so far reads it as **5**." in sentences(app)


def test_a_forgotten_digit_is_told(open_page: Open) -> None:
    app = open_page(PAGE, look="train")
    app.session_state[RUN] = epochs(7, 3, 7, 7)
    app.run()
    assert "it has kept it since epoch 3" in sentences(app)


def test_a_run_is_started_stopped_and_kept(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, asked_for = Semaphore(2), []

    def train(recipe: Recipe, digits: Digits, test: Digits) -> Iterator[SimpleNamespace]:
        asked_for.append((recipe.seed, len(digits.labels), len(test.labels)))
        for record in epochs(*range(10)).records:
            may_go_on.acquire()
            yield record

    monkeypatch.setattr("core.digits.train.train", train)
    app = open_page(PAGE, look="train")
    app.button(key="judged_train").click().run()
    run = app.session_state[RUN]
    run.stop()
    may_go_on.release()
    run.wait()
    n = len(run.records)
    assert n < 10
    app.run()
    assert app.button(key="judged_resume")
    app.switch_page("pages/lines/one_weight/one_weight.py").run()
    app.switch_page(PAGE).run()
    assert app.session_state[RUN] is run
    app.button(key="judged_again").click().run()
    assert app.session_state[RUN] is not run
    may_go_on.release(20)
    app.session_state[RUN].wait()
    assert asked_for == [(0, 5_500, 1_000), (1, 5_500, 1_000)]


def test_without_torch_it_is_told_in_one_sentence(open_page: Open) -> None:
    def no_torch():
        raise ModuleNotFoundError("No module named 'torch'")
        yield

    app = open_page(PAGE, look="train")
    run = BackgroundRun(no_torch())
    run.wait()
    app.session_state[RUN] = run
    app.run()
    assert [error.value for error in app.error] == [
        "This needs PyTorch, which is not installed here."
    ]


@pytest.mark.long
def test_the_recipe_is_the_one_the_page_names(open_page: Open) -> None:
    text = sentences(open_page(PAGE, look="train"))
    assert "-".join(map(str, epoch_by_epoch.RECIPE.layer_sizes)) in text
    assert f"{epoch_by_epoch.N_IMAGES:,} images" in text
