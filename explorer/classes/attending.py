"""What a participant does: finds a class, joins it, answers, leaves."""

from explorer.classes.keys import participant_id
from explorer.classes.plan import check_answer
from explorer.classes.service_base import ServiceBase
from explorer.classes.views import (
    Attendance,
    ClassInfo,
    ParticipantView,
    Seat,
    participant_view,
)
from explorer.domain.grading import Answer
from explorer.domain.sessions import (
    ClassEnded,
    ClassLocked,
    ClassState,
    NotJoined,
    StoredAnswer,
)


class Attending(ServiceBase):
    """The use cases of participants."""

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
        self,
        code: str,
        token: str,
        position_token: str,
        answer: Answer | None,
        *,
        sure: bool | None = None,
    ) -> ParticipantView:
        """Save an answer, replacing an earlier one. It is durable when this returns.

        Args:
            code: code of the class.
            token: the browser's secret.
            position_token: of the view on which the answer was given.
            answer: the answer; None is "not sure".
            sure: how sure the participant said to be; it is kept where the class asks for it.

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
        kept = sure if session.sureness and answer is not None else None
        self._store.answer(session.id, asked.number, person, answer, sure=kept)
        if not session.accepts_answers(asked.number):  # the host advanced since the read above
            return self.participant(code, token)
        stored = StoredAnswer(
            round_number=asked.number, participant=person, answer=answer, sure=kept
        )
        return participant_view(session, stored)
