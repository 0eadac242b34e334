import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.permutation import permutation


@given(seed=st.integers(0, 2**32), sizes=st.lists(st.integers(0, 300), max_size=5))
def test_it_draws_what_numpy_draws_and_no_more(seed, sizes):
    ours, numpys = np.random.default_rng(seed), np.random.default_rng(seed)
    for n in sizes:
        assert permutation(ours, n).tolist() == numpys.permutation(n).tolist()
    assert ours.random() == numpys.random()


def test_around_powers_of_two():
    for n in (2**k + more for k in range(1, 17) for more in (-1, 0, 1, 2)):
        drawn = permutation(np.random.default_rng(n), n)
        assert np.array_equal(drawn, np.random.default_rng(n).permutation(n))
