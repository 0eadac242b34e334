import gzip
import shutil
import subprocess
import sys

import pytest

from core.digits import mnist
from core.messages import InputError

LABELS = "t10k-labels-idx1-ubyte.gz"


@pytest.mark.parametrize(("part", "n"), [("train", 60_000), ("test", 10_000)])
def test_sizes_and_types(part, n):
    images, labels = mnist.load(part)
    assert images.shape == (n, 28, 28)
    assert labels.shape == (n,)
    assert images.dtype == labels.dtype == "uint8"
    assert images.min() == 0
    assert images.max() == 255
    assert sorted(set(labels.tolist())) == list(range(10))


def test_first_labels_are_the_published_ones():
    assert mnist.load("train").labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert mnist.load("test").labels[:5].tolist() == [7, 2, 1, 0, 4]


def test_arrays_are_read_only():
    images, labels = mnist.load("test")
    for array in (images, labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_pixels_are_floats_from_0_to_1():
    digits = mnist.load("test")
    pixels = digits.pixels()
    assert pixels.dtype == "float32"
    assert (pixels * 255).round().astype("uint8").tolist()[0] == digits.images[0].tolist()


def test_another_part_is_refused():
    with pytest.raises(InputError, match='"train" and a part "test", not "valid"'):
        mnist.load("valid")


def test_a_damaged_archive_is_named_with_the_cure(tmp_path):
    data = bytearray((mnist.FOLDER / LABELS).read_bytes())
    data[1000] ^= 1
    (tmp_path / LABELS).write_bytes(data)
    with pytest.raises(InputError, match=f"{LABELS} is damaged: .*git checkout -- assets/mnist/"):
        mnist.read_archive(tmp_path / LABELS)


def test_a_missing_archive_is_named_with_the_cure(tmp_path):
    shutil.copy(mnist.FOLDER / "t10k-images-idx3-ubyte.gz", tmp_path)
    with pytest.raises(InputError, match=f"{LABELS} is missing .*git checkout -- assets/mnist/"):
        mnist.load("test", tmp_path)


@pytest.mark.parametrize("change", [b"\1\0\x08\1", b"\0\0\x09\1", b"\0\0\x08\0", b"", b"\0\0\x08"])
def test_wrong_magic_number(change):
    data = gzip.decompress((mnist.FOLDER / LABELS).read_bytes())
    with pytest.raises(InputError, match="wrong magic number"):
        mnist.parse_idx(change + data[4:] if len(change) == 4 else change)


def test_wrong_length():
    data = gzip.decompress((mnist.FOLDER / LABELS).read_bytes())
    with pytest.raises(
        InputError, match="holds 9999 bytes of values, but its header promises 10000"
    ):
        mnist.parse_idx(data[:-1])


@pytest.mark.parametrize(
    "module", ["mnist", "image.preparation", "image.files", "network.files", "recognise"]
)
def test_reading_and_recognising_import_no_torch(module):
    code = (
        f"import sys, core.digits.{module} as m; m.load_recogniser() if 'recognise' in m.__name__"
        " else None; sys.exit('torch' in sys.modules or 'torchvision' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
