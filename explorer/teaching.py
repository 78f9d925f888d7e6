"""Use cases of a live class: open it, move it on, join, answer, look, report, delete.

An educator opens a class and gets three keys and a code; people join with the code::

    teaching = Teaching(MemoryStore())
    keys = teaching.open_session(plan, title="Using anakinra", content=version, concepts=labels)

    token = teaching.join(keys.code)                     # or join(code, a token of one's own)
    view = teaching.host(keys.console)                   # where it stands, and view.allowed
    view = teaching.step(keys.console, Action.NEXT, view.version)      # the question, to read
    view = teaching.step(keys.console, Action.SHOW, view.version)      # its options; answers count

    seat = teaching.room(keys.code, token)               # what this person sees
    teaching.answer(keys.code, token, seat.step, ("a",)) # None is "not sure"

    view = teaching.step(keys.console, Action.CLOSE, view.version)     # view.tallies for the chart
    view = teaching.step(keys.console, Action.REVEAL, view.version)
    report = teaching.report(keys.report)                # domain.statistics.Report

``plan`` is a sequence of ``Planned``: each question with its round (before, after, free), its case
and the texts that settle it, all copied, so that a change of the content never changes a class.
``plan_of`` makes it from a lesson. Whatever cannot be done raises a kind of ``Refused`` whose text
can be shown to the person as it is. A press carries the ``version`` that the host saw: of two hosts
who press at once one moves the class, the other gets ``MovedOn`` and should look again.

Keys and tokens are 256 random bits. Of keys a hash is kept, and of a participant's token a hash
together with the code, so that the same browser cannot be recognised in another class.
"""

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from explorer.domain import statistics
from explorer.domain.base import Frozen
from explorer.domain.grading import Given, misfit
from explorer.domain.lessons import LIVE_KINDS, Lesson
from explorer.domain.letters import typed
from explorer.domain.questions import Bank, Question
from explorer.domain.sessions import (
    LONGEST_TITLE,
    Action,
    Ask,
    ClassEnded,
    ClassLocked,
    CodeChanged,
    Door,
    Misfit,
    MovedOn,
    NoSuchClass,
    NotJoined,
    Planned,
    Refused,
    Response,
    Session,
    Settling,
    Step,
    TooLate,
    Unreadable,
    allowed,
    doors,
    press,
    turn_door,
)
from explorer.domain.statistics import Phase, Report, Tally, tallies, unreadable
from explorer.store.port import CodeTaken, KeyHashes, Role, Store, Summary

ALPHABET: Final = "CDFHJKLMNPRTVWXY34679"
"""Signs of a code: none looks or sounds like another one of these, and none makes a word."""

CODE_LENGTH: Final = 6
"""Signs of a code: 86 million codes."""

CAPACITY: Final = 250
"""People in a class, unless told otherwise."""

CLASSES: Final = 200
"""Classes of a day, unless told otherwise."""

DAY: Final = timedelta(days=1)
"""What a class counts for towards the most that the server takes, after it was moved last."""

LONGEST_ANSWER: Final = 2000
"""Signs of an answer; the longest that fits a question has a few hundred."""

RUSH: Final = 40
"""New people within ``RUSH_SECONDS`` from which on a program is more likely than a room: 200 people
who hold up their phones at once come in ten seconds, 20 a second."""

RUSH_SECONDS: Final = 1.0

_CODES: Final = 2_000
"""Codes whose first code is remembered."""

_TRIES: Final = 20


class Keys(Frozen):
    """What an educator gets when a class is opened; it is told once and never again.

    The console's key moves and deletes the class and must not be projected. The projector's key
    and the report's key only show.
    """

    code: str
    console: str
    projector: str
    report: str


class Lobby(Frozen):
    """A class that can be joined."""

    code: str
    title: str


class Seat(Frozen):
    """What one participant may know now.

    ``step`` names where the class stands: it changes with every move, and an answer carries it.
    ``planned`` holds the question with its solution, so a page must leave the options out while
    ``stage`` is ``reading``, and whatever tells the answer until it is ``revealed``.
    """

    code: str
    title: str
    step: str
    stage: Step
    place: int
    total: int
    second_vote: bool = False
    planned: Planned | None = None
    answered: bool = False
    given: Given | None = None

    @property
    def not_sure(self) -> bool:
        """True where "not sure" was the answer."""
        return self.answered and self.given is None


class Standing(Frozen):
    """What a host or the projector sees. The projector's has no ``allowed`` and fewer ``tallies``.

    ``tallies`` counts the answers of the current vote and ``earlier`` those of the vote before it;
    on the projector both are empty until the question is closed. ``unreadable`` answers were kept
    and cannot be judged; they count as not right. ``rush`` is true where people joined faster than
    a room can.
    """

    code: str
    title: str
    version: int
    step: Step
    allowed: tuple[Action, ...] = ()
    place: int
    total: int
    vote: int = 1
    planned: Planned | None = None
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


class Teaching:
    """The live classes of this server. Safe to use from several threads; calls may block.

    Args:
        store: where classes are kept.
        clock: gives the time, with its zone; only for the record and for ``purge``.
        token: gives a new secret of at least 43 signs.
        pick: picks one sign of a code.
        capacity: most people in a class.
        classes: most classes that are opened or moved on within a day, ended ones too.
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
        self._here = _Here()
        self._rushes = _Rushes()
        self._first_codes: dict[str, str] = {}

    def open_session(
        self,
        plan: Sequence[Planned],
        *,
        title: str,
        content: str,
        concepts: Mapping[str, str] | None = None,
        doors_open: bool = True,
    ) -> Keys:
        """Open a class.

        Args:
            plan: what is asked, in order; see ``plan_of``.
            title: name of the lesson, shown to everybody.
            content: content version that the questions were copied from.
            concepts: label of each concept by id, for the report.
            doors_open: people can join at once; else the host first presses ``Action.OPEN``.

        Returns:
            The code and the keys.

        Raises:
            Refused: there is no question, or one that cannot be put to a room.
            TooManyClasses: the server takes no more.
            NotSaved: it could not be kept.
        """
        if not plan:
            raise Refused("Choose at least one question.")
        for item in plan:
            if item.question.kind not in LIVE_KINDS:
                raise Refused(f"This question cannot be put to a room: {item.question.stem}")
        title = typed(title, LONGEST_TITLE)
        used = {item.question.concept for item in plan}
        now = self._clock()
        for _ in range(_TRIES):
            keys = Keys(
                code=self._new_code(),
                console=self._token(),
                projector=self._token(),
                report=self._token(),
            )
            session = Session(
                id=_hash("session", self._token())[:32],
                code=keys.code,
                first_code=keys.code,
                title=title,
                content=content,
                opened=now,
                changed=now,
                capacity=self._capacity,
                plan=tuple(plan),
                concepts=tuple(
                    (name, label) for name, label in (concepts or {}).items() if name in used
                ),
                step=Step.OPEN if doors_open else Step.PREPARED,
            )
            hashes = KeyHashes(
                console=_hash(Role.CONSOLE, keys.console),
                projector=_hash(Role.PROJECTOR, keys.projector),
                report=_hash(Role.REPORT, keys.report),
            )
            try:
                self._store.create(session, hashes, most=self._classes, since=now - DAY)
            except CodeTaken:
                continue
            return keys
        raise Refused("No free code was found. Please try again.")

    def step(self, console_key: str, action: Action, expected_version: int) -> Standing:
        """Move a class on.

        Args:
            console_key: the console's key.
            action: what the host pressed.
            expected_version: ``version`` of what the host saw when pressing.

        Returns:
            Where the class stands now.

        Raises:
            NoSuchClass: the key opens no class.
            MovedOn: someone else was faster, or a press came twice; look again with ``host``.
            NotAllowed: the class cannot take this step; the message says why.
            NotSaved: it could not be kept; the class stands where it stood.
        """
        session = self._by_key(Role.CONSOLE, console_key)
        if session.version != expected_version:
            raise MovedOn
        moved = press(session, action, self._clock())
        self._note(session.id, self._here.leave(session.id))
        if not self._store.replace(moved):
            raise MovedOn
        return self._standing(moved, host=True)

    def turn_door(self, console_key: str, door: Door, expected_version: int) -> Standing:
        """Change who may join.

        ``RENEW`` gives a new code and lets go of everybody who never answered, and ``LET_GO`` does
        only the second; whoever answered stays, with all answers.

        Args:
            console_key: the console's key.
            door: what the host pressed.
            expected_version: ``version`` of what the host saw when pressing.

        Returns:
            Where the class stands now.

        Raises:
            NoSuchClass: the key opens no class.
            MovedOn: someone else was faster, or a press came twice.
            NotAllowed: the class is not open, or as large as it can be.
            NotSaved: it could not be kept.
        """
        session = self._by_key(Role.CONSOLE, console_key)
        if session.version != expected_version:
            raise MovedOn
        for _ in range(_TRIES):
            moved = turn_door(session, door, self._clock(), self._new_code())
            try:
                if not self._store.replace(moved):
                    raise MovedOn
            except CodeTaken:
                continue
            if door in (Door.RENEW, Door.LET_GO):
                self._store.let_go(session.id)
            self._rushes.forget(session.id)
            return self._standing(moved, host=True)
        raise Refused("No free code was found. Please try again.")

    def host(self, console_key: str) -> Standing:
        """Give what the host sees. Raises NoSuchClass, Unavailable."""
        return self._standing(self._by_key(Role.CONSOLE, console_key), host=True)

    def projector(self, projector_key: str) -> Standing:
        """Give what the room's screen shows. Raises NoSuchClass, Unavailable."""
        return self._standing(self._by_key(Role.PROJECTOR, projector_key), host=False)

    def find(self, code: str) -> Lobby:
        """Look for a class that can be joined.

        Raises NoSuchClass, CodeChanged, ClassEnded, ClassLocked, Unavailable.
        """
        session = self._by_code(code)
        if session.step is Step.ENDED:
            raise ClassEnded
        if session.locked:
            raise ClassLocked
        return Lobby(code=session.code, title=session.title)

    def join(self, code: str, token: str | None = None) -> str:
        """Join a class, or stay joined: the same token is the same person.

        Args:
            code: the code as typed; small letters, spaces and hyphens do not matter.
            token: the browser's secret, or None for a new one.

        Returns:
            The token, to be kept in a cookie and never in an address.

        Raises:
            NoSuchClass: no class has this code, or it is not open yet.
            CodeChanged: the class of this code has another one now.
            ClassEnded: it is over.
            ClassLocked: the host lets nobody more in.
            ClassFull: it takes no more people.
            NotSaved: it could not be kept; try again.
        """
        session = self._by_code(code)
        token = token or self._token()
        if self._store.join(session.id, _person(session.identity, token)):
            self._rushes.note(session.id)
        return token

    def room(self, code: str, token: str) -> Seat:
        """Give what a participant sees, also after the end. Raises NotJoined, Unavailable."""
        session, shown = self._who(code, token)
        self._note(session.id, self._here.meet(session, _person(session.identity, token)))
        return _seat(session, shown)

    def answer(self, code: str, token: str, step: str, given: Given | None) -> Seat:
        """Keep an answer, in place of an earlier one. It is durable when this returns.

        Args:
            code: code of the class.
            token: the browser's secret.
            step: ``Seat.step`` of the page on which it was given.
            given: the answer; None is "not sure".

        Returns:
            What the participant sees now, with this answer.

        Raises:
            NotJoined: this token is not of the class.
            Misfit: it is not an answer to this question yet; the message says what is missing.
            TooLate: the question is not open any more; an earlier answer stands.
            NotSaved: it was not kept; send it again.
        """
        session, _ = self._who(code, token)
        number = step.partition(".")[0]
        ask = next((item for item in session.asks if str(item.number) == number), None)
        if ask is None:
            raise TooLate
        if given is not None:
            if sum(len(part) for part in given) > LONGEST_ANSWER:
                raise Misfit
            problem = misfit(session.plan[ask.item].question, given)
            if problem:
                raise Misfit(problem)
        person = _person(session.identity, token)
        self._store.answer(session.id, ask.number, person, given)
        if not session.takes_answers(ask.number):  # the host moved between the look and the answer
            return self.room(code, token)
        return _seat(session, Response(ask=ask.number, participant=person, given=given))

    def report(self, key: str) -> Report:
        """Give the report of a class by its report key or its console key.

        A second vote stands in it as a free question: what was answered first is what is compared
        before and after. What the host skipped is left out.

        Raises:
            NoSuchClass: the key opens no report.
            Unavailable: the store cannot be read now.
        """
        try:
            session = self._by_key(Role.REPORT, key)
        except NoSuchClass:
            session = self._by_key(Role.CONSOLE, key)
        return self._report(session)

    def delete(self, console_key: str) -> None:
        """Delete a class with all answers, at once and for good. Raises NoSuchClass, NotSaved."""
        try:
            session_id = self._by_key(Role.CONSOLE, console_key).id
        except Unreadable as problem:
            session_id = problem.session_id
        self._here.leave(session_id)
        self._rushes.forget(session_id)
        if not self._store.delete(session_id):
            raise NoSuchClass

    def listed(self) -> tuple[Summary, ...]:
        """List all classes, the latest first; for the operator."""
        return self._store.summaries()

    def export(self, code: str) -> tuple[Report, tuple[statistics.Asked, ...]]:
        """Give a class's report and what it rests on; for the operator. Raises NoSuchClass."""
        session = self._by_code(code)
        return self._report(session), self._asked(session)

    def purge(self, days: int) -> int:
        """Delete the classes that no host moved for some days; give how many."""
        return self._store.purge(self._clock() - timedelta(days=days))

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def _note(self, session_id: str, seen: tuple[int, frozenset[str]] | None) -> None:
        """Keep who had the question on their phone."""
        if seen is not None:
            version, people = seen
            self._store.seen(session_id, people, version)

    def _by_code(self, code: str) -> Session:
        code = _plain(code)
        session = self._store.by_code(code)
        if session is None and self._store.first_code(code) is not None:
            raise CodeChanged
        if session is None or session.step is Step.PREPARED:
            raise NoSuchClass
        return session

    def _by_key(self, role: Role, key: str) -> Session:
        session = self._store.by_key(role, _hash(role, key)) if key else None
        if session is None:
            raise NoSuchClass("There is no class with this link, or it was deleted.")
        return session

    def _who(self, code: str, token: str) -> tuple[Session, Response | None]:
        if not token:
            raise NotJoined
        code = _plain(code)
        first = self._first_code(code)
        found = self._store.seat(first, _person(first, token))
        if found is None:
            self._first_codes.pop(code, None)  # it may be another class's by now
            raise NotJoined
        return found

    def _first_code(self, code: str) -> str:
        """Give the code that a class was opened with; it is asked for once for each code."""
        found = self._first_codes.get(code) or self._store.first_code(code)
        if found is None:
            return code
        if len(self._first_codes) >= _CODES:
            self._first_codes.clear()
        self._first_codes[code] = found
        return found

    def _new_code(self) -> str:
        return "".join(self._pick(ALPHABET) for _ in range(CODE_LENGTH))

    def _standing(self, session: Session, *, host: bool) -> Standing:
        ask, planned = session.ask, session.planned
        found: dict[str, object] = {}
        if ask is not None and planned is not None and ask.shown is not None:
            given = self._given(session, ask)
            found = {
                "answered": len(given),
                "not_sure": sum(item.given is None for item in given),
                "unreadable": unreadable(planned.question, [item.given or () for item in given]),
            }
            if host or session.step in (Step.CLOSED, Step.REVEALED):
                found["tallies"] = _counted(planned.question, given)
                first = _vote_before(session, ask)
                if first is not None:
                    found["earlier"] = _counted(planned.question, self._given(session, first))
        return Standing.model_validate(
            {
                "code": session.code,
                "title": session.title,
                "version": session.version,
                "step": session.step,
                "allowed": allowed(session) if host else (),
                "place": 0 if ask is None else ask.item + 1,
                "total": len(session.plan),
                "vote": 1 if ask is None else ask.vote,
                "planned": planned,
                "joined": self._store.people(session.id),
                "capacity": session.capacity,
                "locked": session.locked,
                "doors": doors(session) if host else (),
                "rush": host and self._rushes.is_on(session.id),
                **found,
            }
        )

    def _given(self, session: Session, ask: Ask) -> tuple[Response, ...]:
        return self._store.responses(session.id, ask.number)

    def _asked(self, session: Session) -> tuple[statistics.Asked, ...]:
        people = self._store.participants(session.id)
        given: dict[int, list[Response]] = {}
        for item in self._store.responses(session.id):
            given.setdefault(item.ask, []).append(item)
        return tuple(
            statistics.Asked(
                question=session.plan[ask.item].question,
                phase=session.plan[ask.item].phase if ask.vote == 1 else Phase.FREE,
                shown=frozenset(item.id for item in people if ask.was_shown_to(item)),
                answers=tuple(
                    (item.participant, item.given or ()) for item in given.get(ask.number, ())
                ),
            )
            for ask in session.asks
            if ask.counts
        )

    def _report(self, session: Session) -> Report:
        return statistics.report(
            self._asked(session),
            dict(session.concepts),
            code=session.code,
            title=session.title,
            opened=session.opened,
            content=session.content,
            people=self._store.people(session.id),
        )


class _Rushes:
    """Which classes people joined faster than a room can, until their host does something."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._latest: dict[str, deque[float]] = {}
        self._on: set[str] = set()

    def note(self, session_id: str) -> None:
        """Note that somebody joined."""
        now = self._clock()
        with self._lock:
            latest = self._latest.setdefault(session_id, deque(maxlen=RUSH))
            latest.append(now)
            if len(latest) == RUSH and now - latest[0] < RUSH_SECONDS:
                self._on.add(session_id)
            if len(self._latest) > _CODES:
                self._latest.clear()

    def is_on(self, session_id: str) -> bool:
        """Tell whether people came too fast."""
        with self._lock:
            return session_id in self._on

    def forget(self, session_id: str) -> None:
        """Forget it: the host has seen to it."""
        with self._lock:
            self._on.discard(session_id)
            self._latest.pop(session_id, None)


class _Here:
    """Who has the open question of a class on their phone, kept until the class moves on.

    It is kept in memory so that a phone that only looks costs no write: a class of 200 looks 130
    times a second. After a restart the phones look again, well before the host moves on.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._people: dict[str, tuple[int, set[str]]] = {}

    def meet(self, session: Session, person: str) -> tuple[int, frozenset[str]] | None:
        """Note a look; give who was here before, where the class has moved on since."""
        with self._lock:
            known = self._people.get(session.id)
            left = None
            if known is not None and known[0] < session.version:
                left = self._people.pop(session.id)
            if session.step is Step.SHOWN:
                at, people = self._people.setdefault(session.id, (session.version, set()))
                if at == session.version:
                    people.add(person)
            return None if left is None else (left[0], frozenset(left[1]))

    def leave(self, session_id: str) -> tuple[int, frozenset[str]] | None:
        """Give who is here, and forget them."""
        with self._lock:
            left = self._people.pop(session_id, None)
            return None if left is None else (left[0], frozenset(left[1]))


def plan_of(
    lesson: Lesson,
    bank: Bank,
    settle: Callable[[Question], Iterable[Settling]] = lambda _: (),
    *,
    free: Sequence[str] = (),
) -> tuple[Planned, ...]:
    """Copy the questions of a lesson into a plan.

    Args:
        lesson: what is asked before and after the teaching, by id.
        bank: the questions.
        settle: gives the texts that settle a question.
        free: ids of questions of no round, asked last; a lesson may have only these.

    Raises:
        KeyError: the bank does not hold a question.
    """
    rounds = ((Phase.BEFORE, lesson.before), (Phase.AFTER, lesson.after), (Phase.FREE, free))
    plan = []
    for phase, ids in rounds:
        for question_id in ids:
            question = bank.question(question_id)
            cases = {case.id: case.text for case in bank.topic_of(question_id).cases}
            plan.append(
                Planned(
                    question=question,
                    phase=phase,
                    case=cases.get(question.case or "", ""),
                    settled_by=tuple(settle(question)),
                )
            )
    return tuple(plan)


def _seat(session: Session, shown: Response | None) -> Seat:
    ask, planned = session.ask, session.planned
    return Seat(
        code=session.code,
        title=session.title,
        step=session.place_name,
        stage=session.step,
        place=0 if ask is None else ask.item + 1,
        total=len(session.plan),
        second_vote=planned is not None and ask is not None and ask.vote > 1,
        planned=planned,
        answered=shown is not None,
        given=None if shown is None else shown.given,
    )


def _hash(kind: str, secret: str) -> str:
    """Hash a secret of 256 random bits; it cannot be guessed, so a plain hash is enough."""
    return hashlib.sha256(f"{kind}:{secret}".encode("utf-8", "surrogatepass")).hexdigest()


def _plain(code: str) -> str:
    """Read a code as people type it."""
    return "".join(sign for sign in code[:100].upper() if sign.isalnum())


def _person(code: str, token: str) -> str:
    return _hash(code, token)[:32]


def _counted(question: Question, given: Iterable[Response]) -> tuple[Tally, ...]:
    return tallies(question, [item.given or () for item in given])


def _vote_before(session: Session, ask: Ask) -> Ask | None:
    earlier = [item for item in session.asks if item.item == ask.item and item.vote == ask.vote - 1]
    return earlier[0] if earlier else None
