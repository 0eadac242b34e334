"""A click that arrives twice creates one thing, in two threads at one moment too."""

import threading
from typing import Any

import pytest

from core.store.runs import Runs
from core.store.saved_models import SavedModels
from core.store.store import Store
from core.store.sweeps import Sweeps
from tests.pages.conftest import Open
from tests.pages.fake_jobs import FakeJobs

TRAIN = "pages/digits/train/train.py"


@pytest.fixture(autouse=True)
def twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do twice whatever a click does, and let two threads create each time."""
    for path in (
        "pages.digits.train.launch._begin",
        "pages.digits.train.result._save",
        "pages.lab.sweep.launch._begin",
        "pages.runs.keep_run._keep",
    ):
        module, _, name = path.rpartition(".")
        monkeypatch.setattr(path, again(getattr(__import__(module, fromlist=[name]), name)))
    for kind, name in ((Runs, "create"), (Sweeps, "create"), (SavedModels, "save")):
        monkeypatch.setattr(kind, name, by_two_threads(getattr(kind, name)))


def again(click: Any) -> Any:
    def clicked(*arguments: Any) -> None:
        click(*arguments)
        click(*arguments)

    return clicked


def by_two_threads(create: Any) -> Any:
    def created(*arguments: Any, **more: Any) -> Any:
        made: list[Any] = []
        together = threading.Barrier(2)

        def call() -> None:
            together.wait()
            made.append(create(*arguments, **more))

        threads = [threading.Thread(target=call) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 2, "an error in one of the threads"
        assert made[0] == made[1]
        return made[0]

    return created


def test_one_click_on_train_is_one_run(store: Store, open_page: Open) -> None:
    app = open_page(TRAIN)
    app.button(key="tr_train").click().run()
    assert not app.exception
    (run,) = store.runs.matching()
    assert run.name == "Modern · 1"
    app.button(key="tr_train").click().run()  # another click is another run
    assert {run.name for run in store.runs.matching()} == {"Modern · 1", "Modern · 2"}


def test_one_click_on_start_is_one_sweep(store: Store, open_page: Open) -> None:
    link = {"sw_learning_rate": "0.001,0.01", "sw_batch_size": "64,256"}
    app = open_page("pages/lab/sweep/sweep.py", **link)
    app.button(key="sw_start").click().run()
    assert not app.exception
    (sweep,) = store.sweeps.of_owner("local")
    assert len(store.runs.matching()) == len(store.runs.matching(sweep=sweep.id)) == 4


def test_one_click_on_keep_is_one_run(store: Store, open_page: Open) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py")
    app.button(key="keep_run").click().run()
    assert not app.exception
    (run,) = store.runs.matching()
    assert len(store.runs.epochs(run.id)) == 101  # the whole curve, once


def test_one_click_on_save_is_one_network(store: Store, jobs: FakeJobs, open_page: Open) -> None:
    app = open_page(TRAIN, tr_layers="0", tr_epochs="4")
    app.button(key="tr_train").click().run()
    (run,) = store.runs.matching()
    jobs.store.queue.end(run.id, jobs.work(run.id, [(0.4, 0.9, 0.8)] * 4), "done")
    app.run()
    app.button(key="tr_save").click().run()
    assert not app.exception
    assert len(store.models.of_owner("local")) == 1
