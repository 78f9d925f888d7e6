"""Anki's deck, the H5P set and the course of Open edX, read back by SQLite, JSON and XML."""

import contextlib
import io
import json
import sqlite3
import tarfile
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import reason
from explorer.export.quiz_exchange.losses import ExchangeFormat
from tests.exchange import CHOICE, of, plain, spaced, told


@pytest.fixture(params=["shipped", "torture"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_an_anki_deck_has_a_note_a_question(bank: str) -> None:
    """Each note has its own GUID, one note type, its tags, and the reasons on the back."""
    prepared = of(bank, ExchangeFormat.APKG)
    packed = zipfile.ZipFile(io.BytesIO(prepared.made()))
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(packed.read("collection.anki2"))
        rows = database.execute("SELECT guid, mid, tags, flds FROM notes").fetchall()
        (cards,) = database.execute("SELECT count(DISTINCT nid) FROM cards").fetchone()
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
    assert sound == "ok"
    notes = {guid: (tags.split(), fields.split("\x1f")) for guid, _, tags, fields in rows}
    assert len(notes) == len(rows) == cards == len(prepared.found)
    assert len({kind for _, kind, _, _ in rows}) == 1
    for entry in prepared.found:
        tags, (front, back, topic, name) = notes[f"anakinra-explorer-{entry.question.id}"]
        assert tags == list(entry.tags)
        assert spaced(entry.stem) in plain(front)
        assert (plain(topic), plain(name)) == (entry.topic.title, entry.name)
        assert all(spaced(reason(option)) in plain(back) for option in entry.question.options)


def test_an_h5p_set_holds_each_choice_and_number(bank: str) -> None:
    """Each question names its library; options, key and reasons are as they were."""
    prepared = of(bank, ExchangeFormat.H5P)
    packed = zipfile.ZipFile(io.BytesIO(prepared.made()))
    assert packed.namelist() == ["h5p.json", "content/content.json"]
    head = json.loads(packed.read("h5p.json"))
    declared = {
        f"{one['machineName']} {one['majorVersion']}.{one['minorVersion']}"
        for one in head["preloadedDependencies"]
    }
    questions = json.loads(packed.read("content/content.json"))["questions"]
    assert len({one["subContentId"] for one in questions}) == len(questions) == prepared.count
    assert {one["library"] for one in questions} < declared
    read = {one["metadata"]["title"]: one["params"] for one in questions}
    for entry in prepared.found:
        question, item = entry.question, read.pop(entry.name, None)
        if question.kind in CHOICE:
            assert item is not None
            assert spaced(plain(item["question"])) == spaced(entry.stem)
            assert {
                (
                    spaced(plain(one["text"])),
                    one["correct"],
                    spaced(plain(one["tipsAndFeedback"]["chosenFeedback"])),
                )
                for one in item["answers"]
            } == told(question)
        elif question.number is not None:
            assert item is not None
            assert spaced(plain(item["text"])) == spaced(entry.stem)
            right = [Decimal(one) for one in plain(item["questions"][0]).strip("*").split("/")]
            assert right[0] == question.number.value
            assert max(right) - right[0] == question.number.tolerance
        else:
            assert item is None
    assert read == {}


def inside(node: ElementTree.Element | None, tag: str) -> str:
    """Read the text of an element without what stands in some elements of it."""
    assert node is not None
    return spaced((node.text or "") + "".join(x.tail or "" for x in node if x.tag == tag))


def test_a_course_of_open_edx_holds_each_question(bank: str) -> None:
    """Each unit leads to its problem; options, key, hints, menus and numbers are as they were."""
    prepared = of(bank, ExchangeFormat.OLX)
    with tarfile.open(fileobj=io.BytesIO(prepared.made())) as archive:
        files = {one.name: archive.extractfile(one) for one in archive.getmembers()}
        roots = {
            name: ElementTree.fromstring(file.read())
            for name, file in files.items()
            if file is not None
        }
    units = [node.get("url_name") for n, r in roots.items() if "/sequential/" in n for node in r]
    assert sorted(units) == sorted(f"u-{entry.question.id}" for entry in prepared.found)
    for entry in prepared.found:
        question, item = entry.question, roots[f"course/problem/{entry.question.id}.xml"]
        assert item.get("display_name") == entry.name
        labels = [spaced("".join(label.itertext())) for label in item.iter("label")]
        if question.kind in CHOICE:
            assert labels == [spaced(entry.stem)]
            assert {
                (
                    inside(choice, "choicehint"),
                    choice.get("correct") == "true",
                    spaced(choice.findtext("choicehint") or ""),
                )
                for choice in item.iter("choice")
            } == told(question)
        elif question.number is not None:
            (response,) = item.iter("numericalresponse")
            assert Decimal(response.get("answer", "")) == question.number.value
            near = response.find("responseparam")
            off = Decimal(0) if near is None else Decimal(near.get("default", ""))
            assert off == question.number.tolerance
            assert spaced(response.findtext("correcthint") or "") == spaced(
                question.number.rationale
            )
        else:
            named = {group.id: group.label for group in question.groups}
            right = {
                option.text: named[option.group] if named else str(place)
                for place, option in enumerate(question.options, 1)
            }
            menus = [
                [one.text for one in menu.iter("option") if one.get("correct") == "True"]
                for menu in item.iter("optioninput")
            ]
            found = {label: spaced(one) for label, (one,) in zip(labels, menus, strict=True)}
            assert found == {spaced(text): spaced(one) for text, one in right.items()}
            assert question.kind in (QuestionKind.ORDER, QuestionKind.SORT)
