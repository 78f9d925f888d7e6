"""What the host and the room's screen see of a class."""

from collections.abc import Sequence

from explorer.classes.texts import ShortText, short_texts
from explorer.domain.base import Frozen
from explorer.domain.grading import Answer
from explorer.domain.questions import Question
from explorer.domain.sessions import (
    Action,
    ClassState,
    Door,
    PlannedQuestion,
    Session,
    StoredAnswer,
    TeachingPhase,
    allowed_actions,
    coming_phase,
    counts_hands,
    doors,
)
from explorer.domain.tallies import Tally, count_invalid, is_right, tallies, with_hands


class HostView(Frozen):
    """What a host or the projector sees.

    ``tallies`` counts the answers of the current vote and ``earlier`` those of the previous vote
    on the same question. For the projector ``allowed_actions`` and ``doors`` are empty, and so are
    both tallies until the question is closed. ``unreadable`` counts stored answers that are not
    valid; they count as not right. ``step`` is the step of the reasons on the room's screen, from
    0. ``rush`` is True where participants joined implausibly fast. ``hands`` are those of the
    current vote. The tallies and ``earlier_answered`` include hands; ``answered`` counts phones.
    ``texts`` are short texts: all of them for the host, for the projector those that were released.
    ``sureness`` is True where phones are asked how sure people are, and ``sure_wrong`` counts who
    was sure and not right. ``awaited`` questions are of the round weeks later. ``teaching`` is
    True in the pause in which the educator teaches, before the questions after it.
    """

    code: str
    title: str
    version: int
    state: ClassState
    allowed_actions: tuple[Action, ...] = ()
    place: int
    total: int
    vote: int = 1
    step: int = 0
    planned: PlannedQuestion | None = None
    joined: int
    capacity: int
    answered: int = 0
    not_sure: int = 0
    unreadable: int = 0
    locked: bool = False
    doors: tuple[Door, ...] = ()
    rush: bool = False
    tallies: tuple[Tally, ...] = ()
    earlier: tuple[Tally, ...] = ()
    earlier_answered: int = 0
    hands: tuple[int, ...] = ()
    can_count_hands: bool = False
    texts: tuple[ShortText, ...] = ()
    sureness: bool = False
    sure_wrong: int = 0
    awaited: int = 0
    teaching: bool = False


def host_view(
    session: Session,
    *,
    for_host: bool,
    joined: int,
    answers: Sequence[StoredAnswer] = (),
    earlier: Sequence[StoredAnswer] | None = None,
    rush: bool = False,
) -> HostView:
    """Build what the host or the projector sees.

    Args:
        session: the class.
        for_host: True for the host, False for the projector.
        joined: number of participants.
        answers: answers of the current round.
        earlier: answers of the previous vote on the same question, or None without one.
        rush: whether participants joined implausibly fast.
    """
    current, planned = session.current_round, session.planned
    question = planned.question if planned and current and current.shown is not None else None
    counted = question if for_host or shows_tallies(session) else None
    hands = () if current is None else current.hands
    hands_before = _hands_before(session)
    return HostView(
        code=session.code,
        title=session.title,
        version=session.version,
        state=session.state,
        allowed_actions=allowed_actions(session) if for_host else (),
        place=0 if current is None else current.question_index + 1,
        total=session.length,
        vote=1 if current is None else current.vote,
        step=0 if current is None else current.step,
        planned=planned,
        joined=joined,
        capacity=session.capacity,
        answered=len(answers),
        not_sure=sum(item.answer is None for item in answers),
        unreadable=0 if question is None else count_invalid(question, _given(answers)),
        locked=session.locked,
        doors=doors(session) if for_host else (),
        rush=for_host and rush,
        tallies=() if counted is None else with_hands(tallies(counted, _given(answers)), hands),
        earlier=()
        if counted is None or earlier is None
        else with_hands(tallies(counted, _given(earlier)), hands_before),
        hands=hands if counted is not None else (),
        can_count_hands=for_host and counts_hands(session),
        texts=_texts(session, counted, answers, for_host=for_host),
        sureness=session.sureness,
        sure_wrong=0 if counted is None else count_sure_wrong(counted, answers),
        awaited=session.awaited if for_host else 0,
        teaching=session.state is ClassState.BETWEEN
        and coming_phase(session) is TeachingPhase.AFTER,
        earlier_answered=len(earlier or ()) + sum(hands_before),
    )


def count_sure_wrong(question: Question, answers: Sequence[StoredAnswer]) -> int:
    """Count who was sure, and not right."""
    if not question.has_key:
        return 0
    return sum(bool(item.sure) and not is_right(question, item.answer or ()) for item in answers)


def _texts(
    session: Session,
    question: Question | None,
    answers: Sequence[StoredAnswer],
    *,
    for_host: bool,
) -> tuple[ShortText, ...]:
    """Return all short texts for the host, and those that were released for the room."""
    current = session.current_round
    if question is None or current is None:
        return ()
    found = short_texts(question, answers, current.released)
    return found if for_host else tuple(item for item in found if item.released)


def _hands_before(session: Session) -> tuple[int, ...]:
    """Return the hands of the previous vote on the current question."""
    current = session.current_round
    if current is None:
        return ()
    place = (current.question_index, current.vote - 1)
    found = (item.hands for item in session.rounds if (item.question_index, item.vote) == place)
    return next(found, ())


def shows_tallies(session: Session) -> bool:
    """Return whether the room may see what was answered."""
    return session.state in (ClassState.CLOSED, ClassState.REVEALED)


def _given(answers: Sequence[StoredAnswer]) -> list[Answer]:
    """Return the answers; "not sure" is an empty one."""
    return [item.answer or () for item in answers]
