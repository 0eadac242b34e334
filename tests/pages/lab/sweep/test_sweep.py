"""Lab → Sweep: the test plays the workers, through the real store."""

import dataclasses
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.digits.duration import estimate
from core.digits.recipe import ARTICLE, MODERN, from_dict
from core.jobs.contest import HOPELESS
from core.lab import playground_run
from core.lab.playground_run import train_recipe
from core.lab.sweep.plan import Sweep, from_settings
from core.lab.sweep.sampling import cells
from core.messages import InputError
from core.store.database import Database
from core.store.errors import StoreError
from core.store.records import EpochRow, Run, SweepRow
from core.store.store import Store
from core.store.sweeps import Sweeps
from pages.lab.sweep.controls import USUAL
from pages.runs.recipe_controls import values_of
from pages.runs.run_words import between
from tests.pages.charts import table
from tests.pages.conftest import Open
from tests.pages.fake_jobs import SPEED, FakeJobs
from tests.pages.folds import shown_code

pytestmark = pytest.mark.usefixtures("store")

PAGE = "pages/lab/sweep/sweep.py"
SMALL = {"sw_learning_rate": "0.001,0.01", "sw_batch_size": "64,256"}


def text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.header)
    return "\n".join(element.value for kind in kinds for element in kind)


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def started(app: AppTest) -> SweepRow:
    """Press Start; return the sweep."""
    app.button(key="sw_start").click().run()
    assert not app.exception
    return Store().sweeps.of_owner("local")[0]


def linked(app: AppTest) -> str:
    """The sweep that the link names."""
    value: str | list[str] = app.query_params["sweep"]
    return value if isinstance(value, str) else value[0]


def sweep_of(row: SweepRow) -> Sweep:
    return from_settings(row.settings)


def runs_of(store: Store, row: SweepRow) -> list[Run]:
    return sorted(store.runs.matching(sweep=row.id), key=lambda run: run.trial or 0)


def work(store: Store, run: Run, *accuracies: float, ends: Any = None, **told: Any) -> None:
    """What a worker does: claim the run, store epochs, and end it."""
    attempt = store.queue.claim(run.id)
    assert attempt
    for number, accuracy in enumerate(accuracies, start=1):
        row = EpochRow(
            epoch=number,
            images=5_000 * number,
            seconds=1.0 * number,
            validation_accuracy=accuracy,
            test_accuracy=accuracy - 0.01,
        )
        store.checkpoints.save_epoch(run.id, attempt, row, b"", b"", best=True)
    if ends:
        store.queue.end(run.id, attempt, ends, **told)


@pytest.fixture
def small(open_page: Open) -> AppTest:
    """The page with a grid of four cells."""
    return open_page(PAGE, **SMALL)


# What is planned.


@pytest.mark.usefixtures("idle")
def test_before_it_starts_the_page_says_how_many_runs_epochs_and_seconds(small: AppTest) -> None:
    sweep_seconds = sum(
        estimate(
            dataclasses.replace(
                MODERN, learning_rate=rate, batch_size=size, n_images=5_000, n_epochs=6
            ),
            SPEED,
        )
        for rate in (0.001, 0.01)
        for size in (64, 256)
    )
    share = (4 * 1 + 2 * 2 + 1 * 3) / 24  # half stop after the first epoch, half after the third
    said = text(small)
    seconds = sweep_seconds * share / 2
    assert "**4 runs** · about 11 of 24 epochs · " in said
    assert f"{between(seconds, 2 * seconds)} with 2 at once" in said
    assert "Learning rate η: 0.001, 0.01 · Batch size B: 64, 256" in said


def test_each_run_is_estimated_once_at_an_edit(
    small: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimated = list[Any]()
    monkeypatch.setattr(
        "pages.lab.sweep.launch.estimate", lambda recipe, _: estimated.append(recipe) or 1.0
    )
    small.get_by_key("sw_batch_size").set_value("32,64,128").run()
    assert "**6 runs**" in text(small)
    assert len(estimated) == 6


def test_without_pruning_all_epochs_are_told(open_page: Open) -> None:
    app = open_page(PAGE, sw_prune="false", **SMALL)
    assert "**4 runs** · 24 epochs · " in text(app)


def test_a_random_search_of_few_runs_says_what_it_draws_from(open_page: Open) -> None:
    app = open_page(PAGE, sw_how="random", sw_runs="3")
    assert not app.error
    assert "Learning rate η: 0.0001 … 0.1 · Batch size B: 64, 256, 1,024" in text(app)


def test_until_the_speed_is_known_it_is_measured(open_page: Open, jobs: FakeJobs) -> None:
    jobs.speed = None
    assert "measuring how fast" in text(open_page(PAGE))


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"sw_learning_rate": "1..0.1"}, "learning_rate: a range must rise, but 0.1 is not above"),
        ({"sw_learning_rate": ","}, "learning_rate has no value to try"),
        ({"sw_learning_rate": "<b>"}, "learning_rate: <b> is no number"),
        (
            {"sw_learning_rate": "1e-4..1:100", "sw_b": "dropout", "sw_dropout": "0..0.9:100"},
            "The sweep would have 10,000 runs; it may have from 1 to 1,000.",
        ),
        ({"sw_runs": "2"}, "2 runs are too few for this grid"),
        ({"sw_learning_rate": "0.1", "sw_batch_size": "64"}, "Nothing varies"),
        ({"sw_b": "kernel_size"}, "A dense network has no kernel: choose a recipe with"),
    ],
)
def test_what_cannot_be_swept_is_told_and_cannot_be_started(
    link: dict[str, str], sentence: str, open_page: Open
) -> None:
    app = open_page(PAGE, **link)
    assert sentence in "\n".join(error.value for error in app.error)
    assert "Start the sweep" not in labels(app)
    assert "How the best is chosen" in text(app)  # the rest of the page is there


def test_the_controls_make_the_sweep(open_page: Open, store: Store) -> None:
    app = open_page(PAGE)
    app.selectbox(key="sw_a").set_value("dropout").run()
    app.text_input(key="sw_dropout").set_value("0..0.4").run()
    app.selectbox(key="sw_b").set_value("layer_sizes").run()
    app.text_input(key="sw_layer_sizes").set_value("none,30").run()
    app.selectbox(key="sw_c").set_value("optimiser").run()
    app.text_input(key="sw_optimiser").set_value("sgd,adam").run()
    app.get_by_key("sw_how").set_value("random").run()
    app.number_input(key="sw_runs").set_value(7).run()
    app.toggle(key="sw_prune").set_value(False).run()
    app.selectbox(key="sw_base").set_value("article").run()
    app.number_input(key="sw_epochs").set_value(3).run()
    app.select_slider(key="sw_images").set_value(200).run()
    app.number_input(key="sw_seed").set_value(5).run()
    sweep = sweep_of(started(app))
    base = dataclasses.replace(ARTICLE, name="own", n_epochs=3, n_images=200, seed=5)
    assert sweep.base == base
    assert sweep.names == ("dropout", "layer_sizes", "optimiser")
    assert (sweep.method, sweep.n_runs, sweep.prunes) == ("random", 7, False)
    assert [
        run.recipe["dropout"] for run in runs_of(store, Store().sweeps.of_owner("local")[0])
    ] == [cell["dropout"] for cell in cells(sweep)]


def test_a_hyperparameter_is_chosen_once(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "learning_rate" not in app.selectbox(key="sw_b").options
    app.selectbox(key="sw_b").set_value("none").run()
    assert not [box for box in app.selectbox if box.key == "sw_c"]
    assert "**5 runs**" not in text(app)
    assert "**24 runs**" in text(app)  # the one range gets all of them


@pytest.mark.parametrize("number", range(4))
def test_every_thing_to_try_can_be_started(number: int, open_page: Open) -> None:
    app = open_page(PAGE)
    app.button(key=f"sw_try_{number}").click().run()
    assert not app.exception
    assert not app.error
    expected = {0: 28, 1: 27, 2: 30, 3: 28}[number]
    assert sweep_of(started(app)).n_planned == expected


def test_the_command_line_follows_the_controls(small: AppTest) -> None:
    assert shown_code(small, "sweep_command") == (
        "python -m core.digits.sweep --learning-rate 0.001,0.01 --batch-size 64,256"
        f" --n-images {USUAL['sw_images']} --epochs {USUAL['sw_epochs']}"
    )


# A sweep that goes on.


def test_start_queues_all_runs_at_once_and_the_map_fills_in(small: AppTest, store: Store) -> None:
    row = started(small)
    assert linked(small) == row.id
    runs = runs_of(store, row)
    assert [run.status for run in runs] == ["queued"] * 4
    cell = table(small, "cells")
    assert sorted(cell["below"]) == ["waiting"] * 4
    work(store, runs[0], 0.8, 0.9, ends="done")
    work(store, runs[1], 0.7)
    work(store, runs[2], 0.3, ends="diverged")
    small.run()
    cell = table(small, "cells").set_index("trial")
    assert cell["above"].to_dict() == {0: "90.0", 1: "70.0", 2: "30.0", 3: ""}
    assert cell["below"].to_dict() == {0: "", 1: "training 1/6", 2: "diverged", 3: "waiting"}
    assert cell["role"].to_dict() == {0: "best", 1: "model", 2: "now", 3: "model"}
    assert "2 of 4 runs are over · 4 epochs" in small.get("progress")[0].proto.text


def test_the_best_is_chosen_by_held_out_images_and_told_with_the_test_images(
    small: AppTest, store: Store
) -> None:
    first, second, *_ = runs_of(store, started(small))
    work(store, first, 0.8, 0.95, 0.9, ends="done")
    work(store, second, 0.94, ends="done")
    small.run()
    said = text(small)
    assert "**Best so far:** Learning rate η" in said
    assert "**95.0 %** of the held-out images right, 94.0 % of the test images, after epoch 2" in (
        said
    )
    assert "Others are still learning" in said


def test_why_a_run_was_ended_early_is_told(small: AppTest, store: Store) -> None:
    first, second, *_ = runs_of(store, started(small))
    work(store, first, 0.9, ends="done")
    values = {"epoch": 1, "own": "20.0", "least": "90.0"}
    work(store, second, 0.2, ends="pruned", message=HOPELESS, values=values)
    small.run()
    assert "Ended early (×): 1 of 4 runs" in text(small)
    small.selectbox(key="sw_cell").set_value(1).run()
    assert "Ended early: after epoch 1 it had read 20.0 % of the held-out images right" in (
        text(small)
    )
    shown = table(small, "cells").set_index("trial")
    assert shown["outline"][1] == "ink"
    assert table(small, "ends")["trial"].tolist() == [1]
    assert set(table(small, "curves")["role"]) == {"best", "ink"}


def test_stop_keeps_what_is_done_and_go_on_queues_the_rest(small: AppTest, store: Store) -> None:
    row = started(small)
    first, second, *_ = runs_of(store, row)
    work(store, first, 0.9, ends="done")
    work(store, second, 0.8)
    small.run()
    small.button(key="sw_stop").click().run()
    (at_work,) = (run for run in runs_of(store, row) if run.status == "running")
    assert (at_work.id, at_work.wanted) == (second.id, "stop")
    store.queue.give_back(second.id, at_work.attempt)  # its worker obeys
    small.run()
    assert [run.status for run in runs_of(store, row)] == ["done", *["stopped"] * 3]
    assert "Stop" not in labels(small)
    assert "1 of 4 runs are over · 2 epochs" in small.get("progress")[0].proto.text
    assert small.get("progress")[0].proto.value < 100
    small.button(key="sw_resume").click().run()
    assert [run.status for run in runs_of(store, row)] == ["done", *["queued"] * 3]
    assert "Go on" not in labels(small)


def test_delete_leaves_nothing_and_shows_the_sweep_before(small: AppTest, store: Store) -> None:
    before = started(small)
    small.text_input(key="sw_batch_size").set_value("64,128,256").run()
    row = started(small)
    assert linked(small) == row.id
    small.button(key="sw_delete").click().run()
    assert store.runs.matching(sweep=row.id) == []
    assert linked(small) == before.id
    assert len(table(small, "cells")) == 4


def test_another_name(small: AppTest, store: Store) -> None:
    row = started(small)
    small.text_input(key=f"sw_name_{row.id}").set_value("my *rates*").run()
    assert store.sweeps.of_owner("local")[0].name == "my *rates*"
    assert r"my \*rates\*" in text(small)
    small.text_input(key=f"sw_name_{row.id}").set_value(" ").run()
    assert "The name must have 1 to 80 characters" in text(small)


def test_one_can_see_an_older_sweep(small: AppTest) -> None:
    first = started(small)
    assert not [box for box in small.selectbox if box.label == "My sweeps"]
    small.text_input(key="sw_batch_size").set_value("64,128,256").run()
    second = started(small)
    (choice,) = [box for box in small.selectbox if box.label == "My sweeps"]
    assert choice.value == second.id
    choice.set_value(first.id).run()
    assert linked(small) == first.id
    assert len(table(small, "cells")) == 4


# On from there.


def test_the_best_is_one_click_from_train(small: AppTest, store: Store) -> None:
    first, second, *_ = runs_of(store, started(small))
    work(store, first, 0.5, ends="done")
    work(store, second, 0.9, ends="done")
    small.run()
    small.button(key="sw_best_train").click().run()
    assert not small.exception
    wanted = values_of(from_dict(second.recipe))
    assert {key: small.session_state[key] for key in wanted} == wanted


def test_the_playgrounds_network_is_swept_and_the_best_opened_there(
    open_page: Open, store: Store
) -> None:
    values = {"learning_rate": "0.01,0.3", "hidden_sizes": "none,3-2"}
    texts = {f"swp_{name}": text for name, text in values.items()}
    points = {"pg_shape": "moons", "pg_n": "60", "seed": "4"}
    settings = {"pg_act": "relu", "pg_epochs": "30", "pg_off": "1.1"} | points
    app = open_page(PAGE, sw_of="playground", sw_b="hidden_sizes", **texts, **settings)
    assert "**4 runs** · 120 epochs · " in text(app)
    assert "**two moons**" in text(app)
    assert "python -m core.digits.sweep" not in text(app)
    runs = runs_of(store, started(app))
    for run in runs:
        assert run.kind == playground_run.KIND
        ended, rows = train_recipe(playground_run.from_dict(run.recipe))
        attempt = store.queue.claim(run.id)
        assert attempt
        store.checkpoints.save_curve(run.id, attempt, rows)
        store.queue.end(run.id, attempt, ended)
    app.run()
    assert not app.exception
    assert table(app, "cells")["validation"].ne("").all()
    assert " of the test samples right, " in text(app)
    app.button(key="sw_best_playground").click().run()
    assert not app.exception
    assert app.title[0].value == "Playground"
    reached = {
        run.id: max(r.validation_accuracy for r in store.runs.epochs(run.id)) for run in runs
    }
    best = max(runs, key=lambda run: reached[run.id])
    assert app.select_slider(key="pg_rate").value == best.recipe["learning_rate"]
    sizes = best.recipe["hidden_sizes"]
    assert app.slider(key="pg_layers").value == len(sizes)
    assert [app.number_input(key=f"pg_h{i + 1}").value for i in range(len(sizes))] == sizes
    assert app.selectbox(key="pg_shape").value == "moons"
    assert table(app, "frames")["loss"].iloc[-1] == store.runs.epochs(best.id)[-1].train_loss


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"pg_shape": "bump"}, "A sweep compares accuracies"),
        ({"pg_test": "0"}, "A sweep compares runs by test samples"),
        ({"src": "own"}, "There are no points to learn from"),
    ],
)
def test_what_of_the_playground_cannot_be_swept_is_told(
    link: dict[str, str], told: str, open_page: Open
) -> None:
    app = open_page(PAGE, sw_of="playground", **link)
    assert not app.exception
    assert told in app.error[0].value


def test_a_run_can_be_opened_and_the_best_compared(small: AppTest, store: Store) -> None:
    first, second, *_ = runs_of(store, started(small))
    work(store, first, 0.5, ends="done")
    small.run()
    assert "Compare the best 2" not in labels(small)
    work(store, second, 0.9, ends="done")
    small.run()
    small.button(key="sw_compare").click().run()
    assert not small.exception
    assert small.title[0].value == "Compare"
    assert set(table(small, "points")["name"]) == {first.name, second.name}


def test_the_runs_of_a_sweep_do_not_crowd_the_page_train(small: AppTest, store: Store) -> None:
    row = started(small)
    small.switch_page("pages/digits/train/train.py").run()
    assert not small.exception
    assert not any(run.name in text(small) for run in runs_of(store, row))


# Links, languages, troubles.


def test_a_link_shows_anyones_sweep_but_gives_no_orders(open_page: Open, store: Store) -> None:
    row = started(open_page(PAGE, **SMALL))
    settings, planned = row.settings, [("one", runs_of(store, row)[0].recipe)]
    other = store.sweeps.create("somebody", "theirs", settings, planned)
    app = open_page(PAGE, sweep=other.id)
    assert "theirs" in text(app)
    assert "Stop" not in labels(app)
    assert "Delete this sweep" not in labels(app)


@pytest.mark.parametrize("link", ["0123456789abcdef", "nonsense", "'; drop table sweeps; --"])
def test_a_link_to_nothing_is_told(link: str, open_page: Open) -> None:
    app = open_page(PAGE, sweep=link)
    assert "There is no sweep with this link" in text(app)


def test_controls_come_from_the_link_and_stay_when_one_looks_elsewhere(open_page: Open) -> None:
    app = open_page(PAGE, sw_a="dropout", sw_dropout="0,0.25", sw_how="random", sw_runs="2")
    app.selectbox(key="sw_b").set_value("none").run()
    assert "**2 runs**" in text(app)
    app.switch_page("pages/lab/compare/compare.py").run()
    app.switch_page(PAGE).run()
    assert app.text_input(key="sw_dropout").value == "0,0.25"
    assert app.get_by_key("sw_how").value == "random"
    assert "**2 runs**" in text(app)


def test_trouble_with_the_workers_is_told(small: AppTest, jobs: FakeJobs) -> None:
    started(small)
    jobs.trouble = InputError("The workers are on strike.")
    small.run()
    assert "The workers are on strike. The runs wait in the queue until then." in text(small)


@pytest.mark.parametrize("few", [20, 1])
def test_each_look_reads_no_epoch_that_was_seen_before(
    few: int, small: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.lab.sweep.snapshot.FEW", few)
    first, second, third, _ = runs_of(store, started(small))
    work(store, first, 0.5, 0.9)
    small.run()
    of_all, read = Sweeps.epochs, list[str]()
    monkeypatch.setattr(Sweeps, "epochs", lambda *a: read.append("all") or of_all(*a))
    small.run()
    assert read == []
    work(store, second, 0.8)
    work(store, third, 0.7, 0.6, 0.65)
    row = EpochRow(epoch=3, images=15_000, seconds=3.0, validation_accuracy=0.95)
    store.checkpoints.save_epoch(first.id, 1, row, b"", b"", best=True)
    small.run()
    assert read == ([] if few == 20 else ["all"])
    curves = table(small, "curves").groupby("trial")["accuracy"].agg(list)
    assert curves.to_dict() == {0: [0.5, 0.9, 0.95], 1: [0.8], 2: [0.7, 0.6, 0.65]}


def test_a_store_that_is_away_leaves_what_was_seen_last(
    small: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = runs_of(store, started(small))
    work(store, first, 0.9, ends="done")
    small.run()

    def away(*_: object, **__: object) -> None:
        raise StoreError("The database cannot be reached.")

    for method in ("reading", "writing"):
        monkeypatch.setattr(Database, method, away)
    small.run()
    assert not small.exception
    assert "The database cannot be reached. Below is what was seen last." in text(small)
    assert "90.0" in set(table(small, "cells")["above"])
    small.button(key="sw_start").click().run()
    assert "The database cannot be reached." in [error.value for error in small.error]


def test_a_random_search_of_three_lets_the_reader_choose_the_axes(open_page: Open) -> None:
    link = {"sw_c": "dropout", "sw_dropout": "0..0.5", "sw_batch_size": "16..1024"}
    app = open_page(PAGE, sw_how="random", sw_runs="5", **link)
    row = started(app)
    rates = [cell["learning_rate"] for cell in cells(sweep_of(row))]
    dropouts = [cell["dropout"] for cell in cells(sweep_of(row))]
    assert table(app, "cells")["x"].tolist() == rates
    app.get_by_key("sw_axes").set_value("batch_size.dropout").run()
    assert table(app, "cells")["y"].tolist() == dropouts


def test_the_page_speaks_chinese(open_page: Open, store: Store) -> None:
    app = open_page(PAGE, "zh-CN", **SMALL)
    first, *_ = runs_of(store, started(app))
    work(store, first, 0.9, ends="done")
    app.run()
    assert not app.exception
    assert "Sweep" not in text(app)
