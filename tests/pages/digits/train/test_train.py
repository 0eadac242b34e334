import dataclasses
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.digits import mnist, recipe
from core.digits.duration import estimate
from core.digits.network import files
from core.digits.recipe import ARTICLE, MODERN, SKETCH
from core.digits.split import split
from core.digits.train.made import files as kept
from core.digits.train.made.pool import CHUNK, chunks_of
from core.jobs.live import Live, Point
from core.messages import InputError
from core.store.address import picture_folder
from core.store.database import Database
from core.store.errors import StoreError
from core.store.records import Run
from core.store.store import Store
from pages.digits.train import progress as progress_page
from pages.runs.recipe_controls import PRESETS, values_of
from pages.runs.run_words import between, plain
from pages.shared.page import PROGRAM
from tests.pages.charts import specification, table
from tests.pages.conftest import Open
from tests.pages.fake_jobs import SPEED, FakeJobs
from tests.pages.folds import shown_code

PAGE = "pages/digits/train/train.py"
FALLING = [(1.0, 1.1, 0.8), (0.5, 0.7, 0.88), (0.3, 0.5, 0.92)]
BY_HEART = [(1.0, 1.1, 0.7), (0.4, 0.9, 0.8), (0.1, 1.2, 0.78), (0.05, 1.4, 0.79)]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A store of each test's own, on the reader's own computer."""
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.setattr("pages.shared.owner.is_local", lambda: True)
    return tmp_path


def text(app: AppTest) -> str:
    """All that the page says outside of its widgets."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.header)
    return "\n".join(element.value for kind in kinds for element in kind)


def progress(app: AppTest) -> str:
    (bar,) = app.get("progress")
    said: str = bar.proto.text
    return said


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def started(app: AppTest) -> Run:
    """Press Train; return the run."""
    app.button(key="tr_train").click().run()
    assert not app.exception
    return Store().runs.matching("local")[0]


# The controls.


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_control_and_a_change_makes_it_ones_own(
    name: str, open_page: Open
) -> None:
    app = open_page(PAGE)
    app.selectbox(key="tr_preset").set_value(name).run()
    wanted = values_of(PRESETS[name])
    shown = {key: app.session_state[key] for key in wanted if key in app.session_state}
    assert {"tr_blocks", "tr_layers", "tr_act", "tr_seed"} < set(shown)
    assert shown == {key: wanted[key] for key in shown}
    run = started(app)
    assert recipe.from_dict(run.recipe) == PRESETS[name]
    app.number_input(key="tr_epochs").set_value(7).run()
    assert app.selectbox(key="tr_preset").value == "own"
    assert recipe.from_dict(started(app).recipe) == dataclasses.replace(
        PRESETS[name], name="own", n_epochs=7
    )


@pytest.mark.parametrize("name", PRESETS)
def test_a_link_with_a_preset_opens_it(name: str, open_page: Open) -> None:
    app = open_page(PAGE, tr_preset=name)
    assert app.selectbox(key="tr_preset").value == name
    assert recipe.from_dict(started(app).recipe) == PRESETS[name]


def test_what_a_link_says_besides_its_preset_counts(open_page: Open) -> None:
    app = open_page(PAGE, tr_preset="article", tr_epochs="3", tr_rate="0.3")
    assert app.selectbox(key="tr_preset").value == "own"
    learned = recipe.from_dict(started(app).recipe)
    assert learned == dataclasses.replace(ARTICLE, name="own", n_epochs=3, learning_rate=0.3)


def test_a_value_between_or_beyond_the_marks_counts_too(open_page: Open) -> None:
    app = open_page(PAGE, tr_rate="20", tr_batch="9000", tr_images="30", tr_decay="10")
    learned = recipe.from_dict(started(app).recipe)
    assert learned == dataclasses.replace(
        MODERN, name="own", learning_rate=20, batch_size=9000, n_images=30, weight_decay=10
    )
    app = open_page(PAGE, tr_rate="2000", tr_made="false")  # more than allowed, no made pictures
    assert recipe.from_dict(started(app).recipe) == dataclasses.replace(
        MODERN, name="own", learning_rate=1000
    )


def test_every_control_changes_what_it_says(open_page: Open) -> None:
    app = open_page(PAGE)
    app.slider(key="tr_layers").set_value(2).run()
    app.number_input(key="tr_h1").set_value(30)
    app.number_input(key="tr_h2").set_value(20)
    app.selectbox(key="tr_act").set_value("tanh")
    app.selectbox(key="tr_loss").set_value("mean_squared_error")
    app.selectbox(key="tr_opt").set_value("momentum")
    app.select_slider(key="tr_rate").set_value(0.05)
    app.select_slider(key="tr_batch").set_value(64)
    app.number_input(key="tr_epochs").set_value(5)
    app.select_slider(key="tr_images").set_value(500)
    app.slider(key="tr_warp").set_value(0.2)
    app.slider(key="tr_drop").set_value(0.5)
    app.select_slider(key="tr_decay").set_value(0.001)
    app.selectbox(key="tr_sched").set_value("constant")
    app.number_input(key="tr_seed").set_value(3).run()
    assert recipe.from_dict(started(app).recipe) == recipe.Recipe(
        "own",
        "mean_squared_error",
        "momentum",
        0.05,
        batch_size=64,
        n_epochs=5,
        schedule="constant",
        distortion=0.2,
        seed=3,
        layer_sizes=(784, 30, 20, 10),
        activation="tanh",
        weight_decay=0.001,
        dropout=0.5,
        n_images=500,
    )


def test_made_pictures_fix_the_controls_they_bring_along(open_page: Open) -> None:
    app = open_page(PAGE, tr_drop="0.5")
    app.toggle(key="tr_made").set_value(True).run()
    assert app.selectbox(key="tr_opt").value == "adamw"
    assert app.slider(key="tr_drop").value == 0
    fixed = [
        app.selectbox(key="tr_opt"),
        app.slider(key="tr_drop"),
        app.select_slider(key="tr_decay"),
    ]
    assert all(widget.disabled for widget in fixed)
    assert not app.select_slider(key="tr_rate").disabled
    learned = recipe.from_dict(started(app).recipe)
    assert learned == dataclasses.replace(SKETCH, name="own", n_epochs=30)
    app.toggle(key="tr_made").set_value(False).run()
    assert not app.selectbox(key="tr_opt").disabled


def test_a_seed_of_ones_own_leaves_the_preset_what_it_is(open_page: Open) -> None:
    app = open_page(PAGE, tr_seed="5")
    assert app.selectbox(key="tr_preset").value == "modern"
    assert started(app).recipe == recipe.to_dict(dataclasses.replace(MODERN, seed=5))


@pytest.mark.usefixtures("idle")
def test_parameters_and_time_follow_the_controls(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    assert "**239,410 parameters**" in text(app)
    seconds = estimate(MODERN, SPEED)
    assert f"{between(seconds, 2 * seconds)} on this computer" in text(app)
    app.number_input(key="tr_epochs").set_value(1000).run()
    seconds = estimate(MODERN, SPEED) / 30 * 1000
    assert f"{between(seconds, 2 * seconds)} on this computer" in text(app)
    app.slider(key="tr_layers").set_value(0).run()
    assert "784-10 · **7,850 parameters**" in text(app)
    app.slider(key="tr_blocks").set_value(2).run()
    app.number_input(key="tr_c2").set_value(32)
    app.get_by_key("tr_kernel").set_value("5").run()
    wanted = dataclasses.replace(
        MODERN, n_epochs=1000, layer_sizes=(784, 10), channels=(16, 32), kernel_size=5
    )
    assert "784-16@14×14-32@7×7-10 (5×5) · **28,938 parameters**" in text(app)
    assert "12.1 % of the parameters of the dense 784-200-200-200-10" in text(app)
    seconds = estimate(wanted, SPEED)
    assert f"{between(seconds, 2 * seconds)} on this computer" in text(app)
    assert recipe.from_dict(started(app).recipe) == dataclasses.replace(wanted, name="own")
    app.select_slider(key="tr_batch").set_value(6000).run()
    (error,) = app.error
    assert error.value == "For these convolutions a batch may have at most 1594 images, not 6000."
    app.select_slider(key="tr_batch").set_value(256)
    jobs.speed = None
    app.run()
    assert "measuring how fast this computer is" in text(app)


def test_on_a_busy_computer_the_time_says_so(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (100.0, 0.0, 0.0), raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    shown = text(open_page(PAGE))
    seconds = estimate(MODERN, SPEED)
    assert f"{between(seconds, 101 * seconds)} on this computer (the upper end" in shown


@pytest.mark.usefixtures("idle")
def test_pictures_that_are_kept_cost_no_time(open_page: Open) -> None:
    def minutes(n_pictures: int) -> str:
        seconds = estimate(SKETCH, SPEED, n_pictures=n_pictures)
        return f"{between(seconds, 2 * seconds)} on this computer"

    chunks = chunks_of(SKETCH.made)
    app = open_page(PAGE, tr_preset="sketch")
    assert minutes(len(chunks) * CHUNK) in text(app)
    learned, _ = split(SKETCH, mnist.load("train"))
    folder = kept.folder_for(picture_folder(), learned)
    folder.mkdir(parents=True)
    for chunk in chunks:
        kept.path_of(chunk, folder).touch()
    app.run()
    assert minutes(0) in text(app)


def test_the_controls_keep_their_values_on_other_pages(open_page: Open) -> None:
    app = open_page(PAGE)
    app.select_slider(key="tr_rate").set_value(0.1)
    app.selectbox(key="tr_act").set_value("tanh")
    app.number_input(key="tr_h2").set_value(50).run()
    app.switch_page("pages/lines/one_weight/one_weight.py").run()
    app.switch_page(PAGE).run()
    learned = recipe.from_dict(started(app).recipe)
    assert learned == dataclasses.replace(
        MODERN,
        name="own",
        learning_rate=0.1,
        activation="tanh",
        layer_sizes=(784, 200, 50, 200, 10),
    )


def test_things_to_try_set_the_controls(open_page: Open) -> None:
    app = open_page(PAGE, tr_made="true")
    app.button(key="tr_try_0").click().run()
    assert app.select_slider(key="tr_images").value == 300
    assert not app.toggle(key="tr_made").value
    app.button(key="tr_try_3").click().run()
    assert recipe.from_dict(started(app).recipe).layer_sizes == (784, 10)


# A run, from the queue to its end.


def test_a_run_gets_a_name_a_link_and_a_place_in_the_queue(open_page: Open) -> None:
    app = open_page(PAGE)
    started(app)
    second = started(app)
    assert second.name == "Modern · 2"
    assert app.query_params["run"] == second.id
    assert progress(app) == "Waiting: number 2 in the queue"
    assert "2 runs can be trained at once here" in text(app)
    assert "Stop" in labels(app)
    assert not {"Pause", "Resume", "Save"} & {*labels(app)}


def test_a_run_at_work_shows_how_far_it_is_and_its_curves(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    attempt = jobs.work(run.id, FALLING)
    units = np.full((16, 28, 28), 128, np.uint8)
    jobs.lives[run.id] = Live(
        run.id,
        attempt,
        "learning",
        epoch=3.5,
        done=700,
        total=6000,
        images_per_second=51_234.0,
        seconds_left=42.0,
        points=(Point(3.2, 0.28, 0.93, 0.48, 0.925), Point(3.5, 0.26, 0.94, 0.47, 0.93)),
        first_layer=units,
    )
    app.run()
    assert progress(app) == "Epoch 4 of 30 · 12 % · about 40 s left · 51,200 images a second"
    assert "Test images read right: **92.0 %** after epoch 3" in text(app)
    assert "The test loss still falls with the training loss" in text(app)
    assert table(app, "curves")["epoch"].tolist() == [1, 1, 2, 2, 3, 3]
    assert table(app, "under_way")["epoch"].tolist() == [3.2, 3.2, 3.5, 3.5]
    assert table(app, "view")["epoch"].tolist() == [3]
    assert '<img src="data:image/png;base64,' in text(app)
    assert {"Pause", "Stop", "Sketch with epoch 3"} <= {*labels(app)}
    assert not {"Resume", "Save"} & {*labels(app)}


@pytest.mark.parametrize(("n", "cut"), [(0, False), (9, True)])
def test_the_chart_says_where_it_shows_less_than_was_measured(
    n: int, cut: bool, open_page: Open, jobs: FakeJobs
) -> None:
    app = open_page(PAGE)
    jobs.work(started(app).id, FALLING + [(0.05, 0.06, 0.99)] * n)
    app.run()
    assert ("Some early epochs lie outside the axes" in text(app)) == cut


def test_the_charts_layout_and_its_words_stay_while_the_run_goes_on(
    open_page: Open, jobs: FakeJobs
) -> None:
    app = open_page(PAGE)
    run = started(app)
    jobs.work(run.id, FALLING[:1])
    app.run()
    layout, alt = specification(app), app.get("vega_lite_chart")[0].proto.alt
    attempt = jobs.run(run.id).attempt
    jobs.lives[run.id] = Live(
        run.id, attempt, "learning", epoch=1.5, points=(Point(1.5, 0.6, 0.9, 0.7, 0.9),)
    )
    app.run()
    assert len(table(app, "under_way")) == 2
    assert specification(app) == layout
    assert app.get("vega_lite_chart")[0].proto.alt == alt


def test_news_of_an_earlier_attempt_are_old_news(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    jobs.work(run.id, FALLING)
    jobs.lives[run.id] = Live(run.id, 0, "learning", epoch=2.5, seconds_left=9.0)
    app.run()
    assert progress(app) == "Epoch 3 of 30"


def test_made_pictures_are_drawn_first(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE, tr_preset="sketch")
    run = started(app)
    attempt = jobs.work(run.id, [])
    jobs.lives[run.id] = Live(run.id, attempt, "pictures", done=12_000, total=150_000)
    app.run()
    assert progress(app) == "Drawing pictures to learn from: 12,000 of 150,000"


def test_pause_resume_and_stop(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    jobs.work(run.id, FALLING)
    app.run()
    app.button(key="tr_pause").click().run()
    assert jobs.run(run.id).status == "paused"
    assert {"Resume", "Save"} <= {*labels(app)}
    app.button(key="tr_resume").click().run()
    assert jobs.run(run.id).status == "queued"
    app.button(key="tr_stop").click().run()
    assert jobs.run(run.id).status == "stopped"
    assert "Pause" not in labels(app)


def test_the_epoch_that_was_dropped_by_stop_is_not_drawn(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    attempt = jobs.work(run.id, FALLING)
    jobs.lives[run.id] = Live(
        run.id, attempt, "learning", epoch=3.5, points=(Point(3.5, 0.2, 0.9, 0.4, 0.9),)
    )
    app.run()
    app.button(key="tr_pause").click().run()
    assert len(table(app, "under_way")) == 2
    jobs.resume(run.id)
    jobs.stop(run.id)
    app.run()
    assert len(table(app, "under_way")) == 0


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("diverged", "The loss has grown beyond all numbers"),
        ("done", "Since epoch 2 the test loss rises while the training loss falls"),
    ],
)
def test_the_end_is_explained(status: Any, said: str, open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    attempt = jobs.work(run.id, BY_HEART)
    jobs.store.queue.end(run.id, attempt, status)
    app.run()
    assert said in text(app)
    assert not {"Pause", "Stop", "Resume"} & {*labels(app)}
    assert "after epoch 2, the best on the held-out images" in text(app)


def test_a_run_that_failed_says_why_in_the_readers_language(
    open_page: Open, jobs: FakeJobs
) -> None:
    app = open_page(PAGE, "zh-CN")
    run = started(app)
    attempt = jobs.work(run.id, [])
    jobs.store.queue.end(
        run.id,
        attempt,
        "failed",
        message="This file cannot be read: {reason}.",
        values={"reason": "x"},
    )
    app.run()
    assert [error.value for error in app.error] == ["无法读取这个文件：x。"]
    assert "tr_resume" in [button.key for button in app.button]


def test_an_interrupted_run_can_go_on(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    jobs.work(run.id, FALLING)
    jobs.store.queue.interrupt_stale(-1)
    app.run()
    assert "All full epochs are kept" in text(app)
    app.button(key="tr_resume").click().run()
    assert progress(app) == "Waiting: number 1 in the queue"


# What goes wrong.


def away(*_: object, **__: object) -> Any:
    raise StoreError("The database {database} is busy: try again in a moment.", database="x")


def test_a_store_that_goes_away_costs_nothing_and_is_asked_again(
    open_page: Open, jobs: FakeJobs
) -> None:
    app = open_page(PAGE)
    run = started(app)
    jobs.work(run.id, FALLING)
    app.run()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("reading", "writing"):
            patch.setattr(Database, name, away)
        app.run()
        assert not app.exception
        assert "The database x is busy" in text(app)
        assert "Below is what was seen last" in text(app)
        assert len(table(app, "curves")) == 6
        app.button(key="tr_train").click().run()
        assert [error.value for error in app.error] == [
            "The database x is busy: try again in a moment."
        ]
    app.run()
    assert "is busy" not in text(app)
    assert len(Store().runs.matching("local")) == 1


def test_a_store_that_was_never_there_is_one_sentence(open_page: Open) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pages.shared.jobs._store", away)
        app = open_page(PAGE, run="0123456789abcdef")
        assert "The database x is busy" in text(app)
        assert "Trying again by itself." in text(app)


def test_workers_that_cannot_be_reached_are_told_where_the_run_waits(
    open_page: Open, jobs: FakeJobs
) -> None:
    jobs.trouble = InputError("This file cannot be read: {reason}.", reason="x")
    app = open_page(PAGE)
    started(app)
    assert "This file cannot be read: x. The run waits in the queue until then." in text(app)


def test_a_worker_that_cannot_store_says_so_while_it_waits(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    attempt = jobs.work(run.id, FALLING)
    trouble = ("This file cannot be read: {reason}.", {"reason": "x"})
    jobs.lives[run.id] = Live(run.id, attempt, "learning", epoch=3.0, trouble=trouble)
    app.run()
    assert "This file cannot be read: x. The run waits for it" in text(app)


def test_an_order_that_cannot_be_given_is_one_sentence(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    run = started(app)
    jobs.work(run.id, FALLING)
    app.run()
    jobs.stop = away  # type: ignore[method-assign]
    app.button(key="tr_stop").click().run()
    assert not app.exception
    assert "The database x is busy" in text(app)


@pytest.mark.parametrize("run_id", ["0123456789abcdef", "nonsense", "../../etc"])
def test_a_link_to_no_run_says_so(run_id: str, open_page: Open) -> None:
    app = open_page(PAGE)
    run = started(app)
    app = open_page(PAGE, run=run_id)
    assert "There is no run with this link" in text(app)
    app.button(key=f"tr_run_{run.id}").click().run()  # the reader's own is a click away
    assert run.name in [heading.value for heading in app.header]


def test_a_link_to_a_lessons_run_is_none_of_these(open_page: Open, jobs: FakeJobs) -> None:
    run = jobs.store.runs.create(
        "local", "a line", {"seed": 0}, kind="lines/one_weight", n_epochs=1
    )
    assert "There is no run with this link" in text(open_page(PAGE, run=run.id))


def test_a_recipe_of_another_version_is_one_sentence(open_page: Open, jobs: FakeJobs) -> None:
    data = recipe.to_dict(MODERN) | {"momentum": 0.5}
    run = jobs.store.runs.create("local", "new", data, n_epochs=3)
    jobs.stop(run.id)
    app = open_page(PAGE, run=run.id)
    assert "A recipe has no value named momentum." in text(app)


# Several runs.


def test_the_newest_run_is_shown_and_another_is_one_click_away(
    open_page: Open, jobs: FakeJobs
) -> None:
    names = ["first", "second", "*third* $x$"]
    runs = [jobs.store.runs.create("local", n, recipe.to_dict(MODERN), n_epochs=30) for n in names]
    jobs.work(runs[0].id, FALLING)
    app = open_page(PAGE)
    assert plain("*third* $x$") in [heading.value for heading in app.header]
    assert app.button(key=f"tr_run_{runs[0].id}").label == "**first** · training · 3/30 · 92.0 %"
    app.button(key=f"tr_run_{runs[0].id}").click().run()
    assert app.query_params["run"] == runs[0].id
    assert "first" in [heading.value for heading in app.header]
    app.switch_page("pages/lines/one_weight/one_weight.py").run()
    app.switch_page(PAGE).run()
    assert "first" in [heading.value for heading in app.header]


def test_runs_of_others_are_not_listed_and_can_only_be_looked_at(
    open_page: Open, jobs: FakeJobs
) -> None:
    run = jobs.store.runs.create("ada", "hers", recipe.to_dict(MODERN), n_epochs=30)
    attempt = jobs.work(run.id, FALLING)
    assert "hers" not in text(open_page(PAGE))
    app = open_page(PAGE, run=run.id)
    assert "hers" in text(app)
    assert not {"Pause", "Stop"} & {*labels(app)}
    jobs.store.queue.end(run.id, attempt, "paused")
    app.run()
    assert "somebody else's" in text(app)
    assert not {"Resume", "Delete this run", "Rename it"} & {*labels(app)}


def test_many_runs_are_listed_some_at_a_time(open_page: Open, jobs: FakeJobs) -> None:
    for number in range(35):
        jobs.store.runs.create("local", f"run {number}", recipe.to_dict(MODERN), n_epochs=30)
    app = open_page(PAGE)
    assert len([b for b in app.button if str(b.key).startswith("tr_run_")]) == 30
    app.button(key="tr_older").click().run()
    assert len([b for b in app.button if str(b.key).startswith("tr_run_")]) == 35


def test_a_run_is_renamed_and_deleted(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE)
    first, run = started(app), started(app)
    jobs.stop(run.id)
    app.run()
    app.text_input(key=f"tr_rename_{run.id}").set_value("  mine ").run()
    app.button(key="tr_rename").click().run()
    assert jobs.run(run.id).name == "mine"
    app.text_input(key=f"tr_rename_{run.id}").set_value(" ").run()
    app.button(key="tr_rename").click().run()
    assert "The name must have 1 to 80 characters" in text(app)
    app.button(key="tr_delete").click().run()
    assert jobs.store.runs.get(run.id) is None
    assert app.query_params["run"] == first.id


# The network that comes out.


@pytest.fixture
def finished(open_page: Open, jobs: FakeJobs) -> tuple[AppTest, Run]:
    """The page with a run of a very small network that is done; epoch 2 of 4 was its best."""
    app = open_page(PAGE, tr_layers="0", tr_epochs="4")
    run = started(app)
    attempt = jobs.work(run.id, BY_HEART)
    jobs.store.queue.end(run.id, attempt, "done")
    app.run()
    assert not app.exception
    return app, run


def test_a_convolutional_network_is_shown_saved_and_used(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE, tr_blocks="1", tr_c1="3", tr_kernel="5", tr_layers="0", tr_epochs="4")
    run = started(app)
    attempt = jobs.work(run.id, BY_HEART)
    jobs.store.queue.end(run.id, attempt, "done")
    app.run()
    assert '<img src="data:image/png;base64,' in text(app)
    assert "The kernels of the first 3 channels, 5×5 each" in text(app)
    app.button(key="tr_save").click().run()
    assert not app.exception
    (saved,) = Store().models.of_owner("local")
    found = Store().models.get(saved.id)
    assert found is not None
    card = files.from_bytes(found[1], found[0].card).card
    assert (card.channels, card.kernel_size, card.layer_sizes) == ((3,), 5, (784, 10))
    app.slider(key="tr_blocks").set_value(0).run()
    app.button(key="tr_take").click().run()
    assert app.number_input(key="tr_c1").value == 3


@pytest.mark.parametrize(("which", "epoch"), [("best", 2), ("last", 4)])
def test_the_best_or_the_last_epoch_is_saved_with_its_card(
    which: str, epoch: int, finished: tuple[AppTest, Run]
) -> None:
    app, run = finished
    app.get_by_key("tr_which").set_value(which).run()
    app.text_input(key=f"tr_name_{run.id}").set_value("my first").run()
    app.button(key="tr_save").click().run()
    assert not app.exception
    (saved,) = Store().models.of_owner("local")
    found = Store().models.get(saved.id)
    assert found is not None
    model = files.from_bytes(found[1], found[0].card)
    assert (saved.name, model.card.name, saved.run) == ("my first", "my first", run.id)
    assert (model.card.epoch_kept, model.card.epochs_done) == (epoch, 4)
    assert model.card.validation_accuracy == (0.8 if epoch == 2 else 0.79)
    assert recipe.from_dict(model.card.recipe) == recipe.from_dict(run.recipe)
    assert model.card.test_accuracy == pytest.approx(0.1009)  # all are read as 9
    assert "tr_use_saved" in [button.key for button in app.button]


def test_after_resume_the_card_says_how_far_the_run_is_now(open_page: Open, jobs: FakeJobs) -> None:
    app = open_page(PAGE, tr_layers="0", tr_epochs="4")
    run = started(app)
    jobs.work(run.id, BY_HEART[:3])
    jobs.stop(run.id)
    app.run()
    app.button(key="tr_save").click().run()
    jobs.resume(run.id)
    attempt = jobs.work(run.id, BY_HEART[3:])
    jobs.store.queue.end(run.id, attempt, "done")
    app.run()
    app.button(key="tr_save").click().run()
    assert not app.exception
    cards = [saved.card for saved in Store().models.of_owner("local")]
    assert [card["epoch_kept"] for card in cards] == [2, 2]
    assert [card["epochs_done"] for card in cards] == [4, 3]  # the newest first


def test_a_bad_name_is_one_sentence_and_saves_nothing(finished: tuple[AppTest, Run]) -> None:
    app, run = finished
    app.text_input(key=f"tr_name_{run.id}").set_value(" ").run()
    app.button(key="tr_save").click().run()
    assert "The name must have 1 to 80 characters" in text(app)
    assert Store().models.of_owner("local") == []


def test_sketch_opens_with_the_run_and_with_what_was_saved(finished: tuple[AppTest, Run]) -> None:
    app, run = finished
    app.button(key="tr_use").click().run()
    assert app.title[0].value == "Sketch"
    assert app.selectbox(key="net").value == f"run-{run.id}"
    app.switch_page(PAGE).run()
    app.button(key="tr_save").click().run()
    app.button(key="tr_use_saved").click().run()
    assert app.title[0].value == "Sketch"
    assert app.selectbox(key="net").value == f"model-{Store().models.of_owner('local')[0].id}"


def test_the_recipe_of_a_run_can_be_taken_over(finished: tuple[AppTest, Run]) -> None:
    app, run = finished
    app.selectbox(key="tr_preset").set_value("article").run()
    app.button(key="tr_take").click().run()
    assert started(app).recipe == run.recipe


def test_the_program_is_that_of_the_run(finished: tuple[AppTest, Run]) -> None:
    app, _ = finished
    program = shown_code(app, PROGRAM)
    assert "layer_sizes=(784, 10)" in program
    assert "'Your-own-1.safetensors'" in program


def test_the_weights_and_the_card_are_offered(finished: tuple[AppTest, Run]) -> None:
    app, _ = finished
    shown_code(app, PROGRAM)
    names = [json.dumps(button.proto.label) for button in app.get("download_button")]
    assert {'"Weights (safetensors)"', '"Model card (JSON)"', '"Download the program"'} <= {*names}


@pytest.mark.long
@pytest.mark.parametrize(
    ("status", "done", "said"),
    [
        ("queued", 0, ""),
        ("running", 6, ""),
        ("running", 16, "Training: epoch 14 of 30."),
        ("done", 30, "Training has ended after epoch 30 of 30."),
        ("paused", 16, ""),
    ],
)
def test_a_run_is_announced_by_quarters_and_at_its_end(status: str, done: int, said: str) -> None:
    run = SimpleNamespace(status=status, epochs_done=done, n_epochs=30)
    assert progress_page.said(run) == said
