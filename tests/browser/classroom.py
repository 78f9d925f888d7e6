"""A class that is prepared past the browser: the test moves it and answers through its database."""

from collections.abc import Sequence
from pathlib import Path

from explorer.classes.service import ClassService
from explorer.domain.class_links import ClassKeys
from explorer.domain.own_questions import OwnDraft, OwnDraftOption, finished
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import Action, PlannedQuestion, SupportingPassage, TeachingPhase
from explorer.store import open_store
from tests.questions import question

KINDS = (QuestionKind.SINGLE, QuestionKind.SORT, QuestionKind.SEVERAL, QuestionKind.NUMBER)

PASSAGE = SupportingPassage(
    text="Call before the shot.", address="guide#infection", source="US label"
)

ONE_OF_EACH_KIND = tuple(
    PlannedQuestion(
        question=question(kind.value, kind), phase=TeachingPhase.FREE, evidence=(PASSAGE,)
    )
    for kind in KINDS
)

BEFORE_AND_AFTER = tuple(
    PlannedQuestion(
        question=question(name, concept=f"concept-{name[0]}"), phase=phase, evidence=(PASSAGE,)
    )
    for phase, names in ((TeachingPhase.BEFORE, ("x1", "y1")), (TeachingPhase.AFTER, ("x2", "y2")))
    for name in names
)
"""Two concepts, each asked before teaching and again after it; "a" is right, "b" and "c" wrong."""

_TWO = (OwnDraftOption(text="In the fridge", key=True), OwnDraftOption(text="On the shelf"))

WEEKS_LATER = tuple(
    PlannedQuestion(question=finished(draft).asked(), phase=TeachingPhase.LATER)
    for draft in (
        OwnDraft(stem="Where is it kept?", options=_TWO, reason="Cold keeps it whole."),
        OwnDraft(kind=QuestionKind.POLL, stem="Who gives the shot?", options=_TWO),
        OwnDraft(kind=QuestionKind.TEXT, stem="What worries you?"),
    )
)
"""The educator's own questions: one right answer, a poll, and a short text."""

CONCEPTS = {"concept-x": "Signs of infection", "concept-y": "Never two doses"}


class ClassRoom:
    """A class on a real server, and its host in this process by the shared database.

    Args:
        base: address of the server.
        database: address of its database.
        plan: what is asked.
    """

    def __init__(
        self, base: str, database: str, plan: Sequence[PlannedQuestion] = ONE_OF_EACH_KIND
    ) -> None:
        self.base = base
        self.teaching = ClassService(open_store(database, Path("unused")))
        self.keys = self.teaching.open_session(
            plan, title="Using anakinra", content="v1", concepts=CONCEPTS
        )
        keys = ClassKeys(
            console=self.keys.console, projector=self.keys.projector, report=self.keys.report
        )
        self.link = f"{base}/join?code={self.keys.code}"
        self.console = f"{base}/teach#{keys.fragment}"
        self.screen = f"{base}/teach#{keys.for_projector}"
        self.report = f"{base}/results#{keys.for_report}"

    def press(self, *names: str) -> None:
        """Move the class."""
        for name in names:
            version = self.teaching.host(self.keys.console).version
            self.teaching.advance(self.keys.console, Action(name), version)

    def people(self, count: int) -> list[str]:
        """Let people join; return their tokens."""
        return [self.teaching.join(self.keys.code) for _ in range(count)]

    def answer(self, tokens: Sequence[str], option: str | None) -> None:
        """Let people look at the question that is open, and answer it unless they say nothing."""
        for token in tokens:
            place = self.teaching.participant(self.keys.code, token).position_token
            if option is not None:
                self.teaching.answer(self.keys.code, token, place, (option,))

    def round(self, answers: Sequence[tuple[Sequence[str], str | None]]) -> None:
        """Ask the next question, take the answers, close it, and show why."""
        self.press("next", "show")
        for tokens, option in answers:
            self.answer(tokens, option)
        self.press("close", "reveal")

    def close(self) -> None:
        """Close the store of this process."""
        self.teaching.close()
