from hypothesis import given
from hypothesis import strategies as st

from core.lab.sweep.rounds import epochs_of_all, least, rounds

accuracies = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(st.integers(1, 1_000))
def test_rounds_end_before_the_last_epoch(n_epochs):
    ends = rounds(n_epochs)
    assert list(ends) == sorted(set(ends))
    assert all(1 <= end < n_epochs for end in ends)
    assert len(ends) == (2 if n_epochs >= 4 else min(1, n_epochs - 1))


@given(accuracies)
def test_half_go_on_and_the_best_always_does(accuracies):
    bar = least(accuracies)
    n_kept = sum(accuracy >= bar for accuracy in accuracies)
    assert bar in accuracies
    assert max(accuracies) >= bar
    assert n_kept >= len(accuracies) / 2
    assert sum(accuracy > bar for accuracy in accuracies) < (len(accuracies) + 1) / 2


def test_the_same_for_all_ends_nobody():
    assert sum(accuracy >= least([0.5] * 7) for accuracy in [0.5] * 7) == 7


@given(st.integers(1, 1_000), st.integers(4, 1_000))
def test_pruning_saves_about_half_of_the_epochs(n_runs, n_epochs):
    everything = epochs_of_all(n_runs, n_epochs, prunes=False)
    pruned = epochs_of_all(n_runs, n_epochs, prunes=True)
    assert everything == n_runs * n_epochs
    assert pruned <= everything
    if n_runs >= 8:
        assert pruned <= 0.65 * everything
