"""The use cases of live classes; see the package for an example."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from explorer.classes.changes import Changes
from explorer.classes.conclusion import Conclusion
from explorer.classes.keys import IssuedKeys, draw_code, hash_secret, participant_id
from explorer.classes.lookup import ClassLookup
from explorer.classes.outcomes import Outcomes
from explorer.classes.plan import check_answer, check_plan
from explorer.classes.presence import JoinBursts, Presence, Seen
from explorer.classes.upkeep import Survey, survey, tidy
from explorer.classes.views import (
    Attendance,
    ClassInfo,
    HostView,
    ParticipantView,
    Seat,
    participant_view,
)
from explorer.classes.watching import Look, Watching
from explorer.domain.class_report import AskedQuestion, ClassReport
from explorer.domain.grading import Answer
from explorer.domain.letters import typed
from explorer.domain.sessions import (
    LONGEST_TITLE,
    REMOVES_SILENT,
    Action,
    ClassEnded,
    ClassLocked,
    ClassState,
    Door,
    MovedOn,
    NoSuchClass,
    NotAllowed,
    NotJoined,
    PlannedQuestion,
    Refused,
    Session,
    StoredAnswer,
    Unreadable,
    raise_hands,
    transition,
    turn_door,
)
from explorer.store.port import CodeTaken, KeyRole, Store, Summary

CAPACITY: Final = 250
"""Default capacity of a class."""

CLASSES: Final = 200
"""Default number of classes per day."""

DAY: Final = timedelta(days=1)
"""How long after its last transition a class counts towards the number of classes per day."""

_ATTEMPTS: Final = 20
"""Attempts to draw a code that is not taken."""


class ClassService:
    """The live classes of this server. Thread-safe; calls may block.

    Args:
        store: where classes are kept.
        clock: returns the current time, timezone-aware; only for the record and for ``purge``.
        token: returns a new secret of at least 43 characters.
        pick: returns a random character of a string, for codes.
        capacity: capacity of a new class.
        classes: most classes that are opened or changed within a day, ended ones included.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(tz=UTC),
        token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
        pick: Callable[[str], str] = secrets.choice,
        capacity: int = CAPACITY,
        classes: int = CLASSES,
    ) -> None:
        self._store = store
        self._clock = clock
        self._token = token
        self._pick = pick
        self._capacity = capacity
        self._classes = classes
        self._presence = Presence()
        self._bursts = JoinBursts()
        self._outcomes = Outcomes(store)
        self._lookup = ClassLookup(store, self._outcomes)
        self.changes = Changes(store)
        self._watching = Watching()

    def open_session(
        self,
        plan: Sequence[PlannedQuestion],
        *,
        title: str,
        content: str,
        concepts: Mapping[str, str] | None = None,
        doors_open: bool = True,
    ) -> IssuedKeys:
        """Open a class.

        Args:
            plan: the questions, in order; see ``plan_of``.
            title: title of the lesson, shown to everybody.
            content: content version that the questions were copied from.
            concepts: label of each concept by id, for the report.
            doors_open: participants can join at once; else after the host's ``Action.OPEN``.

        Returns:
            The code and the keys.

        Raises:
            Refused: the plan is empty, or has a question that a class cannot answer.
            TooManyClasses: the server has reached its number of classes per day.
            NotSaved: the write failed.
        """
        check_plan(plan)
        used = {item.question.concept for item in plan}
        now = self._clock()
        for _ in range(_ATTEMPTS):
            keys = self._issue(draw_code(self._pick))
            session = Session(
                id=hash_secret("session", self._token())[:32],
                code=keys.code,
                first_code=keys.code,
                title=typed(title, LONGEST_TITLE),
                content=content,
                opened=now,
                changed=now,
                capacity=self._capacity,
                plan=tuple(plan),
                concepts=tuple(
                    (name, label) for name, label in (concepts or {}).items() if name in used
                ),
                state=ClassState.OPEN if doors_open else ClassState.PREPARED,
            )
            try:
                self._store.create(session, keys.hashes, most=self._classes, since=now - DAY)
            except CodeTaken:
                continue
            return keys
        raise Refused("No free code was found. Please try again.")

    def advance(self, console_key: str, action: Action, expected_version: int) -> HostView:
        """Apply a host's action to a class.

        Args:
            console_key: the console's key.
            action: the host's action.
            expected_version: ``version`` of the view on which the host acted.

        Returns:
            What the host sees now.

        Raises:
            NoSuchClass: the key is of no class.
            MovedOn: the class has another version by now; load the view again with ``host``.
            NotAllowed: the action is not valid in the current state; the message says why.
            NotSaved: the write failed; the class is unchanged.
        """
        session = self._at_version(console_key, expected_version)
        changed = transition(session, action, self._clock())
        self._save_seen(session.id, self._presence.drain(session.id))
        return self._replaced(changed)

    def raise_hands(
        self, console_key: str, hands: Sequence[int], expected_version: int
    ) -> HostView:
        """Set how many people without a phone chose each option of the current question.

        Args:
            console_key: the console's key.
            hands: a count for each option, in the order of the question.
            expected_version: ``version`` of the view on which the host counted.

        Returns:
            What the host sees now.

        Raises:
            NoSuchClass: the key is of no class.
            MovedOn: the class has another version by now.
            NotAllowed: hands are not counted now, or the counts do not fit.
            NotSaved: the write failed; the class is unchanged.
        """
        session = self._at_version(console_key, expected_version)
        changed = raise_hands(session, hands, self._clock())
        return self._replaced(changed)

    def turn_door(self, console_key: str, door: Door, expected_version: int) -> HostView:
        """Change who may join.

        ``RENEW`` draws a new code and removes every participant who never answered, and ``LET_GO``
        does only the second; participants who answered stay, with all their answers.

        Args:
            console_key: the console's key.
            door: the host's command.
            expected_version: ``version`` of the view on which the host acted.

        Returns:
            What the host sees now.

        Raises:
            NoSuchClass: the key is of no class.
            MovedOn: the class has another version by now.
            NotAllowed: the class is not open, or has the highest capacity already.
            NotSaved: the write failed; the class is unchanged.
        """
        session = self._at_version(console_key, expected_version)
        for _ in range(_ATTEMPTS):
            changed = turn_door(session, door, self._clock(), draw_code(self._pick))
            try:
                if not self._store.replace(changed, remove_silent=door in REMOVES_SILENT):
                    raise MovedOn
            except CodeTaken:
                continue
            self._bursts.reset(session.id)
            self.changes.tell(changed.id, changed.version)
            return self._host_view(changed, for_host=True)
        raise Refused("No free code was found. Please try again.")

    def host(self, console_key: str) -> HostView:
        """Return what the host sees. Raises NoSuchClass, Unavailable."""
        return self._host_view(self._lookup.by_key(KeyRole.CONSOLE, console_key), for_host=True)

    def projector(self, projector_key: str) -> HostView:
        """Return what the projector shows. Raises NoSuchClass, Unavailable."""
        return self._host_view(
            self._lookup.by_key(KeyRole.PROJECTOR, projector_key), for_host=False
        )

    def watch(self, key: str, *, for_host: bool) -> Look:
        """Return what ``host`` or ``projector`` does, or did last while the store is away.

        It waits no longer than ``PATIENCE``. Raises NoSuchClass, Unavailable.
        """
        read = self.host if for_host else self.projector
        return self._watching.look(key, lambda: read(key), self._store.saving_fails_for)

    def find(self, code: str) -> ClassInfo:
        """Find a class that can be joined.

        Raises NoSuchClass, CodeChanged, ClassEnded, ClassLocked, Unavailable.
        """
        session = self._lookup.by_code(code)
        if session.state is ClassState.ENDED:
            raise ClassEnded
        if session.locked:
            raise ClassLocked
        return ClassInfo(code=session.code, title=session.title)

    def join(self, code: str, token: str | None = None) -> str:
        """Join a class. Idempotent: the same token is the same participant.

        Args:
            code: the code as typed; case, spaces and hyphens do not matter.
            token: the browser's secret, or None for a new one.

        Returns:
            The token, to be kept in a cookie and never in a URL.

        Raises:
            NoSuchClass: no class has this code, or it is not open yet.
            CodeChanged: the class of this code has a new one.
            ClassEnded: the class has ended.
            ClassLocked: the host has locked the class.
            ClassFull: the class has reached its capacity.
            NotSaved: the write failed; try again.
        """
        session = self._lookup.by_code(code)
        token = token or self._token()
        if self._store.join(session.id, participant_id(session.identity, token)):
            self._bursts.record(session.id)
        return token

    def participant(self, code: str, token: str) -> ParticipantView:
        """Return what a participant sees, also after the end. Raises NotJoined, Unavailable."""
        found = self._lookup.membership(code, token)
        session = found.session
        self._save_seen(session.id, self._presence.record(session, found.participant))
        return self._lookup.view(found)

    def leave(self, code: str, token: str) -> None:
        """Remove a participant with all their answers: a trial phone, or who changed their mind.

        After the end nobody leaves any more: what the class came to was shown.

        Raises:
            NotJoined: this token is not of a participant.
            ClassEnded: the class has ended.
            NotSaved: the write failed; the participant is still in.
        """
        found = self._lookup.membership(code, token)
        if found.session.state is ClassState.ENDED:
            raise ClassEnded
        if not self._store.leave(found.session.id, found.participant):
            raise NotJoined
        self._outcomes.forget(found.session.id)

    def seat(self, code: str, token: str) -> Seat:
        """Return who a participant is and what they see. Raises NotJoined, Unavailable.

        Unlike ``participant`` this does not record that a question was seen.
        """
        return self._lookup.seat(code, token)

    def attendance(self, session_id: str) -> Attendance | None:
        """Return what all participants see, read at once; None where the class was deleted.

        Raises Unavailable.
        """
        found = self._lookup.attendance(session_id)
        if found is not None:
            self._save_seen(session_id, self._presence.overdue(found.session))
        return found

    def answer(
        self, code: str, token: str, position_token: str, answer: Answer | None
    ) -> ParticipantView:
        """Save an answer, replacing an earlier one. It is durable when this returns.

        Args:
            code: code of the class.
            token: the browser's secret.
            position_token: of the view on which the answer was given.
            answer: the answer; None is "not sure".

        Returns:
            What the participant sees now, with this answer.

        Raises:
            NotJoined: this token is not of a participant.
            InvalidAnswer: it is not valid for this question; the message says what is missing.
            TooLate: the question does not accept answers any more; an earlier answer stands.
            NotSaved: the write failed; send it again.
        """
        found = self._lookup.membership(code, token)
        session, person = found.session, found.participant
        asked = check_answer(session, position_token, answer)
        self._store.answer(session.id, asked.number, person, answer)
        if not session.accepts_answers(asked.number):  # the host advanced since the read above
            return self.participant(code, token)
        stored = StoredAnswer(round_number=asked.number, participant=person, answer=answer)
        return participant_view(session, stored)

    def report(self, key: str) -> ClassReport:
        """Return the report of a class by its report key or its console key.

        Raises:
            NoSuchClass: the key is of no class.
            Unavailable: the store cannot be read now.
        """
        try:
            session = self._lookup.by_key(KeyRole.REPORT, key)
        except NoSuchClass:
            session = self._lookup.by_key(KeyRole.CONSOLE, key)
        return self._outcomes.report(session)[0]

    def conclusion(self, key: str, *, for_host: bool) -> Conclusion:
        """Return what a class came to; the room's screen is told after the end only.

        Args:
            key: the console's key, or the projector's.
            for_host: whether it is the console's.

        Raises:
            NoSuchClass: the key is of no class.
            NotAllowed: the class has not ended, and it is the room's screen that asks.
            Unavailable: the store cannot be read now.
        """
        session = self._lookup.by_key(KeyRole.CONSOLE if for_host else KeyRole.PROJECTOR, key)
        if not for_host and session.state is not ClassState.ENDED:
            raise NotAllowed("The class has not ended.")
        return self._outcomes.of(session).conclusion

    def delete(self, console_key: str) -> None:
        """Delete a class with all its answers. Raises NoSuchClass, NotSaved."""
        try:
            session_id = self._lookup.by_key(KeyRole.CONSOLE, console_key).id
        except Unreadable as problem:
            session_id = problem.session_id
        self._presence.drain(session_id)
        self._bursts.reset(session_id)
        was_there = self._store.delete(session_id)
        self._outcomes.forget(session_id)
        if not was_there:
            raise NoSuchClass
        self.changes.tell(session_id)

    def listed(self) -> tuple[Summary, ...]:
        """List all classes, the latest first; for the operator."""
        return self._store.summaries()

    def export(self, code: str) -> tuple[ClassReport, tuple[AskedQuestion, ...]]:
        """Return a class's report and the data behind it; for the operator. Raises NoSuchClass."""
        return self._outcomes.report(self._lookup.by_code(code))

    def renew_keys(self, code: str) -> IssuedKeys:
        """Give a class new keys, for a host who lost the link; for the operator.

        The old links to console, room's screen and report open nothing any more.

        Raises:
            NoSuchClass: no class has this code.
            NotSaved: the write failed; the old links still work.
        """
        session = self._lookup.by_code(code)
        keys = self._issue(session.code)
        if not self._store.replace_keys(session.id, keys.hashes):
            raise NoSuchClass
        return keys

    def survey(self, days: int) -> Survey:
        """Count what ``purge`` would delete, and doubt the clock; for the operator."""
        return survey(self._store, self._clock(), days)

    def tidy(self, days: int) -> int:
        """Delete what was announced a day ago, and announce what is next; see ``tidy``."""
        return tidy(self._store, self._clock(), days)

    def faults(self) -> tuple[str, ...]:
        """Name what is missing for a class to be taught now; it may block like any write."""
        return self._store.faults()

    def purge(self, days: int) -> int:
        """Delete the classes without a transition for some days; return their number."""
        return self._store.purge(self._clock() - timedelta(days=days))

    def close(self) -> None:
        """Close the store."""
        self.changes.close()
        self._store.close()

    def _issue(self, code: str) -> IssuedKeys:
        """Draw the keys of a class."""
        console, projector, report = (self._token() for _ in range(3))
        return IssuedKeys(code=code, console=console, projector=projector, report=report)

    def _replaced(self, changed: Session) -> HostView:
        """Save a class that its host changed, and tell of it. Raises MovedOn, NotSaved."""
        if not self._store.replace(changed):
            raise MovedOn
        self.changes.tell(changed.id, changed.version)
        return self._host_view(changed, for_host=True)

    def _at_version(self, console_key: str, expected_version: int) -> Session:
        """Return a class for a change by its host. Raises NoSuchClass, MovedOn."""
        session = self._lookup.by_key(KeyRole.CONSOLE, console_key)
        if session.version != expected_version:
            raise MovedOn
        return session

    def _save_seen(self, session_id: str, seen: Seen | None) -> None:
        """Save who had loaded a question."""
        if seen is not None:
            self._store.record_seen(session_id, seen.participants, seen.version)

    def _host_view(self, session: Session, *, for_host: bool) -> HostView:
        rush = self._bursts.is_detected(session.id)
        return self._lookup.host_view(session, for_host=for_host, rush=rush)
