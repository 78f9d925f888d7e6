"""Our own files read back by our own importer, field by field, and by hand-made files of others."""

from datetime import date
from decimal import Decimal

import pytest

from explorer.domain.lesson_plan import LessonPlan
from explorer.domain.own_questions import LONGEST_OPTION
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.sessions import TeachingPhase
from explorer.export.quiz_csv import NoQuestions
from explorer.export.quiz_exchange.entries import QuizEntry, of_plan, reason
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import prepare, prepared
from explorer.quiz_import.found import BadFile, FoundFile, FoundQuestion
from explorer.quiz_import.own import taken
from explorer.quiz_import.port import read
from tests import torture
from tests.quiz_import.files import CANVAS, KAHOOT, MOODLE, QTI21, sheet
from tests.shipped import shipped

DAY = date(2026, 11, 28)
CHOICE = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.SEVERAL)
FORMATS = ("gift", "moodle", "qti21", "qti12")


def flat(text: str) -> str:
    return " ".join(text.split())


def options_of(question: Question) -> set[tuple[str, bool, str]]:
    return {(flat(one.text), one.key, flat(reason(one))) for one in question.options}


def same(read_back: FoundQuestion, entry: QuizEntry) -> None:
    """Compare stem, kind, options, keys, reasons, number and tolerance."""
    question = entry.question
    assert flat(read_back.stem) == flat(entry.stem)
    if question.kind in CHOICE:
        several = question.kind is QuestionKind.SEVERAL
        assert read_back.kind == ("several" if several else "single")
        found = {(flat(one.text), one.key, flat(one.reason)) for one in read_back.options}
        assert found == options_of(question)
    else:
        assert question.number is not None
        assert read_back.kind == "number"
        assert read_back.value == Decimal(question.number.value)
        assert read_back.tolerance == Decimal(question.number.tolerance)
        assert flat(question.number.rationale) in flat(read_back.reason)


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("bank", ["shipped", "torture"])
def test_our_own_files_come_back_whole(bank: str, target: str) -> None:
    """Each question that own questions can hold is read as it was; the others are each named."""
    content = shipped()
    asked = torture.bank() if bank == "torture" else content.catalogue.bank
    ready = prepare(ExchangeFormat(target), asked, content.catalogue.words, "v", day=DAY)
    found = read(ready.made())
    back = {item.name: item for item in found.questions}
    placed = (QuestionKind.ORDER, QuestionKind.SORT)
    assert len(found.left_out) == sum(one.question.kind in placed for one in ready.found)
    for entry in ready.found:
        if entry.question.kind not in placed:
            same(back.pop(entry.name), entry)
    assert back == {}


def summary(found: FoundFile) -> list[tuple[str, str, list[str]]]:
    """Give kind, stem and right options of each question."""
    return [
        (str(item.kind), item.stem, [one.text for one in item.options if one.key])
        for item in found.questions
    ]


def test_gift_of_others_is_read() -> None:
    """Comments, categories, titles, weights, ranges, true and false and free words."""
    text = """// a comment
$CATEGORY: tom/dick

::Q1:: What's between orange and green? {=yellow # right; good! ~red # wrong ~blue}

Two of them? {~%50%a ~%50%b ~%-100%c ####Because.}

::TF:: The sun rises in the east.{T#wrong#right}

When was he born?{#1822:5}

Pi?{#3.141..3.143}

Write about it. {}

Who is buried in Grant's {=tomb ~home} in New York?

[markdown]Is 3 < 4 **so**? {=yes ~no}

Match. {=a -> 1 =b -> 2 =c -> 3}

Two plus two? {=four =4}
"""
    found = read(text.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    assert summary(found) == [
        ("single", "What's between orange and green?", ["yellow"]),
        ("several", "Two of them?", ["a", "b"]),
        ("single", "The sun rises in the east.", ["True"]),
        ("number", "When was he born?", []),
        ("number", "Pi?", []),
        ("text", "Write about it.", []),
        ("single", "Who is buried in Grant's ___ in New York?", ["tomb"]),
        ("single", "Is 3 < 4 **so**?", ["yes"]),
    ]
    first, several, yes_no, born, pi = found.questions[:5]
    assert [one.reason for one in first.options] == ["right; good!", "wrong", ""]
    assert several.reason == "Because."
    assert [(one.text, one.reason) for one in yes_no.options] == [
        ("True", "right"),
        ("False", "wrong"),
    ]
    assert (born.value, born.tolerance) == (1822, 5)
    assert (pi.value, pi.tolerance) == (Decimal("3.142"), Decimal("0.001"))
    assert [item.place for item in found.left_out] == ["line 20", "line 22"]


def test_files_of_others_are_read() -> None:
    """Moodle's, Canvas's and a QTI 2.1 item as their own documentation shows them, and Kahoot's."""
    assert summary(read(MOODLE)) == [
        ("single", "The capital of France?\nChoose.", ["Paris"]),
        ("single", "It rains.", ["True"]),
        ("text", "Your view?", []),
    ]
    assert "picture" in str(read(MOODLE).left_out[0])
    assert summary(read(CANVAS)) == [("single", "Which color?", ["Blue"])]
    assert [one.reason for one in read(CANVAS).questions[0].options] == ["No.", "Yes."]
    assert summary(read(QTI21)) == [
        ("single", "Look at the text.\nWhat does it say?", ["You must."])
    ]
    kahoot = read(sheet(KAHOOT))
    assert summary(kahoot) == [
        ("single", "Where is it kept?", ["Fridge"]),
        ("several", "Which are fruit?", ["Apple", "Pear"]),
    ]
    assert [str(item).split(":")[0] for item in kahoot.left_out] == ["row 5", "row 6"]


def test_what_own_questions_cannot_hold_is_told_and_left_out_whole() -> None:
    """Too long, twice the same, or all right: each is named with its place, the rest is taken."""
    text = "\n\n".join(
        (
            "Good? {=yes ~no}",
            f"Long? {{={'x' * (LONGEST_OPTION + 1)} ~no}}",
            "Good? {=yes ~no}",
            "All? {~%50%a ~%50%b}",
            "Same? {=a ~A}",
            "Weights? {~%60%a ~%40%b ~%-50%c}",
        )
    )
    found = taken(read(text.encode()))
    assert [item.stem for item in found.questions] == ["Good?", "Weights?"]
    assert [str(item) for item in found.left_out] == [
        f"line 3: not taken: option 1: it is longer than {LONGEST_OPTION} characters",
        "line 5: not taken: the same question stands twice",
        "line 7: not taken: options: there are fewer than 3",
        "line 9: not taken: option 2: it is the same as option 1",
    ]
    assert found.notes == (
        "line 11: the right options have different weights; here each counts the same",
    )


@pytest.mark.parametrize("target", ["gift", "moodle", "qti21", "qti12", "apkg", "h5p", "scorm2004"])
def test_own_questions_of_a_plan_leave_again_as_they_came(target: str) -> None:
    """From a file into a plan and out: the same in formats that are read back; polls stay behind."""
    text = "One {=a#Why. ~b}\n\nMany {~%50%a ~%50%b ~%-50%c}\n\nHow much? {#2.5:0.5}\n\nSay {}"
    plan = LessonPlan()
    for own in taken(read(text.encode())).questions:
        plan = plan.with_own(own, TeachingPhase.FREE)
    catalogue = shipped().catalogue
    asked = catalogue.bank.questions[0]
    plan = plan.with_question(asked.id, TeachingPhase.BEFORE)
    found = of_plan(plan, catalogue.bank, catalogue.words)
    assert [entry.question.id == asked.id for entry in found].count(True) == 1
    assert len(found) == 4
    made = prepared(ExchangeFormat(target), found, catalogue.words, "v", DAY).made()
    if target in FORMATS:
        back = {item.name: item for item in read(made).questions}
        for entry in found:
            same(back[entry.name], entry)
    with pytest.raises(NoQuestions):
        of_plan(LessonPlan(), catalogue.bank, catalogue.words)


def test_a_file_of_another_kind_is_refused() -> None:
    """Aiken has no braces: the message says what is read."""
    with pytest.raises(BadFile, match="GIFT is read"):
        read(b"Which?\nA. one\nB. two\nANSWER: A\n")
