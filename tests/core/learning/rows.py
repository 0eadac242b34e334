"""Any answers that a learner may hand in."""

from hypothesis import strategies as st

from core.learning import concepts
from core.learning.answers import LONGEST, STEP, Answers
from core.learning.arms import ARMS, MOST_CLASSES

ITEMS = concepts.items()
HALF = st.tuples(*(st.one_of(st.none(), st.integers(0, len(item.choices))) for item in ITEMS))
TIMES = st.integers(0, LONGEST // STEP).map(lambda steps: steps * STEP)
ANSWERS = st.builds(
    Answers,
    st.integers(0, 2**32 - 1).map(lambda number: f"L{number:08x}"),
    st.integers(0, MOST_CLASSES),
    st.sampled_from(ARMS),
    HALF,
    HALF,
    TIMES,
    TIMES,
)

NOBODY = (None,) * len(ITEMS)
DOES_NOT_KNOW = (concepts.DO_NOT_KNOW,) * len(ITEMS)
EXAMPLE = Answers("L0a1b2c3d", 123, "shows", (1,) * len(ITEMS), DOES_NOT_KNOW, 300, 270)
