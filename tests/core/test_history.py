import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.history import MAX_RECORDS, History, recorded_updates, thinning
from core.messages import InputError


def history(n: int = 3, **changes: object) -> History:
    columns: dict[str, object] = {
        "update": range(n),
        "epoch": [0] * n,
        "params": np.zeros((n, 1)),
        "loss": np.ones(n),
        "param_names": ("weight",),
    }
    return History(**(columns | changes))  # type: ignore[arg-type]


def test_columns_are_read_only_copies() -> None:
    mine = np.zeros((3, 1))
    record = history(params=mine, extra={"step_size": [1, 2, 3]})
    mine[0] = 9
    assert record.params[0, 0] == 0
    for column in (record.update, record.epoch, record.params, record.loss):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        record.column("step_size")[0] = 1


@pytest.mark.parametrize(
    "changes",
    [{"loss": [1.0]}, {"params": np.zeros((3, 2))}, {"extra": {"short": [1.0]}}],
)
def test_columns_of_unequal_length_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        history(**changes)


def test_columns_by_name() -> None:
    record = history(params=[[1], [2], [3]], extra={"size": [4, 5, 6]})
    assert record.column("weight").tolist() == [1, 2, 3]
    assert record.column("size").tolist() == [4, 5, 6]
    with pytest.raises(KeyError):
        record.column("bias")
    assert record.to_frame().columns.tolist() == ["update", "epoch", "weight", "loss", "size"]


@given(st.integers(0, 10_000_000), st.none() | st.integers(1, 1000))
def test_records_start_with_none_done_and_end_with_the_last(
    n_updates: int, record_every: int | None
) -> None:
    if record_every is not None:
        n_updates %= 5000
    updates = recorded_updates(n_updates, thinning(n_updates, record_every))
    assert updates[0] == 0
    assert updates[-1] == n_updates
    assert (np.diff(updates) > 0).all()
    if record_every is None:
        assert updates.size <= MAX_RECORDS
