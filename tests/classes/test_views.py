"""What a participant sees: never a solution before it is shown."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from explorer.classes.views import (
    BetweenView,
    ClosedView,
    EndedView,
    OpenView,
    ParticipantView,
    ReadingView,
    RevealedView,
    WaitingView,
    participant_view,
)
from explorer.domain.grading import UNREADABLE
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.quiz_view import Judged
from explorer.domain.sessions import (
    Action,
    ClassState,
    PlannedQuestion,
    Session,
    StoredAnswer,
    SupportingPassage,
    TeachingPhase,
    transition,
)
from explorer.domain.tallies import Tally
from tests.questions import question
from tests.store.test_contract import NOON

SOLUTIONS = {Question, PlannedQuestion, Judged, SupportingPassage, Tally}
"""Types that hold a solution, or lead to one."""

VIEWS = {
    "": WaitingView,
    "next": ReadingView,
    "next show": OpenView,
    "next show close": ClosedView,
    "next show close reveal": RevealedView,
    "next show close reveal next": BetweenView,
    "end": EndedView,
}


NUMBER = {
    "number": {"value": 4711, "unit": "mg", "rationale": "Why it is this.", "action": "Do this."}
}
"""What only a question about a number has."""


def types_in(annotation: Any) -> Iterator[type]:
    """Give all types that a value of an annotation can hold, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from types_in(field.annotation)
    for part in get_args(annotation):
        yield from types_in(part)


@pytest.mark.parametrize("view", get_args(ParticipantView))
def test_only_the_revealed_view_can_carry_a_solution(view: type[BaseModel]) -> None:
    """By its fields, at any depth: what a type cannot hold, no page can show by mistake.

    The view after the end holds the questions of the class, as they were when they were revealed.
    """
    shows = view in (RevealedView, EndedView)
    assert (bool(SOLUTIONS & set(types_in(view)))) is shows
    with pytest.raises(ValidationError, match="judged"):
        view.model_validate({"judged": None})


def after(presses: str, kind: QuestionKind = QuestionKind.SINGLE) -> Session:
    """Lead a class of two questions."""
    evidence = tuple(SupportingPassage(text=f"Line {n}.", address="guide#x") for n in range(3))
    plan = tuple(
        PlannedQuestion(
            question=question(f"q{n}", kind, **(NUMBER if kind is QuestionKind.NUMBER else {})),
            phase=phase,
            evidence=evidence,
        )
        for n, phase in enumerate((TeachingPhase.BEFORE, TeachingPhase.AFTER))
    )
    session = Session(
        id="s",
        code="CDF346",
        title="A lesson",
        content="v1",
        opened=NOON,
        changed=NOON,
        capacity=9,
        plan=plan,
        state=ClassState.OPEN,
    )
    for name in presses.split():
        session = transition(session, Action(name), NOON)
    return session


def stored(*answer: str) -> StoredAnswer:
    """Give somebody's answer to the first question."""
    return StoredAnswer(round_number=0, participant="p", answer=answer or None)


@pytest.mark.parametrize(
    ("presses", "view"), VIEWS.items(), ids=[v.__name__ for v in VIEWS.values()]
)
def test_each_state_has_its_view(presses: str, view: type[BaseModel]) -> None:
    """The view is of the state's own type, and carries the token that an answer names."""
    session = after(presses)
    found = participant_view(session, None)
    assert type(found) is view
    assert found.state is session.state
    assert found.position_token == session.position_token


@pytest.mark.parametrize(
    "kind", [QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SORT, QuestionKind.NUMBER]
)
@pytest.mark.parametrize("presses", [key for key in VIEWS if not key.endswith("reveal")])
def test_no_text_of_the_solution_is_in_a_view_before_the_reveal(
    presses: str, kind: QuestionKind
) -> None:
    """Neither a reason, nor an action, nor a passage, nor the right number."""
    session = after(presses, kind)
    found = participant_view(session, stored("a") if session.on_question else None)
    asked = session.plan[0].question
    hidden = ["Line 0.", *(item.rationale for item in asked.options)]
    if asked.number is not None:
        hidden += [asked.number.rationale, asked.number.action, str(asked.number.value)]
    assert [text for text in hidden if text in found.model_dump_json()] == []


def test_the_reveal_judges_the_own_answer_and_shows_two_passages() -> None:
    """The author's first two passages settle it."""
    found = participant_view(after("next show close reveal"), stored("b"))
    assert isinstance(found, RevealedView)
    assert (found.judged.is_right, found.answer_lines) == (False, ("Text b.",))
    assert [item.text for item in found.evidence] == ["Line 0.", "Line 1."]


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        (None, (False, None, False, False)),
        (stored(), (True, None, True, False)),
        (stored("a"), (True, ("a",), False, False)),
        (stored(*UNREADABLE), (True, None, False, True)),
    ],
)
def test_an_own_answer_is_there_or_not_sure_or_not_readable(
    answer: StoredAnswer | None, facts: tuple[bool, tuple[str, ...] | None, bool, bool]
) -> None:
    """No answer, "not sure", an answer, and one that cannot be read are four different things."""
    found = participant_view(after("next show"), answer)
    assert isinstance(found, OpenView)
    assert (found.answered, found.answer, found.not_sure, found.unreadable) == facts
