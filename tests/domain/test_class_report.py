"""The report of a class: who counts, what is hidden, and change on the same people."""

from datetime import UTC, datetime

import pytest

from explorer.domain.class_report import (
    AskedQuestion,
    ClassReport,
    FourWay,
    PersonResult,
    missed_most,
)
from explorer.domain.class_results import build_report, paired_change
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import TeachingPhase
from explorer.domain.tallies import tallies
from tests.questions import question


def asked(
    name: str, phase: TeachingPhase, right: str, wrong: str = "", unsure: str = ""
) -> AskedQuestion:
    """Put a question to people named by single letters."""
    item = question(name, concept=name[0])
    answers = [(who, ("a",)) for who in right] + [(who, ("b",)) for who in wrong]
    return AskedQuestion(
        question=item,
        phase=phase,
        shown=frozenset(right + wrong + unsure),
        answers=tuple(answers + [(who, ()) for who in unsure]),
    )


def made(*items: AskedQuestion, people: int = 8) -> ClassReport:
    return build_report(
        items,
        {"x": "Concept x"},
        code="ABC234",
        title="Lesson",
        opened=datetime(2026, 11, 25, 9, tzinfo=UTC),
        content="abc123",
        people=people,
    )


def test_change_is_on_pairs_only() -> None:
    """People who left or came late play no part in the change."""
    before = dict.fromkeys("abcdef", 0.0) | {"a": 1.0, "gone": 1.0}
    after = dict.fromkeys("abcdef", 1.0) | {"b": 0.0, "late": 0.0}
    found = paired_change("x", before, after)
    assert found.pairs == 6
    assert found.four == FourWay(right_right=1, wrong_right=4, right_wrong=0, wrong_wrong=1)
    assert found.before == pytest.approx(1 / 6)
    assert found.points == pytest.approx(400 / 6)
    assert found.gain == pytest.approx(0.8)


def test_fewer_than_five_pairs_are_hidden() -> None:
    """Four pairs: counts only."""
    found = paired_change("x", dict.fromkeys("abcd", 0.0), dict.fromkeys("abcd", 1.0))
    assert found.hidden
    assert (found.before, found.after, found.points, found.four, found.gain) == (None,) * 5


def test_who_joined_late_was_not_shown() -> None:
    """The late joiner is missing in the first question, not wrong."""
    found = made(
        asked("x1", TeachingPhase.BEFORE, "abcde", "f", "g"),
        asked("x2", TeachingPhase.AFTER, "abcdefgh"),
    )
    first, second = found.questions
    assert (first.n, first.right, first.not_shown, first.not_sure) == (7, 5, 1, 1)
    assert (second.n, second.right, second.not_shown) == (8, 8, 0)
    assert [(item.label, item.pairs) for item in found.concepts] == [("Concept x", 7)]


def test_a_shown_question_without_an_answer_counts_as_not_right() -> None:
    """Shown and not answered is in n, and among the unsure."""
    item = asked("x1", TeachingPhase.FREE, "abcdef").evolve(shown=frozenset("abcdefg"))
    first = made(item).questions[0]
    assert (first.n, first.right, first.not_sure) == (7, 6, 1)


def test_a_question_answered_by_four_is_hidden() -> None:
    """Nothing but the number of people is in the report."""
    first = made(asked("x1", TeachingPhase.FREE, "abc", "d")).questions[0]
    assert first.hidden
    assert (first.n, first.right, first.share, first.interval, first.tallies) == (
        4,
        None,
        None,
        None,
        (),
    )


def test_reliability_waits_for_thirty_people() -> None:
    """29 people are too few; with 30 alpha and correlations are there."""
    people = [chr(200 + place) for place in range(30)]
    for size, few in ((29, True), (30, False)):
        some = "".join(people[:size])
        found = made(
            asked("x1", TeachingPhase.BEFORE, some[:20], some[20:]),
            asked("y1", TeachingPhase.BEFORE, some[5:], some[:5]),
            people=size,
        )
        assert [item.few for item in found.reliability] == [few]
        assert (found.reliability[0].alpha is None) is few
        assert (found.questions[0].item_rest is None) is few


def test_overall_change_is_on_people_shown_everything() -> None:
    """One joined after the first question: not in the overall pairs."""
    found = made(
        asked("x1", TeachingPhase.BEFORE, "abcde"),
        asked("y1", TeachingPhase.BEFORE, "", "abcdef"),
        asked("x2", TeachingPhase.AFTER, "abcdef"),
    )
    assert found.overall is not None
    assert (found.overall.pairs, found.overall.before, found.overall.after) == (5, 0.5, 1.0)
    assert found.overall.four is None


def test_no_after_round_no_change() -> None:
    """Without an after round there is nothing to compare."""
    found = made(asked("x1", TeachingPhase.BEFORE, "abcdef"))
    assert (found.overall, found.concepts) == (None, ())


def test_tallies_count_each_kind() -> None:
    """Options chosen; for a number right and other; for sorting what is where it belongs."""
    several = tallies(question("s", QuestionKind.SEVERAL), [("a", "b"), ("a",), ()])
    assert [(item.option, item.count) for item in several] == [
        ("a", 2),
        ("b", 1),
        ("c", 0),
        ("d", 0),
    ]
    number = tallies(question("n", QuestionKind.NUMBER), [("100",), ("100.0",), ("90",)])
    assert [(item.option, item.count) for item in number] == [("right", 2), ("other", 1)]
    placed = tallies(question("o", QuestionKind.SORT), [("a=now", "b=now", "c=now")])
    assert [(item.option, item.count) for item in placed] == [("a", 1), ("b", 0), ("c", 1)]


def test_what_the_room_missed_most_is_of_the_last_round_and_worst_first() -> None:
    """What was learnt is not taught again, what few missed neither, and small groups are hidden."""
    report = made(
        asked("x1", TeachingPhase.BEFORE, "", "abcdefgh"),
        asked("x2", TeachingPhase.AFTER, "abcdef", "gh"),
        asked("y2", TeachingPhase.AFTER, "ab", "cdefgh"),
        asked("z2", TeachingPhase.AFTER, "abcdefg", "h"),
        asked("w2", TeachingPhase.AFTER, "", "abcd"),
    )
    assert [item.id for item in missed_most(report)] == ["y2", "x2"]
    only_before = made(asked("x1", TeachingPhase.BEFORE, "a", "bcdefgh"))
    assert [item.id for item in missed_most(only_before)] == ["x1"]


def test_a_row_for_each_person_tells_nothing_of_who_it_is() -> None:
    """No id, sorted by what they hold; a question of few is hidden, and so are few people."""
    report = made(
        asked("x1", TeachingPhase.BEFORE, "abcd", "e", "f"),
        asked("y1", TeachingPhase.BEFORE, "ab"),
        asked("z1", TeachingPhase.BEFORE, "abcde"),
    )
    rows = report.people_rows
    assert len(rows) == 6
    assert list(rows) == sorted(rows)
    assert {row[1] for row in rows} == {PersonResult.HIDDEN}
    unsure, right, wrong = PersonResult.UNSURE, PersonResult.RIGHT, PersonResult.WRONG
    assert [row[0] for row in rows] == [right] * 4 + [unsure, wrong]
    assert [row[2] for row in rows] == [right] * 4 + [PersonResult.NOT_SHOWN, right]
    assert made(asked("x1", TeachingPhase.BEFORE, "abcd")).people_rows == ()
