"""The plan of a class, the check of an answer to it, and its report."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from explorer.classes.texts import short_texts
from explorer.domain.class_report import AskedQuestion, ClassReport
from explorer.domain.class_results import build_report
from explorer.domain.grading import Answer, validation_error
from explorer.domain.lessons import LIVE_KINDS, Lesson
from explorer.domain.option_order import printed_order
from explorer.domain.own_questions import OwnQuestion
from explorer.domain.questions import Bank, Question
from explorer.domain.sessions import (
    InvalidAnswer,
    Participant,
    PlannedQuestion,
    Refused,
    Round,
    Session,
    StoredAnswer,
    SupportingPassage,
    TeachingPhase,
    TooLate,
)

LONGEST_ANSWER: Final = 2000
"""Characters of an answer; the longest valid one has a few hundred."""


def plan_of(
    lesson: Lesson,
    bank: Bank,
    evidence: Callable[[Question], Iterable[SupportingPassage]] = lambda _: (),
    *,
    free: Sequence[str] = (),
    later: Sequence[str] = (),
    own: Sequence[OwnQuestion] = (),
    drawn: bool = False,
) -> tuple[PlannedQuestion, ...]:
    """Copy the questions of a lesson into a plan.

    Args:
        lesson: ids of the questions before and after the teaching.
        bank: the question bank.
        evidence: returns the passages that support a question's answer.
        free: ids of questions of neither phase, asked last; a plan may have only these.
        later: ids of questions for weeks later.
        own: the educator's own questions, whose ids may stand among all these.
        drawn: whether chance decided which of two parallel questions comes first.

    Raises:
        KeyError: a question is neither in the bank nor an own one.
    """
    phases = (
        (TeachingPhase.BEFORE, lesson.before),
        (TeachingPhase.AFTER, lesson.after),
        (TeachingPhase.FREE, free),
        (TeachingPhase.LATER, later),
    )
    written = {item.id: item for item in own}
    plan = []
    for phase, ids in phases:
        for question_id in ids:
            if question_id in written:
                plan.append(PlannedQuestion(question=written[question_id].asked(), phase=phase))
                continue
            question = bank.question(question_id)
            cases = {case.id: case.text for case in bank.topic_of(question_id).cases}
            plan.append(
                PlannedQuestion(
                    question=question.evolve(options=printed_order(question)),
                    phase=phase,
                    case=cases.get(question.case or "", ""),
                    evidence=tuple(evidence(question)),
                    drawn=drawn and phase in (TeachingPhase.BEFORE, TeachingPhase.AFTER),
                )
            )
    return tuple(plan)


def check_plan(plan: Sequence[PlannedQuestion]) -> None:
    """Check that a class can be held with a plan.

    Raises:
        Refused: the plan is empty, or has a question that a class cannot answer.
    """
    if all(item.phase is TeachingPhase.LATER for item in plan):
        raise Refused("Choose at least one question.")
    for item in plan:
        if item.question.kind not in LIVE_KINDS:
            raise Refused(f"This question cannot be put to a room: {item.question.stem}")


def check_answer(session: Session, position_token: str, answer: Answer | None) -> Round:
    """Check an answer against the question it was given to.

    Args:
        session: the class.
        position_token: of the view on which the answer was given.
        answer: the answer; None is "not sure".

    Returns:
        The round of the answer. Whether it still accepts answers is checked when it is saved.

    Raises:
        TooLate: the class has no such round.
        InvalidAnswer: it is not valid for this question; the message says what is missing.
    """
    number = position_token.partition(".")[0]
    asked = next((item for item in session.rounds if str(item.number) == number), None)
    if asked is None:
        raise TooLate
    if answer is not None:
        if sum(len(part) for part in answer) > LONGEST_ANSWER:
            raise InvalidAnswer
        problem = validation_error(session.plan[asked.question_index].question, answer)
        if problem:
            raise InvalidAnswer(problem)
    return asked


def asked_questions(
    session: Session, participants: Sequence[Participant], answers: Sequence[StoredAnswer]
) -> tuple[AskedQuestion, ...]:
    """Combine the rounds of a class with its participants and their answers.

    The second vote on a question counts as a free question: before and after the teaching, first
    votes are compared. Rounds that the host skipped are left out.

    Args:
        session: the class.
        participants: all its participants.
        answers: all their answers.
    """
    by_round: dict[int, list[StoredAnswer]] = {}
    for item in answers:
        by_round.setdefault(item.round_number, []).append(item)
    found = []
    for held in session.rounds:
        if not held.counts:
            continue
        planned = session.plan[held.question_index]
        given = by_round.get(held.number, [])
        texts = short_texts(planned.question, given, held.released)
        found.append(
            AskedQuestion(
                question=planned.question,
                phase=planned.phase if held.vote == 1 else TeachingPhase.FREE,
                shown=frozenset(item.id for item in participants if held.was_shown_to(item)),
                answers=tuple((item.participant, item.answer or ()) for item in given),
                sure=frozenset(item.participant for item in given if item.sure),
                asked_sureness=any(item.sure is not None for item in given),
                texts=tuple(item.text for item in texts if item.released),
                hands=held.hands,
            )
        )
    return tuple(found)


def report_of(session: Session, asked: Sequence[AskedQuestion], people: int) -> ClassReport:
    """Build the report of a class.

    Args:
        session: the class.
        asked: its questions with their answers.
        people: number of participants.
    """
    return build_report(
        asked,
        dict(session.concepts),
        code=session.code,
        title=session.title,
        opened=session.opened,
        content=session.content,
        people=people,
        drawn=any(item.drawn for item in session.plan),
    )
