import dataclasses
import inspect
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.curves import mlp as lesson
from core.curves.mlp import torch_lesson
from core.datasets import two_steps
from core.formula import breakable
from pages.asking.guesses import N_POINTS
from pages.asking.prediction import PREDICTIONS
from tests.pages.charts import table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/curves/mlp/mlp.py"
SECONDS = 60


def last_loss(app: AppTest) -> float:
    return float(table(app, "frames")["loss"].iloc[-1])


def finish(app: AppTest) -> torch_lesson.Config:
    """Let the run that the page shows come to its end, and show that."""
    (config, *_), run = list(app.session_state["torch_runs"].items())[-1]
    run.wait(SECONDS)
    app.run()
    return config


def test_the_page_starts_with_the_lessons_own_run(open_page: Open) -> None:
    app = open_page(PAGE)
    history = lesson.train(*two_steps(), lesson.Config())
    assert last_loss(app) == history.loss[-1]


@pytest.mark.parametrize(
    ("kind", "key", "value", "config"),
    [
        ("slider", "mlp_h", 5, {"n_hidden": 5}),
        ("select_slider", "mlp_rate", 0.5, {"learning_rate": 0.5}),
        ("slider", "mlp_batch", 50, {"batch_size": 50}),
        ("toggle", "mlp_shuffle", False, {"shuffle": False}),
        ("number_input", "mlp_seed", 7, {"seed": 7}),
        ("select_slider", "mlp_epochs", 200, {"n_epochs": 200}),
    ],
)
def test_every_control_changes_what_it_says(
    kind: str, key: str, value: Any, config: dict[str, Any], open_page: Open
) -> None:
    app = open_page(PAGE, mlp_epochs="100")
    getattr(app, kind)(key=key).set_value(value).run()
    history = lesson.train(*two_steps(), lesson.Config(**{"n_epochs": 100} | config))
    assert last_loss(app) == history.loss[-1]


@pytest.mark.parametrize(
    ("kind", "key", "value", "config"),
    [
        ("slider", "mlp_layers", 2, {"n_hidden_layers": 2}),
        ("selectbox", "mlp_act", "gelu", {"activation": "gelu"}),
        ("selectbox", "mlp_loss", "binary_cross_entropy", {"loss": "binary_cross_entropy"}),
        ("selectbox", "mlp_opt", "momentum", {"optimiser": "momentum"}),
        ("slider", "mlp_h", 2, {"n_hidden": 2}),
    ],
)
def test_every_control_of_pytorch_changes_what_it_says(
    kind: str, key: str, value: Any, config: dict[str, Any], open_page: Open
) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="10")
    getattr(app, kind)(key=key).set_value(value).run()
    app.button(key="torch_train").click().run()
    wanted = finish(app)
    assert wanted == torch_lesson.Config(n_epochs=10, **config)
    assert not app.exception
    assert app.latex[-1].value == f"$$\n{breakable(torch_lesson.FORMULAS[wanted.loss])}\n$$"
    expected = torch_lesson.train(*two_steps(), torch_lesson.Config(n_epochs=10, **config))
    assert last_loss(app) == expected.loss[-1]


def test_a_run_of_pytorch_is_guessed_before_it_and_both_engines_are_compared_at_its_end(
    open_page: Open,
) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="100")
    assert not app.get("vega_lite_chart")
    assert app.button(key="guess_draw")
    asked = app.session_state[PREDICTIONS]["mlp"]
    asked.phase, asked.guess = "told", [0.0] * N_POINTS  # as the pad tells it
    app.run()
    assert any("You will see" in text.value for text in app.markdown)
    app.button(key="torch_train").click().run()
    config = finish(app)
    assert any("your curve is off by" in text.value.lower() for text in app.markdown)
    assert table(app, "guess")["update"].iloc[-1] == 700
    assert app.session_state["progress"].entries["mlp/mlp_curve"].tries == 1
    scratch = lesson.train(*two_steps(), lesson.Config(n_epochs=100))
    assert last_loss(app) == pytest.approx(scratch.loss[-1], abs=1e-12)
    assert "the two engines differ by at most" in app.success[0].value
    assert config.n_epochs == 100
    app.session_state["take_away"] = True
    app.run()
    assert "Player (HTML)" in [one.label for one in app.get("download_button")]


def test_what_only_pytorch_knows_is_not_compared(open_page: Open) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="10", mlp_act="tanh")
    app.button(key="torch_train").click().run()
    finish(app)
    assert not app.success
    assert any("knows one hidden layer of sigmoids" in text.value for text in app.caption)


def test_a_run_is_kept_while_others_are_shown(open_page: Open) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="10")
    app.button(key="torch_train").click().run()
    finish(app)
    loss = last_loss(app)
    app.slider(key="mlp_h").set_value(1).run()
    assert app.button(key="torch_train")
    app.slider(key="mlp_h").set_value(3).run()
    assert last_loss(app) == loss


def test_a_change_during_a_run_starts_a_new_one_and_says_so(open_page: Open) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="50000")
    app.button(key="torch_train").click().run()
    (old,) = app.session_state["torch_runs"].values()
    assert old.is_active
    app.select_slider(key="mlp_epochs").set_value(10).run()
    assert any("so a new run has started" in text.value for text in app.info)
    finish(app)
    old.wait(SECONDS)
    assert old.state == "stopped"
    assert table(app, "frames")["update"].iloc[-1] == 70


@pytest.mark.long
def test_stop_and_resume_lose_nothing(open_page: Open) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="500")
    app.button(key="torch_train").click().run()
    app.button(key="torch_stop").click().run()
    assert any("stopped" in element.proto.text for element in app.get("progress"))
    app.button(key="torch_resume").click().run()
    finish(app)
    expected = torch_lesson.train(*two_steps(), torch_lesson.Config(n_epochs=500))
    assert last_loss(app) == expected.loss[-1]


def test_the_settings_are_there_again_after_another_page(open_page: Open) -> None:
    app = open_page(PAGE)
    app.slider(key="mlp_h").set_value(6).run()
    app.select_slider(key="mlp_epochs").set_value(100).run()
    app.switch_page("pages/lines/one_weight/one_weight.py").run()
    app.query_params.clear()
    app.switch_page(PAGE).run()
    assert app.slider(key="mlp_h").value == 6
    expected = lesson.train(*two_steps(), lesson.Config(n_hidden=6, n_epochs=100))
    assert last_loss(app) == expected.loss[-1]


@pytest.mark.parametrize(
    ("preset", "config"),
    [(0, {"n_hidden": 1}), (1, {"n_hidden": 2}), (2, {"seed": 39}), (3, {"n_hidden": 16})],
)
def test_the_presets_do_what_they_say(preset: int, config: dict[str, Any], open_page: Open) -> None:
    app = open_page(PAGE, mlp_epochs="10")
    app.button(key=f"preset_{preset}").click().run()
    expected = lesson.train(*two_steps(), lesson.Config(**config))
    assert last_loss(app) == expected.loss[-1]
    assert (last_loss(app) > 0.05) == (preset in (0, 2))


def test_training_on_shows_the_same_run_with_more_epochs(open_page: Open) -> None:
    app = open_page(PAGE, mlp_epochs="10")
    app.button(key="mlp_train_on").click().run()
    expected = lesson.train(*two_steps(), lesson.Config(n_epochs=100))
    assert last_loss(app) == expected.loss[-1]
    assert app.select_slider(key="mlp_epochs").value == 100


@pytest.mark.long
def test_the_preset_for_pytorch_finds_the_curve(open_page: Open) -> None:
    app = open_page(PAGE)
    app.button(key="preset_4").click().run()
    app.button(key="torch_train").click().run()
    config = finish(app)
    assert (config.activation, config.optimiser) == ("relu", "adam")
    assert last_loss(app) < 0.03


def test_the_code_that_ran_is_pytorchs_where_that_trains(open_page: Open) -> None:
    app = open_page(PAGE, engine="torch", mlp_epochs="10")
    assert inspect.getsource(torch_lesson.descend) in shown_code(app)


def test_many_starts_show_which_are_stuck(open_page: Open) -> None:
    app = open_page(PAGE, mlp_epochs="2000")
    app.button(key="many_train").click().run()
    starts = table(app, "starts")
    assert len(starts) == 50
    for seed in (0, 17):
        config = lesson.Config(n_epochs=2000, seed=seed)
        expected = lesson.train(*two_steps(), config).loss[-1]
        assert starts.query("seed == @seed")["loss"].item() == expected
    stuck = [button for button in app.button if button.key.startswith("start_")]
    assert stuck
    seed = int(stuck[0].key.removeprefix("start_"))
    assert starts.query("seed == @seed")["role"].item() == "now"
    (numbers,) = [text.value for text in app.markdown if "flattest neuron" in text.value]
    assert numbers.count("\n") == len(stuck) + 2
    app.button(key="many_train_on").click().run()
    on = lesson.train(*two_steps(), lesson.Config(n_epochs=5000)).loss[-1]
    assert table(app, "starts").query("seed == 0")["loss"].item() == on
    app.select_slider(key="mlp_epochs").set_value(2000).run()
    app.button(key="many_train").click().run()
    app.button(key=f"start_{seed}").click().run()
    assert app.number_input(key="mlp_seed").value == seed
    shown = dataclasses.replace(lesson.Config(n_epochs=2000), seed=seed)
    assert last_loss(app) == lesson.train(*two_steps(), shown).loss[-1]
