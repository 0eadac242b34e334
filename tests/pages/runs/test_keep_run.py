from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.curves.mlp import torch_lesson
from core.datasets import noisy_line, two_steps
from core.lines import gradient_descent
from core.store.store import Store
from tests.pages.charts import table
from tests.pages.conftest import Open

LESSONS = {
    "lines/one_weight": 101,
    "lines/gradient_descent": 251,
    "lines/weight_and_bias": 251,
    "curves/sigmoid_neuron": 299,
    "curves/mlp": 296,
    "planes/boundary": 201,
    "planes/playground": 274,
}
"""The lessons whose runs can be kept, and how many records their own settings make."""


def keep(app: AppTest) -> AppTest:
    app.button(key="keep_run").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("kind", LESSONS)
def test_a_lesson_is_kept_with_its_curve_and_settings(
    kind: str, store: Store, open_page: Open
) -> None:
    keep(open_page(f"pages/{kind}/{Path(kind).name}.py"))
    (run,) = store.runs.matching("local", kind=kind)
    rows = store.runs.epochs(run.id)
    assert (run.name, run.status) == ("usual settings", "done")
    assert len(rows) == LESSONS[kind]
    n_samples = run.recipe["data"]["n_samples"]
    assert rows[-1].images == run.n_epochs * n_samples
    assert rows[0].images == 0
    assert rows[-1].train_loss < rows[0].train_loss
    assert {"learning_rate", "data"} <= set(run.recipe)


def test_the_curve_is_the_one_that_the_page_shows(store: Store, open_page: Open) -> None:
    link = {"gd_rate": "0.7", "gd_variant": "full", "n": "30", "noise": "0.4", "seed": "3"}
    keep(open_page("pages/lines/gradient_descent/gradient_descent.py", **link))
    (run,) = store.runs.matching("local")
    about = dict(run.recipe["data"])
    assert about.pop("samples") == "noisy_line"
    x, y = noisy_line(**about)
    config = gradient_descent.Config(
        **{name: value for name, value in run.recipe.items() if name != "data"}
    )
    history = gradient_descent.train(x, y, config)
    assert [row.train_loss for row in store.runs.epochs(run.id)] == history.loss.tolist()
    assert run.name == "η = 0.7 · full batch"


def test_a_run_is_kept_once_and_gets_the_name_one_likes(store: Store, open_page: Open) -> None:
    app = keep(open_page("pages/lines/one_weight/one_weight.py"))
    assert [toast.value for toast in app.toast] == [
        "The run is kept. Compare shows it beside others."
    ]
    assert not [button for button in app.button if button.key == "keep_run"]
    (run,) = store.runs.matching("local")
    app.text_input(key=f"keep_{run.id}").set_value("my first").run()
    app.slider(key="ow_rate").set_value(0.2).run()
    keep(app)
    app.slider(key="ow_rate").set_value(0.5).run()
    assert app.text_input(key=f"keep_{run.id}").value == "my first"
    assert [run.name for run in store.runs.matching("local")] == ["η = 0.2", "my first"]


def test_other_data_make_another_run_of_another_name(store: Store, open_page: Open) -> None:
    app = keep(open_page("pages/lines/one_weight/one_weight.py"))
    app.slider(key="noise").set_value(0.5).run()
    keep(app)
    newer, older = store.runs.matching("local")
    assert newer.recipe["data"]["noise"] == 0.5
    assert (older.name, newer.name) == ("usual settings", "usual settings (2)")


def test_a_run_that_diverges_is_kept_as_such(store: Store, open_page: Open) -> None:
    keep(
        open_page(
            "pages/lines/gradient_descent/gradient_descent.py", gd_rate="3.5", gd_variant="full"
        )
    )
    (run,) = store.runs.matching("local")
    assert run.status == "diverged"
    assert store.runs.epochs(run.id)[-1].train_loss > 1e5


def test_standardised_samples_are_other_samples(store: Store, open_page: Open) -> None:
    app = keep(open_page("pages/lines/weight_and_bias/weight_and_bias.py"))
    app.toggle(key="wb_std").set_value(True).run()
    keep(app)
    flags = [run.recipe["data"]["standardised"] for run in store.runs.matching("local")]
    assert flags == [True, False]


@pytest.mark.parametrize("page", ["lines/one_weight", "curves/sigmoid_neuron"])
def test_own_samples_are_kept_by_their_checksum(page: str, store: Store, open_page: Open) -> None:
    keep(open_page(f"pages/{page}/{Path(page).name}.py", src="own"))
    (run,) = store.runs.matching("local")
    assert run.recipe["data"]["samples"] == "own"
    assert run.recipe["data"]["n_samples"] == 5
    assert len(run.recipe["data"]["checksum"]) == 8


def test_pytorchs_run_of_the_mlp_is_kept_beside_the_one_from_scratch(
    store: Store, open_page: Open
) -> None:
    link = {"mlp_epochs": "10", "mlp_opt": "adam"}
    app = open_page("pages/curves/mlp/mlp.py", engine="torch", **link)
    app.button(key="torch_train").click().run()
    (torch_run,) = app.session_state["torch_runs"].values()
    torch_run.wait()
    app.run()
    keep(app)
    app.get_by_key("engine").set_value("scratch").run()
    keep(app)
    scratch, torch = store.runs.matching("local", kind="curves/mlp")
    assert (scratch.recipe["engine"], torch.recipe["engine"]) == ("scratch", "torch")
    assert torch.recipe["optimiser"] == "adam"
    config = torch_lesson.Config(n_epochs=10, optimiser="adam")
    losses = [record.loss for record in torch_lesson.stream(*two_steps(), config)]
    kept = [row.train_loss for row in store.runs.epochs(torch.id)]
    np.testing.assert_allclose(kept, losses, rtol=1e-6)


def test_compare_shows_what_was_just_kept(store: Store, open_page: Open) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py")
    keep(app)
    app.slider(key="ow_rate").set_value(0.2).run()
    keep(app)
    app.switch_page("pages/lab/compare/compare.py").run()
    points = table(app, "points")
    assert set(points["name"]) == {"usual settings", "η = 0.2"}
    assert points["epoch"].max() == 1
    newer, older = store.runs.matching("local")
    app.session_state["compared_places"] = [newer.id]
    app.run()
    app.button(key="cmp_delete").click().run()
    app.switch_page("pages/lines/one_weight/one_weight.py").run()
    app.slider(key="ow_rate").set_value(0.2).run()
    assert app.button(key="keep_run")  # it is deleted, so it can be kept anew
    assert store.runs.matching("local") == [older]


def test_what_was_chosen_stays_chosen_if_it_is_of_the_same_page(
    store: Store, open_page: Open
) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py")
    first = keep(app) and store.runs.matching("local")[0]
    app.switch_page("pages/lines/gradient_descent/gradient_descent.py").run()
    second = keep(app) and store.runs.matching("local")[0]
    assert app.session_state["compared_places"] == [second.id]
    app.session_state["compared_places"] = ["", second.id, first.id]
    app.slider(key="gd_rate").set_value(0.2).run()
    third = keep(app) and store.runs.matching("local")[0]
    assert app.session_state["compared_places"] == [third.id, second.id]


def test_without_a_store_it_is_one_sentence_and_the_lesson_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path / "file" / "folder"))
    app = keep(open_page("pages/lines/one_weight/one_weight.py"))
    (toast,) = app.toast
    assert "NEURON_LADDER_HOME" in toast.value
    assert app.button(key="keep_run")
    assert len(table(app, "frames")) == 101
