"""What a host and a participant see of a class.

A participant's view is one of several types, by the state of the class. Only ``RevealedView`` has
fields for a solution, and ``EndedView``, which holds those of the class: the types of the other
states cannot carry one.
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from explorer.domain.base import Frozen
from explorer.domain.class_report import LaterChange, PairedChange
from explorer.domain.grading import Answer, validation_error
from explorer.domain.own_questions import is_own
from explorer.domain.questions import BANK_KINDS, Question, QuestionKind
from explorer.domain.quiz_view import Judged, judge
from explorer.domain.sessions import (
    ClassState,
    Session,
    StoredAnswer,
    SupportingPassage,
    TeachingPhase,
)

SHOWN_PASSAGES: Final = 2
"""Supporting passages shown under an answer: the author's first ones."""


class ClassInfo(Frozen):
    """A class that can be joined."""

    code: str
    title: str


class OptionView(Frozen):
    """An option or a group: its id and its text."""

    id: str
    text: str


class StemView(Frozen):
    """A question without its options.

    ``own``: the educator wrote it, and this site has not checked it.
    """

    stem: str
    case: str = ""
    own: bool = False


class QuestionView(StemView):
    """A question with its options and without its solution."""

    kind: QuestionKind
    options: tuple[OptionView, ...] = ()
    groups: tuple[OptionView, ...] = ()
    unit: str = ""


class _View(Frozen):
    """What all views have. An answer carries the ``position_token`` of the view it was given on."""

    code: str
    position_token: str


class WaitingView(_View):
    """Before the first question."""

    state: Literal[ClassState.PREPARED, ClassState.OPEN]


class BetweenView(_View):
    """The pause between two phases."""

    state: Literal[ClassState.BETWEEN]


class _PlacedView(_View):
    """A question's place in the plan, from 1, and the number of questions."""

    place: int
    total: int


class ReadingView(_PlacedView):
    """The stem is shown, the options are not yet."""

    state: Literal[ClassState.READING]
    question: StemView


class _AnswerView(_PlacedView):
    """A question with the participant's own answer.

    ``answer`` is None where there is none, where it was "not sure", and where the stored one is
    not valid (``unreadable``). ``asks_sureness``: how sure one is, is asked too; ``sure`` is what
    was said.
    """

    question: QuestionView
    answered: bool = False
    answer: Answer | None = None
    unreadable: bool = False
    asks_sureness: bool = False
    sure: bool | None = None

    @property
    def not_sure(self) -> bool:
        """True where "not sure" was the answer."""
        return self.answered and self.answer is None and not self.unreadable

    @property
    def answer_lines(self) -> tuple[str, ...]:
        """The own answer in words, a line for each part; empty where there is none."""
        if not self.answer:
            return ()
        question = self.question
        if question.kind is QuestionKind.NUMBER:
            return (f"{self.answer[0]} {question.unit}".strip(),)
        if question.kind is QuestionKind.TEXT:
            return (self.answer[0],)
        texts = {option.id: option.text for option in question.options}
        if question.kind is not QuestionKind.SORT:
            return tuple(texts[item] for item in self.answer if item in texts)
        labels = {group.id: group.text for group in question.groups}
        placed = dict(item.split("=", 1) for item in self.answer if "=" in item)
        return tuple(
            f"{option.text}: {labels.get(placed[option.id], '')}"
            for option in question.options
            if option.id in placed
        )


class OpenView(_AnswerView):
    """The question accepts answers."""

    state: Literal[ClassState.SHOWN]
    second_vote: bool = False


class ClosedView(_AnswerView):
    """The question does not accept answers any more; the solution is not shown yet."""

    state: Literal[ClassState.CLOSED]


class RevealedView(_AnswerView):
    """The solution, with the participant's own answer judged."""

    state: Literal[ClassState.REVEALED]
    judged: Judged
    evidence: tuple[SupportingPassage, ...] = ()


class KeptAnswer(Frozen):
    """A question of a class that has ended, with its solution and the participant's own answer."""

    phase: TeachingPhase
    seen: RevealedView


class EndedView(_View):
    """After the end: the questions that were asked, and from 5 people on the room's change."""

    state: Literal[ClassState.ENDED]
    title: str = ""
    kept: tuple[KeptAnswer, ...] = ()
    changes: tuple[PairedChange, ...] = ()
    later: tuple[LaterChange, ...] = ()
    """All three rounds on the same people; where there are any, they stand for ``changes``."""

    @property
    def right(self) -> int:
        """How many questions the participant had right."""
        return sum(item.seen.judged.is_right for item in self.kept)

    @property
    def graded(self) -> int:
        """How many of the questions have a right answer: a poll has none."""
        return sum(item.seen.question.kind in BANK_KINDS for item in self.kept)


ParticipantView: TypeAlias = (
    WaitingView | ReadingView | OpenView | ClosedView | RevealedView | BetweenView | EndedView
)
"""What a participant sees; match on the type or on ``state``."""


class Seat(Frozen):
    """A participant with what they see: ``version`` is that of the session."""

    session_id: str
    version: int
    participant: str
    view: ParticipantView


class Attendance(Frozen):
    """A session with all its participants and their answers in the current round.

    ``ended`` returns what each of them sees after the end, where the class has ended.
    """

    session: Session
    participants: frozenset[str]
    answers: Mapping[str, StoredAnswer]
    ended: Callable[[str], EndedView] | None = None

    def view(self, participant: str) -> ParticipantView:
        """Return what a participant sees."""
        if self.ended is not None:
            return self.ended(participant)
        return participant_view(self.session, self.answers.get(participant))


def participant_view(session: Session, stored: StoredAnswer | None) -> ParticipantView:
    """Build what a participant sees.

    Args:
        session: the class.
        stored: the participant's answer in the current round, if there is one.
    """
    code, token, state = session.code, session.position_token, session.state
    current, planned = session.current_round, session.planned
    if planned is None or current is None:
        match state:
            case ClassState.BETWEEN:
                return BetweenView(code=code, position_token=token, state=state)
            case ClassState.ENDED:
                return EndedView(code=code, position_token=token, state=state)
            case ClassState.PREPARED | ClassState.OPEN:
                return WaitingView(code=code, position_token=token, state=state)
        raise ValueError(f"a class that is {state} without a question")
    place, total = current.question_index + 1, session.length
    question = planned.question
    if state is ClassState.READING:
        stem = StemView(stem=question.stem, case=planned.case, own=is_own(question))
        return ReadingView(
            code=code, position_token=token, state=state, place=place, total=total, question=stem
        )
    answer = None if stored is None else stored.answer
    unreadable = answer is not None and bool(validation_error(question, answer))
    view = OpenView(
        code=code,
        position_token=token,
        state=ClassState.SHOWN,
        place=place,
        total=total,
        question=question_view(question, planned.case),
        answered=stored is not None,
        answer=None if unreadable else answer,
        unreadable=unreadable,
        asks_sureness=session.sureness and question.has_key,
        sure=None if stored is None else stored.sure,
        second_vote=current.vote > 1,
    )
    if state is ClassState.SHOWN:
        return view
    shared = {name: getattr(view, name) for name in _AnswerView.model_fields}
    if state is ClassState.CLOSED:
        return ClosedView(state=ClassState.CLOSED, **shared)
    return RevealedView(
        state=ClassState.REVEALED,
        judged=judge(question, answer, tuple(option.id for option in question.options)),
        evidence=planned.evidence[:SHOWN_PASSAGES],
        **shared,
    )


def question_view(question: Question, case: str = "") -> QuestionView:
    """Remove the solution from a question.

    Args:
        question: the question.
        case: the case description shared with other questions, or an empty string.
    """
    return QuestionView(
        kind=question.kind,
        stem=question.stem,
        case=case,
        options=tuple(OptionView(id=item.id, text=item.text) for item in question.options),
        groups=tuple(OptionView(id=item.id, text=item.label) for item in question.groups),
        unit=question.number.unit if question.number else "",
        own=is_own(question),
    )
