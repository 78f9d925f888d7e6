"""Our H5P packages, imported by a server of others and compared field by field with the questions.

The server is Lumi's, another implementation of H5P's core than the one in Moodle and WordPress. With
``H5P_LIBRARIES`` it also goes by the semantics of H5P's own content types (see docs/exchange.md).
"""

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import PARTS, QuizEntry
from explorer.export.quiz_exchange.losses import ExchangeFormat
from tests.exchange import CHOICE, of, plain, spaced, told
from tests.foreign.moodle_site import Moodle, needs_moodle

pytestmark = pytest.mark.foreign

SCRIPT = Path(__file__).parent / "read_h5p.js"

LIBRARIES = os.environ.get("H5P_LIBRARIES", "")
"""Folder with a checkout of each content type; no package of npm has them."""

needs_libraries = pytest.mark.skipif(
    not LIBRARIES, reason="H5P_LIBRARIES is not set: see docs/exchange.md"
)

Change = Callable[[dict[str, Any], dict[str, Any]], object]
"""A change to what a package declares and to its content."""


@pytest.fixture(params=["shipped", "torture"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def imported(file: Path, libraries: str = "") -> subprocess.CompletedProcess[str]:
    """Have the server import a package; it says what it stored, or why it did not."""
    return subprocess.run(
        ["node", SCRIPT, file, *([libraries] if libraries else [])],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def stored(file: Path, libraries: str = "") -> dict[str, Any]:
    """Give what the server stored of a package that it takes."""
    found = imported(file, libraries)
    assert found.returncode == 0, found.stderr[-2000:]
    read: dict[str, Any] = json.loads(found.stdout)
    return read


def shown(markup: str | None) -> str:
    return spaced(plain(markup))


def same(item: dict[str, Any], entry: QuizEntry) -> None:
    """Compare a stored question with ours."""
    question, held = entry.question, item["params"]
    assert item["metadata"]["title"] == entry.name
    if question.kind in CHOICE:
        assert item["library"] == "H5P.MultiChoice 1.16"
        assert shown(held["question"]) == spaced(entry.stem)
        several = question.kind is QuestionKind.SEVERAL
        assert held["behaviour"]["type"] == ("multi" if several else "single")
        assert {
            (
                shown(one["text"]),
                one["correct"],
                shown(one["tipsAndFeedback"]["chosenFeedback"]),
            )
            for one in held["answers"]
        } == told(question)
        for one in held["answers"]:
            missed = one["tipsAndFeedback"]["chosenFeedback"] if one["correct"] else ""
            assert one["tipsAndFeedback"]["notChosenFeedback"] == missed
        return
    number = question.number
    assert number is not None
    assert item["library"] == "H5P.Blanks 1.14"
    assert shown(held["text"]) == spaced(entry.stem)
    (blank,) = held["questions"]
    right = [Decimal(value) for value in shown(blank).strip("*").split("/")]
    assert right[0] == number.value
    assert all(abs(value - number.value) <= number.tolerance for value in right)
    assert [shown(one["feedback"]) for one in held["overallFeedback"]] == [
        spaced(f"{number.rationale} {number.action}"),
        spaced(number.rationale),
    ]


def compare(read: dict[str, Any], bank: str) -> None:
    """Compare all that was stored with the bank."""
    asked = [
        entry for entry in of(bank, ExchangeFormat.H5P).found if entry.question.kind not in PARTS
    ]
    items = read["content"]["questions"]
    assert len(items) == len({item["subContentId"] for item in items}) == len(asked)
    for item, entry in zip(items, asked, strict=True):
        same(item, entry)


def test_a_server_of_others_stores_each_question(bank: str, tmp_path: Path) -> None:
    """Lumi's server takes the package by its schema, and stores options, key and reasons whole."""
    prepared = of(bank, ExchangeFormat.H5P)
    file = tmp_path / "bank.h5p"
    file.write_bytes(prepared.made())
    read = stored(file)
    assert read["metadata"]["mainLibrary"] == "H5P.QuestionSet"
    assert all(line in read["metadata"]["authorComments"] for line in prepared.told)
    compare(read, bank)


@needs_libraries
def test_the_semantics_know_each_field_and_filter_no_text(bank: str, tmp_path: Path) -> None:
    """Each value is one of the content type's, of its type; the filter for markup loses no text."""
    file = tmp_path / "bank.h5p"
    file.write_bytes(of(bank, ExchangeFormat.H5P).made())
    read = stored(file, LIBRARIES)
    assert read["wrong"] == []
    compare(read, bank)


@needs_libraries
@needs_moodle
def test_the_core_of_h5p_stores_and_filters_each_question(
    bank: str, moodle: Moodle, tmp_path: Path
) -> None:
    """H5P's own PHP core, the one in Moodle, finds no fault; its filter by semantics loses no text."""
    file = tmp_path / "bank.h5p"
    file.write_bytes(of(bank, ExchangeFormat.H5P).made())
    read = moodle.said_by("moodle_h5p.php", LIBRARIES, file)
    assert read["said"] == []
    compare(read, bank)


@needs_libraries
@needs_moodle
def test_the_core_of_h5p_refuses_a_package_with_a_fault(moodle: Moodle, tmp_path: Path) -> None:
    """It can say no: a package without its main content type is not stored."""
    file = tmp_path / "bank.h5p"
    changed(file, lambda head, _: head.pop("mainLibrary"))
    read = moodle.said_by("moodle_h5p.php", LIBRARIES, file)
    assert read["content"] is None
    assert read["said"] != []


def changed(file: Path, change: Change) -> None:
    """Write the shipped package with a fault."""
    with zipfile.ZipFile(io.BytesIO(of("shipped", ExchangeFormat.H5P).made())) as package:
        head, content = (
            json.loads(package.read(name)) for name in ("h5p.json", "content/content.json")
        )
    change(head, content)
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("h5p.json", json.dumps(head))
        package.writestr("content/content.json", json.dumps(content))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda head, _: head.pop("mainLibrary"), "invalid-h5p-json-file-2"),
        (lambda head, _: head.update(embedTypes=["window"]), "invalid-h5p-json-file-2"),
        (
            lambda head, _: head["preloadedDependencies"][1].update(minorVersion=99),
            "H5P.MultiChoice-1.99",
        ),
    ],
    ids=["no-main-library", "unknown-embedding", "unknown-version"],
)
def test_the_server_refuses_a_package_with_a_fault(
    change: Change, said: str, tmp_path: Path
) -> None:
    """The server can say no: to a missing or unknown entry, and to a version it does not have."""
    file = tmp_path / "bank.h5p"
    changed(file, change)
    found = imported(file)
    assert found.returncode == 1
    assert said in found.stderr


@needs_libraries
def test_the_semantics_tell_a_fault(tmp_path: Path) -> None:
    """An unknown field, a wrong type and a wrong choice are told, and a script is filtered out."""
    file = tmp_path / "bank.h5p"

    def spoil(_: dict[str, Any], content: dict[str, Any]) -> None:
        content["progressType"] = "bar"
        first, second = (item["params"] for item in content["questions"][:2])
        first["shade"] = "blue"
        first["question"] += "<script>alert(1)</script>"
        second["answers"][0]["correct"] = "yes"

    changed(file, spoil)
    read = stored(file, LIBRARIES)
    assert sorted(read["wrong"]) == [
        "$.progressType: select",
        "$.questions[0].params.shade: unknown",
        "$.questions[1].params.answers[0].correct: boolean",
    ]
    assert "script" not in read["content"]["questions"][0]["params"]["question"]
