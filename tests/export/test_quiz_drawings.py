"""Drawings leave as files beside the reasons, where a format has a place for them."""

import html
import io
import re
import tarfile
import zipfile
from base64 import b64decode
from collections import Counter

import pytest

from explorer.export import line_drawings
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import FILES
from tests.exchange import of

ADDRESSES = {
    ExchangeFormat.MOODLE: "@@PLUGINFILE@@/",
    ExchangeFormat.QTI21: "../media/",
    ExchangeFormat.QTI12: "%24IMS-CC-FILEBASE%24/media/",
    ExchangeFormat.APKG: "",
    ExchangeFormat.OLX: "/static/",
    ExchangeFormat.SCORM12: "",
    ExchangeFormat.SCORM2004: "",
    ExchangeFormat.CMI5: "",
}
"""What the address of a drawing begins with, in each format that holds drawings."""


def unpacked(target: ExchangeFormat, made: bytes) -> dict[str, bytes]:
    """Give the files of a package; of Moodle XML those that stand in it, and itself."""
    if target is ExchangeFormat.OLX:
        with tarfile.open(fileobj=io.BytesIO(made)) as archive:
            found = {item.name: archive.extractfile(item) for item in archive if item.isfile()}
            return {name: held.read() for name, held in found.items() if held is not None}
    if target is ExchangeFormat.MOODLE:
        pattern = rb'<file name="([^"]+)" path="/" encoding="base64">([^<]*)</file>'
        held = {name.decode(): b64decode(text) for name, text in re.findall(pattern, made)}
        return {"quiz.xml": made} | held
    archive = zipfile.ZipFile(io.BytesIO(made))
    files = {name: archive.read(name) for name in archive.namelist()}
    if target is ExchangeFormat.APKG:
        names = re.findall(r'"(\d+)": "([^"]+)"', files["media"].decode())
        files |= {name: files.pop(number) for number, name in names}
    return files


@pytest.mark.parametrize("bank", ["shipped", "torture"])
@pytest.mark.parametrize("target", list(ADDRESSES))
def test_each_drawing_is_a_file_that_its_question_shows(target: ExchangeFormat, bank: str) -> None:
    """As many pictures as questions with a drawing, each with its words, and each file once."""
    prepared = of(bank, target)
    wanted = [entry.drawing for entry in prepared.found if entry.drawing is not None]
    files = unpacked(target, prepared.made())
    held = {name.rpartition("/")[2]: data for name, data in files.items() if ".svg" in name}
    assert held == {
        f"anakinra-explorer-{drawing.id}.svg": line_drawings.svg(drawing.id).encode()
        for drawing in wanted
    }
    text = " ".join(data.decode("utf-8", "replace") for data in files.values())
    for _ in range(2):  # some formats hold HTML as text of XML
        text = html.unescape(text)
    start = re.escape(ADDRESSES[target])
    shown = Counter(re.findall(rf'<img src="{start}anakinra-explorer-([a-z-]+)\.svg"', text))
    assert shown == Counter(drawing.id for drawing in wanted)
    assert all(html.unescape(drawing.title) in text for drawing in wanted if bank == "shipped")
    assert "drawing" not in {loss.reason for loss in prepared.lost}


@pytest.mark.parametrize("target", [item for item in FILES if item not in ADDRESSES])
def test_a_drawing_that_has_no_place_is_told_as_lost(target: ExchangeFormat) -> None:
    """H5P has a picture above the question only, where it would give the answer away."""
    (loss,) = [item for item in of("shipped", target).lost if item.reason == "drawing"]
    assert len(loss.questions) == 6
