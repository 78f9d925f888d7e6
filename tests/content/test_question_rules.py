"""Each rule of the questions on a bank that obeys it and on one that breaks it in one place."""

import re
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from explorer import paths
from explorer.content.context import Context
from explorer.content.findings import Finding
from explorer.content.load import load, read_folder
from explorer.content.rules.questions import bank_report
from explorer.content.rules.questions.bank import (
    bank_asks_for_use,
    bank_follows_the_blueprint,
    length_gives_no_cue,
    true_and_false_are_even,
)
from explorer.content.rules.questions.facts import amounts
from explorer.content.rules.questions.report import tail
from explorer.content.support import question_hash, supporting_text, text_hash
from explorer.domain.blueprint import Blueprint
from explorer.domain.questions import Audience, Bank, CognitiveLevel, Question, QuestionKind, Topic
from tests.builders import (
    INFECTIONS,
    TODAY,
    check,
    edit,
    question_folder,
    small_catalogue,
    small_folder,
)
from tests.shipped import shipped

WHOLE_BANK = {"q24-blueprint", "q24-medicines"}
"""Rules that a bank of two questions can't obey."""

CALL = 'text = "Call her team today."'
WAIT = 'text = "Wait for her next visit."'
STEM = 'stem = "Ana wakes up with chills. What should she do now?"'
CASE = "Ana takes one shot a day. Her next dose is due at 8."
WHY = "An infection can get worse fast, so waiting for weeks is not wise."
ACTION = 'action = "Call your team the same day."'
FIVE = """[[questions.options]]
id = "nurse"
text = "Ask at the next class."
rationale = "A class is weeks away, and an infection can get worse in days."
action = "Call your team the same day."
[[questions.options]]
id = "sleep"
text = "Go back to sleep now."
rationale = "Sleep does not treat an infection, and time may be lost."
action = "Call your team the same day."

[[questions]]
id = "infection-2"
"""
SECOND = '[[questions]]\nid = "infection-2"\n'

Case = tuple[str, str, str, str, str, str]

BROKEN: tuple[Case, ...] = (
    # rule, level, what stands there, what it becomes, key, what the line says
    (
        "q30-id",
        "error",
        'id = "infection-2"',
        'id = "infection-1"',
        "infection-1",
        "more than once",
    ),
    (
        "q01-parts",
        "error",
        'concept = "c1-infection"',
        'concept = "c1-infektion"',
        "infection-1",
        "there is no concept 'c1-infektion'",
    ),
    ("q01-parts", "error", 'case = "ana"', 'case = "eve"', "infection-1", "there is no case 'eve'"),
    ("q01-parts", "error", 'case = "ana"\n', "", "cases.ana", "no question uses this case"),
    (
        "q01-parts",
        "error",
        'group = "visit"',
        'group = "today"',
        "infection-2",
        "no option belongs to the group 'visit'",
    ),
    (
        "q01-parts",
        "error",
        'parallel_of = "infection-1"',
        'parallel_of = "infection-9"',
        "infection-2",
        "there is no other question 'infection-9'",
    ),
    (
        "q01-parts",
        "error",
        'concept = "c1-infection"\ncritical = true\n',
        "",
        "infection-2",
        "'infection-1' is of another concept",
    ),
    ("q02-options", "warning", SECOND, FIVE, "infection-1", "five options are many"),
    ("q02-options", "error", 'kind = "single"', 'kind = "single"', "infection-1", "2 options"),
    ("q03-same", "error", WAIT, 'text = "Call her team, today"', "infection-1.wait", "same option"),
    (
        "q03-same",
        "warning",
        WAIT,
        'text = "Call her teams today."',
        "infection-1.wait",
        "nearly the option 'call'",
    ),
    (
        "q04-names-options",
        "error",
        WAIT,
        'text = "None of the above."',
        "infection-1.wait",
        "'None of the above' names other options",
    ),
    (
        "q04-names-options",
        "error",
        WAIT,
        'text = "Both A and B."',
        "infection-1.wait",
        "'Both A and B' names other options",
    ),
    (
        "q05-negative",
        "warning",
        "What should she do now?",
        "What should she never do?",
        "infection-1.stem",
        "'never' makes the stem negative",
    ),
    (
        "q05-negative",
        "error",
        'What should she do now?"',
        'What should she NOT do now?"',
        "infection-1.stem",
        "double negative",
    ),
    (
        "q06-long-key",
        "warning",
        CALL,
        'text = "Call her team today, before the dose, and ask."',
        "infection-1.call",
        "the right option has 46 characters, the next 24",
    ),
    ("q08-alike", "warning", WAIT, 'text = "Wait for a visit"', "infection-1", "end with a full"),
    ("q08-alike", "warning", WAIT, 'text = "No, wait for it."', "infection-1", "begin with yes"),
    ("q08-alike", "warning", WAIT, 'text = "Wait for 8."', "infection-1", "have a number"),
    (
        "q09-grammar",
        "warning",
        "What should she do now?",
        "Which are things to do?",
        "infection-1.stem",
        "asks for several",
    ),
    (
        "q09-grammar",
        "warning",
        "What should she do now?",
        "What she needs now is a",
        "infection-1.stem",
        "gives options away",
    ),
    (
        "q10-word-cue",
        "warning",
        CALL,
        'text = "Call, as chills matter."',
        "infection-1",
        "'chill' stands in the stem and in the right option only",
    ),
    (
        "q11-converges",
        "warning",
        CALL,
        'text = "Rest, visit, take a dose."',
        "infection-1.call",
        "shares most words with the others",
    ),
    (
        "q12-strong-words",
        "warning",
        WAIT,
        'text = "Always wait for a visit."',
        "infection-1",
        "'Always' stands in wrong options only",
    ),
    (
        "q12-strong-words",
        "warning",
        WAIT,
        'text = "She might wait a week."',
        "infection-1.wait",
        "'might' is vague",
    ),
    (
        "q13-stem",
        "warning",
        "What should she do now?",
        "Say what she should do now.",
        "infection-1.stem",
        "does not end in a question mark",
    ),
    (
        "q13-stem",
        "warning",
        "Ana wakes up with chills. What should she do now?",
        "What should Ana do?",
        "infection-1.stem",
        "fewer than 6 words",
    ),
    (
        "q13-stem",
        "warning",
        "What should she do now?",
        "Which statement is true?",
        "infection-1.stem",
        "can't be answered with the options hidden",
    ),
    (
        "q18-rationale",
        "error",
        WHY,
        "Not wise at all here.",
        "infection-1.wait",
        "a rationale of 5 words, at least 8",
    ),
    (
        "q18-rationale",
        "error",
        WHY,
        "Wait for her next visit, wait for her next visit.",
        "infection-1.wait",
        "only repeats the option",
    ),
    ("q18-rationale", "error", ACTION, "", "infection-1.wait", "says in 'action' what to do"),
    (
        "q19-names-a-place",
        "error",
        WHY,
        "B is wrong, since an infection can get worse fast.",
        "infection-1.wait.rationale",
        "'B is wrong' names a letter or place",
    ),
    (
        "q19-names-a-place",
        "error",
        WHY,
        "The first one is right, since an infection can get worse.",
        "infection-1.wait.rationale",
        "'first one' names a letter or place",
    ),
    (
        "q20-support",
        "error",
        'ref = "alpha/how-often"',
        'ref = "alpha/how-well"',
        "infection-2",
        "nothing stated stands at 'alpha/how-well'",
    ),
    (
        "q20-support",
        "error",
        'ref = "alpha/how-often"',
        'ref = "alpha/how-often/goat"',
        "infection-2",
        "nothing stated stands at 'alpha/how-often/goat'",
    ),
    (
        "q20-shown",
        "error",
        "How soon does each",
        "In gout, how soon does each",
        "infection-2",
        "shows another text than 'alpha/how-often'; cite alpha/how-often/gout",
    ),
    (
        "q21-number",
        "error",
        CALL,
        'text = "Call within 30 hours."',
        "infection-1.call",
        "'30 hour' does not stand in what supports it",
    ),
    (
        "q21-number",
        "error",
        WHY,
        "An infection can get worse fast, within 3 hours in some.",
        "infection-1.wait.rationale",
        "'3 hour' does not stand in what supports it",
    ),
    (
        "q21-stem",
        "error",
        STEM,
        'stem = "Ana has had chills for 3 hours. What should she do now?"',
        "infection-1.stem",
        "'3 hour' does not stand in what supports it",
    ),
    (
        "q21-stem",
        "error",
        STEM,
        f'{STEM}\nstory = ["3 hours"]',
        "infection-1.story",
        "'3 hours' is no figure with a unit of the stem",
    ),
    (
        "q22-jurisdiction",
        "error",
        "due = 2027-11-23\n\n[[questions.options]]",
        'due = 2027-11-23\njurisdiction = "mars"\n\n[[questions.options]]',
        "infection-1",
        "there is no jurisdiction 'mars'",
    ),
    (
        "q22-not-keyed",
        "error",
        CALL,
        'text = "Call within 24 hours."',
        "infection-1.call",
        "'24 hours' can't be part of a right answer",
    ),
    (
        "q22-not-keyed",
        "error",
        CALL,
        'text = "Push out the air bubble."',
        "infection-1.call",
        "'air bubble' can't be part of a right answer",
    ),
    (
        "q22-not-keyed",
        "error",
        CALL,
        'text = "Stop breast-feeding today."',
        "infection-1.call",
        "'breast-fe' can't be part of a right answer",
    ),
    (
        "q23-critical",
        "error",
        'concept = "c1-infection"\ncritical = true',
        "critical = true",
        "infection-1",
        "a critical question names its concept",
    ),
    (
        "q23-critical",
        "error",
        'audience = "both"',
        'audience = "nurse"',
        "infection-1",
        "the concept is for 'both'",
    ),
    (
        "q23-critical",
        "error",
        "due = 2027-11-23\n\n[[questions.options]]",
        'due = 2027-11-23\njurisdiction = "eu"\n\n[[questions.options]]',
        "infection-1",
        "rests on the US text",
    ),
    (
        "q23-critical",
        "error",
        ', action = "Call your team today." }',
        " }",
        "infection-2.fever",
        "each option says what to do",
    ),
    (
        "q23-reads",
        "warning",
        ', { on = 2026-11-21, by = "second reader", human = false }',
        "",
        "infection-1",
        "recorded reads: 1 (by people: none yet); at least 2",
    ),
    (
        "q23-reads",
        "warning",
        'by = "second reader"',
        'by = "second reader; changed after it"',
        "infection-1",
        "recorded reads: 1 (by people: none yet); at least 2",
    ),
    (
        "q23-reads",
        "warning",
        'by = "second reader"',
        'by = "its automated writer, in a second pass"',
        "infection-1",
        "recorded reads: 1 (by people: none yet); at least 2",
    ),
    (
        "q27-words",
        "warning",
        "Ana wakes up with chills.",
        "Ana has chills and high CRP.",
        "infection-1",
        "'CRP' is not in the glossary",
    ),
    (
        "q27-words",
        "warning",
        WHY,
        "An infection can get worse fast \u2014 so waiting is not wise.",
        "infection-1.wait.rationale",
        "a long dash joins two thoughts",
    ),
    (
        "overdue",
        "warning",
        "due = 2027-11-23",
        "due = 2026-11-22",
        "infection-1",
        "the review was due on 2026-11-22",
    ),
    (
        "q33-favours",
        "error",
        "What should she do now?",
        "Which medicine would you choose?",
        "infection-1.stem",
        "favours a medicine",
    ),
    ("too-long", "error", CASE, "Ana rests. " * 23, "cases.ana", "46 words, at most 45"),
    ("too-long", "error", WAIT, f'text = "Wait {"so " * 15}."', "infection-1.wait", "16 words"),
    ("too-long", "error", WHY, "It is so. " * 21, "infection-1.wait.rationale", "63 words"),
    ("sentence-length", "error", CASE, "Ana " * 21, "cases.ana", "a sentence of 21 words"),
    ("markup", "error", WHY, f"<b>{WHY}</b>", "infection-1.wait.rationale", "without markup"),
    ("banned-word", "error", WAIT, 'text = "Just wait a bit."', "infection-1.wait", "'Just'"),
    (
        "reading-grade",
        "error",
        WHY,
        "Immunosuppressive polypharmacy necessitates multidisciplinary consideration. " * 5,
        "patient",
        "the patient questions read at grade",
    ),
)


@pytest.mark.parametrize(
    ("rule", "level", "old", "new", "key", "line"),
    BROKEN,
    ids=[f"{c[0]}-{i}" for i, c in enumerate(BROKEN)],
)
def test_broken_question_gives_its_line(
    tmp_path: Path, rule: str, level: str, old: str, new: str, key: str, line: str
) -> None:
    """A question broken in one place is told by the right rule, at its level and place."""
    folder = question_folder(tmp_path)
    PREPARE.get((rule, line), lambda _: None)(folder)
    edit(folder, INFECTIONS, old, new)
    found = [finding for finding in check(folder).findings if finding.rule == rule]
    told = [
        (item.key, item.level, item.file)
        for item in found
        if line.casefold() in str(item).casefold()
    ]
    assert (key, level, INFECTIONS) in told, [str(item) for item in check(folder).findings]


def _negative_option(folder: Path) -> None:
    edit(folder, INFECTIONS, WAIT, 'text = "Do not wait for it."')


def _only_two_options(folder: Path) -> None:
    path = folder / INFECTIONS
    text = path.read_text(encoding="utf-8")
    start = text.index('[[questions.options]]\nid = "rest"')
    path.write_text(text[:start] + text[text.index(SECOND) :], encoding="utf-8")


PREPARE = {
    ("q05-negative", "double negative"): _negative_option,
    ("q02-options", "2 options"): _only_two_options,
}
"""What else must stand in a folder before it is broken."""


def test_small_bank_obeys_every_rule_of_a_question(tmp_path: Path) -> None:
    """The bank that every broken one starts from has no finding but that it is small."""
    findings = check(question_folder(tmp_path)).findings
    assert {finding.rule for finding in findings} == WHOLE_BANK


def test_no_bank_has_no_findings(tmp_path: Path) -> None:
    """Without a question nothing is missing: the blueprint and the concepts apply to a bank."""
    folder = question_folder(tmp_path)
    (folder / INFECTIONS).unlink()
    assert check(folder).findings == ()


def test_changed_text_names_the_question_and_the_new_hash(tmp_path: Path) -> None:
    """When a supporting text changes, its questions are named with the hash to write."""
    folder = question_folder(tmp_path)
    edit(folder, "medicines/alpha.toml", "At the same time of day.", "At noon.")
    lines = [str(item) for item in check(folder).findings if item.rule == "q20-hash"]
    assert lines == [
        (
            "questions/infections.toml: infection-2: error: the text at 'alpha/how-often' has "
            "changed, re-read the question; the hash is now d5df0e98"
        )
    ]


def test_default_cell_supports_where_one_named_condition_is_shown_it(tmp_path: Path) -> None:
    """A question on two conditions may rest on the cell for any, if one of them has no other."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, "How soon does each", "In RA and gout, how soon does each")
    assert "q20-shown" not in {item.rule for item in check(folder).findings}


def test_number_of_the_support_may_be_keyed_in_digits(tmp_path: Path) -> None:
    """A number that the supporting text writes as a word may stand in a key as a figure."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, 'text = "Fever"', 'text = "Fever after 1 shot"')
    assert {item.rule for item in check(folder).findings} == WHOLE_BANK


def test_rationale_may_quote_its_case_and_a_telephone_number(tmp_path: Path) -> None:
    """A number of the story, and the numbers to call, need no support in a rationale."""
    folder = question_folder(tmp_path)
    edit(
        folder,
        INFECTIONS,
        WHY,
        "An infection can get worse fast, so 8 is too late; call {emergency}.",
    )
    assert {item.rule for item in check(folder).findings} == WHOLE_BANK


def test_asking_about_a_disputed_point_may_be_keyed(tmp_path: Path) -> None:
    """Where the texts disagree the right answer is to ask."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, CALL, 'text = "Ask before you breastfeed."')
    assert {item.rule for item in check(folder).findings} == WHOLE_BANK


def test_stem_about_not_being_sure_is_not_negative(tmp_path: Path) -> None:
    """A "not" beside the question itself does not turn it round."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, "What should she do now?", "What should she do if she is not sure?")
    assert {item.rule for item in check(folder).findings} == WHOLE_BANK


def test_exception_lets_a_word_rule_pass(tmp_path: Path) -> None:
    """A line in the exceptions lets one option pass a rule about words."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, WAIT, 'text = "She might wait a week."')
    (folder / "exceptions.toml").write_text(
        '[[exceptions]]\nrule = "q12-strong-words"\nfile = "questions/infections.toml"\n'
        'key = "infection-1.wait"\nreason = "a doubt is the point"\n',
        encoding="utf-8",
    )
    assert {item.rule for item in check(folder).findings} == WHOLE_BANK


@pytest.mark.parametrize(
    ("texts", "rule_line"),
    [
        (("10 mg", "50 mg", "100 mg"), None),
        (("1 to 3 days", "4 to 6 days", "7 to 9 days"), None),
        (("1 to 3 days", "3 to 6 days", "7 to 9 days"), "error: two options overlap"),
        (("50 mg", "10 mg", "100 mg"), "warning: the numbers are not in order"),
        (("1 day", "2 weeks", "3 months"), "warning: the numbers have different units"),
        (("0.5 mg", "1 mg", "2 mg"), "warning: the numbers have different decimals"),
    ],
)
def test_numbers_are_orderly(tmp_path: Path, texts: tuple[str, ...], rule_line: str | None) -> None:
    """Options that are numbers have one order, unit and precision, and no overlap (Q14)."""
    folder = question_folder(tmp_path)
    for old, text in zip((CALL, WAIT, 'text = "Rest and take the dose."'), texts, strict=True):
        edit(folder, INFECTIONS, old, f'text = "{text}"')
    lines = [str(item) for item in check(folder).findings if item.rule == "q14-numbers"]
    wanted = f"questions/infections.toml: infection-1: {rule_line}"
    assert lines == ([wanted] if rule_line else [])


def test_answer_of_one_question_in_another_is_told(tmp_path: Path) -> None:
    """A key that stands word for word in a question of another concept is told (Q16)."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, CALL, 'text = "Call her team this very day."')
    edit(
        folder,
        INFECTIONS,
        'concept = "c1-infection"\ncritical = true\naudience = "both"\nlevel = "apply"\nstem = "How',
        'audience = "both"\nlevel = "apply"\nstem = "Call her team this very day. How',
    )
    lines = [str(item) for item in check(folder).findings if item.rule == "q16-answers"]
    assert lines == [
        (
            "questions/infections.toml: infection-1.call: warning: "
            "the right answer stands in the question 'infection-2'"
        )
    ]


def test_long_unit_lists_are_read_as_amounts() -> None:
    """Ranges, units and thousands are read; names with a figure are not."""
    found = {
        f"{value:f} {unit}".strip()
        for value, unit in amounts(
            "36\u00b0F to 46\u00b0F, 2 to 8 weeks, 1,000 people, 30 mL/min, IL-1 and COVID-19."
        )
    }
    assert found == {"36 \u00b0f", "46 \u00b0f", "2 week", "8 week", "1000 people", "30 ml/min"}


# The bank as a whole


def single(
    question_id: str,
    right: str = "Same.",
    others: tuple[str, str] = ("Ditto", "Equal"),
    **more: Any,
) -> Question:
    """Make a question of one key from its texts."""
    options = [
        {"id": f"o{place}", "text": text, "key": place == 0, "rationale": "Why.", "action": "Do."}
        for place, text in enumerate((right, *others))
    ]
    return of_kind(question_id, QuestionKind.SINGLE, options=options, **more)


def of_kind(question_id: str, kind: QuestionKind, **more: Any) -> Question:
    """Make a question of a kind with the parts that the model needs."""
    parts: dict[QuestionKind, dict[str, Any]] = {
        QuestionKind.SINGLE: {"options": _options(1, 3)},
        QuestionKind.SEVERAL: {"options": _options(2, 4)},
        QuestionKind.TRUE_FALSE: {"options": _options(1, 2)},
        QuestionKind.ORDER: {"options": _options(0, 3)},
        QuestionKind.SORT: {
            "groups": [{"id": "now", "label": "Now"}, {"id": "later", "label": "Later"}],
            "options": [item | {"group": "now"} for item in _options(0, 3)],
        },
        QuestionKind.NUMBER: {
            "number": {"value": 1, "unit": "day", "rationale": "Why.", "action": "Do."}
        },
    }
    fields: dict[str, Any] = {
        "id": question_id,
        "version": 1,
        "kind": kind.value,
        "audience": "both",
        "level": "apply",
        "stem": "What is it?",
        "supported_by": [{"ref": "alpha/route", "hash": "00000000"}],
        "due": date(2027, 11, 23),
    }
    return Question.model_validate(fields | parts[kind] | more)


def _options(keys: int, count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"o{place}", "text": f"Text {place}", "key": place < keys, "rationale": "Why."}
        for place in range(count)
    ]


def context(tmp_path: Path, *topics: Topic) -> Context:
    """Put a bank into the small catalogue."""
    catalogue = small_catalogue(tmp_path).evolve(bank=Bank(topics=topics))
    return Context(catalogue=catalogue, folder=read_folder(tmp_path / "data"), today=TODAY)


def topic(topic_id: str, questions: Iterable[Question]) -> Topic:
    """Make a topic."""
    return Topic(id=topic_id, order=1, title="A title", questions=tuple(questions))


def lines(findings: Iterable[Finding]) -> list[str]:
    """Give the lines of findings in order."""
    return sorted(str(finding) for finding in findings)


def test_tail_is_the_exact_binomial() -> None:
    """Chances agree with values worked out by hand."""
    assert tail(5, 5, 1 / 3) == pytest.approx(1 / 243)
    assert tail(2, 1, 0.5) == pytest.approx(0.75)
    assert tail(0, 0, 0.0) == 1.0


def test_key_that_is_always_longest_is_an_error(tmp_path: Path) -> None:
    """Five of five longest keys are told for the topic and the bank; four of five are not (Q07)."""
    long = [single(f"q{number}", right="The long one.") for number in range(5)]
    assert lines(length_gives_no_cue(context(tmp_path / "a", topic("dose", long)))) == [
        (
            "questions/dose.toml: -: error: the key is the longest option in 5 of 5 questions "
            "(p = 0.0041, by chance 33%); even the lengths out"
        ),
        (
            "questions: -: error: the key is the longest option in 5 of 5 questions "
            "(p = 0.0041, by chance 33%); even the lengths out"
        ),
    ]
    even = [*long[:4], single("q9")]
    assert lines(length_gives_no_cue(context(tmp_path / "b", topic("dose", even)))) == []


def test_key_that_is_always_shortest_is_an_error(tmp_path: Path) -> None:
    """A key that is always the only shortest option is a cue too (Q07)."""
    short = [single(f"q{number}", right="No") for number in range(5)]
    found = lines(length_gives_no_cue(context(tmp_path, topic("dose", short))))
    assert "the key is the shortest option in 5 of 5 questions (p = 0.0041" in found[0]
    assert len(found) == 2


@cache
def blueprint() -> Blueprint:
    """Load the shipped blueprint."""
    return shipped().catalogue.blueprint


def planned_bank() -> list[Topic]:
    """Make a bank that follows the blueprint; kinds are given out while topics allow them."""
    plan = blueprint()
    left = dict(plan.of_kind())
    topics = []
    for planned in plan.topics:
        audiences = [
            word
            for word in (Audience.PATIENT, Audience.BOTH, Audience.NURSE)
            for _ in range(planned.counts[word])
        ]
        levels = [word for word in CognitiveLevel for _ in range(planned.counts[word])]
        levels += [CognitiveLevel.APPLY] * (planned.count - len(levels))
        questions = []
        for number in range(planned.count):
            rare = [
                kind for kind in planned.kinds if kind is not QuestionKind.SINGLE and left[kind] > 0
            ]
            kind = rare[number % len(rare)] if rare and number < 6 else QuestionKind.SINGLE
            left[kind] -= 1
            questions.append(
                of_kind(
                    f"{planned.id}-{number}",
                    kind,
                    audience=audiences[number].value,
                    level=levels[number].value,
                    critical=number < planned.critical,
                )
            )
        topics.append(topic(planned.id, questions))
    assert max(left.values()) <= 0
    return topics


def plan_findings(
    folder: Path, topics: Iterable[Topic], *, being_written: bool = False
) -> list[str]:
    """Hold a bank against the shipped plan, in which each topic is written or being written."""
    held = context(folder, *topics)
    plan = held.catalogue.blueprint
    changed = plan.evolve(
        topics=tuple(item.evolve(being_written=being_written) for item in plan.topics)
    )
    catalogue = held.catalogue.evolve(blueprint=changed)
    return lines(bank_follows_the_blueprint(held.evolve(catalogue=catalogue)))


def test_bank_of_the_blueprint_obeys_it(tmp_path: Path) -> None:
    """A bank with the planned numbers has no finding; the plan holds 120 questions and more."""
    plan = blueprint()
    assert plan.total >= 120
    assert plan.total >= sum(number for _, number in plan.of_kind())
    counts = {topic.id: topic.counts for topic in plan.topics}
    assert counts["other-options"]["questions"] >= 24
    assert counts["reading-a-comparison"]["questions"] >= 8
    assert plan.forms == 3
    assert sum(item["nurse"] for item in counts.values()) >= 40
    assert plan_findings(tmp_path, planned_bank()) == []


def plan_differs(file: str, what: str, has: int, planned: int, table: str) -> str:
    """Return the line of a bank that differs from its plan."""
    told = f"{has}, and blueprint.toml plans {planned} under [{table}]; change one of them"
    return f"{file}: -: error: {what}: {told}"


def test_bank_that_leaves_the_blueprint_is_told(tmp_path: Path) -> None:
    """A topic that is missing, new, short of its numbers or of another kind is an error (Q24)."""
    topics = {item.id: item for item in planned_bank()}
    topics.pop("stopping")
    first, *rest = topics["allergy"].questions
    wrong = of_kind(first.id, QuestionKind.NUMBER, audience="both", level="analyse", critical=True)
    topics["allergy"] = topic("allergy", (wrong, *rest[:-1]))
    found = plan_findings(tmp_path, [*topics.values(), topic("extra", ())])
    assert "questions/stopping.toml: -: error: the topic is missing; it has 2 questions" in found
    assert "questions/extra.toml: -: error: the blueprint has no such topic" in found
    assert (
        "questions/allergy.toml: -: error: fewer than the blueprint has: "
        "questions: 3 of 4, nurse: 0 of 1, recall: 0 of 1, apply: 2 of 3"
    ) in found
    assert (
        "questions/allergy.toml: allergy-0: error: "
        "the blueprint has no 'number' question in this topic"
    ) in found


def test_topic_that_is_being_written_is_only_reported(tmp_path: Path) -> None:
    """What a topic lacks while it is written is a warning, and so are the sums of the bank (Q24)."""
    topics = [item for item in planned_bank() if item.id != "other-options"]
    found = plan_findings(tmp_path / "a", topics, being_written=True)
    assert (
        "questions/other-options.toml: -: warning: the topic is missing; it has 28 questions"
    ) in found
    assert [line for line in found if ": error: " in line] == []
    finished = plan_findings(tmp_path / "b", topics)
    assert [line for line in finished if ": warning: " in line] == []


def test_concept_without_a_parallel_question_is_told(tmp_path: Path) -> None:
    """A concept that only one question asks about is an error (Q23)."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, 'parallel_of = "infection-1"\n', "")
    path = folder / INFECTIONS
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(SECOND)], encoding="utf-8")
    found = [str(item) for item in check(folder).findings if item.rule == "q23-concept"]
    assert found == ["concepts.toml: c1-infection: error: questions of this concept: 1, at least 2"]


def test_critical_question_is_never_true_false(tmp_path: Path) -> None:
    """Half would guess a true-false question, so none is critical (Q23)."""
    folder = question_folder(tmp_path)
    path = folder / INFECTIONS
    _only_two_options(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('kind = "single"', 'kind = "true-false"'), encoding="utf-8")
    found = [str(item) for item in check(folder).findings if item.rule == "q23-critical"]
    assert found == [
        (
            "questions/infections.toml: infection-1: error: "
            "a critical question is never true-false; half would guess it"
        )
    ]


def test_bank_that_only_recalls_is_told(tmp_path: Path) -> None:
    """More than a quarter of recall, or less than half of use, is a warning (Q25)."""
    recall = [single(f"r{number}", level="recall") for number in range(3)]
    applied = [single(f"a{number}", level="analyse") for number in range(2)]
    assert lines(bank_asks_for_use(context(tmp_path / "a", topic("dose", recall + applied)))) == [
        "questions: -: warning: 40% apply or analyse, at least 50%",
        "questions: -: warning: 60% of the questions only recall, at most 25%",
    ]
    even = context(tmp_path / "b", topic("dose", [recall[0], *applied, single("a9")]))
    assert lines(bank_asks_for_use(even)) == []


def test_true_and_false_are_even(tmp_path: Path) -> None:
    """Five true statements of five, or two ideas in one, are a warning; three of five are not."""

    def statement(number: int, true: bool, stem: str = "It is so.") -> Question:
        texts = [("t", "True", true), ("f", "False", not true)]
        options = [{"id": i, "text": t, "key": k, "rationale": "Why."} for i, t, k in texts]
        return of_kind(f"s{number}", QuestionKind.TRUE_FALSE, options=options, stem=stem)

    def told(name: str, questions: list[Question]) -> list[str]:
        return lines(true_and_false_are_even(context(tmp_path / name, topic("dose", questions))))

    assert told("a", [statement(n, n < 3) for n in range(5)]) == []
    assert told("b", [statement(n, True) for n in range(5)]) == [
        "questions: -: warning: 100% of the true-false questions are true; 40% to 60%"
    ]
    assert told("c", [statement(1, True, "It is so because it was.")]) == [
        "questions/dose.toml: s1: warning: a true-false question holds one idea; found 'because'"
    ]


def test_report_counts_the_bank() -> None:
    """The report gives the numbers that an educator or editor asks for."""
    plan = blueprint()
    report = bank_report(Bank(topics=tuple(planned_bank())))
    assert report.items == plan.total
    assert report.critical == sum(item.critical for item in plan.topics)
    assert dict(report.by_topic)["injecting"] == 8
    assert dict(report.by_audience)["nurse"] == sum(item.nurse for item in plan.topics)
    assert dict(report.by_kind)["order"] == 3
    assert sum(count for _, count in report.by_kind) == plan.total
    assert sum(count for _, count in report.by_level) == plan.total
    assert report.cueing.longest == 0
    assert report.cueing.longest_p == pytest.approx(1.0)


DOCUMENT = (paths.DATA / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_documents_example_obeys_the_rules(tmp_path: Path) -> None:
    """The README's example of a topic, put into the shipped content, is a sound question."""
    folder = tmp_path / "data"
    shutil.copytree(paths.DATA, folder)
    shutil.rmtree(folder / "questions", ignore_errors=True)
    (folder / "questions").mkdir()
    example = re.search(r"```toml\n(order = 6 .*?)```", DOCUMENT, flags=re.DOTALL)
    assert example is not None
    text = supporting_text(load(folder).catalogue, "anakinra/flags/anakinra-flag-infection")
    written = example[1].replace("1a2b3c4d", text_hash(text or ""))
    (folder / "questions" / "infections.toml").write_text(written, encoding="utf-8")
    found = [
        str(item)
        for item in check(folder).findings
        if item.file == INFECTIONS and item.rule not in WHOLE_BANK
    ]
    assert found == [
        (
            "questions/infections.toml: infections-fever: warning: "
            "recorded reads: 1 (by people: none yet); at least 2"
        )
    ]


def test_one_more_question_needs_no_python(tmp_path: Path) -> None:
    """A question more obeys as it is, and a new topic once blueprint.toml has a table for it."""
    topics = planned_bank()
    grown = [
        item.evolve(questions=(*item.questions, of_kind("dose-99", QuestionKind.SINGLE)))
        if item.id == "dose"
        else item
        for item in topics
    ]
    assert plan_findings(tmp_path / "a", grown) == []
    extra = topic("cold-packs", [of_kind("cold-packs-1", QuestionKind.SINGLE)])
    assert plan_findings(tmp_path / "b", [*grown, extra]) == [
        "questions/cold-packs.toml: -: error: the blueprint has no such topic"
    ]
    folder = small_folder(tmp_path / "c")
    plan = (folder / "blueprint.toml").read_text(encoding="utf-8")
    plan = plan.replace("being_written = true\n", "") + "\n[topics.cold-packs]\nboth = 1\n"
    (folder / "blueprint.toml").write_text(plan, encoding="utf-8")
    catalogue = load(folder).catalogue.evolve(bank=Bank(topics=(*grown, extra)))
    after = Context(catalogue=catalogue, folder=read_folder(folder), today=TODAY)
    assert lines(bank_follows_the_blueprint(after)) == []


def release(folder: Path, question_id: str, version: int) -> None:
    """Record a question as released, as it stands now."""
    bank = load(folder).catalogue.bank
    known = next((item for item in bank.questions if item.id == question_id), None)
    digest = question_hash(known) if known else "00000000"
    entry = f'[{question_id}]\nversion = {version}\nhash = "{digest}"\n'
    (folder / "released.toml").write_text(entry, encoding="utf-8")


def q30(folder: Path) -> list[str]:
    """Give the lines of the rule on released questions."""
    return [str(item) for item in check(folder).findings if item.rule == "q30-released"]


def test_a_changed_question_raises_its_version(tmp_path: Path) -> None:
    """A released question whose stem changes is refused until its version is raised."""
    folder = question_folder(tmp_path)
    release(folder, "infection-1", 1)
    assert q30(folder) == []
    edit(folder, INFECTIONS, STEM, STEM.replace("do now", "do first"))
    assert q30(folder) == [
        (
            f"{INFECTIONS}: infection-1.version: error: the stem or a key has changed; "
            "raise the version above 1"
        )
    ]
    edit(folder, INFECTIONS, "version = 1", "version = 2")
    assert [line.split(": ")[2] for line in q30(folder)] == ["warning"]


def test_a_released_question_never_goes(tmp_path: Path) -> None:
    """A released id that is no longer in the bank is an error."""
    folder = question_folder(tmp_path)
    release(folder, "infection-9", 1)
    assert len(q30(folder)) == 1
    assert "is gone" in q30(folder)[0]
