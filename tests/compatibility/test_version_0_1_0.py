"""What version 0.1.0 made is understood: its links, and the runs and networks in its store.

The folder data holds a store that 0.1.0 itself made, with small networks, and what 0.1.0 said about
it and showed for each link. A later version may know more; what is recorded must not change.
"""

import dataclasses
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import safetensors.numpy
from streamlit.testing.v1 import AppTest

from core.digits import mnist
from core.digits.network.files import from_bytes
from core.digits.recipe import from_dict
from core.digits.train.loop import Training, epochs
from core.ladder import HOME, LADDER
from core.one_thread import one_thread
from core.store.records import EpochRow, Run
from core.store.store import Store
from tests.pages.conftest import Open

DATA = Path(__file__).with_name("data")
FILE = "neuron_ladder.sqlite3"
LINKS: dict[str, list[dict[str, Any]]] = json.loads((DATA / "links.json").read_text("utf-8"))
STORED: dict[str, Any] = json.loads((DATA / "store.json").read_text("utf-8"))
PAGES = {rung.name: rung for rung in (HOME, *(rung for rungs in LADDER.values() for rung in rungs))}
SHOW_A_VALUE = (
    "button_group",
    "checkbox",
    "multiselect",
    "number_input",
    "radio",
    "select_slider",
    "selectbox",
    "slider",
    "text_input",
    "toggle",
)
"""The kinds of widgets whose values are recorded."""

RETIRED = {"stack"}
"""What a link of 0.1.0 says in vain: how wide the page is, says the browser."""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The app's folder, with the store that 0.1.0 left there."""
    shutil.copyfile(DATA / FILE, tmp_path / FILE)
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The store as the app finds it by itself."""
    del home
    opened = Store()
    yield opened
    opened.close()


# Links.


def test_every_page_has_its_address(open_page: Open) -> None:
    on_home = {link.proto.page for link in open_page(HOME.path).get("page_link")}
    assert set(LINKS) - on_home == {HOME.name}
    assert set(LINKS) - set(PAGES) == set()


@pytest.mark.long
@pytest.mark.parametrize(
    ("address", "number"),
    [(address, number) for address, links in LINKS.items() for number in range(len(links))],
)
def test_a_link_shows_what_it_did(address: str, number: int, open_page: Open) -> None:
    recorded = LINKS[address][number]
    if address not in PAGES:
        pytest.fail(f"no page has the address /{address}")
    app = open_page(PAGES[address].path, **recorded["link"])
    values = shown(app)
    missing = "there is no such widget"
    expected = {key: value for key, value in recorded["values"].items() if key not in RETIRED}
    assert {key: values.get(key, missing) for key in expected} == expected
    assert [text for text in recorded.get("texts", []) if text not in said(app)] == []


def shown(app: AppTest) -> dict[str, Any]:
    """The values of the page's widgets, as JSON has them."""
    widgets = [widget for kind in SHOW_A_VALUE for widget in app.get(kind)]
    values = {widget.key: getattr(widget, "value", None) for widget in widgets if widget.key}
    as_json: dict[str, Any] = json.loads(json.dumps(values))
    return as_json


def said(app: AppTest) -> str:
    """All that the page says outside of its widgets, without the signs that escape Markdown."""
    kinds = (app.header, app.markdown, app.caption)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


# The store.


def test_every_run_is_read(store: Store) -> None:
    found = {run.id: run for run in store.runs.matching()}
    assert set(found) == set(STORED["runs"])
    for run_id, recorded in STORED["runs"].items():
        expected = dict(recorded)
        curve, weights = expected.pop("curve"), expected.pop("weights")
        has_checkpoint = expected.pop("has_checkpoint")
        run = found[run_id]
        assert found_of(expected, run) == expected
        assert curve_of(store.runs.epochs(run_id)) == curve, run.name
        assert (store.checkpoints.of_run(run_id) is not None) == has_checkpoint, run.name
        assert weights_of(store, run) == weights, run.name


def test_every_sweep_is_read(store: Store) -> None:
    assert {row.id for row in store.sweeps.of_owner("local")} == set(STORED["sweeps"])
    for sweep_id, recorded in STORED["sweeps"].items():
        expected = dict(recorded)
        contest = expected.pop("contest")
        assert found_of(expected, store.sweeps.get(sweep_id)) == expected
        with_epochs = {
            run_id: run["curve"]["epoch"]
            for run_id, run in STORED["runs"].items()
            if run["sweep"] == sweep_id and run["curve"]
        }
        epochs = store.sweeps.epochs(sweep_id)
        assert {one: [row.epoch for row in rows] for one, rows in epochs.items()} == with_epochs
        if contest:  # what 0.1.0 compared, in tables of another library, is in our own
            as_far = {run_id for run_id, _state, compared in contest if 1 in compared}
            assert set(store.sweeps.reached(sweep_id, 1)) == as_far


def test_a_saved_network_reads_as_it_did(store: Store) -> None:
    assert {saved.id for saved in store.models.of_owner("local")} == set(STORED["models"])
    images = mnist.load("test").pixels()[:20]
    for model_id, recorded in STORED["models"].items():
        expected = dict(recorded)
        reads, scores = expected.pop("reads"), expected.pop("scores")
        saved, weights = store.models.get(model_id) or pytest.fail("the network is gone")
        assert found_of(expected, saved) == expected
        found = from_bytes(weights, saved.card).scores(images)
        assert found.argmax(axis=1).tolist() == reads
        assert found[0].tolist() == pytest.approx(scores, abs=1e-4)


def test_a_paused_run_goes_on_to_the_same_losses(store: Store) -> None:
    """As the run would have gone on in 0.1.0; another processor may round in another way."""
    run = store.runs.get(STORED["paused"]) or pytest.fail("the run is gone")
    assert store.queue.resume(run.id)
    assert store.queue.claim(run.id) == run.attempt + 1
    training = resumed(store, run)
    before = store.runs.epochs(run.id)
    with one_thread():  # such small products only wait for a second one
        after = list(epochs(training))
    assert (len(before), len(after)) == (1, 2)
    for name, expected in STORED["uninterrupted"].items():
        found = [getattr(epoch, name) for epoch in (*before, *after)]
        off = 0.01 if name.endswith("accuracy") else None
        assert found == pytest.approx(expected, rel=1e-3, abs=off), name


def test_a_run_with_made_pictures_can_go_on(store: Store) -> None:
    """Its checkpoint was made after an epoch: it has the weights that were stored with it."""
    run = store.runs.get(STORED["made"]) or pytest.fail("the run is gone")
    epoch, weights = store.checkpoints.weights(run.id) or pytest.fail("its weights are gone")
    assert epoch == run.epochs_done
    stored, found = safetensors.numpy.load(weights), resumed(store, run).weights()
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in stored.items()
    }


def resumed(store: Store, run: Run) -> Training:
    """A run's training, as far as its checkpoint has it."""
    recipe, checkpoint = from_dict(run.recipe), store.checkpoints.of_run(run.id)
    assert checkpoint is not None
    return Training(recipe, mnist.load("train"), mnist.load("test"), checkpoint)


def found_of(recorded: Mapping[str, Any], found: object) -> dict[str, Any]:
    """What a record now holds of what was recorded."""
    return {name: getattr(found, name, "there is no such field") for name in recorded}


def curve_of(rows: list[EpochRow]) -> dict[str, list[float]]:
    """A run's epochs, column by column; without those that hold nothing."""
    names = [field.name for field in dataclasses.fields(EpochRow)]
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    return {k: v for k, v in columns.items() if any(value is not None for value in v)}


def weights_of(store: Store, run: Run) -> dict[str, int]:
    """The epochs whose weights are stored; an error if those are not of the run's network."""
    found = {
        "last": store.checkpoints.weights(run.id, "last"),
        "best": store.checkpoints.weights(run.id, "best"),
    }
    for pair in found.values():
        if pair is not None:
            shapes = {array.shape for array in safetensors.numpy.load(pair[1]).values()}
            inputs, hidden, outputs = run.recipe["layer_sizes"]
            assert shapes == {(hidden, inputs), (hidden,), (outputs, hidden), (outputs,)}
    return {which: pair[0] for which, pair in found.items() if pair is not None}
