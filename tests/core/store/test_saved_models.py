import pytest

from core.store.store import Store


def test_a_model_comes_back_with_its_card(store: Store):
    run = store.runs.create("ada", "run", {}, n_epochs=1)
    card = {"layer_sizes": [784, 10], "test_accuracy": 0.97, "note": "好"}
    weights = bytes(range(256)) * 1000
    model = store.models.save("ada", "mine", card, weights, run.id)
    saved, found = store.models.get(model) or pytest.fail("not stored")
    assert found == weights
    assert (saved.id, saved.owner, saved.name) == (model, "ada", "mine")
    assert (saved.card, saved.run) == (card, run.id)
    assert saved.created >= run.created
    assert store.models.of_owner("ada") == [saved]


def test_a_model_can_outlive_its_run_or_have_none(store: Store):
    run = store.runs.create("ada", "run", {}, n_epochs=1)
    store.runs.delete(run.id)
    store.models.save("ada", "its run is gone", {}, b"", run.id)
    store.models.save("ada", "never had one", {}, b"")
    assert [model.run for model in store.models.of_owner("ada")] == [None, None]


def test_models_are_listed_by_owner_renamed_and_deleted(store: Store):
    first = store.models.save("ada", "1", {}, b"1")
    second = store.models.save("ada", "2", {}, b"2")
    other = store.models.save("bob", "3", {}, b"3")
    assert [model.id for model in store.models.of_owner("ada")] == [second, first]
    store.models.rename(first, "renamed")
    store.models.delete(second)
    assert [(model.id, model.name) for model in store.models.of_owner("ada")] == [
        (first, "renamed")
    ]
    assert [model.id for model in store.models.of_owner("bob")] == [other]
    assert store.models.get(second) is None
