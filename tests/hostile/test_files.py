"""What may be uploaded: images, tables, records, networks. It is read, or one sentence says why."""

import io
import json
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from PIL import Image

from core.digits.image.files import FORMATS, MAX_MEGAPIXELS, read_image
from core.digits.network.files import FOLDER as MODELS
from core.digits.network.files import card_to_dict, from_bytes, read_model, to_bytes
from core.learning.progress import LONGEST, MOST_ENTRIES, Progress
from core.messages import InputError
from core.own_data import FOUR_CLASSES, TWO_CLASSES, XY, read_csv
from tests.hostile.cases import CASES, read_or_told, texts, try_all


def images() -> dict[str, bytes]:
    """A small image in each format."""
    made = {}
    for name in FORMATS:
        file = io.BytesIO()
        Image.new("RGB", (9, 7), "red").save(file, name)
        made[name] = file.getvalue()
    return made


def damaged(*whole: bytes) -> st.SearchStrategy[bytes]:
    """Files, cut and changed in a few places; and what is none."""

    def change(data: bytes, places: list[tuple[float, int]], end: float) -> bytes:
        changed = bytearray(data)
        for place, value in places:
            changed[int(place * (len(data) - 1))] = value
        return bytes(changed[: round(end * len(data))])

    share = st.floats(0, 1)
    places = st.lists(st.tuples(share, st.integers(0, 255)), max_size=8)
    some = st.builds(change, st.sampled_from(whole), places, share | st.just(1.0))
    return some | st.binary(max_size=200)


@CASES
def test_an_image(n_cases: int) -> None:
    def check(data: bytes) -> None:
        image = read_or_told(lambda: read_image(data))
        if image is None:
            return
        assert image.dtype == np.uint8
        assert image.shape[0] * image.shape[1] <= MAX_MEGAPIXELS * 1_000_000

    try_all(n_cases, check, damaged(*images().values()))


@pytest.mark.parametrize(
    "size", [(65_535, 65_535), (1, 2**31 - 1), (30_000, 30_000), (5_001, 5_000)]
)
def test_a_small_file_of_a_large_image_is_refused_before_it_is_decoded(
    size: tuple[int, int],
) -> None:
    """A PNG of some bytes that says it has so many pixels, all of them black."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 6, 0, 0, 0))
    black = chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    bomb = b"\x89PNG\r\n\x1a\n" + head + black + chunk(b"IEND", b"")
    with pytest.raises(InputError, match="megapixels"):
        read_image(bomb)


@CASES
def test_a_table(n_cases: int) -> None:
    def check(content: bytes | str, form: Any) -> None:
        reading = read_or_told(lambda: read_csv(content, form))
        assert reading is None or all(np.isfinite(column).all() for column in reading.columns)

    right = "x,y\n0,1\n0.5;2\n", "1 2 a\n3 4 b\n", '"1,5"\t2\r\n'
    written = texts(*right)
    encoded = written.map(lambda text: text.encode("utf-16", "surrogatepass"))
    content = written | encoded | st.binary(max_size=300)
    try_all(n_cases, check, content, st.sampled_from([XY, TWO_CLASSES, FOUR_CLASSES]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@CASES
def test_a_record(n_cases: int) -> None:
    whole = Progress().with_entry("one_weight/ow_next", right=True, answer="1", at=9).write()

    def check(text: str) -> None:
        progress = read_or_told(lambda: Progress.read(text))
        if progress is None:
            return
        assert len(progress.entries) <= MOST_ENTRIES
        assert Progress.read(progress.write()) == progress
        assert progress.merged(progress) == progress

    rows = st.dictionaries(st.text(max_size=9), st.lists(JSON, max_size=5), max_size=4)
    like = st.fixed_dictionaries(
        {"format": st.just(1) | JSON, "since": JSON, "entries": rows | JSON}
    )
    try_all(n_cases, check, (like | JSON).map(json.dumps) | texts(whole))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"entries":' * 10_000, "1" * (LONGEST - 1), "x" * (LONGEST + 1)]
)
def test_a_record_that_is_deep_or_large_is_none(text: str) -> None:
    with pytest.raises(InputError):
        Progress.read(text)


@CASES
def test_a_network(n_cases: int) -> None:
    """Weights and card, changed: another network, or a sentence. Nothing is unpickled."""
    model = read_model(MODELS / "sketch.safetensors")
    data, card = to_bytes(model.weights), card_to_dict(model.card)
    head = data[: 8 + int.from_bytes(data[:8], "little")]

    def check(data: bytes, changes: dict[str, Any]) -> None:
        found = read_or_told(lambda: from_bytes(data, card | changes))
        assert found is None or found.weights.keys() == model.weights.keys()

    changes = st.dictionaries(st.sampled_from([*card, "other"]), JSON, max_size=2)
    pickled = st.just(b"\x80\x04cos\nsystem\n(S'exit 1'\ntR.")
    try_all(n_cases, check, damaged(head) | pickled | st.just(data), changes)
