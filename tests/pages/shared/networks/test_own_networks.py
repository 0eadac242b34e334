"""Networks that a reader has trained, on all pages that let one choose a network."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.digits import mnist, recipe
from core.digits.image.preparation import to_mnist
from core.digits.network.files import card_to_dict, to_bytes
from core.digits.network.model import Model
from core.digits.recipe import MODERN, Recipe
from core.digits.recognise import Recogniser, load_recogniser
from core.digits.sketch.nearest import neighbourhood
from core.digits.sketch.why import evidence
from core.messages import N_
from core.number import signed
from core.percent import percent
from core.store.checkpoints import Checkpoints
from core.store.errors import StoreError
from core.store.records import EpochRow
from core.store.store import Store
from pages.shared.networks.own_networks import mnist_part
from pages.shared.owner import LOCAL
from tests.core.digits.networks import random_dense
from tests.core.digits.strokes import draw
from tests.pages.charts import table
from tests.pages.conftest import Open

SKETCH, INSPECT = "pages/digits/sketch/sketch.py", "pages/digits/inspect/inspect.py"
HANDWRITING = "pages/digits/handwriting/handwriting.py"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.setattr("pages.shared.networks.own_networks.owner", lambda: LOCAL)
    opened = Store()
    yield opened
    opened.close()


@pytest.fixture(scope="module", autouse=True)
def few() -> Iterator[mnist.Digits]:
    """Inspect reads few test images, so that large networks are quick."""
    few = mnist.Digits(*(part[:400] for part in mnist.load("test")))
    parts = {"train": mnist.load("train"), "test": few}
    st.cache_resource.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pages.shared.networks.own_networks.mnist.load", parts.__getitem__)
        yield few
    st.cache_resource.clear()


def save(store: Store, model: Model, name: str = "mine", owner: str = LOCAL) -> str:
    """Save a network; its name in the link."""
    card = card_to_dict(model.card)
    return f"model-{store.models.save(owner, name, card, to_bytes(model.weights))}"


def begin(
    store: Store, learned: Recipe, name: str = "a run", owner: str = LOCAL
) -> tuple[str, int]:
    """Begin a run; its id and its attempt."""
    run = store.runs.create(owner, name, recipe.to_dict(learned), n_epochs=learned.n_epochs)
    attempt = store.queue.claim(run.id)
    assert attempt is not None
    return run.id, attempt


def end_epoch(
    store: Store, run_id: str, attempt: int, model: Model, epoch: int, accuracy: float | None = 0.5
) -> None:
    row = EpochRow(epoch, 55_000 * epoch, 1.0 * epoch, 0.1, test_accuracy=accuracy)
    store.checkpoints.save_epoch(
        run_id, attempt, row, b"checkpoint", to_bytes(model.weights), best=True
    )


def recipe_of(model: Model) -> Recipe:
    card = model.card
    return dataclasses.replace(
        MODERN, name="own", layer_sizes=card.layer_sizes, activation=card.activation
    )


def drawn(app: AppTest, digit: int = 7) -> AppTest:
    app.session_state["drawn_strokes"] = []
    app.session_state["drawn_image"] = draw(digit)
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    elements = [*app.caption, *app.markdown, *app.header, *app.info, *app.warning]
    return "\n".join(str(element.value) for element in elements)


def options(app: AppTest) -> list[str]:
    return list(app.selectbox(key="net").options)[4:]  # after those of the project


def bars(app: AppTest) -> list[float]:
    return list(table(app, "bars")["probability"])


def test_ones_own_are_listed_and_nobody_elses(open_page: Open, store: Store) -> None:
    model = random_dense(3)
    save(store, model, "three")
    save(store, model, "theirs", owner="somebody")
    begin(store, recipe_of(model), "not yet")
    for name, owner in (("begun", LOCAL), ("foreign", "somebody")):
        end_epoch(store, *begin(store, recipe_of(model), name, owner), model, 1)
    app = open_page(SKETCH)
    assert options(app) == ["Saved: three", "Train: begun"]
    assert app.selectbox(key="net").value == "sketch"
    assert not app.warning


def test_a_saved_network_reads_the_drawing(open_page: Open, store: Store) -> None:
    model = random_dense(12, activation="tanh", test_accuracy=0.123)
    name = save(store, model)
    app = drawn(open_page(SKETCH))
    app.selectbox(key="net").set_value(name).run()
    expected = Recogniser(model).classify(draw(7)).probabilities
    np.testing.assert_allclose(bars(app), expected, atol=1e-6)
    assert app.query_params["net"] == name
    assert "784-12-10, tanh." in texts(app)
    assert "Right on 12.3 % of" in texts(app)
    assert "of all else this network names the likeliest digit" in texts(app)
    app.switch_page(INSPECT).run()
    assert app.selectbox(key="net").value == name


def test_a_run_is_used_as_its_newest_epoch_left_it(
    open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    epochs = [random_dense(12, activation="sigmoid", seed=seed) for seed in range(3)]
    run_id, attempt = begin(store, recipe_of(epochs[0]))
    end_epoch(store, run_id, attempt, epochs[1], 1, accuracy=0.25)
    n_read = []
    weights = Checkpoints.weights
    monkeypatch.setattr(Checkpoints, "weights", lambda *a: n_read.append(a) or weights(*a))
    app = drawn(open_page(SKETCH, net=f"run-{run_id}"))
    assert options(app) == ["Train: a run"]
    assert "Epoch 1 of 30, and still learning. Right on 25.0 %" in texts(app)
    first = bars(app)
    app.run()
    assert len(n_read) == 1
    end_epoch(store, run_id, attempt, epochs[2], 2, accuracy=None)
    app.run()
    assert len(n_read) == 2
    assert options(app) == ["Train: a run"]
    assert "Epoch 2 of 30, and still learning." in texts(app)
    assert "Right on" not in texts(app)
    assert bars(app) != first
    scores = epochs[2].scores(to_mnist(draw(7))[None])[0]
    assert np.argsort(bars(app)).tolist() == np.argsort(scores).tolist()
    store.queue.end(run_id, attempt, "stopped")
    app.run()
    assert "Epoch 2 of 30." in texts(app)
    assert "still learning" not in texts(app)


def test_a_link_to_anothers_network_works(open_page: Open, store: Store) -> None:
    model = random_dense(5)
    saved = save(store, model, "theirs", owner="somebody")
    run_id, attempt = begin(store, recipe_of(model), "their run", owner="somebody")
    end_epoch(store, run_id, attempt, model, 1)
    expected = Recogniser(model).classify(draw(7)).probabilities
    app = drawn(open_page(SKETCH, net=saved))
    assert options(app) == ["Saved: theirs"]
    np.testing.assert_allclose(bars(app), expected, atol=1e-6)
    assert options(open_page(SKETCH, net=f"run-{run_id}")) == ["Train: their run"]
    store.models.delete(saved.removeprefix("model-"))
    app.run()
    assert "it was deleted" in app.warning[0].value
    assert app.selectbox(key="net").value == "sketch"


UNKNOWN = ["model-", "model-0123", "run-", "run-0123456789abcdef", "run-%"]


@pytest.mark.parametrize(
    ("page", "name", "locale"),
    [
        *((SKETCH, name, "en-US") for name in UNKNOWN),
        *((page, "model-0123", "zh-CN") for page in (SKETCH, INSPECT, HANDWRITING)),
    ],
)
def test_an_unknown_one_gets_a_sentence_and_the_default(
    page: str, name: str, locale: str, open_page: Open, store: Store
) -> None:
    assert not store.models.of_owner(LOCAL)
    app = open_page(page, locale, net=name)
    assert len(app.warning) == 1
    assert app.selectbox(key="net").value == "sketch"
    assert "net" not in app.query_params
    app.run()
    assert not app.warning


def test_a_run_without_an_epoch_and_one_of_a_lesson_are_unknown(
    open_page: Open, store: Store
) -> None:
    run_id, _ = begin(store, MODERN)
    row = EpochRow(1, 10, 1.0, 0.5)
    lesson = store.runs.create(
        LOCAL, "line", {}, kind="lines/one_weight", n_epochs=1, status="done", epochs=[row]
    )
    for name in (run_id, lesson.id):
        app = open_page(SKETCH, net=f"run-{name}")
        assert app.selectbox(key="net").value == "sketch"
        assert len(app.warning) == 1


def test_without_a_store_the_projects_networks_still_work(
    open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = random_dense(3)
    name = save(store, model)
    run_id, attempt = begin(store, recipe_of(model))
    end_epoch(store, run_id, attempt, model, 1)
    before = drawn(open_page(SKETCH, net=f"run-{run_id}"))
    learned = bars(before)

    def fail() -> Store:
        raise StoreError(
            N_("The database {database} is busy: try again in a moment."), database="x"
        )

    with monkeypatch.context() as patch:
        patch.setattr("pages.shared.networks.own_networks.store", fail)
        sentence = "The database x is busy: try again in a moment."
        app = drawn(open_page(SKETCH))
        assert app.metric[0].value == "7"
        assert f"Your own networks are missing here: {sentence}" in texts(app)
        linked = drawn(open_page(SKETCH, net=name))
        before.run()
        for app in (linked, before):
            assert app.metric[0].value == "7"
            assert [warning.value for warning in app.warning] == [sentence]
    before.run()  # the store is back
    assert bars(before) == learned
    assert not before.warning
    linked.run()
    assert linked.selectbox(key="net").value == name
    assert not linked.warning
    with monkeypatch.context() as patch:
        patch.setattr("pages.shared.networks.own_networks.store", fail)
        linked.run()  # what was read once is still there
        assert not linked.warning


def test_a_damaged_network_gets_a_sentence_and_the_default(open_page: Open, store: Store) -> None:
    model = random_dense(3)
    card = card_to_dict(model.card)
    name = f"model-{store.models.save(LOCAL, 'broken', card, b'nothing')}"
    run_id, attempt = begin(store, recipe_of(random_dense(4)))
    end_epoch(store, run_id, attempt, model, 1)
    default = Recogniser(load_recogniser().model).classify(draw(7)).probabilities
    for broken in (name, f"run-{run_id}"):
        app = drawn(open_page(SKETCH, net=broken))
        assert "This network cannot be read" in app.warning[0].value
        np.testing.assert_allclose(bars(app), default, atol=1e-6)


def test_two_of_the_same_name_never_mix(open_page: Open, store: Store, few: mnist.Digits) -> None:
    """Whatever the pages keep of one network must not be shown for the other."""
    one, other = (random_dense(6, seed=seed, name="same") for seed in (1, 2))
    names = {save(store, model, "same"): model for model in (one, other)}
    app = open_page(INSPECT)
    labels = options(app)
    assert len(set(labels)) == 2
    assert all(label.startswith("Saved: same · ") for label in labels)
    seen: dict[str, set[object]] = {"accuracy": set(), "silenced": set(), "near": set()}
    images, labels_ = few.pixels(), few.labels
    for name, model in names.items():
        app.selectbox(key="net").set_value(name).run()
        assert not app.exception
        right = (model.logits(images).argmax(axis=1) == labels_).mean()
        assert app.metric[0].value == f"{100 * right:.2f} %"
        seen["silenced"].add(tuple(table(app, "units")["share"]))
    sketch = drawn(open_page(SKETCH, look="near"))
    for name, model in names.items():
        sketch.selectbox(key="net").set_value(name).run()
        found = neighbourhood(model, mnist_part("train")).nearest(to_mnist(draw(7)))
        shown = [c for image in sketch.get("image") for c in image.captions if "distance" in c]
        for neighbour, caption in zip(found, shown, strict=True):
            assert f"image {neighbour.number:,}," in caption
        seen["near"].add(tuple(shown))
    assert len(seen["silenced"]) == len(seen["near"]) == 2


NETWORKS = {
    "no hidden layer": ((), "relu"),
    "one of 3": ((3,), "tanh"),
    "one of 1": ((1,), "sigmoid"),
    "two of 784": ((784, 784), "relu"),
    "four of 64": ((64, 64, 64, 64), "leaky_relu"),
    "four of 1024": ((1024,) * 4, "tanh"),
    "a bottleneck": ((20, 2), "sigmoid"),
}
MARKS = {
    "four of 1024": pytest.mark.long,
    "two of 784": pytest.mark.proof,
    "one of 3": pytest.mark.proof,
}
"""Of the largest, and of those between the others."""


@pytest.fixture(
    params=[
        pytest.param(name, marks=[MARKS[name]] if name in MARKS else [], id=name)
        for name in NETWORKS
    ]
)
def network(request: pytest.FixtureRequest) -> Model:
    hidden, activation = NETWORKS[request.param]
    return random_dense(*hidden, activation=activation, name=request.param)


def test_every_view_of_sketch_shows_any_network(
    network: Model, open_page: Open, store: Store
) -> None:
    app = drawn(open_page(SKETCH, net=save(store, network)))
    sizes = network.card.layer_sizes
    tiles = table(app, "tiles")
    assert tiles.groupby("layer").size().tolist() == list(sizes[1:])
    layers = network.layers(to_mnist(draw(7))[None])
    for layer in range(1, len(sizes)):
        shown = tiles[tiles["layer"] == layer]["activation"]
        np.testing.assert_allclose(shown, layers[layer][0], atol=1e-4)
        app.selectbox(key="in_layer").set_value(str(layer)).run()
        app.number_input(key="in_unit").set_value(sizes[layer] - 1).run()
        assert not app.exception
        weights = network.weights[f"{2 * layer - 1}.weight"][-1]
        np.testing.assert_allclose(table(app, "cells")["value"], weights, rtol=1e-5)
        said = f"Output {9}:" if layer == len(sizes) - 1 else f"Unit {sizes[layer] - 1} of layer"
        assert said in texts(app)
    if len(sizes) == 2:
        assert "There are none: without a hidden layer" in texts(app)
    else:
        nodes = table(app, "nodes")
        assert nodes["layer"].max() == len(sizes) - 1
        assert nodes["layer"].min() == 1
    app.get_by_key("look").set_value("why").run()
    assert not app.exception
    order = np.argsort(-np.array(bars(app)))
    parts = evidence(network, to_mnist(draw(7)), int(order[0]), int(order[1]))
    assert f"**{signed(parts.lead)}**" in texts(app)
    expected = {"relu": "with ReLU the sum", "leaky_relu": "with leaky ReLU the sum"}
    if len(sizes) == 2:
        assert "Without a hidden layer the sum is exactly the lead" in texts(app)
    else:
        assert expected.get(network.card.activation, "the gradient is averaged") in texts(app)
    app.get_by_key("look").set_value("near").run()
    assert not app.exception
    assert ("pixel by pixel" in texts(app)) == (len(sizes) == 2)


def test_inspect_shows_any_network(network: Model, open_page: Open, store: Store) -> None:
    app = open_page(INSPECT, net=save(store, network), mute="150", mute_layer="3")
    hidden = network.card.layer_sizes[1:-1]
    said = texts(app)
    for number, size in enumerate(hidden, start=1):
        assert re.search(rf"\| Hidden layer {number} \| {size:,} \| \d", said)
    if not hidden:
        assert "Without a hidden layer, each of the 10 tiles" in said
        assert "never saturate" in said
        assert "There is none to silence" in said
    else:
        meaning = {
            "relu": "unit with ReLU is",
            "leaky_relu": "unit with leaky ReLU is",
            "tanh": "near −1 or 1",
            "sigmoid": "near 0 or 1",
        }
        assert meaning[network.card.activation] in said
        units = table(app, "units")
        shown = min(3, len(hidden)) if len(hidden) > 1 else 1
        if len(hidden) >= 3:
            assert len(units) == hidden[shown - 1]
        app.get_by_key("mute_share").set_value("100").run()
        assert not app.exception
        assert f"Units silenced: {len(units):,}".replace(",", "") in texts(app)
    if hidden[-1:] == (1,):
        assert "the last hidden layer is a single unit" in said
    else:
        assert len(table(app, "points")) + len(table(app, "sample")) == 400


def test_handwriting_compares_any_network(
    network: Model, open_page: Open, store: Store, few: mnist.Digits
) -> None:
    from core.digits.handwriting.asking import take

    app = open_page(HANDWRITING, net=save(store, network))
    app.session_state["handwriting"] = [take(label, draw(7)) for label in (7, 1)]
    app.run()
    assert not app.exception
    right = network.logits(few.pixels()).argmax(axis=1) == few.labels
    assert app.metric[0].delta == f"MNIST: {percent(right.mean())} %"
    per_digit = [right[few.labels == digit].mean() for digit in range(10)]
    assert table(app, "shares")["mnist"].tolist() == pytest.approx(per_digit)


def test_going_from_many_layers_to_few_keeps_no_layer_that_is_not_there(
    open_page: Open, store: Store
) -> None:
    name = save(store, random_dense(3))
    for page in (SKETCH, INSPECT):
        app = open_page(page, in_layer="4", in_unit="9", mute_layer="3", mute="199")
        if page == SKETCH:
            drawn(app)
        app.selectbox(key="net").set_value(name).run()
        assert not app.exception
        app.selectbox(key="net").set_value("modern").run()
        assert not app.exception


def test_units_that_are_all_dead_leave_no_paths_and_no_map(open_page: Open, store: Store) -> None:
    model = random_dense(5)
    weights = dict(model.weights) | {"1.bias": np.full(5, -1e3, np.float32)}
    name = save(store, Model(weights, model.card))
    app = drawn(open_page(SKETCH, net=name))
    assert "its score is what its bias leaves" in texts(app)
    app = open_page(INSPECT, net=name)
    assert "varies in one direction at most" in texts(app)
    assert "| Hidden layer 1 | 5 | 5 | 100.0 % |" in texts(app)
    assert "Unit 0 is dead" in texts(app)


def watching(name: str, follow: bool) -> None:
    import streamlit as st

    from pages.shared.networks import network_choice
    from pages.shared.networks.own_networks import RunProgress

    epoch = 2 if "seen" in st.session_state else 1
    st.session_state["seen"] = True
    st.write(f"epoch {epoch}")
    network_choice._watch(name, RunProgress(epoch, 30, is_learning=True), follow)


@pytest.mark.parametrize("follow", [True, False])
def test_a_page_follows_a_run_or_offers_to(follow: bool, store: Store) -> None:
    model = random_dense(3)
    run_id, attempt = begin(store, recipe_of(model))
    for epoch in (1, 2):
        end_epoch(store, run_id, attempt, model, epoch)
    app = AppTest.from_function(watching, args=(f"run-{run_id}", follow)).run()
    assert not app.exception
    if not follow:
        assert app.markdown[0].value == "epoch 1"
        assert app.button(key="net_go_on").label == "Go on to epoch 2"
        app.button(key="net_go_on").click().run()
    assert app.markdown[0].value == "epoch 2"
    assert not app.button
