"""Our files read by programs of others, field by field: the shipped bank and the hard one."""

import dataclasses
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import QuizEntry, reason
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.qti21 import identifier
from tests.exchange import CHOICE, of, plain, spaced, told, unmarked

pytestmark = pytest.mark.foreign

HERE = Path(__file__).parent
PYTHON = os.environ.get("FOREIGN_PYTHON", "")
"""The interpreter with Anki's library, lxml, olxcleaner, onyx2moodle and qti2latex."""

SCHEMAS = os.environ.get("QTI_SCHEMAS", "")
"""Folder of 1EdTech's schemas. No package of npm or PyPI has them, and they are not ours to ship."""

CMI5_SCHEMA = os.environ.get("CMI5_SCHEMA", "")
"""The standard's file ``CourseStructure.xsd``, which no registry has."""


@pytest.fixture(params=["shipped", "torture"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def said_by(script: Path, *arguments: object) -> dict:  # type: ignore[type-arg]
    """Run a script among the packages of others; what it says is JSON."""
    command = [PYTHON, str(script), *map(str, arguments)]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert found.returncode == 0, found.stderr[-2000:]
    return json.loads(found.stdout)  # type: ignore[no-any-return]


def gift_readable() -> str:
    """Say why gift-pegjs cannot run here; empty where it can."""
    node = shutil.which("node")
    if node is None:
        return "needs Node.js"
    asked = [node, "-e", "require('gift-pegjs')"]
    found = subprocess.run(asked, capture_output=True, check=False)
    return "" if found.returncode == 0 else "needs gift-pegjs 1.0.2 on NODE_PATH"


def same_in_gift(item: dict, entry: QuizEntry) -> None:  # type: ignore[type-arg]
    question = entry.question
    assert spaced(plain(item["stem"]["text"])) == spaced(entry.stem)
    assert (item["id"], item["tags"]) == (entry.name, list(entry.tags))
    if question.kind in CHOICE:
        assert {
            (
                spaced(plain(one["text"]["text"])),
                one["isCorrect"] or (one["weight"] or 0) > 0,
                spaced(plain(one["feedback"]["text"])),
            )
            for one in item["choices"]
        } == told(question)
    elif question.number is not None:
        right = item["choices"][0]["text"]
        assert Decimal(str(right["number"])) == question.number.value
        assert Decimal(str(right.get("range", 0))) == question.number.tolerance
    else:
        answers = {option.id: str(at) for at, option in enumerate(question.options, 1)}
        if question.groups:
            labels = {group.id: group.label for group in question.groups}
            answers = {option.id: labels[option.group] for option in question.options}
        assert {
            (spaced(plain(pair["subquestion"]["text"])), unmarked(pair["subanswer"]))
            for pair in item["matchPairs"]
        } == {(spaced(one.text), unmarked(spaced(answers[one.id]))) for one in question.options}


def test_gift_is_read_by_a_parser_that_is_not_ours(bank: str, tmp_path: Path) -> None:
    """gift-pegjs reads every question, with options, key, weights, reasons, id and tags."""
    assert gift_readable() == ""
    prepared = of(bank, ExchangeFormat.GIFT)
    file = tmp_path / "bank.gift"
    file.write_bytes(prepared.made())
    script = (
        "const {parse}=require('gift-pegjs');const fs=require('fs');"
        "console.log(JSON.stringify(parse(fs.readFileSync(process.argv[1],'utf8'))))"
    )
    said = subprocess.run(
        ["node", "-e", script, str(file)], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    read = {item["title"]: item for item in json.loads(said) if item["type"] != "Category"}
    assert list(read) == [entry.name for entry in prepared.found]
    for entry in prepared.found:
        same_in_gift(read[entry.name], entry)


@pytest.mark.parametrize("target", [ExchangeFormat.APKG, ExchangeFormat.ANKI])
def test_anki_takes_each_note_and_keeps_its_schedule(
    bank: str, target: ExchangeFormat, tmp_path: Path
) -> None:
    """Anki's own library has each question once, and a later file changes its one note only."""
    prepared = of(bank, target)
    ending = "apkg" if target is ExchangeFormat.APKG else "txt"
    first, later = tmp_path / f"first.{ending}", tmp_path / f"later.{ending}"
    first.write_bytes(prepared.made())
    changed = prepared.found[0]
    newer = changed.question.evolve(version=changed.question.version + 1)
    entries = (
        QuizEntry(topic=changed.topic, question=newer, stem=f"{changed.stem} Now?"),
        *prepared.found[1:],
    )
    later.write_bytes(dataclasses.replace(prepared, found=entries).made())
    said = said_by(HERE / "read_anki.py", first, later)
    new, again, after = said["counts"]
    assert new == {"new": len(prepared.found), "updated": 0, "duplicate": 0}
    assert (again["new"], after["new"]) == (0, 0)
    if target is ExchangeFormat.APKG:
        assert (again["updated"], after["updated"]) == (0, 1)
    assert said["interval"] == [21, 99]
    assert said["sound"]
    assert len(said["notes"]) == len(entries)
    for entry in entries:
        note = said["notes"][f"anakinra-explorer-{entry.question.id}"]
        front, back = note["fields"][:2]
        assert spaced(entry.stem) in spaced(plain(front))
        assert set(note["tags"]) == set(entry.tags)
        assert note["deck"].startswith("Anakinra Explorer::")
        for option in entry.question.options:
            assert spaced(option.text) in spaced(plain(front))
            assert spaced(reason(option)) in spaced(plain(back))


def test_moodle_xml_is_read_by_a_parser_that_is_not_ours(tmp_path: Path) -> None:
    """moodle-xml-parser reads each choice of the bank: options, shares and reasons as they were."""
    prepared = of("shipped", ExchangeFormat.MOODLE)
    file = tmp_path / "bank.xml"
    file.write_bytes(prepared.made())
    read = said_by(HERE / "read_moodle.py", file)
    asked = [entry for entry in prepared.found if entry.question.kind in CHOICE]
    assert list(read) == [entry.name for entry in asked]
    for entry in asked:
        item = read[entry.name]
        assert spaced(plain(item["stem"])) == spaced(entry.stem)
        assert item["single"] is (entry.question.kind is not QuestionKind.SEVERAL)
        assert {
            (spaced(plain(text)), share > 0, spaced(plain(why)))
            for text, share, why in item["options"]
        } == told(entry.question)


def test_qti_2_1_is_read_by_a_parser_that_is_not_ours(bank: str, tmp_path: Path) -> None:
    """onyx2moodle reads kind, choices, key and a reason for each choice; of an order, its key."""
    prepared = of(bank, ExchangeFormat.QTI21)
    file = tmp_path / "package.zip"
    file.write_bytes(prepared.made())
    read = said_by(HERE / "read_qti.py", file, "2.1")
    assert set(read) == {entry.question.id for entry in prepared.found}
    for entry in prepared.found:
        item, question = read[entry.question.id], entry.question
        placed = question.kind is QuestionKind.ORDER  # a kind that it does not know
        assert len(item["kinds"]) == (0 if placed else 1)
        texts = {name: spaced(plain(text)) for name, text in item["choices"].items()}
        if question.kind in CHOICE:
            reasons = {name: spaced(plain(text)) for name, text in item["reasons"].items()}
            assert {
                (text, name in item["right"], reasons[name]) for name, text in texts.items()
            } == told(question)
        elif question.kind is QuestionKind.SORT:
            labels = {group.id: group.label for group in question.groups}
            raw = {name: spaced(text) for name, text in item["choices"].items()}
            assert {tuple(raw[part] for part in pair.split()) for pair in item["right"]} == {
                (spaced(one.text), spaced(labels[one.group])) for one in question.options
            }
        elif question.number is not None:
            assert [Decimal(value) for value in item["right"]] == [question.number.value]
        else:
            ordered = [identifier(option.id) for option in question.options]
            assert item["right"] == ordered


def test_qti_1_2_is_read_by_a_parser_that_is_not_ours(bank: str, tmp_path: Path) -> None:
    """qti2latex finds each item of the package with its kind, its question and its options."""
    prepared = of(bank, ExchangeFormat.QTI12)
    file = tmp_path / "package.zip"
    file.write_bytes(prepared.made())
    read = said_by(HERE / "read_qti.py", file, "1.2")
    assert set(read) == {entry.question.id for entry in prepared.found}
    for entry in prepared.found:
        item, question = read[entry.question.id], entry.question
        assert spaced(plain(item["stem"])) == spaced(entry.stem)
        if question.kind in CHOICE:
            assert {spaced(plain(text)) for _, text in item["choices"]} == {
                spaced(option.text) for option in question.options
            }
            several = question.kind is QuestionKind.SEVERAL
            assert ("answers" in item["type"]) is several


def test_a_course_of_open_edx_has_no_error(bank: str, tmp_path: Path) -> None:
    """olxcleaner, of Open edX, finds only what a course gets from its author: dates, policies."""
    with tarfile.open(fileobj=io.BytesIO(of(bank, ExchangeFormat.OLX).made())) as archive:
        archive.extractall(tmp_path, filter="data")
    tool = Path(PYTHON).parent / "edx-cleaner"
    said = subprocess.run(
        [tool, "-c", str(tmp_path / "course")], capture_output=True, encoding="utf-8"
    ).stdout
    found = re.findall(r"^(?:ERROR|WARNING) (\w+)", said, re.MULTILINE)
    assert sorted(found) == ["InvalidSetting"] * 3 + ["PolicyNotFound"] * 2


@pytest.mark.skipif(not SCHEMAS, reason="QTI_SCHEMAS is not set: see docs/exchange.md")
def test_each_file_of_a_qti_package_fits_the_schemas(bank: str, tmp_path: Path) -> None:
    """The schemas of QTI 2.1 and 2.1.1 and of the content package find nothing wrong."""
    prepared = of(bank, ExchangeFormat.QTI21)
    file = tmp_path / "bank.zip"
    file.write_bytes(prepared.made())
    said = said_by(HERE / "read_schemas.py", SCHEMAS, file)
    assert said == {"files": len(prepared.found) + 2, "wrong": []}


@pytest.mark.skipif(not CMI5_SCHEMA, reason="CMI5_SCHEMA is not set: see docs/exchange.md")
def test_the_structure_of_a_cmi5_course_fits_its_schema(bank: str, tmp_path: Path) -> None:
    """The standard's own schema finds nothing wrong."""
    file = tmp_path / "package.zip"
    file.write_bytes(of(bank, ExchangeFormat.CMI5).made())
    assert said_by(HERE / "read_cmi5.py", CMI5_SCHEMA, file) == []
