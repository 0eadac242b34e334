import dataclasses
import io
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.datasets import as_samples
from core.digits.recipe import ARTICLE, MODERN, Recipe, to_dict
from core.lab.lesson_run import recipe_of, records
from core.lines import gradient_descent as lesson
from core.store.records import EpochRow, Run, Status
from core.store.store import Store
from tests.pages.charts import specification, table
from tests.pages.conftest import Open

PAGE = "pages/lab/compare/compare.py"


def train(
    store: Store,
    name: str,
    recipe: Recipe = MODERN,
    accuracies: tuple[float, ...] = (0.9, 0.95),
    owner: str = "local",
    status: Status = "done",
    held_out: tuple[float, ...] = (),
) -> Run:
    """A run of Train with these test accuracies, and the same on the held-out images or others."""
    held_out = held_out or accuracies
    rows = [
        EpochRow(n, 55_000 * n, 2.0 * n, 1 / n, 1 / n, a, held_out[n - 1], 1.1 / n, a)
        for n, a in enumerate(accuracies, start=1)
    ]
    return store.runs.create(owner, name, to_dict(recipe), n_epochs=9, status=status, epochs=rows)


def descent(store: Store, name: str, seed: int = 0) -> Run:
    """A kept run of Gradient descent."""
    samples = as_samples([1.0, 2.0], [1.0 + seed, 4.0])
    config = lesson.Config(n_epochs=4, batch_size=1, learning_rate=0.05)
    data = {"samples": "noisy_line", "seed": seed}
    epochs = records(lesson.train(*samples, config), 2, 1)
    recipe = recipe_of(config, samples, data)
    kind = "lines/gradient_descent"
    return store.runs.create(
        "local", name, recipe, kind=kind, n_epochs=4, status="done", epochs=epochs
    )


def listed(app: AppTest) -> pd.DataFrame:
    frame: pd.DataFrame = app.dataframe[0].value
    return frame


def drawn(app: AppTest) -> set[str]:
    return set(table(app, "points")["name"])


def sentences(app: AppTest) -> str:
    texts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return " ".join(text.value for text in texts)


def link(*runs: Run | str) -> str:
    return ",".join(run.id if isinstance(run, Run) else run for run in runs)


@pytest.mark.usefixtures("store")
def test_without_a_run_it_says_how_to_come_by_one(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "No run is saved yet" in sentences(app)
    assert not app.dataframe
    links = {element.proto.page for element in app.get("page_link")}
    assert {"train", "gradient_descent"} <= links


def test_the_newest_runs_of_a_page_are_compared_at_first(store: Store, open_page: Open) -> None:
    for name in ("oldest", "second", "third", "newest"):
        train(store, name)
    descent(store, "a line")
    for name in ("newer", "newer still"):
        train(store, name)
    app = open_page(PAGE)
    assert listed(app)["name"].tolist()[:3] == ["newer still", "newer", "a line"]
    assert drawn(app) == {"newer still", "newer", "newest"}


def test_a_row_sums_the_run_up(store: Store, open_page: Open) -> None:
    by_held_out = (0.9, 0.94, 0.95, 0.93)  # the test images choose nothing
    train(
        store, "forgets", accuracies=(0.9, 0.98, 0.97, 0.94), status="stopped", held_out=by_held_out
    )
    descent(store, "a line")
    rows = listed(open_page(PAGE)).set_index("name")
    of_train, of_line = rows.loc["forgets"], rows.loc["a line"]
    assert (of_train["best_accuracy"], of_train["last_accuracy"]) == (0.97, 0.94)
    assert of_train["loss"] == pytest.approx(1.1 / 4)
    assert of_train["seconds"] == 8
    assert of_train["epochs"] == 4
    assert (of_train["state"], of_train["page"]) == ("stopped", "Train")
    assert of_line["epochs"] == 4
    assert of_line["loss"] >= 0
    assert of_line[["best_accuracy", "seconds"]].isna().all()


def test_what_lies_outside_the_axes_is_told(store: Store, open_page: Open) -> None:
    train(store, "even", accuracies=(0.9, 0.92, 0.93))
    assert "outside the axes" not in sentences(open_page(PAGE))
    train(store, "late", accuracies=(0.1, 0.95, 0.96, 0.97))
    assert "Some early epochs lie outside the axes" in sentences(open_page(PAGE))


def test_a_link_opens_the_comparison_in_its_colours(store: Store, open_page: Open) -> None:
    a, _, c = (train(store, name) for name in "abc")
    app = open_page(PAGE, runs=link(c, "", a))
    points = table(app, "points")
    assert dict(zip(points["name"], points["role"], strict=True)) == {"c": "run_1", "a": "run_3"}
    assert app.query_params["runs"] == link(c, "", a)


def test_runs_of_others_are_looked_at_and_no_more(store: Store, open_page: Open) -> None:
    hers = train(store, "hers", owner="ada")
    app = open_page(PAGE, runs=link(hers))
    assert drawn(app) == {"hers"}
    assert "not yours" in sentences(app)
    assert "hers" not in "".join(field.value for field in app.text_input)
    assert not [button for button in app.button if button.key == "cmp_delete"]
    assert store.runs.get(hers.id) == hers


def test_runs_that_are_gone_are_counted(store: Store, open_page: Open) -> None:
    app = open_page(PAGE, runs=link("0" * 16, train(store, "mine"), "1" * 16))
    assert "have been deleted: 2" in sentences(app)
    assert drawn(app) == {"mine"}
    alone = open_page(PAGE, runs="2" * 16)
    assert "have been deleted: 1" in sentences(alone)


@pytest.mark.parametrize("junk", ["'; drop table runs", ",,,,", "x" * 3000, "0123"])
def test_a_link_that_names_no_run_chooses_none(junk: str, store: Store, open_page: Open) -> None:
    train(store, "mine")
    app = open_page(PAGE, runs=junk)
    assert "Tick runs in the table" in sentences(app)
    assert listed(app)["name"].tolist() == ["mine"]


def test_a_run_gets_another_name(store: Store, open_page: Open) -> None:
    run = train(store, "first")
    app = open_page(PAGE)
    app.text_input(key=f"cmp_name_{run.id}").set_value("  second ").run()
    assert listed(app)["name"].tolist() == ["second"]
    app.text_input(key=f"cmp_name_{run.id}").set_value("   ").run()
    assert [toast.value for toast in app.toast] == ["The name must have 1 to 80 characters, not 0."]
    assert store.runs.get(run.id).name == "second"


def test_deleting_asks_and_cannot_be_undone(store: Store, open_page: Open) -> None:
    kept, lost = train(store, "kept"), train(store, "*lost*")
    app = open_page(PAGE, runs=link(lost))
    assert r"Delete **\*lost\***?" in sentences(app)
    assert store.runs.get(lost.id)
    app.button(key="cmp_delete").click().run()
    assert store.runs.get(lost.id) is None
    assert store.runs.epochs(lost.id) == []
    assert store.runs.get(kept.id)
    assert listed(app)["name"].tolist() == ["kept"]
    assert "runs" not in app.query_params


def test_a_run_at_work_must_be_stopped_first(store: Store, open_page: Open) -> None:
    run = train(store, "busy", status="running")
    app = open_page(PAGE)
    assert "Stop them on the page Train first" in sentences(app)
    assert not [button for button in app.button if button.key == "cmp_delete"]
    assert listed(app)["state"].tolist() == ["training"]
    assert store.runs.get(run.id)


def test_the_next_epoch_of_a_run_at_work_is_there_when_it_looks_again(
    store: Store, open_page: Open
) -> None:
    run = store.runs.create("local", "busy", to_dict(MODERN), n_epochs=9)
    attempt = store.queue.claim(run.id)
    app = open_page(PAGE)
    assert "No epoch yet: busy." in sentences(app)
    layouts = []
    for n in (1, 2):
        row = EpochRow(n, n, 1.0 * n, 1.0, 1.0, 0.5, 0.5, 1.0, 0.5)
        store.checkpoints.save_epoch(run.id, attempt, row, b"", b"", best=True)
        app.run()
        assert table(app, "points")["epoch"].max() == n
        layouts.append(specification(app))
    assert layouts[0] == layouts[1]
    assert listed(app)["epochs"].tolist() == [2]


def test_the_sidebar_chooses_what_is_listed_and_not_what_is_drawn(
    store: Store, open_page: Open
) -> None:
    train(store, "Fast one")
    train(store, "slow one", status="failed")
    descent(store, "fast line")
    app = open_page(
        PAGE, runs=link(*(run for run in store.runs.matching() if run.name == "slow one"))
    )
    app.text_input(key="cmp_text").set_value("FAST ").run()
    assert listed(app)["name"].tolist() == ["fast line", "Fast one"]
    assert drawn(app) == {"slow one"}
    app.selectbox(key="cmp_kind").set_value("digits").run()
    assert listed(app)["name"].tolist() == ["Fast one"]
    app.selectbox(key="cmp_state").set_value("failed").run()
    assert "No run fits" in sentences(app)
    assert drawn(app) == {"slow one"}
    again = open_page(PAGE, cmp_text="slow", cmp_kind="digits", cmp_state="failed")
    assert listed(again)["name"].tolist() == ["slow one"]


def test_what_differs_is_in_sight_and_the_rest_is_folded(store: Store, open_page: Open) -> None:
    train(store, "a")
    train(store, "b", dataclasses.replace(MODERN, learning_rate=0.01, seed=4))
    app = open_page(PAGE)
    differing, same = (element.value for element in app.table)
    assert list(differing.index) == ["Learning rate η", "Seed"]
    assert differing.loc["Learning rate η"].tolist() == ["0\\.01", "**0\\.002**"]
    assert list(differing.columns) == ["b", "a"]
    others = {"name", "channels", "kernel_size"}  # these are of a convolutional network alone
    assert len(same) == len(dataclasses.fields(MODERN)) - len(differing) - len(others)


def test_runs_with_the_same_name_are_told_apart(store: Store, open_page: Open) -> None:
    train(store, "twin")
    train(store, "twin")
    app = open_page(PAGE)
    assert drawn(app) == {"twin", "twin (2)"}
    assert "Nothing: all settings are the same" in sentences(app)


def test_what_cannot_be_compared_is_told_in_a_sentence(store: Store, open_page: Open) -> None:
    modern, article = train(store, "modern"), train(store, "article", ARTICLE)
    line, other = descent(store, "line"), descent(store, "other", seed=1)
    told = sentences(open_page(PAGE, runs=link(modern, article)))
    assert "different losses small (cross-entropy, mean squared error)" in told
    assert "The accuracies can be compared." in told
    told = sentences(open_page(PAGE, runs=link(modern, line)))
    assert "learn different things (Train, Gradient descent)" in told
    assert "different samples" in sentences(open_page(PAGE, runs=link(line, other)))
    for alone in ((modern,), (line,)):
        assert not open_page(PAGE, runs=link(*alone)).info[:-1]  # the last is what to remember


def test_lessons_have_no_place_on_the_axis_of_seconds(store: Store, open_page: Open) -> None:
    runs = link(train(store, "digits"), descent(store, "line"))
    app = open_page(PAGE, runs=runs, cmp_x="seconds")
    assert drawn(app) == {"digits"}
    assert "not drawn: line." in sentences(app)
    app.get_by_key("cmp_x").set_value("images").run()
    assert drawn(app) == {"digits", "line"}
    assert table(app, "points").groupby("name")["x"].max().to_dict() == {
        "digits": 110_000,
        "line": 8,
    }


def test_more_runs_than_colours(store: Store, open_page: Open) -> None:
    runs = [train(store, f"run {n}") for n in range(9)]
    app = open_page(PAGE, runs=link(*runs[:8]))
    app.session_state["compared_places"] = [run.id for run in runs]
    app.run()
    assert drawn(app) == {f"run {n}" for n in range(8)}
    assert "9 runs are chosen." in sentences(app)
    assert app.query_params["runs"] == link(*runs[:8])


def test_the_files_hold_the_table_and_the_curves(store: Store, open_page: Open) -> None:
    from core.charts.lab.compare import Shown
    from core.lab.compare.learning_curves import curve
    from pages.lab.compare.learning_curves import csv

    run = train(store, 'a, "b"')
    text = csv([Shown(0, run.name, curve(run, store.runs.epochs(run.id)))])
    read = pd.read_csv(io.StringIO(text))
    assert read["run"].tolist() == 2 * [run.name]
    assert read["test_accuracy"].tolist() == [0.9, 0.95]
    labels = {element.proto.label for element in open_page(PAGE).get("download_button")}
    assert labels == {"Table (CSV)", "Curves (CSV)"}


def test_a_store_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    (tmp_path / "neuron_ladder.sqlite3").write_bytes(b"no database at all" * 100)
    app = open_page(PAGE)
    assert len(app.error) == 1
    assert "neuron_ladder.sqlite3 is damaged" in app.error[0].value


def test_a_store_that_goes_away_takes_nothing_with_it(
    store: Store, tmp_path: Path, open_page: Open
) -> None:
    run = train(store, "mine")
    app = open_page(PAGE)
    with sqlite3.connect(tmp_path / "neuron_ladder.sqlite3") as database:
        database.execute("ALTER TABLE runs RENAME TO away")
    app.run()
    assert len(app.error) == 1
    with sqlite3.connect(tmp_path / "neuron_ladder.sqlite3") as database:
        database.execute("ALTER TABLE away RENAME TO runs")
    app.run()
    assert not app.error
    assert drawn(app) == {"mine"}
    assert store.runs.get(run.id)


def test_the_loss_is_in_powers_of_ten_where_it_spans_more_than_two_until_the_reader_says(
    store: Store, open_page: Open
) -> None:
    near, far = (
        train(store, name, accuracies=(0.9,) * n) for name, n in (("near", 3), ("far", 101))
    )
    app = open_page(PAGE, runs=near.id)
    assert app.toggle(key="cmp_log").value is False
    app = open_page(PAGE, runs=f"{near.id},{far.id}")
    assert app.toggle(key="cmp_log").value is True
    assert not app.exception
    app.toggle(key="cmp_log").set_value(False).run()
    assert app.toggle(key="cmp_log").value is False
    app.run()
    assert app.toggle(key="cmp_log").value is False
    assert open_page(PAGE, runs=near.id, cmp_log="true").toggle(key="cmp_log").value is True
