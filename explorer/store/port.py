"""What a live class asks of a store. Every call is one transaction and may block.

A call that keeps something returns when it is durable. A store raises ``NotSaved`` or
``Unavailable`` (of ``explorer.domain.sessions``) when it cannot do its work: nothing was kept then.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from explorer.domain.base import Frozen
from explorer.domain.grading import Given
from explorer.domain.sessions import Participant, Response, Session


class Role(StrEnum):
    """What a key is good for."""

    CONSOLE = "console"
    PROJECTOR = "projector"
    REPORT = "report"


class KeyHashes(Frozen):
    """Hashes of a session's keys; the keys themselves are never kept."""

    console: str
    projector: str
    report: str


class CodeTaken(Exception):
    """Another session has this code or one of these keys."""


class DatabaseError(Exception):
    """The database cannot be used; the message is one line for the operator."""


class Summary(Frozen):
    """A session in a list."""

    code: str
    title: str
    step: str
    opened: datetime
    changed: datetime
    people: int
    answers: int


class Store(Protocol):
    """Keeps sessions, who is in them, and what they answered."""

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Keep a new session.

        Raises CodeTaken; TooManyClasses where ``most`` were opened or moved since a time.
        """

    def by_code(self, code: str) -> Session | None:
        """Give a session by the code that people type in."""

    def by_key(self, role: Role, key_hash: str) -> Session | None:
        """Give a session by the hash of one of its keys."""

    def replace(self, session: Session) -> bool:
        """Keep where a session stands, if it stood at the version one lower; else give False.

        Its code may be new. Raises CodeTaken where another session has or had it.
        """

    def first_code(self, code: str) -> str | None:
        """Give the first code of the session that has or had a code; None where none did.

        People are known by the first code, so that they stay who they are when it changes.
        """

    def let_go(self, session_id: str) -> int:
        """Take out everybody who never answered; give how many."""

    def join(self, session_id: str, participant: str) -> bool:
        """Add somebody; who is in already stays as they were, and the answer is False.

        Raises NoSuchClass, ClassEnded (also where nobody may join yet), ClassLocked, ClassFull.
        """

    def seat(self, code: str, participant: str) -> tuple[Session, Response | None] | None:
        """Give a session, by its first code, and what somebody answered to the open question.

        None where there is no session of this code, or this person is not in it. It is asked for
        by every phone every second or two.
        """

    def answer(self, session_id: str, ask: int, participant: str, given: Given | None) -> None:
        """Keep an answer, in place of an earlier one. Raises NotJoined, TooLate.

        That the ask is open and that the answer is kept are one transaction. Whoever answers is
        seen.
        """

    def seen(self, session_id: str, people: Collection[str], version: int) -> None:
        """Note that people were there at a version of the session; never an earlier one."""

    def responses(self, session_id: str, ask: int | None = None) -> tuple[Response, ...]:
        """Give all answers of a session or to an ask, in a stable order."""

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Give everybody who joined, in a stable order."""

    def people(self, session_id: str) -> int:
        """Count everybody who joined."""

    def delete(self, session_id: str) -> bool:
        """Delete a session with all that belongs to it; False where there was none."""

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions, the latest first."""

    def purge(self, before: datetime) -> int:
        """Delete the sessions that nobody moved since a time; give how many."""

    def close(self) -> None:
        """Let go of what is held open."""
