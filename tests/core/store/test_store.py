from core.store import tables
from core.store.store import OWNED, Store


def test_every_table_is_somebodys_or_its_rows_go_with_what_is():
    for table in tables.metadata.tables.values():
        keys = {key.ondelete for key in table.foreign_keys}
        assert ("owner" in table.c) == (table in OWNED)
        assert table in OWNED or keys == {"CASCADE"}


def test_all_of_one_owner_is_deleted_and_nothing_of_another(store: Store):
    for owner in ("ada", "bob"):
        run = store.runs.create(owner, "run", {}, n_epochs=1)
        store.models.save(owner, "network", {}, b"weights", run.id)
        store.sweeps.create(owner, "sweep", {}, [("1", {"n_epochs": 1}), ("2", {"n_epochs": 1})])
        store.classes.open(f"class of {owner}", owner, "hash", days=1)
    for owner in ("ada", "bob"):
        store.classes.join("class of bob", owner)
        store.classes.add("class of bob", owner, 3, bytes(784))
    theirs = store.kept_of("bob")
    assert store.kept_of("ada") == theirs
    assert theirs == {"runs": 3, "sweeps": 1, "models": 1, "classes": 1, "hands": 1}
    store.delete_all_of("ada")
    assert set(store.kept_of("ada").values()) == {0}
    assert store.kept_of("bob") == theirs
    assert [mark.hand for mark in store.classes.marks("class of bob")] == [2]
