"""Open image files that people bring along, safely: any file gives an image or one sentence."""

import contextlib
import io
import threading
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from core.messages import N_, InputError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""What stands after the letters "ftyp" in a HEIC file, the format of iPhones; Pillow cannot decode
it."""
MAX_MEGABYTES = 5
MAX_MEGAPIXELS = 25

_warnings_lock = threading.Lock()  # `warnings.catch_warnings` is for one thread at a time


def read_image(source: bytes | str | Path) -> npt.NDArray[np.uint8]:
    """Read a PNG, JPEG, WebP, GIF, BMP or TIFF image.

    What the file is called does not matter, only what it holds. Its size is checked before it is
    decoded. A photo is turned upright as its camera noted, and an animation gives its first frame.

    Parameters
    ----------
    source : bytes, str or Path
        What is in the file, or where it is.

    Returns
    -------
    ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.

    Raises
    ------
    InputError
        If the file cannot be read, is of another format, too large or damaged.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> Image.new("RGB", (3, 2), "red").save(file, "PNG")
    >>> read_image(file.getvalue()).shape
    (2, 3, 3)
    >>> read_image(b"%PDF-1.7")
    Traceback (most recent call last):
    core.messages.InputError: This file is no PNG, JPEG, WebP, GIF, BMP or TIFF image.
    """
    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    if len(data) > MAX_MEGABYTES * 1024**2:
        raise too_many_bytes()
    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd files; the person gets a sentence
        try:
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
        except UnidentifiedImageError:
            raise unknown(data) from None
        except Image.DecompressionBombError:
            raise too_many_pixels() from None
        except Exception:  # a damaged file makes Pillow raise almost anything
            raise damaged() from None
        if image.width * image.height > MAX_MEGAPIXELS * 1_000_000:
            raise too_many_pixels()
        try:
            image.load()
            with contextlib.suppress(Exception):  # damaged EXIF data: the picture itself is fine
                image = ImageOps.exif_transpose(image)
            return to_array(image)
        except Exception:  # as above
            raise damaged() from None


def read_bytes(path: Path) -> bytes:
    """Read a whole file, unless it is larger than an image may be."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_MEGABYTES * 1024**2 + 1)
    except OSError as error:
        raise InputError(
            N_("This file cannot be read: {reason}."), reason=error.strerror or error
        ) from None


def to_array(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Give the pixels as grey, RGB or RGBA of 8 bits, whatever the image's own mode is."""
    if image.mode.startswith("I"):  # grey of 16 bits
        return np.asarray(np.asarray(image, np.int64).clip(0, 65535) // 257, np.uint8)
    if image.mode == "F":  # grey of any range
        levels = np.nan_to_num(np.asarray(image, np.float64))
        levels = (levels - levels.min()) / max(float(np.ptp(levels)), 1e-9)
        return np.asarray(np.round(255 * levels), np.uint8)
    if image.has_transparency_data:
        return np.asarray(image.convert("RGBA"))
    return np.asarray(image.convert("L" if image.mode in ("1", "L") else "RGB"))


def unknown(data: bytes) -> InputError:
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        return InputError(
            N_(
                "This is a HEIC photo, which is not read here: save it as JPEG. An iPhone takes "
                "JPEG under Settings → Camera → Formats → Most Compatible."
            )
        )
    return InputError(N_("This file is no PNG, JPEG, WebP, GIF, BMP or TIFF image."))


def too_many_bytes() -> InputError:
    return InputError(
        N_("This file is too large: an image may have up to {limit} MB."), limit=MAX_MEGABYTES
    )


def too_many_pixels() -> InputError:
    return InputError(
        N_("This image is too large: it may have up to {limit} megapixels."), limit=MAX_MEGAPIXELS
    )


def damaged() -> InputError:
    return InputError(N_("This image is damaged: save it again as PNG or JPEG."))
