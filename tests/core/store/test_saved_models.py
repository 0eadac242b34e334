import pytest

from core.store.store import Store


def test_a_model_comes_back_with_its_card(store: Store):
    run = store.create_run("ada", "run", {}, n_epochs=1)
    card = {"layer_sizes": [784, 10], "test_accuracy": 0.97, "note": "好"}
    weights = bytes(range(256)) * 1000
    model = store.save_model("ada", "mine", card, weights, run.id)
    saved, found = store.model(model) or pytest.fail("not stored")
    assert found == weights
    assert (saved.id, saved.owner, saved.name) == (model, "ada", "mine")
    assert (saved.card, saved.run) == (card, run.id)
    assert saved.created >= run.created
    assert store.models("ada") == [saved]


def test_a_model_can_outlive_its_run_or_have_none(store: Store):
    run = store.create_run("ada", "run", {}, n_epochs=1)
    store.delete_run(run.id)
    store.save_model("ada", "its run is gone", {}, b"", run.id)
    store.save_model("ada", "never had one", {}, b"")
    assert [model.run for model in store.models("ada")] == [None, None]


def test_models_are_listed_by_owner_renamed_and_deleted(store: Store):
    first = store.save_model("ada", "1", {}, b"1")
    second = store.save_model("ada", "2", {}, b"2")
    other = store.save_model("bob", "3", {}, b"3")
    assert [model.id for model in store.models("ada")] == [second, first]
    store.rename_model(first, "renamed")
    store.delete_model(second)
    assert [(model.id, model.name) for model in store.models("ada")] == [(first, "renamed")]
    assert [model.id for model in store.models("bob")] == [other]
    assert store.model(second) is None
