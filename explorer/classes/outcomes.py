"""What became of a class: for its host, for the room, and for each participant at its end.

Nobody can answer in a break or after the end, where it is shown, so that it is worked out once for
each version of a class: at the end all phones ask at the same time.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from explorer.classes.conclusion import Conclusion, conclude
from explorer.classes.plan import asked_questions, report_of
from explorer.classes.views import EndedView, KeptAnswer, RevealedView, participant_view
from explorer.domain.class_report import AskedQuestion, ClassReport
from explorer.domain.sessions import ClassState, Round, Session, StoredAnswer
from explorer.store.port import Store

_HELD: Final = 16
"""Outcomes that are held; one of 250 people takes some megabytes."""


@dataclass(frozen=True, slots=True)
class ClassOutcome:
    """What became of a class at one version."""

    session: Session
    conclusion: Conclusion
    joined: Mapping[str, int]
    """The version at which each participant joined."""
    answers: Mapping[tuple[int, str], StoredAnswer]
    """By number of the round and participant."""

    def ended(self, participant: str) -> EndedView:
        """Return what a participant sees after the end.

        Args:
            participant: id of the participant.
        """
        session = self.session
        return EndedView(
            code=session.code,
            position_token=session.position_token,
            state=ClassState.ENDED,
            title=session.title,
            kept=tuple(self._kept(item, participant) for item in self._last_votes(participant)),
            changes=self.conclusion.changes,
            later=self.conclusion.later,
        )

    def _last_votes(self, participant: str) -> tuple[Round, ...]:
        """Return the last vote on each question that a participant could answer, in their order."""
        joined = self.joined.get(participant, self.session.version)
        last: dict[int, Round] = {}
        for held in self.session.rounds:
            in_time = held.closed is None or joined < held.closed
            if held.counts and (in_time or (held.number, participant) in self.answers):
                last[held.question_index] = held
        return tuple(last.values())

    def _kept(self, held: Round, participant: str) -> KeptAnswer:
        """Return a question as the participant saw it when the reasons were shown."""
        at = self.session.evolve(state=ClassState.REVEALED, current=self.session.rounds.index(held))
        seen = participant_view(at, self.answers.get((held.number, participant)))
        if not isinstance(seen, RevealedView):
            raise TypeError("a revealed round has a revealed view")
        return KeptAnswer(phase=self.session.plan[held.question_index].phase, seen=seen)


class Outcomes:
    """The outcomes of the classes of a store. Thread-safe; calls may block.

    Args:
        store: where classes are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: OrderedDict[tuple[str, int], ClassOutcome] = OrderedDict()
        self._working = Lock()

    def of(self, session: Session) -> ClassOutcome:
        """Return the outcome of a class as it stands. Raises Unavailable."""
        place = (session.id, session.version)
        found = self._held.get(place)
        if found is not None:
            return found
        with self._working:  # all phones ask at once: one works it out, the others wait
            if place not in self._held:
                self._held[place] = self._work_out(session)
                while len(self._held) > _HELD:
                    self._held.popitem(last=False)
            return self._held[place]

    def report(self, session: Session) -> tuple[ClassReport, tuple[AskedQuestion, ...]]:
        """Return the report of a class and the data behind it. Raises Unavailable."""
        participants = self._store.participants(session.id)
        asked = asked_questions(session, participants, self._store.responses(session.id))
        return report_of(session, asked, len(participants)), asked

    def forget(self, session_id: str) -> None:
        """Drop what is held of a class, since it was deleted."""
        with self._working:
            for place in [item for item in self._held if item[0] == session_id]:
                del self._held[place]

    def _work_out(self, session: Session) -> ClassOutcome:
        participants = self._store.participants(session.id)
        answers = self._store.responses(session.id)
        asked = asked_questions(session, participants, answers)
        return ClassOutcome(
            session=session,
            conclusion=conclude(report_of(session, asked, len(participants)), session.plan),
            joined={item.id: item.joined for item in participants},
            answers={(item.round_number, item.participant): item for item in answers},
        )
