import io
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from core.digits.image.files import HEIC, read_image
from core.messages import InputError
from tests.core.digits.strokes import draw


def encode(image, kind="PNG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.fixture
def picture():
    return Image.fromarray(draw(7)).resize((60, 40))


@pytest.mark.parametrize(
    ("kind", "options", "shape"),
    [
        ("PNG", {}, (40, 60)),
        ("JPEG", {"quality": 95}, (40, 60)),
        ("WEBP", {"lossless": True}, (40, 60, 3)),
        ("GIF", {}, (40, 60, 3)),
        ("BMP", {}, (40, 60)),
        ("TIFF", {}, (40, 60)),
        ("TIFF", {"compression": "jpeg"}, (40, 60)),
        ("TIFF", {"compression": "tiff_lzw"}, (40, 60)),
    ],
)
def test_the_formats(picture, kind, options, shape, tmp_path):
    data = encode(picture, kind, **options)
    image = read_image(data)
    assert image.shape == shape
    assert image.dtype == np.uint8
    grey = image if image.ndim == 2 else image[..., 0]
    assert np.abs(grey.astype(int) - np.asarray(picture)).mean() < 3
    path = tmp_path / "no_suffix"
    path.write_bytes(data)
    assert np.array_equal(read_image(path), image)
    assert np.array_equal(read_image(str(path)), image)


@pytest.mark.parametrize(
    ("mode", "shape"),
    [
        ("1", (40, 60)),
        ("P", (40, 60, 3)),
        ("RGB", (40, 60, 3)),
        ("RGBA", (40, 60, 4)),
        ("LA", (40, 60, 4)),
    ],
)
def test_modes_of_png(picture, mode, shape):
    image = read_image(encode(picture.convert(mode)))
    assert image.shape == shape
    grey = image if image.ndim == 2 else image[..., 0]
    assert np.abs(grey.astype(int) - np.asarray(picture)).mean() < 12


def test_sixteen_bits_become_eight():
    levels = np.array([[0, 257, 40_000, 65_535]], np.uint16)
    assert read_image(encode(Image.fromarray(levels))).tolist() == [[0, 1, 155, 255]]


def png_of_16_bits(levels, colour_type):
    """A PNG file of 16 bits a channel, as Pillow cannot write it."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + crc

    height, width = levels.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in levels)
    header = (
        width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([16, colour_type, 0, 0, 0])
    )
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize(("channels", "colour_type"), [(1, 0), (3, 2), (4, 6)])
def test_sixteen_bits_in_colour(channels, colour_type):
    levels = np.full((2, 3, channels), 40_000, np.uint16)
    levels[0, 0] = 65_535
    image = read_image(png_of_16_bits(levels, colour_type)).reshape(2, 3, channels)
    assert image.dtype == np.uint8
    assert np.abs(image[1, 1].astype(int) - 155).max() <= 1
    assert image[0, 0].tolist() == [255] * channels


def test_a_small_file_that_unpacks_to_a_huge_text_gets_one_sentence(picture):
    info = PngImagePlugin.PngInfo()
    info.add_text("bomb", "0" * 30_000_000, zip=True)
    data = encode(picture, pnginfo=info)
    assert len(data) < 100_000
    with pytest.raises(InputError, match="is damaged"):
        read_image(data)


def test_a_header_that_promises_more_than_there_is_gets_one_sentence(picture):
    data = bytearray(encode(picture))
    data[16:24] = (4_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    with pytest.raises(InputError, match="is damaged"):
        read_image(bytes(data))


def test_cmyk(picture):
    image = read_image(encode(picture.convert("RGB").convert("CMYK"), "JPEG", quality=95))
    assert np.abs(image[..., 0].astype(int) - np.asarray(picture)).mean() < 5


def test_a_transparent_colour_in_a_palette(picture):
    image = read_image(encode(picture.convert("P"), transparency=0))
    assert image.shape == (40, 60, 4)
    assert image[0, 0, 3] == 0
    assert image[..., 3].max() == 255


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_are_turned_upright(orientation):
    upright = Image.new("L", (30, 20))
    upright.paste(255, (0, 0, 10, 5))  # bright at the top left
    stored = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    image = upright if stored is None else upright.transpose(Image.Transpose(stored))
    exif = Image.Exif()
    exif[0x0112] = orientation
    read = read_image(encode(image, "JPEG", exif=exif, quality=95))
    assert read.shape == (20, 30)
    assert read[2, 5] > 200
    assert read[17, 5] < 50
    assert read[2, 25] < 50


def test_an_animation_gives_its_first_frame(picture):
    frames = [Image.new("L", picture.size, level) for level in (90, 200)]
    for kind in ("PNG", "WEBP"):
        data = encode(picture, kind, save_all=True, append_images=frames, lossless=True)
        image = read_image(data)
        grey = image if image.ndim == 2 else image[..., 0]
        assert np.abs(grey.astype(int) - np.asarray(picture)).max() <= 1


@pytest.mark.parametrize("kind", ["PPM", "ICO", "TGA", "PDF"])
def test_other_formats_are_refused(picture, kind, tmp_path):
    path = tmp_path / "digit.png"
    path.write_bytes(encode(picture, kind))
    with pytest.raises(InputError, match="no PNG, JPEG, WebP, GIF, BMP or TIFF image"):
        read_image(path)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"<svg/>", bytes(1000)])
def test_no_image_at_all(data):
    with pytest.raises(InputError, match=r"no PNG, JPEG, WebP|is damaged"):
        read_image(data)


@pytest.mark.parametrize("brand", HEIC)
def test_a_heic_photo_is_told_what_to_do(brand):
    with pytest.raises(InputError, match=r"HEIC photo.*save it as JPEG"):
        read_image(b"\0\0\0\x18ftyp" + brand + bytes(100))


def test_levels_of_any_range(picture):
    levels = 0.5 + np.asarray(picture, np.float32) / 1000
    image = read_image(encode(Image.fromarray(levels), "TIFF"))
    assert (image.dtype, image.min(), image.max()) == (np.uint8, 0, 255)
    assert np.abs(image.astype(int) - np.asarray(picture)).max() <= 1


def test_a_transparent_gif(picture):
    image = read_image(encode(picture.convert("P"), "GIF", transparency=0))
    assert image.shape == (40, 60, 4)
    assert image[0, 0, 3] == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_truncated_and_damaged_files_give_an_image_or_one_sentence(picture, kind):
    data = encode(picture, kind)
    with pytest.raises(InputError):
        read_image(data[: len(data) // 2])
    rng = np.random.default_rng(0)
    outcomes = set()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(300):
            damaged = bytearray(data)
            for place in rng.integers(0, len(data), 3):
                damaged[place] = rng.integers(256)
            try:
                outcomes.add(read_image(bytes(damaged)).dtype)
            except InputError as error:
                outcomes.add(str(error))
    if kind not in ("GIF", "BMP"):  # nothing in them can be damaged but the header and the size
        assert any("is damaged" in str(outcome) for outcome in outcomes)


def test_damaged_exif_does_not_hide_the_picture(picture):
    data = encode(picture, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert read_image(data).shape == (40, 60)


def test_too_many_bytes(tmp_path):
    for source in (bytes(5 * 1024**2 + 1), tmp_path / "large"):
        if not isinstance(source, bytes):
            source.write_bytes(bytes(5 * 1024**2 + 1))
        with pytest.raises(InputError, match="up to 5 MB"):
            read_image(source)


@pytest.mark.parametrize("size", [(5001, 5000), (11_000, 11_000), (16_000, 16_000)])
def test_too_many_pixels_are_refused_without_a_warning(size):
    """The two larger ones are where Pillow warns of a decompression bomb, and where it raises."""
    data = encode(Image.new("1", size))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match="up to 25 megapixels"):
            read_image(data)


def test_twenty_five_megapixels_are_allowed():
    assert read_image(encode(Image.new("1", (5000, 5000)))).shape == (5000, 5000)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file or directory"):
        read_image(tmp_path / "missing.png")
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_image(tmp_path)
