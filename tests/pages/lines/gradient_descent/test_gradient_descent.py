from typing import Any

import pytest

from core.datasets import noisy_line
from core.lines import gradient_descent as lesson
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/lines/gradient_descent/gradient_descent.py"


def test_the_page_shows_the_lessons_own_run(open_page: Open) -> None:
    app = open_page(PAGE)
    x, y = noisy_line()
    history = lesson.train(x, y, lesson.Config())
    assert table(app, "frames")["weight"].tolist() == history.column("weight").tolist()


@pytest.mark.parametrize(
    ("kind", "key", "value", "config"),
    [
        ("selectbox", "gd_variant", "sgd", {"batch_size": 1}),
        ("selectbox", "gd_variant", "full", {"batch_size": None}),
        ("slider", "gd_batch", 25, {"batch_size": 25}),
        ("slider", "gd_rate", 0.5, {"learning_rate": 0.5}),
        ("slider", "gd_epochs", 7, {"n_epochs": 7}),
        ("slider", "gd_start", -2.0, {"start_weight": -2.0}),
        ("toggle", "gd_shuffle", False, {"shuffle": False}),
    ],
)
def test_every_control_changes_what_it_says(
    kind: str, key: str, value: Any, config: dict[str, Any], open_page: Open
) -> None:
    app = open_page(PAGE)
    getattr(app, kind)(key=key).set_value(value).run()
    history = lesson.train(*noisy_line(), lesson.Config(**config))
    weights = table(app, "frames")["weight"]
    assert weights.iloc[-1] == history.column("weight")[-1]
    assert weights[0] == history.column("weight")[0]


@pytest.mark.parametrize(
    ("rate", "word"),
    [("0.0", "creeping"), ("0.8", "good"), ("2.0", "oscillating"), ("3.0", "diverging")],
)
def test_the_sidebar_tells_beforehand(rate: str, word: str, open_page: Open) -> None:
    app = open_page(PAGE, gd_variant="full", gd_rate=rate)
    told = next(text.value for text in app.markdown if "-badge[" in text.value)
    assert f"**{word}**" in told
    assert "Stable range: 0 < η < 2.548" in told
    assert bool(app.error) == (word == "diverging")


def test_a_diverged_run_is_explained_with_the_numbers(open_page: Open) -> None:
    app = open_page(PAGE)
    app.button(key="preset_2").click().run()
    explained = app.error[0].value
    assert "at η = 3.000" in explained
    assert "must stay below 2.548" in explained


def test_the_race_follows_the_settings(open_page: Open) -> None:
    app = open_page(PAGE, gd_epochs="3")
    race = table(app, "race")
    assert race.groupby("role")["update"].max().to_dict() == {
        "model": 300,
        "second": 30,
        "third": 3,
    }
