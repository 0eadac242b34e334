"""How much a person may keep on a server that says so, and for how long."""

import pytest
from sqlalchemy import update

from core.messages import InputError
from core.store import tables
from core.store.runs import KEEP_DAYS, MOST_JOBS, MOST_RUNS
from core.store.saved_models import MOST_MODELS
from core.store.store import Store


def test_nobody_keeps_more_runs_than_the_server_says(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(MOST_RUNS, "3")
    for run_id in ("a" * 16, "b" * 16, "b" * 16):  # asked for twice, made once
        store.runs.create("ada", "run", {}, n_epochs=1, status="done", run_id=run_id)
    planned = [("cell", {"n_epochs": 1})] * 2
    with pytest.raises(InputError, match="keeps 3 runs a person, and you would have 4: delete"):
        store.sweeps.create("ada", "sweep", {}, planned)
    assert store.kept_of("ada") | {"runs": 2, "sweeps": 0} == store.kept_of("ada")  # all or nothing
    store.sweeps.create("ada", "sweep", {}, planned[:1])
    with pytest.raises(InputError, match="would have 4"):
        store.runs.create("ada", "run", {}, n_epochs=1)
    store.runs.delete("a" * 16)
    store.runs.create("ada", "run", {}, n_epochs=1)
    store.runs.create("Bob", "run", {}, n_epochs=1)


def test_nobody_has_more_at_work_than_the_server_says(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(MOST_JOBS, "1")
    run = store.runs.create("ada", "run", {}, n_epochs=1)
    with pytest.raises(InputError, match="1 runs of a person may wait or be at work at once"):
        store.runs.create("ada", "run", {}, n_epochs=1)
    store.runs.create("ada", "of a lesson", {}, n_epochs=1, status="done")
    store.queue.claim(run.id)
    store.queue.end(run.id, 1, "done")
    store.runs.create("ada", "run", {}, n_epochs=1)


def test_nobody_keeps_more_networks_than_the_server_says(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(MOST_MODELS, "1")
    first = store.models.save("ada", "first", {}, b"weights")
    with pytest.raises(InputError, match="keeps 1 networks a person"):
        store.models.save("ada", "second", {}, b"weights")
    assert [model.id for model in store.models.of_owner("ada")] == [first]


def test_what_is_too_old_goes_when_something_new_comes(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    old = store.runs.create("ada", "old", {}, n_epochs=1, status="done")
    store.sweeps.create("ada", "old", {}, [])
    store.models.save("ada", "old", {}, b"weights")
    waits = store.runs.create("Bob", "waits", {}, n_epochs=1)
    for table in (tables.runs, tables.sweeps, tables.models):
        with store._database.writing() as (connection, now):
            times = {"finished_at": now - 31 * 86_400} if table is tables.runs else {}
            connection.execute(update(table).values(created=now - 40 * 86_400, **times))
    with store._database.writing() as (connection, _):
        connection.execute(
            update(tables.runs).where(tables.runs.c.id == waits.id).values(finished_at=None)
        )
    store.runs.create("ada", "kept", {}, n_epochs=1)
    assert len(store.runs.matching()) == 3  # nobody has said how long
    monkeypatch.setenv(KEEP_DAYS, "30")
    new = store.runs.create("Eve", "new", {}, n_epochs=1)
    left = {run.id for run in store.runs.matching()}
    assert old.id not in left
    assert {waits.id, new.id} < left
    assert {**store.kept_of("ada"), "runs": 0} == dict.fromkeys(store.kept_of("ada"), 0)


def test_a_limit_that_is_no_number_is_told(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(MOST_RUNS, "many")
    with pytest.raises(InputError, match=f"{MOST_RUNS} must be a whole number of at least 1"):
        store.runs.create("ada", "run", {}, n_epochs=1)
