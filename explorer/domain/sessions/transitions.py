"""The state machine of a class.

Transitions::

    prepared --open--> open --next--> reading --show--> shown --close--> closed --reveal--> revealed
    closed --reopen--> shown            the same vote continues
    closed --again--> shown             a second vote, after discussion
    revealed --more--> revealed         the next step of the reasons; back goes a step back
    closed, revealed --next--> reading of the next question, or between where the phase changes
    between --next--> reading
    any question --back--> the question before it, in the state it was left in
    reading, shown, closed --skip--> the next question; the skipped one is left out of the report
    any --end--> ended
    ended --resume--> where the class was, until it is deleted
    ended --later--> between            once, where the plan has questions for weeks later

A question without a key, a poll or a short text, is closed and never revealed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from explorer.domain.questions import QuestionKind
from explorer.domain.sessions.model import ClassState, Round, Session, TeachingPhase
from explorer.domain.sessions.refusals import NotAllowed

MOST_HANDS: Final = 500
"""Most hands for one option."""


class Action(StrEnum):
    """A host's command to the class."""

    OPEN = "open"
    NEXT = "next"
    SHOW = "show"
    CLOSE = "close"
    REVEAL = "reveal"
    MORE = "more"
    REOPEN = "reopen"
    AGAIN = "again"
    BACK = "back"
    SKIP = "skip"
    END = "end"
    RESUME = "resume"
    LATER = "later"


def allowed_actions(session: Session) -> tuple[Action, ...]:
    """Return the actions that are valid in the current state, in the order of ``Action``."""
    return tuple(action for action in Action if _changes(session, action) is not None)


def transition(session: Session, action: Action, at: datetime) -> Session:
    """Apply an action to a class.

    Args:
        session: the class before.
        action: the host's command.
        at: current time, only for the record.

    Returns:
        The class afterwards, its version one higher.

    Raises:
        NotAllowed: the action is not valid in the current state; the message says why.
    """
    changes = _changes(session, action)
    if changes is None:
        raise NotAllowed(_REASONS.get((session.state, action), ""))
    return session.evolve(version=session.version + 1, changed=at, **changes)


def counts_hands(session: Session) -> bool:
    """Return whether the host may type in hands now: while one answer is chosen, or just after."""
    planned = session.planned
    return (
        planned is not None
        and planned.question.kind in (QuestionKind.SINGLE, QuestionKind.POLL)
        and session.state in (ClassState.SHOWN, ClassState.CLOSED)
    )


def raise_hands(session: Session, hands: Sequence[int], at: datetime) -> Session:
    """Set how many people without a phone chose each option.

    Args:
        session: the class before.
        hands: a count for each option of the current question, in its order.
        at: current time, only for the record.

    Returns:
        The class afterwards, its version one higher.

    Raises:
        NotAllowed: hands are not counted now, or there are other options or impossible counts.
    """
    planned = session.planned
    if planned is None or not counts_hands(session):
        raise NotAllowed("Hands are counted while a question is open, or just closed.")
    fits = len(hands) == len(planned.question.options)
    if not fits or not all(0 <= count <= MOST_HANDS for count in hands):
        raise NotAllowed("These counts do not fit the question.")
    kept = tuple(hands) if any(hands) else ()
    return session.evolve(
        version=session.version + 1, changed=at, **_update_round(session, {"hands": kept})
    )


def release_texts(session: Session, released: Sequence[str], at: datetime) -> Session:
    """Set which short texts the room sees.

    Args:
        session: the class before.
        released: their digests.
        at: current time, only for the record.

    Returns:
        The class afterwards, its version one higher.

    Raises:
        NotAllowed: no question for a short text has just been closed. While it is open a text that
            was released could still be changed.
    """
    planned = session.planned
    is_text = planned is not None and planned.question.kind is QuestionKind.TEXT
    if not is_text or session.state is not ClassState.CLOSED:
        raise NotAllowed("Texts are shown to the room after their question was closed.")
    kept = tuple(dict.fromkeys(released))
    return session.evolve(
        version=session.version + 1, changed=at, **_update_round(session, {"released": kept})
    )


def ask_sureness(session: Session, *, on: bool, at: datetime) -> Session:
    """Set whether phones ask how sure people are.

    Raises:
        NotAllowed: a question is open, so that some had answered it without being asked.
    """
    if session.state is ClassState.SHOWN:
        raise NotAllowed("Close the question first.")
    return session.evolve(version=session.version + 1, changed=at, sureness=on)


_REASONS: Mapping[tuple[ClassState, Action], str] = {
    (ClassState.REVEALED, Action.AGAIN): (
        "The answer was shown, so a second vote would tell nothing."
    ),
    (ClassState.REVEALED, Action.REOPEN): "The answer was shown, so the question stays closed.",
    **{
        (state, Action.NEXT): "That was the last question. End the class, or go back."
        for state in (ClassState.REVEALED, ClassState.CLOSED, ClassState.BETWEEN)
    },
    **{(ClassState.ENDED, action): "The class has ended." for action in Action},
}


_REOPENED: Mapping[str, object] = {"closed": None, "skipped": False, "released": ()}
"""Fields of a round while it accepts answers; a released text could be changed by its writer."""


def _changes(session: Session, action: Action) -> dict[str, object] | None:
    """Return the fields that an action changes, or None where it is not allowed."""
    state, current, next_version = session.state, session.current_round, session.version + 1
    match action:
        case Action.END:
            if state is ClassState.ENDED:
                return None
            return {"state": ClassState.ENDED, **_close_if_shown(session)}
        case Action.RESUME:
            return {"state": _before_the_end(session)} if state is ClassState.ENDED else None
        case Action.LATER:
            opens = state is ClassState.ENDED and session.awaited and not session.later
            return (
                {"state": ClassState.BETWEEN, "later": True, **_at_the_last(session)}
                if opens
                else None
            )
        case Action.OPEN:
            return {"state": ClassState.OPEN} if state is ClassState.PREPARED else None
        case Action.NEXT:
            if state not in (
                ClassState.OPEN,
                ClassState.BETWEEN,
                ClassState.CLOSED,
                ClassState.REVEALED,
            ):
                return None
            return _forward(session)
        case Action.BACK:
            return _backward(session)
        case _ if current is None or not session.on_question:
            return None
        case Action.SHOW if state is ClassState.READING:
            shown = _update_round(session, {"shown": next_version, **_REOPENED})
            return {"state": ClassState.SHOWN, **shown}
        case Action.CLOSE if state is ClassState.SHOWN:
            return {"state": ClassState.CLOSED, **_close_if_shown(session)}
        case Action.REVEAL if state is ClassState.CLOSED:
            if not session.plan[current.question_index].question.has_key:
                return None
            return {"state": ClassState.REVEALED, **_update_round(session, {"revealed": True})}
        case Action.MORE if state is ClassState.REVEALED:
            steps = session.plan[current.question_index].reason_steps
            if current.step + 1 >= len(steps):
                return None
            return _update_round(session, {"step": current.step + 1})
        case Action.REOPEN if state is ClassState.CLOSED:
            return {"state": ClassState.SHOWN, **_update_round(session, _REOPENED)}
        case Action.AGAIN if state is ClassState.CLOSED:
            return _second_vote(session, current)
        case Action.SKIP if state is not ClassState.REVEALED:
            skipped = _update_round(session, {"skipped": True, "closed": next_version})
            return skipped | (_forward(session.evolve(**skipped)) or {"state": ClassState.BETWEEN})
    return None


def _update_round(session: Session, changes: Mapping[str, object]) -> dict[str, object]:
    """Return the rounds with the current one changed."""
    rounds = list(session.rounds)
    rounds[session.current] = rounds[session.current].evolve(**changes)
    return {"rounds": tuple(rounds)}


def _close_if_shown(session: Session) -> dict[str, object]:
    """Close the current round if it accepts answers."""
    if session.state is not ClassState.SHOWN:
        return {}
    return _update_round(session, {"closed": session.version + 1})


def _second_vote(session: Session, current: Round) -> dict[str, object]:
    """Insert another round on the same question after the current one."""
    votes = [item.vote for item in session.rounds if item.question_index == current.question_index]
    second = Round(
        number=len(session.rounds),
        question_index=current.question_index,
        vote=1 + max(votes),
        shown=session.version + 1,
    )
    index = session.current + 1
    rounds = (*session.rounds[:index], second, *session.rounds[index:])
    return {"state": ClassState.SHOWN, "rounds": rounds, "current": index}


def _forward(session: Session) -> dict[str, object] | None:
    """Go to the next round or question, with a pause between two phases; None at the end."""
    rounds, index = session.rounds, session.current + 1
    if index < len(rounds):  # the host had gone back
        return {"state": _resumed_state(rounds[index]), "current": index}
    question_index = _next_question(session)
    if question_index is None:
        return None
    after = session.plan[question_index]
    before = session.plan[rounds[-1].question_index] if rounds else after
    if after.phase is not before.phase and session.state is not ClassState.BETWEEN:
        return {"state": ClassState.BETWEEN}
    return {
        "state": ClassState.READING,
        "rounds": (*rounds, Round(number=len(rounds), question_index=question_index)),
        "current": len(rounds),
    }


def coming_phase(session: Session) -> TeachingPhase | None:
    """Return the phase of the question that a class goes on to; None where there is none.

    Args:
        session: a class in the pause between two phases.
    """
    rounds, index = session.rounds, session.current + 1
    # the host may have gone back: then it is a question that was held already
    found = rounds[index].question_index if index < len(rounds) else _next_question(session)
    return None if found is None else session.plan[found].phase


def _next_question(session: Session) -> int | None:
    """Return the index of the question after the last one that was held; None at the end.

    Once the round weeks later is open, what was left out before it stays left out.
    """
    following = session.rounds[-1].question_index + 1 if session.rounds else 0
    for index in range(following, len(session.plan)):
        if (session.plan[index].phase is TeachingPhase.LATER) is session.later:
            return index
    return None


def _at_the_last(session: Session) -> dict[str, object]:
    """Return the current round as the last one that was held: what follows comes after it."""
    return {"current": len(session.rounds) - 1}


def _backward(session: Session) -> dict[str, object] | None:
    """Go to the previous round; between two phases, to the one just held."""
    current, between = session.current_round, session.state is ClassState.BETWEEN
    if session.state is ClassState.REVEALED and current is not None and current.step:
        return _update_round(session, {"step": current.step - 1})
    index = session.current if between else session.current - 1
    if not (between or session.on_question) or index < 0:
        return None
    return {
        **_close_if_shown(session),
        "state": _resumed_state(session.rounds[index]),
        "current": index,
    }


def _before_the_end(session: Session) -> ClassState:
    """Return the state in which a class goes on after its end was taken back."""
    current = session.current_round
    return ClassState.OPEN if current is None else _resumed_state(current)


def _resumed_state(held: Round) -> ClassState:
    """Return the state in which a round is met again."""
    if held.revealed:
        return ClassState.REVEALED
    return ClassState.READING if held.shown is None else ClassState.CLOSED
