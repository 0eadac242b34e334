import re

import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.train.made import files, pool
from core.digits.train.made.pool import Chunk, make_chunk
from tests.core.digits.train.made import sample

CHUNK = Chunk("no digit", 3, True)


@pytest.fixture(scope="module")
def digits():
    train = mnist.load("train")
    return Digits(train.images[:300], train.labels[:300])


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(pool, "CHUNK", 12)


@pytest.fixture
def made(monkeypatch):
    """The chunks that were made, not read."""
    chunks = []

    def make(chunk, digits):
        chunks.append(chunk)
        return make_chunk(chunk, digits)

    monkeypatch.setattr(files, "make_chunk", make)
    return chunks


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_what_is_kept_is_what_was_made(digits, made, tmp_path):
    folder = tmp_path / "new"
    first, again = (files.make_or_read(CHUNK, digits, folder) for _ in range(2))
    assert made == [CHUNK]
    assert same(first, again)
    assert same(first, make_chunk(CHUNK, digits))
    assert [path.name for path in folder.iterdir()] == ["no-digit-3.npz"]


def test_without_a_folder_nothing_is_kept(digits, made):
    files.make_or_read(CHUNK, digits, None)
    files.make_or_read(CHUNK, digits, None)
    assert made == [CHUNK] * 2


def test_a_folder_that_cannot_be_written_is_done_without(digits, made, tmp_path):
    (tmp_path / "file").touch()
    chunk = files.make_or_read(CHUNK, digits, tmp_path / "file" / "folder")
    assert made == [CHUNK]
    assert same(chunk, make_chunk(CHUNK, digits))


def wrong(images, labels):
    return files.packed(Digits(images, labels))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-40],
        lambda data: b"",  # noqa: ARG005
        lambda data: b"not a picture",  # noqa: ARG005
        lambda data: data[:300] + bytes([data[300] ^ 255]) + data[301:],
        lambda _: wrong(np.zeros((11, 28, 28), np.uint8), np.zeros(11, np.uint8)),
        lambda _: wrong(np.zeros((12, 28, 28), np.float32), np.zeros(12, np.uint8)),
        lambda _: wrong(np.zeros((12, 28, 28), np.uint8), np.full(12, 11, np.uint8)),
        lambda _: wrong(np.array([{}]), np.zeros(12, np.uint8)),
    ],
)
def test_a_damaged_file_is_made_anew(damage, digits, made, tmp_path):
    first = files.make_or_read(CHUNK, digits, tmp_path)
    path = files.path_of(CHUNK, tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert same(files.make_or_read(CHUNK, digits, tmp_path), first)
    assert len(made) == 2
    files.make_or_read(CHUNK, digits, tmp_path)
    assert len(made) == 2


def test_the_folder_is_named_after_what_decides_the_pictures(digits, tmp_path, monkeypatch):
    fewer = Digits(digits.images[:-1], digits.labels[:-1])
    other = Digits(digits.images, digits.labels[::-1])
    folder = files.folder_for(tmp_path, digits)
    assert folder == files.folder_for(tmp_path, Digits(digits.images.copy(), digits.labels))
    folders = {folder, files.folder_for(tmp_path, digits, seed=1)}
    folders |= {files.folder_for(tmp_path, some) for some in (fewer, other)}
    monkeypatch.setattr(files, "VERSION", files.VERSION + 1)
    folders.add(files.folder_for(tmp_path, digits))
    monkeypatch.setattr(pool, "CHUNK", 13)
    folders.add(files.folder_for(tmp_path, digits))
    assert len(folders) == 6
    assert {path.parent for path in folders} == {tmp_path}
    assert re.fullmatch(rf"v{files.VERSION - 1}-[0-9a-f]{{16}}", folder.name)


@pytest.fixture
def kept(digits, monkeypatch, tmp_path):
    """A folder for pictures that holds some of several versions, and what is not ours."""
    monkeypatch.setattr(files, "VERSION", 2)
    other = Digits(digits.images[:-1], digits.labels[:-1])
    present = {files.folder_for(tmp_path, *of).name for of in ((digits,), (digits, 1), (other,))}
    foreign = {"notes", "v1-notes", "v1-0123456789abcde", "0123456789ABCDEF", "v1-0123456789abcdeg"}
    foreign |= {"v-0123456789abcdef", "v1-0123456789abcdef.old", "xv1-0123456789abcdef"}
    old = {"0123456789abcdef", "v1-0123456789abcdef", "v3-0123456789abcdef", "v20-0123456789abcdef"}
    for name in present | foreign | old:
        (tmp_path / name).mkdir()
        (tmp_path / name / "styled-0.npz").touch()
    (tmp_path / "v1-00000000000000f1").touch()
    (tmp_path / "v1-00000000000000f2").symlink_to(tmp_path / "notes", target_is_directory=True)
    stays = present | foreign | {"v1-00000000000000f1", "v1-00000000000000f2"}
    return tmp_path, stays


def test_pictures_of_other_versions_are_removed_and_nothing_else(digits, kept):
    folder, stays = kept
    assert files.open_folder(folder, digits) == files.folder_for(folder, digits)
    assert {path.name for path in folder.iterdir()} == stays
    assert all((path / "styled-0.npz").exists() for path in folder.iterdir() if path.is_dir())


def test_other_versions_are_removed_when_pictures_are_made_or_read(digits, kept):
    folder, stays = kept
    n_before = len(list(folder.iterdir()))
    files.n_missing({"styled": 12}, files.folder_for(folder, digits))
    assert len(list(folder.iterdir())) == n_before
    files.held_out({"styled": 12}, digits, folder)
    assert {path.name for path in folder.iterdir()} == stays


def test_other_versions_are_removed_once_not_at_each_chunk(digits, monkeypatch, tmp_path):
    removals = []
    monkeypatch.setattr(files, "remove_other_versions", removals.append)
    files.held_out({"styled": 24, "traced": 24}, digits, tmp_path)
    assert removals == [tmp_path]
    files.held_out({"styled": 24}, digits, None)
    assert removals == [tmp_path]


@pytest.mark.parametrize("name", ["missing", "file"])
def test_where_nothing_can_be_removed_nothing_is(name, digits, tmp_path):
    (tmp_path / "file").touch()
    assert files.open_folder(tmp_path / name, digits).parent == tmp_path / name


def test_pictures_that_look_different_are_of_another_version():
    stored = np.load(sample.STORED)
    assert stored["version"] == files.VERSION, (
        "Store how pictures of this version look: python -m tests.core.digits.train.made.sample"
    )
    for source, images in sample.pictures().items():
        difference = np.abs(images.astype(int) - stored[source])
        assert difference.max() <= 2, (
            f"{source}: made pictures look different now. Raise VERSION in"
            " core.digits.train.made.files, or those that are kept would be taken for new ones."
        )


def test_pictures_that_are_missing_are_counted(digits, tmp_path):
    sizes = {"styled": 24, "no digit": 12}  # and a chunk of each is held out
    folder = files.folder_for(tmp_path, digits)
    assert files.n_missing(sizes, folder) == 60
    files.held_out(sizes, digits, tmp_path)
    assert files.n_missing(sizes, folder) == 48


def test_held_out_digits_are_those_of_the_pool(digits, made, tmp_path):
    sizes = {"styled": 24, "traced": 12, "no digit": 12}
    expected = pool.make_pool(sizes, digits, n_processes=1).held_out
    made.clear()
    for n_made in (2, 0):
        parts = files.held_out(sizes, digits, tmp_path)
        found = {image.tobytes() for part in parts for image in part.images}
        are_digits = expected.labels != pool.NO_DIGIT
        assert found == {image.tobytes() for image in expected.images[are_digits]}
        assert len(made) == n_made
        made.clear()
