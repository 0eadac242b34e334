import pytest

from core.messages import InputError
from core.own_data.encodings import decode

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le")

ENCODED = [
    *(
        (text, code)
        for text in ("时间,高度", "x轴；y轴，１", "−1,2")
        for code in (*UNICODE, "gb18030")
    ),
    *(
        (text, code)
        for text in ("Länge,Größe", "température;°C", "é", "1,2 µm")
        for code in (*UNICODE, "cp1252")
    ),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_text_is_found_in_its_encoding(text: str, encoding: str) -> None:
    content = f"{text}\r\n1,2\r".encode(encoding)
    assert decode(content) == f"{text}\n1,2\n"


@pytest.mark.parametrize("content", [b"1,2\x81", b"\xff\xfe1", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_what_is_no_text_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="no text in UTF-8, UTF-16, GBK or Windows-1252"):
        decode(content)


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_told_from_a_text(beginning: bytes) -> None:
    with pytest.raises(InputError, match="workbook"):
        decode(beginning + b"\0\0")
