"""A class with an educator: which steps it takes, and what each step permits.

The way of a class, and the presses that lead along it::

    prepared --open--> open --next--> reading --show--> shown --close--> closed --reveal--> revealed
    closed --reopen--> shown            the same vote goes on
    closed --again--> shown             a second vote, after discussion
    closed, revealed --next--> reading of the next question, or between where the round changes
    between --next--> reading
    any question --back--> the question before it, as it was left
    reading, shown, closed --skip--> the next question; the skipped one is left out of the report
    any --end--> ended

Every step raises the session's ``version`` by one. Who was shown a question is told by versions
and not by the clock, which may be wrong or be set: whoever joined before the question was closed,
and was there when it was shown or later, was shown it. Who left in the break is missing afterwards,
and not wrong.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import Field

from explorer.domain.base import Frozen
from explorer.domain.grading import Given
from explorer.domain.questions import Question
from explorer.domain.statistics import Phase


class Step(StrEnum):
    """Where a class stands."""

    PREPARED = "prepared"
    OPEN = "open"
    READING = "reading"
    SHOWN = "shown"
    CLOSED = "closed"
    REVEALED = "revealed"
    BETWEEN = "between"
    ENDED = "ended"


class Action(StrEnum):
    """What a host can press."""

    OPEN = "open"
    NEXT = "next"
    SHOW = "show"
    CLOSE = "close"
    REVEAL = "reveal"
    REOPEN = "reopen"
    AGAIN = "again"
    BACK = "back"
    SKIP = "skip"
    END = "end"


class Refused(Exception):
    """Something that cannot be done now; the message is a plain sentence for the person."""

    message = "This cannot be done now."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class NotAllowed(Refused):
    """The step is not one that the class can take from where it stands."""

    message = "The class cannot take this step from where it stands now."


class MovedOn(Refused):
    """Someone else, or the same press a moment ago, has already moved the class."""

    message = "The class was moved on a moment ago. Look where it stands now."


class NoSuchClass(Refused):
    """There is no class of this code or key, or no longer."""

    message = "There is no class with this code. Check the code with your teacher."


class ClassEnded(Refused):
    """The class is over."""

    message = "This class is over. Thank you for taking part."


class ClassFull(Refused):
    """As many people joined as the class takes."""

    message = "This class is full. Tell your teacher."


class TooManyClasses(Refused):
    """As many classes were held today as the server takes."""

    message = "This server has no room for more classes today. Delete one, or come back tomorrow."


class NotJoined(Refused):
    """This person is not of the class, or there is no such class: which one is not told."""

    message = "You have not joined this class yet. Type in the code again."


class Misfit(Refused):
    """The answer is not one to this question yet; the message says what is missing."""

    message = "This answer does not fit the question."


class TooLate(Refused):
    """The question is not open any more."""

    message = "This question is closed. The answer you gave before it closed still counts."


class Unavailable(Refused):
    """The store cannot be reached or read now."""

    message = "The class cannot be reached right now. Try again in a moment."


class Unreadable(Unavailable):
    """What was kept of a class cannot be read, by this program or at all.

    Args:
        session_id: names the class, so that it can be deleted.
    """

    message = (
        "This class cannot be shown: what was kept of it cannot be read. Answers are not lost by "
        "this. Ask whoever runs the server, or delete the class."
    )

    def __init__(self, session_id: str = "") -> None:
        super().__init__()
        self.session_id = session_id


class CodeChanged(Refused):
    """The class of this code has another code now."""

    message = "This class has a new code now. Look at the screen in the room."


class ClassLocked(Refused):
    """The host lets nobody more join."""

    message = "Nobody more can join this class now. Ask your teacher."


class NotSaved(Unavailable):
    """Nothing was kept of what was sent; it can be sent again."""

    message = "This could not be saved. Please send it again."


LONGEST_TITLE: Final = 120
"""Signs of a class's name; the box for it takes 60."""


class Settling(Frozen):
    """The words that settle a question, where they stand with us, and whose they are."""

    text: str
    address: str
    source: str = ""


class Planned(Frozen):
    """A question of the plan, copied with all that is needed to ask and to explain it."""

    question: Question
    phase: Phase
    case: str = Field(default="", description="The stem that it shares with others.")
    settled_by: tuple[Settling, ...] = ()


class Ask(Frozen):
    """A question of the plan, put to the room once. A second vote is an ask of its own.

    ``shown`` and ``closed`` are versions of the session, None where it did not come to that.
    """

    number: int = Field(description="Names the ask in its session, for good.")
    item: int = Field(description="Place in the plan, from 0.")
    vote: int = Field(default=1, description="2 for the vote after discussion.")
    shown: int | None = None
    closed: int | None = None
    revealed: bool = False
    skipped: bool = False

    @property
    def counts(self) -> bool:
        """True where the room was shown it and the host did not skip it."""
        return self.shown is not None and not self.skipped

    def was_shown_to(self, person: "Participant") -> bool:
        """Tell whether somebody was in the room when this was shown."""
        if self.shown is None or self.skipped or person.seen < self.shown:
            return False
        return self.closed is None or person.joined < self.closed


class Session(Frozen):
    """A class: its plan, which never changes, and where it stands."""

    id: str = Field(description="Random; never shown to anybody.")
    code: str
    first_code: str = Field(default="", description="The code that it was opened with.")
    locked: bool = Field(default=False, description="Nobody more may join.")
    title: str
    content: str = Field(description="Content version from which the questions were copied.")
    opened: datetime
    changed: datetime = Field(description="When a host last moved it.")
    capacity: int
    plan: tuple[Planned, ...]
    concepts: tuple[tuple[str, str], ...] = Field(default=(), description="Id and label of each.")
    step: Step = Step.PREPARED
    version: int = 1
    asks: tuple[Ask, ...] = Field(default=(), description="In the order in which they were put.")
    at: int = Field(default=-1, description="Place of the current ask in ``asks``, or -1.")

    @property
    def ask(self) -> Ask | None:
        """The ask that the class is at or was at last."""
        return self.asks[self.at] if self.at >= 0 else None

    @property
    def identity(self) -> str:
        """The code by which people are known; it stays when the code changes."""
        return self.first_code or self.code

    @property
    def is_sound(self) -> bool:
        """True where its places lie within its asks, and those within its plan."""
        inside = all(0 <= ask.item < len(self.plan) for ask in self.asks)
        first = 0 if self.on_question else -1
        return inside and first <= self.at < len(self.asks)

    @property
    def on_question(self) -> bool:
        """True while a question is before the room."""
        return self.step in (Step.READING, Step.SHOWN, Step.CLOSED, Step.REVEALED)

    @property
    def planned(self) -> Planned | None:
        """The question before the room, or None."""
        return self.plan[self.ask.item] if self.ask is not None and self.on_question else None

    @property
    def takes_people(self) -> bool:
        """True while people may join."""
        return self.step not in (Step.PREPARED, Step.ENDED) and not self.locked

    @property
    def place_name(self) -> str:
        """Name where the class stands; it changes with every move, and an answer carries it."""
        return f"{self.ask.number if self.ask else '-'}.{self.step}"

    def takes_answers(self, ask: int) -> bool:
        """Tell whether answers to an ask are taken now."""
        return self.step is Step.SHOWN and self.ask is not None and self.ask.number == ask


class Participant(Frozen):
    """Someone in a class: a random id, and the versions at which they joined and were last seen.

    Somebody is seen when they join, answer, or have an open question on their phone.
    """

    id: str
    joined: int
    seen: int


class Response(Frozen):
    """What somebody gave to an ask; None is "not sure"."""

    ask: int
    participant: str
    given: Given | None


def allowed(session: Session) -> tuple[Action, ...]:
    """Give the presses that the class can take now, in the order of ``Action``."""
    return tuple(action for action in Action if _next_state(session, action) is not None)


def press(session: Session, action: Action, at: datetime) -> Session:
    """Move a class on.

    Args:
        session: the class as it stands.
        action: what the host pressed.
        at: the time, for the record.

    Returns:
        The class afterwards, its version one higher.

    Raises:
        NotAllowed: the class cannot take this step from where it stands.
    """
    moved = _next_state(session, action)
    if moved is None:
        raise NotAllowed(_WHY.get((session.step, action), ""))
    return session.evolve(version=session.version + 1, changed=at, **moved)


LARGEST: Final = 2_000
"""People in a class, at the most: what the setting takes too."""

MORE: Final = 50
"""People by which a host enlarges a class."""


class Door(StrEnum):
    """What a host can do about who joins."""

    LOCK = "lock"
    UNLOCK = "unlock"
    ENLARGE = "enlarge"
    RENEW = "renew"
    LET_GO = "let-go"


def doors(session: Session) -> tuple[Door, ...]:
    """Give what a host can do now about who joins."""
    if session.step in (Step.PREPARED, Step.ENDED):
        return ()
    lock = Door.UNLOCK if session.locked else Door.LOCK
    larger = (Door.ENLARGE,) if session.capacity < LARGEST else ()
    return (lock, *larger, Door.LET_GO, Door.RENEW)


def turn_door(session: Session, door: Door, at: datetime, code: str = "") -> Session:
    """Change who may join.

    Args:
        session: the class as it stands.
        door: what the host pressed.
        at: the time, for the record.
        code: the new code, where it is renewed: who has the old one cannot join any more.

    Returns:
        The class afterwards, its version one higher.

    Raises:
        NotAllowed: the class is not open, or as large as it can be.
    """
    if door not in doors(session):
        raise NotAllowed
    changes: dict[Door, dict[str, object]] = {
        Door.LOCK: {"locked": True},
        Door.UNLOCK: {"locked": False},
        Door.ENLARGE: {"capacity": min(LARGEST, session.capacity + MORE)},
        Door.RENEW: {"code": code, "locked": False},
        Door.LET_GO: {},
    }
    more = {"version": session.version + 1, "changed": at}
    return session.evolve(**(changes[door] | more))


_WHY: Mapping[tuple[Step, Action], str] = {
    (Step.REVEALED, Action.AGAIN): "The answer was shown, so a second vote would tell nothing.",
    (Step.REVEALED, Action.REOPEN): "The answer was shown, so the question stays closed.",
    (Step.REVEALED, Action.NEXT): "That was the last question. End the class, or go back.",
    (Step.CLOSED, Action.NEXT): "That was the last question. End the class, or go back.",
    (Step.BETWEEN, Action.NEXT): "That was the last question. End the class, or go back.",
    **{(Step.ENDED, action): "The class has ended." for action in Action},
}


_LIVE: Mapping[str, object] = {"closed": None, "skipped": False}
"""What is so of an ask while it is open."""


def _next_state(session: Session, action: Action) -> dict[str, object] | None:
    """Give the fields that change, or None where the press is not allowed."""
    step, ask, soon = session.step, session.ask, session.version + 1
    match action:
        case Action.END:
            return None if step is Step.ENDED else {"step": Step.ENDED, **_closing(session)}
        case Action.OPEN:
            return {"step": Step.OPEN} if step is Step.PREPARED else None
        case Action.NEXT:
            if step not in (Step.OPEN, Step.BETWEEN, Step.CLOSED, Step.REVEALED):
                return None
            return _forward(session)
        case Action.BACK:
            return _backward(session)
        case _ if ask is None or not session.on_question:
            return None
        case Action.SHOW if step is Step.READING:
            return {"step": Step.SHOWN, **_with(session, {"shown": soon, **_LIVE})}
        case Action.CLOSE if step is Step.SHOWN:
            return {"step": Step.CLOSED, **_closing(session)}
        case Action.REVEAL if step is Step.CLOSED:
            return {"step": Step.REVEALED, **_with(session, {"revealed": True})}
        case Action.REOPEN if step is Step.CLOSED:
            return {"step": Step.SHOWN, **_with(session, _LIVE)}
        case Action.AGAIN if step is Step.CLOSED:
            vote = 1 + max(item.vote for item in session.asks if item.item == ask.item)
            second = Ask(number=len(session.asks), item=ask.item, vote=vote, shown=soon)
            behind = session.at + 1
            asks = (*session.asks[:behind], second, *session.asks[behind:])
            return {"step": Step.SHOWN, "asks": asks, "at": behind}
        case Action.SKIP if step is not Step.REVEALED:
            skipped = _with(session, {"skipped": True, "closed": soon})
            passed = session.evolve(**skipped)
            return skipped | (_forward(passed) or {"step": Step.BETWEEN})
    return None


def _with(session: Session, changes: Mapping[str, object]) -> dict[str, object]:
    """Give the asks with the current one changed."""
    asks = list(session.asks)
    asks[session.at] = asks[session.at].evolve(**changes)
    return {"asks": tuple(asks)}


def _closing(session: Session) -> dict[str, object]:
    """Close the current ask if it is open."""
    if session.step is not Step.SHOWN:
        return {}
    return _with(session, {"closed": session.version + 1})


def _forward(session: Session) -> dict[str, object] | None:
    """Go to the next ask or question, with a stop between two rounds; None at the end."""
    asks, behind = session.asks, session.at + 1
    if behind < len(asks):  # the host went back before
        return {"step": _rest(asks[behind]), "at": behind}
    item = asks[-1].item + 1 if asks else 0
    if item >= len(session.plan):
        return None
    new_round = asks and session.plan[item].phase is not session.plan[item - 1].phase
    if new_round and session.step is not Step.BETWEEN:
        return {"step": Step.BETWEEN}
    return {
        "step": Step.READING,
        "asks": (*asks, Ask(number=len(asks), item=item)),
        "at": len(asks),
    }


def _backward(session: Session) -> dict[str, object] | None:
    """Go to the question before; between two rounds, to the one just asked."""
    to = session.at if session.step is Step.BETWEEN else session.at - 1
    if session.step not in (Step.BETWEEN, Step.READING, Step.SHOWN, Step.CLOSED, Step.REVEALED):
        return None
    if to < 0:
        return None
    return {**_closing(session), "step": _rest(session.asks[to]), "at": to}


def _rest(ask: Ask) -> Step:
    """Tell how an ask is met again: as it was left."""
    if ask.revealed:
        return Step.REVEALED
    return Step.READING if ask.shown is None else Step.CLOSED
