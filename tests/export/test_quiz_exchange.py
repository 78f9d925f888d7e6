"""The questions in the formats of learning platforms, read back by readers that are not ours."""

import contextlib
import csv
import html
import io
import json
import re
import sqlite3
import tarfile
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from explorer.domain import own_questions as own
from explorer.domain.questions import Audience, Bank, QuestionKind
from explorer.export.quiz_csv import NoQuestions
from explorer.export.quiz_exchange.aiken import NothingFits
from explorer.export.quiz_exchange.entries import entries, reason
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import FILES, prepare
from tests import exchange_matrix, torture
from tests.exchange import CHOICE, DAY, of, plain, spaced, told
from tests.shipped import shipped

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
QTI12 = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@pytest.fixture(params=["shipped", "torture"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_moodle_xml_keeps_every_field(bank: str) -> None:
    """An XML parser reads stem, options, key, reasons, id, number and places as they were."""
    prepared = of(bank, ExchangeFormat.MOODLE)
    root = ElementTree.fromstring(prepared.made())
    read = {
        item.findtext("idnumber"): item
        for item in root.iter("question")
        if item.get("type") != "category"
    }
    assert list(read) == [entry.name for entry in prepared.found]
    for entry in prepared.found:
        item, question = read[entry.name], entry.question
        assert spaced(plain(item.findtext("questiontext/text"))) == spaced(entry.stem)
        assert [tag.findtext("text") for tag in item.iter("tag")] == list(entry.tags)
        answers = item.findall("answer")
        if question.kind in CHOICE:
            assert {
                (
                    spaced(plain(answer.findtext("text"))),
                    float(answer.get("fraction", "")) > 0,
                    spaced(plain(answer.findtext("feedback/text"))),
                )
                for answer in answers
            } == told(question)
            right = [float(answer.get("fraction", "")) for answer in answers]
            assert sum(share for share in right if share > 0) == pytest.approx(100, abs=1e-3)
        elif question.kind is QuestionKind.ORDER:
            assert item.findtext("shownumcorrect") == "1"  # Moodle imports no order without it
            found = [spaced(plain(answer.findtext("text"))) for answer in answers]
            assert found == [spaced(option.text) for option in question.options]
        elif question.kind is QuestionKind.SORT:
            labels = {group.id: group.label for group in question.groups}
            assert {
                (spaced(plain(pair.findtext("text"))), pair.findtext("answer/text"))
                for pair in item.findall("subquestion")
            } == {(spaced(one.text), spaced(labels[one.group])) for one in question.options}
        else:
            assert question.number is not None
            assert Decimal(answers[0].findtext("text", "")) == question.number.value
            assert Decimal(answers[0].findtext("tolerance", "")) == question.number.tolerance
            assert spaced(plain(answers[1].findtext("feedback/text"))) == spaced(
                f"{question.number.rationale} {question.number.action}"
            )


def feedback(item: ElementTree.Element) -> dict[str, str]:
    """Read the texts that an item shows after the answer."""
    return {
        shown.get("identifier", ""): spaced("".join(shown.itertext()))
        for shown in item.iter(f"{QTI}modalFeedback")
    }


def test_a_qti_package_keeps_every_field(bank: str) -> None:
    """An XML parser reads each item of the ZIP: stem, options, key and a reason for each option."""
    prepared = of(bank, ExchangeFormat.QTI21)
    archive = zipfile.ZipFile(io.BytesIO(prepared.made()))
    for entry in prepared.found:
        question = entry.question
        item = ElementTree.fromstring(archive.read(f"items/{question.id}.xml"))
        assert spaced(item.findtext(f"{QTI}itemBody/{QTI}p", "")) == spaced(entry.stem)
        right = [value.text for value in item.findall(f".//{QTI}correctResponse/{QTI}value")]
        texts = {
            choice.get("identifier", ""): spaced("".join(choice.itertext()))
            for tag in ("simpleChoice", "simpleAssociableChoice")
            for choice in item.iter(f"{QTI}{tag}")
        }
        shown = feedback(item)
        if question.kind in CHOICE:
            found = {(text, name in right, shown[name]) for name, text in texts.items()}
            assert found == told(question)
        elif question.kind is QuestionKind.ORDER:
            assert [texts[str(name)] for name in right] == [
                spaced(option.text) for option in question.options
            ]
        elif question.kind is QuestionKind.SORT:
            labels = {group.id: group.label for group in question.groups}
            pairs = {tuple(texts[part] for part in str(pair).split()) for pair in right}
            assert pairs == {
                (spaced(one.text), spaced(labels[one.group])) for one in question.options
            }
        else:
            assert question.number is not None
            assert [Decimal(str(value)) for value in right] == [question.number.value]


def test_a_qti_manifest_names_each_file_once(bank: str) -> None:
    """Each file of the package is a resource, the test refers to each item, and ids are unique."""
    archive = zipfile.ZipFile(io.BytesIO(of(bank, ExchangeFormat.QTI21).made()))
    manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    files = [str(item.get("href")) for item in manifest.iter() if item.tag.endswith("}file")]
    assert sorted(files) == sorted(set(archive.namelist()) - {"imsmanifest.xml"})
    test = ElementTree.fromstring(archive.read("test.xml"))
    refs = [str(item.get("href")) for item in test.iter(f"{QTI}assessmentItemRef")]
    items = {name for name in files if not name.startswith("media/")}
    assert sorted(refs) == sorted(items - {"test.xml"})
    ids = [item.get("identifier") for item in manifest.iter() if item.tag.endswith("}resource")]
    assert len(set(ids)) == len(ids)
    needed = {item.get("identifierref") for item in manifest.iter()} - {None}
    assert needed == set(ids) - {"test"}, "items, and the drawings that they show"


def _inside(item: ElementTree.Element | None) -> str:
    """Read the HTML that stands in a material of QTI 1.2 as text."""
    assert item is not None
    return spaced(plain(item.findtext(f".//{QTI12}mattext")))


def test_a_qti_1_2_package_keeps_every_field(bank: str) -> None:
    """An XML parser reads each quiz: stem, options, key, and a comment for each option."""
    prepared = of(bank, ExchangeFormat.QTI12)
    archive = zipfile.ZipFile(io.BytesIO(prepared.made()))
    quizzes = [
        ElementTree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name != "imsmanifest.xml"
    ]
    read = {item.get("ident"): item for quiz in quizzes for item in quiz.iter(f"{QTI12}item")}
    assert list(read) == [entry.question.id for entry in prepared.found]
    for entry in prepared.found:
        item, question = read[entry.question.id], entry.question
        assert _inside(item.find(f"{QTI12}presentation/{QTI12}material")) == spaced(entry.stem)
        scored = [
            one
            for one in item.iter(f"{QTI12}respcondition")
            if one.find(f"{QTI12}setvar") is not None
        ]
        said = {one.get("ident"): _inside(one) for one in item.iter(f"{QTI12}itemfeedback")}
        labels = {
            one.get("ident"): _inside(one)
            for one in item.iter(f"{QTI12}response_label")
            if one.find(f"{QTI12}material") is not None
        }
        if question.kind in CHOICE:
            (condition,) = scored
            banned = {one.text for one in condition.findall(f".//{QTI12}not/{QTI12}varequal")}
            right = {one.text for one in condition.iter(f"{QTI12}varequal")} - banned
            told_by = {
                one.findtext(f".//{QTI12}varequal"): shown.get("linkrefid")
                for one in item.iter(f"{QTI12}respcondition")
                for shown in one.iter(f"{QTI12}displayfeedback")
            }
            assert {
                (text, name in right, said[told_by[name]]) for name, text in labels.items()
            } == told(question)
            # Canvas reads meaning into other names, such as "wrong-dose_fb"
            assert all(re.fullmatch(r"answer\d+_fb|general_fb", str(name)) for name in said)
        elif question.number is None:
            assert all(re.fullmatch(r"g-\d+", str(name)) for name in labels)  # by its first number
            prompts = {one.get("ident"): _inside(one) for one in item.iter(f"{QTI12}response_lid")}
            equal = [one.find(f".//{QTI12}varequal") for one in scored]
            answers = {option.id: str(at) for at, option in enumerate(question.options, 1)}
            if question.groups:
                named = {group.id: group.label for group in question.groups}
                answers = {option.id: named[option.group] for option in question.options}
            assert {
                (prompts[one.get("respident")], labels[one.text])
                for one in equal
                if one is not None
            } == {(spaced(one.text), spaced(plain(answers[one.id]))) for one in question.options}
        else:
            (condition,) = scored
            assert Decimal(condition.findtext(f".//{QTI12}varequal", "")) == question.number.value
            low = Decimal(condition.findtext(f".//{QTI12}vargte", ""))
            assert low == question.number.value - Decimal(question.number.tolerance)


def aiken_blocks(entry_count: int, text: str) -> list[list[str]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    assert len(blocks) == entry_count
    return blocks


def test_aiken_holds_the_single_choices(bank: str) -> None:
    """Each block is a question, its lettered options, and the letter of the right one."""
    prepared = of(bank, ExchangeFormat.AIKEN)
    kinds = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE)
    out = {name for loss in prepared.lost if loss.left_out for name in loss.questions}
    kept = [entry for entry in prepared.found if entry.question.id not in out]
    assert all(entry.question.kind in kinds for entry in kept)
    blocks = aiken_blocks(prepared.count, prepared.made().decode())
    for entry, (stem, *options, answer) in zip(kept, blocks, strict=True):
        assert stem == spaced(entry.stem)
        key = re.fullmatch(r"ANSWER: ([A-Z])", answer)
        assert key
        (right,) = [line for line in options if line.startswith(f"{key[1]}. ")]
        (wanted,) = [option.text for option in entry.question.options if option.key]
        assert right[3:] == spaced(wanted)


def test_a_question_that_aiken_would_misread_is_left_out_and_told() -> None:
    """A question that begins like an option is not written, and the loss names it."""
    content = shipped()
    (entry,) = [
        one
        for one in entries(torture.bank(), content.catalogue.words)
        if one.question.id == "yes-no"
    ]
    bad = entry.question.evolve(stem="A. or B?")
    asked = Bank(topics=(entry.topic.evolve(questions=(bad, entry.question.evolve(id="good"))),))
    prepared = prepare(ExchangeFormat.AIKEN, asked, content.catalogue.words, "abc", day=DAY)
    assert ("aiken-misread", ("yes-no",)) in [(one.reason, one.questions) for one in prepared.lost]
    assert prepared.count == 1
    assert "A. or B?" not in prepared.made().decode()


def test_aiken_with_nothing_to_say_is_refused() -> None:
    """A file without a question is never made."""
    words = shipped().catalogue.words
    made = torture.bank().topics[0]
    orders = tuple(one for one in made.questions if one.kind is QuestionKind.ORDER)
    prepared = prepare(
        ExchangeFormat.AIKEN, Bank(topics=(made.evolve(questions=orders),)), words, "abc", day=DAY
    )
    with pytest.raises(NothingFits):
        prepared.made()


def test_anki_notes_have_five_cells_and_an_id_of_their_own(bank: str) -> None:
    """Python's CSV reader finds a line a note: GUID, deck, tags, front with the stem, back."""
    prepared = of(bank, ExchangeFormat.ANKI)
    text = prepared.made().decode()
    lines = [line for line in text.split("\n") if not line.startswith("#")]
    rows = [row for row in csv.reader(lines, delimiter="\t") if row]
    assert len({row[0] for row in rows}) == len(rows) == len(prepared.found)
    for entry, (guid, deck, tags, front, back) in zip(prepared.found, rows, strict=True):
        assert guid.endswith(entry.question.id)
        assert deck.startswith("Anakinra Explorer::")
        assert tags.split() == list(entry.tags)
        assert spaced(entry.stem) in plain(front)
        for option in entry.question.options:
            assert spaced(reason(option)) in plain(back)


def test_gift_escapes_each_sign_of_its_own(bank: str) -> None:
    """With escaped signs gone, what is left has one pair of braces a question, and no stray sign."""
    prepared = of(bank, ExchangeFormat.GIFT)
    text = re.sub(r"\\[\\~=#{}:]", "", prepared.made().decode())
    lines = [line for line in text.split("\n") if not line.startswith(("//", "$CATEGORY"))]
    body = "\n".join(lines)
    assert body.count("{") == body.count("}") == len(prepared.found)
    assert len(re.findall(r"^::", body, re.MULTILINE)) == len(prepared.found)
    assert body.count("::") == 2 * len(prepared.found)
    assert "\\" not in body


@pytest.mark.parametrize("target", list(FILES))
def test_a_second_run_gives_the_same_bytes(target: ExchangeFormat) -> None:
    """Ids and bytes stay, so that a platform and a version control see no change."""
    assert of("torture", target).made() == of("torture", target).made()


def comment_of(made: bytes) -> str:
    """Give the file, or the part of a package, in which it tells of itself."""
    if made.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(made)) as archive:
            inside = archive.extractfile("course/course.xml")
            assert inside is not None
            return inside.read().decode()
    if not made.startswith(b"PK"):
        return made.decode()
    packed = zipfile.ZipFile(io.BytesIO(made))
    if "h5p.json" in packed.namelist():
        return str(json.loads(packed.read("h5p.json"))["authorComments"])
    if "collection.anki2" in packed.namelist():
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(packed.read("collection.anki2"))
            decks = json.loads(database.execute("SELECT decks FROM col").fetchone()[0])
        return "\n".join(deck["desc"] for deck in decks.values())
    name = "cmi5.xml" if "cmi5.xml" in packed.namelist() else "imsmanifest.xml"
    return packed.read(name).decode()


@pytest.mark.parametrize("target", [item for item in FILES if item is not ExchangeFormat.AIKEN])
def test_what_is_lost_stands_in_the_file(target: ExchangeFormat) -> None:
    """The file's own comment says what the format cannot hold, and names the questions."""
    prepared = of("torture", target)
    text = html.unescape(comment_of(prepared.made()))
    assert prepared.told
    for line in prepared.told:
        assert line in text
    for loss in prepared.lost:
        if len(loss.questions) < len(prepared.found):
            assert ", ".join(loss.questions) in text.replace("- ", "-")


def test_the_page_tells_what_each_format_keeps() -> None:
    """docs/exchange.md has the matrix that follows from the code's losses (python -m tests.built)."""
    assert set(exchange_matrix.TITLES) == set(exchange_matrix.FOREIGN) == set(ExchangeFormat)
    told = {name for names in exchange_matrix.FIELDS.values() for name in names}
    every = {loss.reason for target in FILES for loss in of("torture", target).lost}
    assert every - told <= {"aiken-misread"}
    page = exchange_matrix.PAGE.read_text(encoding="utf-8")
    assert page == exchange_matrix.page()
    limits = (own.MOST_OPTIONS, own.LONGEST_STEM, own.LONGEST_OPTION, own.LONGEST_REASON)
    said = "at most {} options, {} characters in the question, {} in an option, {} in a reason"
    assert said.format(*limits) in " ".join(page.split())


def test_topics_and_audience_choose_the_questions() -> None:
    """Only the topics asked for and the questions for the audience are written."""
    catalogue = shipped().catalogue
    topic = catalogue.bank.topics[0].id
    found = entries(catalogue.bank, catalogue.words, [topic], Audience.NURSE)
    assert {entry.topic.id for entry in found} == {topic}
    assert {entry.question.audience for entry in found} <= {Audience.NURSE, Audience.BOTH}
    every = entries(catalogue.bank, catalogue.words, [topic])
    assert {entry.question.id for entry in found} <= {entry.question.id for entry in every}


def test_an_empty_choice_is_refused() -> None:
    """Where no question is left, a sentence says so."""
    with pytest.raises(NoQuestions):
        entries(Bank(), shipped().catalogue.words)
