"""The text of a file, in whichever of the usual encodings it was saved."""

import codecs

from core.messages import N_, InputError

MAX_BYTES = 2 * 1024**2
"""The largest CSV: 2 MB."""

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; that of UTF-32 begins with that of UTF-16, so it is looked for first."""

SIGNS, WORDS = range(0xA1, 0xAA), range(0xB0, 0xD8)
"""First bytes of GBK's signs and of its characters in daily use, whose second byte is above 0xA0.
The accented letters of Windows-1252 lie higher, and its other signs stand alone among ASCII."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin, the new ones (zipped) and the old ones."""


def decode(content: bytes | str) -> str:
    r"""Return the text, without a byte order mark, its lines ended by ``\n``.

    Parameters
    ----------
    content : bytes or str
        A file in UTF-8, UTF-16, UTF-32, GBK or Windows-1252, or its text; at most 2 MB.

    Raises
    ------
    InputError
        If it is too large, a workbook, or no text.

    Examples
    --------
    >>> decode("时间,高度".encode("gbk")), decode("Länge;Größe".encode("cp1252"))
    ('时间,高度', 'Länge;Größe')
    """
    size = len(content) if isinstance(content, bytes) else _size(content)
    if size > MAX_BYTES:
        raise InputError(N_("The data are larger than {limit} MB."), limit=MAX_BYTES // 1024**2)
    text = content if isinstance(content, str) else _decoded(content)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content.startswith(WORKBOOKS):
        raise InputError(N_("The file is a workbook; save its sheet as CSV first."))
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _text(content, encoding)
    if b"\0" in content:  # UTF-16 without its mark: every other byte of a digit is 0
        return _text(content, "utf-16-le" if content[1::2].count(0) else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _text(content, "gb18030" if _is_chinese(content) else "cp1252")


def _text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InputError(
            N_("The file is no text in UTF-8, UTF-16, GBK or Windows-1252; save it as UTF-8.")
        )
    return text


def _is_chinese(content: bytes) -> bool:
    """Whether the bytes are GBK or its extension, and mostly signs that are in daily use."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    pairs = [sign.encode("gb18030") for sign in text if not sign.isascii()]
    usual = sum(
        len(pair) == 4 or pair[0] in SIGNS or (pair[0] in WORDS and pair[1] > 0xA0)
        for pair in pairs
    )
    return 2 * usual > len(pairs)


def _size(text: str) -> int:
    """The bytes of `text` in UTF-8."""
    return len(text.encode("utf-8", errors="surrogatepass"))
