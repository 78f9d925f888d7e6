"""Interface of a store of live classes. Every call is one transaction and may block.

A write is durable when the call returns. A call that fails raises ``NotSaved`` or ``Unavailable``
(of ``explorer.domain.sessions``); a failed write has changed nothing, unless the database fell
silent while it was committed: then it may be kept. Each write can be repeated: an answer takes the
place of itself, who has joined has joined, a class is moved on from the version that was seen.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer
from explorer.domain.sessions import Participant, Session, StoredAnswer


class KeyRole(StrEnum):
    """What a key permits."""

    CONSOLE = "console"
    PROJECTOR = "projector"
    REPORT = "report"


class KeyHashes(Frozen):
    """Hashes of a session's keys; the keys themselves are never stored."""

    console: str
    projector: str
    report: str


class CodeTaken(Exception):
    """Another session has this code or one of these keys."""


class DatabaseError(Exception):
    """The database cannot be used; the message is one line for the operator."""


class Summary(Frozen):
    """A session in the operator's list."""

    code: str
    title: str
    state: str
    opened: datetime
    changed: datetime
    people: int
    answers: int


class Census(Frozen):
    """How many classes there are, and how many were not moved on since a time.

    ``newest`` is when any class was moved on last, and ``clock`` the time by the database's own
    clock, where it may have another one than this machine.
    """

    total: int
    old: int
    newest: datetime | None = None
    clock: datetime | None = None


class Notice(Frozen):
    """An announcement: when it was made, and since when a class was not moved on that will go."""

    noticed: datetime
    cut: datetime


class Store(Protocol):
    """Stores sessions, their participants and the participants' answers."""

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Insert a session.

        Raises CodeTaken; TooManyClasses where ``most`` were opened or changed since a time.
        """

    def by_code(self, code: str) -> Session | None:
        """Return the session that has a code now."""

    def by_key(self, role: KeyRole, key_hash: str) -> Session | None:
        """Return the session of a key, by the key's hash."""

    def by_id(self, session_id: str) -> Session | None:
        """Return a session by its id."""

    def versions(self, session_ids: Collection[str]) -> Mapping[str, int]:
        """Return the versions of sessions by id; those that are not there are left out."""

    def wait(self, seconds: float) -> None:
        """Sleep until a session may have been changed by another process, or for some seconds.

        For one thread, which looks at ``versions`` afterwards. Never raises: where nothing can be
        heard of other processes it sleeps.
        """

    def replace(self, session: Session, *, remove_silent: bool = False) -> bool:
        """Update a session if its stored version is one lower; else change nothing, return False.

        Args:
            session: the session after a change; its code may be new.
            remove_silent: also remove the participants who never answered.

        Raises:
            CodeTaken: another session has or had the code.
        """

    def first_code(self, code: str) -> str | None:
        """Return the first code of the session that has or had a code, or None.

        Participants are identified with the first code, so that they stay the same participants
        when the code changes.
        """

    def join(self, session_id: str, participant: str) -> bool:
        """Add a participant; return False, and change nothing, for one who has joined already.

        Raises NoSuchClass, ClassEnded (also where nobody may join yet), ClassLocked, ClassFull.
        """

    def leave(self, session_id: str, participant: str) -> bool:
        """Remove a participant with all their answers; False where there was none."""

    def membership(self, code: str, participant: str) -> tuple[Session, StoredAnswer | None] | None:
        """Return a session, by its first code, with a participant's answer in the current round.

        None where no session has this first code, or the participant has not joined it. Every
        phone asks for this every second or two.
        """

    def answer(
        self,
        session_id: str,
        round_number: int,
        participant: str,
        answer: Answer | None,
        *,
        sure: bool | None = None,
    ) -> None:
        """Insert or replace an answer, if the round accepts answers. Raises NotJoined, TooLate.

        ``sure`` is how sure the participant said to be, or None where nobody asked.
        The check and the write are one transaction. Answering also records the participant as seen.
        """

    def record_seen(self, session_id: str, participants: Collection[str], version: int) -> None:
        """Record that participants were seen at a version; a later one that is stored stays."""

    def responses(
        self, session_id: str, round_number: int | None = None
    ) -> tuple[StoredAnswer, ...]:
        """Return the answers of a session, or of one round, in a stable order."""

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Return the participants of a session in a stable order."""

    def count_participants(self, session_id: str) -> int:
        """Return the number of participants of a session."""

    def replace_keys(self, session_id: str, keys: KeyHashes) -> bool:
        """Give a session other keys: its old ones open nothing. False where there is none."""

    def delete(self, session_id: str) -> bool:
        """Delete a session with everything that belongs to it; False where there was none."""

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions, the latest first."""

    def purge(self, before: datetime) -> int:
        """Delete the sessions without a transition since a time; return their number."""

    def census(self, before: datetime) -> Census:
        """Count the sessions, and those without a transition since a time. Raises Unavailable."""

    def notice(self) -> Notice | None:
        """Return what was announced to be deleted, or None. Raises Unavailable."""

    def set_notice(self, notice: Notice | None) -> None:
        """Keep an announcement in place of any other. Raises NotSaved."""

    def faults(self) -> tuple[str, ...]:
        """Name what is missing for a class to be taught now: ``store``, ``saving`` or ``space``.

        It asks the database, and saves something that changes nothing. It may block as long as
        any write.
        """

    def saving_fails_for(self) -> float | None:
        """Return for how many seconds nothing could be saved, or None where it can."""

    def close(self) -> None:
        """Close all connections."""
