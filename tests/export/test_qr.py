"""The QR code of the join address."""

import xml.etree.ElementTree as ET

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
