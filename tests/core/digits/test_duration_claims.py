"""What Lab → Compare says of an epoch's time, asked of the estimate."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from core.digits.duration import Speed, estimate
from core.digits.recipe import MODERN

costs = st.floats(1e-12, 1e-3)


NAMES = [field.name for field in dataclasses.fields(Speed)]


@given(
    st.lists(costs, min_size=len(NAMES), max_size=len(NAMES)),
    st.sampled_from([(16, 64), (64, 1024)]),
)
def test_a_large_batch_takes_fewer_steps_an_epoch_and_each_epoch_is_quicker(
    found: list[float], sizes: tuple[int, int]
) -> None:
    """Whatever the parts cost: an epoch's images are the same, its updates are fewer."""
    by_optimiser = ("update", "parameter")
    speed = Speed(
        **{n: {"adam": c} if n in by_optimiser else c for n, c in zip(NAMES, found, strict=True)}
    )
    small, large = (estimate(dataclasses.replace(MODERN, batch_size=size), speed) for size in sizes)
    assert large < small
