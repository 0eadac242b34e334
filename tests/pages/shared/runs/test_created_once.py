"""A click that arrives twice creates one thing, in two threads of one session at one moment too."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from core.store.store import Store
from tests.pages.conftest import Open
from tests.pages.fake_jobs import FakeJobs

TRAIN = "pages/digits/train/train.py"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a function be called by two threads with the same arguments wherever it is called."""

    def twice(path: str) -> None:
        module, _, name = path.rpartition(".")
        once = getattr(__import__(module, fromlist=[name]), name)

        def by_two(*arguments: Any) -> None:
            errors: list[BaseException] = []
            together = threading.Barrier(2)

            def call() -> None:
                together.wait()
                try:
                    once(*arguments)
                except BaseException as error:
                    errors.append(error)

            threads = [threading.Thread(target=call) for _ in range(2)]
            for thread in threads:
                add_script_run_ctx(thread, get_script_run_ctx())
                thread.start()
            for thread in threads:
                thread.join()
            assert errors == []

        monkeypatch.setattr(path, by_two)

    return twice


def test_one_click_on_train_is_one_run(
    store: Store, open_page: Open, at_once: Callable[[str], None]
) -> None:
    at_once("pages.digits.train.launch._begin")
    app = open_page(TRAIN)
    app.button(key="tr_train").click().run()
    assert not app.exception
    (run,) = store.runs.matching()
    assert run.name == "Modern · 1"
    app.button(key="tr_train").click().run()  # another click is another run
    assert {run.name for run in store.runs.matching()} == {"Modern · 1", "Modern · 2"}


def test_one_click_on_start_is_one_sweep(
    store: Store, open_page: Open, at_once: Callable[[str], None]
) -> None:
    at_once("pages.lab.sweep.launch._begin")
    link = {"sw_learning_rate": "0.001,0.01", "sw_batch_size": "64,256"}
    app = open_page("pages/lab/sweep/sweep.py", **link)
    app.button(key="sw_start").click().run()
    assert not app.exception
    (sweep,) = store.sweeps.of_owner("local")
    assert len(store.runs.matching()) == len(store.runs.matching(sweep=sweep.id)) == 4


def test_one_click_on_keep_is_one_run(
    store: Store, open_page: Open, at_once: Callable[[str], None]
) -> None:
    at_once("pages.shared.runs.keep_run._keep")
    app = open_page("pages/lines/one_weight/one_weight.py")
    app.button(key="keep_run").click().run()
    assert not app.exception
    (run,) = store.runs.matching()
    assert len(store.runs.epochs(run.id)) > 100  # the whole curve, once


def test_one_click_on_save_is_one_network(
    store: Store, jobs: FakeJobs, open_page: Open, at_once: Callable[[str], None]
) -> None:
    at_once("pages.digits.train.result._save")
    app = open_page(TRAIN, tr_layers="0", tr_epochs="4")
    app.button(key="tr_train").click().run()
    (run,) = store.runs.matching()
    jobs.store.queue.end(run.id, jobs.work(run.id, [(0.4, 0.9, 0.8)] * 4), "done")
    app.run()
    app.button(key="tr_save").click().run()
    assert not app.exception
    assert len(store.models.of_owner("local")) == 1
