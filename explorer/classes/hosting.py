"""What a host does with a class, and what host and room see of it."""

from collections.abc import Callable, Mapping, Sequence

from explorer.classes.conclusion import Conclusion
from explorer.classes.host_views import HostView
from explorer.classes.keys import IssuedKeys, draw_code, hash_secret
from explorer.classes.plan import check_plan
from explorer.classes.service_base import ATTEMPTS, DAY, ServiceBase
from explorer.classes.watching import Look
from explorer.domain.class_report import ClassReport
from explorer.domain.letters import typed
from explorer.domain.sessions import (
    LONGEST_TITLE,
    REMOVES_SILENT,
    Action,
    ClassState,
    Door,
    MovedOn,
    NoSuchClass,
    NotAllowed,
    PlannedQuestion,
    Refused,
    Session,
    Unreadable,
    ask_sureness,
    raise_hands,
    release_texts,
    transition,
    turn_door,
)
from explorer.store.port import CodeTaken, KeyRole


class Hosting(ServiceBase):
    """The use cases of hosts."""

    def open_session(
        self,
        plan: Sequence[PlannedQuestion],
        *,
        title: str,
        content: str,
        concepts: Mapping[str, str] | None = None,
        doors_open: bool = True,
        sureness: bool = False,
    ) -> IssuedKeys:
        """Open a class.

        Args:
            plan: the questions, in order; see ``plan_of``.
            title: title of the lesson, shown to everybody.
            content: content version that the questions were copied from.
            concepts: label of each concept by id, for the report.
            doors_open: participants can join at once; else after the host's ``Action.OPEN``.
            sureness: phones ask how sure people are.

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
        for _ in range(ATTEMPTS):
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
                sureness=sureness,
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

    def release_texts(
        self, console_key: str, released: Sequence[str], expected_version: int
    ) -> HostView:
        """Set which short texts the room sees; ``released`` are their digests.

        Raises:
            NoSuchClass: the key is of no class.
            MovedOn: the class has another version by now.
            NotAllowed: no question for a short text has just been closed.
            NotSaved: the write failed; the class is unchanged.
        """
        session = self._at_version(console_key, expected_version)
        return self._replaced(release_texts(session, released, self._clock()))

    def ask_sureness(self, console_key: str, expected_version: int, *, on: bool) -> HostView:
        """Set whether phones ask how sure people are; see ``release_texts`` for what it raises."""
        session = self._at_version(console_key, expected_version)
        return self._replaced(ask_sureness(session, on=on, at=self._clock()))

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
        for _ in range(ATTEMPTS):
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

    def listen(self, key: str, *, for_host: bool, heard: Callable[[], None]) -> Callable[[], None]:
        """Call somebody at each change of a class, from any thread; return what ends it.

        Args:
            key: the console's key, or the projector's.
            for_host: whether it is the console's.
            heard: what to call; it must not block.

        Raises:
            NoSuchClass: the key is of no class.
            Unavailable: the store cannot be read now.
        """
        session = self._lookup.by_key(KeyRole.CONSOLE if for_host else KeyRole.PROJECTOR, key)
        return self.changes.listen(session.id, session.version, lambda _: heard())

    def watch(self, key: str, *, for_host: bool) -> Look:
        """Return what ``host`` or ``projector`` does, or did last while the store is away.

        It waits no longer than ``PATIENCE``. Raises NoSuchClass, Unavailable.
        """
        read = self.host if for_host else self.projector
        return self._watching.look(key, lambda: read(key), self._store.saving_fails_for)

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
