"""The QR code of the join address."""

import io
import xml.etree.ElementTree as ET

import typst
import zxingcpp
from PIL import Image

from explorer.export import qr

ADDRESS = "http://192.168.178.123:8501/join?code=ABC234"


def test_the_code_is_a_whole_drawing_with_its_quiet_zone() -> None:
    """Well-formed SVG on white; 4 modules of white on each side of a version 3 or 4 code."""
    root = ET.fromstring(qr.svg(ADDRESS))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert int(root.attrib["width"]) in {8 * (29 + 8), 8 * (33 + 8)}
    assert "#fff" in qr.svg(ADDRESS)


def test_another_address_is_another_code() -> None:
    """The address is what is drawn, the same at every call."""
    assert qr.svg(ADDRESS) == qr.svg(ADDRESS)
    assert qr.svg(ADDRESS) != qr.svg(f"{ADDRESS}5")


def test_a_reader_finds_the_address_in_the_drawing() -> None:
    """An independent reader of codes, given the drawing as a picture, reads the very address."""
    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image("code.svg")'
    drawn = typst.Compiler(
        {"main.typ": page.encode(), "code.svg": qr.svg(ADDRESS).encode()}
    ).compile(format="png")
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))
    assert [item.text for item in found] == [ADDRESS]
