"""The check code of a record: what it notices, and which part it names."""

import pytest

from explorer.domain.record_code import LONGEST, PARTS, Misfit, text_of, verify
from tests.domain.test_records import record, run
from tests.questions import bank

BANK = bank()
TEXT = text_of(record(BANK, run(BANK, lambda item: item.concept != "concept-1").evolve(attempt=2)))
CODE = TEXT.strip().rsplit(" ", 1)[1]


def test_a_record_fits_its_own_code() -> None:
    """As made, and as paper gives it back: small letters, moved spaces, broken lines."""
    assert verify(TEXT) == ()
    assert verify(TEXT.lower().replace("; ", ";\n  ").replace(": ", ":   ")) == ()
    assert verify(TEXT.replace(CODE, CODE.replace("-", " ").replace("0", "O"))) == ()


@pytest.mark.parametrize(
    ("part", "was", "now"),
    [
        ("name", "name: Ana", "name: Eva"),
        ("date", "2026-11-23", "2026-11-24"),
        ("result", "not-passed", "passed"),
        ("points", "concept-1 missed (2)", "concept-1 right (2)"),
        ("seconds", "seconds: 760", "seconds: 960"),
        ("attempt", "attempt: 2", "attempt: 1"),
        ("content", "abc123", "abc124"),
        ("questions", "c2-", "c9-"),
    ],
)
def test_the_part_that_was_changed_is_named(part: str, was: str, now: str) -> None:
    """One figure or word changed, and only its part does not fit."""
    assert was in TEXT
    assert verify(TEXT.replace(was, now, 1)) == (Misfit(part=part, reason="changed"),)


def test_a_mistyped_code_is_told_from_a_changed_record() -> None:
    """In a part's letters, in the first eight, too short, or with a letter that no code has."""
    other = "1" if CODE[-1] == "0" else "0"
    first = "1" if CODE[0] == "0" else "0"
    assert verify(TEXT.replace(CODE, CODE[:-1] + other)) == (
        Misfit(part="code", reason="mistyped"),
    )
    assert verify(TEXT.replace(CODE, first + CODE[1:])) == (Misfit(part="code", reason="whole"),)
    for typed in (CODE[:-1], "U" + CODE[1:]):
        assert verify(TEXT.replace(CODE, typed)) == (Misfit(part="code", reason="mistyped"),)


def test_lines_that_are_not_there_or_twice_are_named() -> None:
    """Nothing is computed from half a record."""
    assert {item.part for item in verify("hello")} == {*PARTS, "code"}
    assert verify(TEXT + "attempt: 1\n") == (Misfit(part="attempt", reason="twice"),)
    assert verify("x" * (LONGEST + 1)) == (Misfit(part="lines", reason="too-long"),)


def test_a_result_that_its_questions_do_not_give_is_named() -> None:
    """Also where somebody computed a code that fits."""
    questions = bank()
    kept = record(questions, run(questions, lambda _: True)).evolve(right=19)
    assert verify(text_of(kept)) == (Misfit(part="result", reason="sums"),)
