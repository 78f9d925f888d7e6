"""Our QTI 1.2 package through Instructure's own migration tool, the first step of an import into Canvas.

The tool turns each item into QTI 2.1; what it writes is compared with our questions, field by field.
"""

import io
import os
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import QuizEntry, reason
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.markup import picture_file
from tests.exchange import CHOICE, of, plain, spaced

TOOL = os.environ.get("QTI_MIGRATION", "")
"""Folder of Instructure's QTIMigrationTool, which is in no registry."""

pytestmark = [
    pytest.mark.foreign,
    pytest.mark.skipif(not TOOL, reason="QTI_MIGRATION is not set: see docs/exchange.md"),
]

PYTHON = os.environ.get("FOREIGN_PYTHON", "")

Q: Final = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"

TYPES = {
    QuestionKind.SINGLE: "multiple_choice_question",
    QuestionKind.TRUE_FALSE: "multiple_choice_question",
    QuestionKind.SEVERAL: "multiple_answers_question",
    QuestionKind.ORDER: "matching_question",
    QuestionKind.SORT: "matching_question",
    QuestionKind.NUMBER: "numerical_question",
}
"""What Canvas calls the kinds."""


@pytest.fixture(params=["shipped", "torture"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def migrated(bank: str, folder: Path) -> dict[str, Element]:
    """Give what the tool writes of each item, by id."""
    packed = of(bank, ExchangeFormat.QTI12).made()
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder / "package")
    command = [PYTHON, f"{TOOL}/migrate.py", "--ucvars", "--nogui", "--overwrite"]
    found = subprocess.run(
        [*command, f"--cpout={folder / 'made'}", folder / "package"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    items = [
        ElementTree.parse(one).getroot() for one in (folder / "made/assessmentItems").iterdir()
    ]
    return {item.get("identifier", ""): item for item in items}


def shown(element: Element | None) -> str:
    """Read HTML that stands as text in an element."""
    assert element is not None
    return spaced(plain("".join(element.itertext())))


def reasons(item: Element) -> dict[str, str]:
    """Give the text that is shown for each choice."""
    texts = {one.get("identifier"): shown(one) for one in item.iter(f"{Q}modalFeedback")}
    found = {}
    for rule in item.iter(f"{Q}responseIf"):
        name = rule.findtext(f"{Q}setOutcomeValue[@identifier='FEEDBACK']//{Q}baseValue")
        choice = rule.findtext(f".//{Q}baseValue[@identifier]")
        if name is not None and choice is not None:
            found[choice] = texts[name]
    return found


def reasons_as_written(item: Element) -> list[str]:
    """Give the same with its markup."""
    return ["".join(one.itertext()) for one in item.iter(f"{Q}modalFeedback")]


def right(item: Element) -> set[str]:
    """Give the choices that the rule for the whole mark asks for."""
    for rule in item.iter(f"{Q}responseIf"):
        score = rule.find(f"{Q}setOutcomeValue[@identifier='SCORE']")
        if score is not None and rule.find(f"{Q}gt") is None:
            refused = {one.text for one in rule.iterfind(f".//{Q}not//{Q}baseValue")}
            named = {one.text for one in rule.iterfind(f".//{Q}baseValue[@identifier]")}
            return {str(one) for one in named - refused}
    return set()


def pairs(item: Element) -> set[tuple[str, str]]:
    """Give each part with the group that its rule asks for."""
    rules = [rule for name in ("responseIf", "responseElseIf") for rule in item.iter(f"{Q}{name}")]
    asked = {
        named.get("identifier"): named.text
        for rule in rules
        for named in rule.iterfind(f"{Q}match/{Q}baseValue")
    }
    found = set()
    for part in item.iter(f"{Q}choiceInteraction"):
        groups = {one.get("identifier"): one for one in part.iter(f"{Q}simpleChoice")}
        group = groups[asked[part.get("responseIdentifier")]]
        found.add((shown(part.find(f"{Q}prompt")), spaced("".join(group.itertext()))))
    return found


def same(item: Element, entry: QuizEntry) -> None:
    """Compare an item with our question."""
    question = entry.question
    kind = item.find(f".//{Q}instructureField[@name='question_type']")
    assert kind is not None
    assert kind.get("value") == TYPES[question.kind]
    assert spaced(entry.stem) in shown(item.find(f"{Q}itemBody"))
    if question.kind in CHOICE:
        choices = {one.get("identifier", ""): shown(one) for one in item.iter(f"{Q}simpleChoice")}
        told, keys = reasons(item), right(item)
        assert {(text, name in keys, told[name]) for name, text in choices.items()} == {
            (spaced(one.text), one.key, spaced(reason(one))) for one in question.options
        }
    elif question.number is not None:
        asked = {Decimal(str(one.text)) for one in item.iterfind(f".//{Q}or//{Q}baseValue")}
        value, off = question.number.value, question.number.tolerance
        assert asked == {value, value - off, value + off}
    else:
        labels = {option.id: str(at) for at, option in enumerate(question.options, 1)}
        if question.groups:
            named = {group.id: spaced(group.label) for group in question.groups}
            labels = {option.id: named[option.group] for option in question.options}
        assert pairs(item) == {(spaced(one.text), labels[one.id]) for one in question.options}
    if entry.drawing is not None:
        assert f"/media/{picture_file(entry.drawing)}" in "".join(reasons_as_written(item))


def test_the_first_step_of_canvas_keeps_each_question(bank: str, tmp_path: Path) -> None:
    """Kind, question and drawing are there; of choices text, key and reason; pairs; the number."""
    items = migrated(bank, tmp_path)
    found = of(bank, ExchangeFormat.QTI12).found
    assert set(items) == {entry.question.id for entry in found}
    for entry in found:
        same(items[entry.question.id], entry)
