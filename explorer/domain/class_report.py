"""The report of a class: shares of right answers, paired change, and how the questions worked.

A participant who joined late was not shown the earlier questions and is missing there, not wrong.
"Not sure", and no answer to a question that was shown, count as not right. Scores are 0 or 1;
partial credit plays no role. A value that cannot be computed, or that would rest on too few people,
is None.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer
from explorer.domain.learning_measures import (
    Interval,
)
from explorer.domain.own_questions import is_own
from explorer.domain.questions import Question
from explorer.domain.sessions.model import TeachingPhase
from explorer.domain.tallies import Tally

SMALLEST_GROUP: Final = 5
"""Results of fewer people than this are not shown, so that nobody can be identified."""


MANY: Final = 0.2
"""Share of the room from which on a point counts as missed by many."""


_LAST: Final = (TeachingPhase.LATER, TeachingPhase.AFTER, TeachingPhase.BEFORE)


class PersonResult(StrEnum):
    """What became of a question for one person."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    ANSWERED = "answered"
    """Of a question without a key."""
    NOT_SHOWN = "not-shown"
    HIDDEN = "hidden"
    """The question was shown to fewer than ``SMALLEST_GROUP`` people."""


class AskedQuestion(Frozen):
    """A question that was shown in a class, with the answers to it.

    ``shown`` holds the random ids of the participants it was shown to. ``answers`` holds pairs of
    id and answer; an empty answer is "not sure". An invalid answer counts as not right and is also
    counted separately. Every participant in ``answers`` was shown the question. ``hands`` were
    counted in the room, a number for each option. ``sure`` are those who said that they were, where
    they were asked. ``texts`` are the short texts that the host let the room see.
    """

    question: Question
    phase: TeachingPhase
    shown: frozenset[str]
    answers: tuple[tuple[str, Answer], ...]
    hands: tuple[int, ...] = ()
    sure: frozenset[str] = frozenset()
    asked_sureness: bool = False
    texts: tuple[str, ...] = ()

    @property
    def is_measured(self) -> bool:
        """False for an educator's own question: it is in no change and in no statistic."""
        return not is_own(self.question)


class QuestionResult(Frozen):
    """A question in the report. With ``n`` under 5 only ``n`` and ``not_shown`` are set.

    ``hands`` are of people without a phone: they are in no share, since nobody knows which of them
    answered before. ``own``: the educator wrote it, and this site has not checked it. Without a key
    (``has_key``) there is no share. ``version`` is that of the question. ``sure`` and
    ``sure_wrong`` are None where nobody was asked.
    """

    id: str
    phase: TeachingPhase
    stem: str
    concept: str
    n: int
    not_shown: int
    hidden: bool
    right: int | None = None
    share: float | None = None
    interval: Interval | None = None
    not_sure: int | None = None
    unreadable: int = 0
    tallies: tuple[Tally, ...] = ()
    item_rest: float | None = None
    hands: tuple[int, ...] = ()
    own: bool = False
    has_key: bool = True
    version: int = 1
    sure: int | None = None
    sure_wrong: int | None = None
    texts: tuple[str, ...] = ()


class FourWay(Frozen):
    """How many people were right and wrong before and after: counts, not shares."""

    right_right: int
    wrong_right: int
    right_wrong: int
    wrong_wrong: int


class PairedChange(Frozen):
    """Before and after on the same people. Shares are 0 to 1, ``points`` are percentage points.

    With fewer than 5 pairs only ``pairs`` is set.
    """

    label: str
    pairs: int
    hidden: bool
    before: float | None = None
    after: float | None = None
    points: float | None = None
    interval: Interval | None = None
    four: FourWay | None = None
    gain: float | None = None


class LaterChange(Frozen):
    """Before, after and weeks later on the same people: shares 0 to 1.

    ``points`` and ``interval`` are of the change since the teaching, in percentage points. With
    fewer than 5 people only ``people`` is set.
    """

    label: str
    people: int
    hidden: bool
    before: float | None = None
    after: float | None = None
    later: float | None = None
    points: float | None = None
    interval: Interval | None = None


class Reliability(Frozen):
    """Internal consistency of the questions of a phase. ``few``: too few people to compute it."""

    phase: TeachingPhase
    n: int
    items: int
    few: bool
    alpha: float | None = None


class ClassReport(Frozen):
    """All results of a class. Screen and files render this object.

    ``later`` has the round weeks later, all questions first. ``drawn``: chance decided which of two
    parallel questions came first. ``people_rows`` has the results of each person, in the order of
    the questions; the rows are sorted by what they hold, so that their order tells nothing, and
    there are none of fewer than 5 people.
    """

    code: str
    title: str
    opened: datetime
    content: str
    people: int
    hidden: bool
    questions: tuple[QuestionResult, ...]
    concepts: tuple[PairedChange, ...]
    overall: PairedChange | None
    reliability: tuple[Reliability, ...]
    later: tuple[LaterChange, ...] = ()
    drawn: bool = False
    people_rows: tuple[tuple[PersonResult, ...], ...] = ()


def missed_most(report: ClassReport) -> tuple[QuestionResult, ...]:
    """Return the questions that many missed in the last round of a report, the worst first.

    The last round is the one weeks later where it was held, else the one after the teaching, else
    the one before it, else the discussion. Questions of fewer than ``SMALLEST_GROUP`` people are
    left out. Where people were asked how sure they were, those come first that most were sure of
    and wrong about: nobody asks about what they are sure of.
    """
    for phase in (*_LAST, TeachingPhase.FREE):
        found = [
            item
            for item in report.questions
            if item.phase is phase and item.has_key and not item.hidden
        ]
        if found:
            missed = [item for item in found if 1 - (item.share or 0) >= MANY]
            return tuple(
                sorted(missed, key=lambda item: (-(item.sure_wrong or 0) / item.n, item.share or 0))
            )
    return ()
