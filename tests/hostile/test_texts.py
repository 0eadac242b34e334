"""What links and fields may say: each text gives something allowed, or one sentence."""

import zlib
from base64 import urlsafe_b64encode

from hypothesis import strategies as st

from core.lab.sweep import text as sweep_text
from core.lab.sweep.space import NAMES
from core.learning.answer_code import read_code
from core.learning.judge import read_number as answered
from core.link.kinds import LONGEST as FIELD
from core.link.packed import MOST_ROWS, pack, unpack
from core.link.parameters import PARAMETERS
from core.link.playground import USUAL, as_text, from_text
from core.planes.playground.by_hand import silenced_of, turns_of
from core.start.what_is_a_model.parameter_count import read_sizes
from core.store.names import LONGEST, clean_name, is_id
from tests.core.link.test_kinds import is_allowed
from tests.hostile.cases import CASES, read_or_told, texts, try_all

RIGHT = {
    *("0.1", "1e-3", "true", "mini", "784-200-10", "x=x%E2%82%81&rate=0.1;", "1.3,2.1"),
    *("output_bias_1:0.5", pack(((0.5, 1.0), (2.0, 3.0))), "model-" + "0" * 32),
}


@CASES
def test_a_link(n_cases: int) -> None:
    def check(name: str, said: list[str]) -> None:
        parameter = PARAMETERS[name]
        reading = parameter.kind.read(said)
        assert is_allowed(parameter, reading.value)
        assert parameter.kind.read(parameter.kind.write(reading.value)).value == reading.value

    names = st.sampled_from(sorted(PARAMETERS))
    try_all(n_cases, check, names, st.lists(texts(*RIGHT), min_size=1, max_size=3))


@CASES
def test_samples_in_a_link(n_cases: int) -> None:
    """Whatever is deflated there: no more of it is inflated than a link may hold."""

    def check(plain: bytes, times: int, level: int, n_columns: int) -> None:
        packed = zlib.compress(plain * times, level)
        rows = unpack(urlsafe_b64encode(packed).decode().rstrip("="), n_columns)
        assert rows is None or len(rows) <= MOST_ROWS

    plain = st.binary(max_size=40) | st.text("0123456789.,;-e", max_size=40).map(str.encode)
    sizes = st.sampled_from([1, 2, 1_000, 100_000])
    try_all(n_cases, check, plain, sizes, st.integers(0, 9), st.integers(2, 3))


@CASES
def test_what_a_playground_was_before(n_cases: int) -> None:
    def check(text: str) -> None:
        values = from_text(text)
        assert values.keys() == USUAL.keys()
        assert as_text(from_text(as_text(values))) == as_text(values)
        assert all(abs(by) <= 100 for by in turns_of(text).values())
        assert set(silenced_of(text, (4, 2))) <= {(i, j) for i in range(2) for j in range(4)}

    try_all(n_cases, check, texts("x=x%E2%82%81&rate=0.1", "layers=6", "output_bias_1:0.5", "1.3"))


@CASES
def test_fields(n_cases: int) -> None:
    """A sweep's values, layer sizes, a class's codes, names, numbers."""

    def check(text: str, name: str) -> None:
        text = text[:FIELD]  # as a field gives it to the app
        readers = (
            lambda: sweep_text.parse(name, text),
            lambda: read_sizes(text),
            lambda: read_code(text),
            lambda: clean_name(text),
        )
        for read in readers:
            read_or_told(read)
        answered(text)
        assert not is_id(text) or (len(text) <= LONGEST and text.isascii() and text.isalnum())

    right = "64, 256, 1024", "1e-4..1e-1:5", "200-200", "784-200-10", "1 000..2 000:9999999999"
    try_all(n_cases, check, texts(*right), st.sampled_from(NAMES))
