import io
import random
import string
import xml.etree.ElementTree as ET

import pytest
import vl_convert
import zxingcpp
from PIL import Image

from core.link.qr_code import LONGEST, as_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_a_code_scales_with_its_place_and_is_dark_on_white_in_either_theme() -> None:
    root = ET.fromstring(as_svg("https://example.org/one_weight?bad=true") or "")
    assert {"width", "height"}.isdisjoint(root.attrib)
    paths = root.findall(f".//{SVG}path")
    assert {path.get("fill") or path.get("stroke") for path in paths} == {"#fff", "#000"}


@pytest.mark.parametrize("length", [40, LONGEST])
def test_a_reader_reads_what_is_shown(length: int) -> None:
    letters = random.Random(length).choices(string.ascii_letters + string.digits + "-_&=", k=length)
    link = "https://ladder.school/one_weight?seed=3&xy=" + "".join(letters)
    link = link[:LONGEST]
    png = vl_convert.svg_to_png(as_svg(link) or "", scale=4)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    assert found.text == link


def test_the_longest_link_has_a_code_that_is_not_too_fine_and_a_longer_one_has_none() -> None:
    root = ET.fromstring(as_svg("x" * LONGEST) or "")
    side = int(root.attrib["viewBox"].split()[2])
    assert side <= 117 + 2 * 4
    assert as_svg("x" * (LONGEST + 1)) is None
    assert as_svg("字" * LONGEST) is None
