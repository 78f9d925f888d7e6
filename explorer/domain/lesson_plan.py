"""A plan that an educator makes question by question, as a file and as a link, and read back.

Nothing of it is stored: the educator keeps the file or the link. What is read may come from
anybody, and from a version of the content before this one: what is gone is named. Own questions
stand in it whole; one that cannot be asked as it stands comes back as it was typed.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.lessons import Lesson, live
from explorer.domain.letters import typed
from explorer.domain.own_questions import PREFIX, OwnDraft, OwnQuestion, finished, problems
from explorer.domain.questions import Bank, Question, QuestionKind
from explorer.domain.sessions import TeachingPhase

KIND: Final = "anakinra-explorer-class-plan"
VERSION: Final = 1

FRAGMENT: Final = "plan="
"""How the part of a link after its ``#`` begins."""

PHASES: Final = (TeachingPhase.BEFORE, TeachingPhase.AFTER, TeachingPhase.FREE)
"""The parts of a plan; the round weeks later follows from them."""

MOST_CHARACTERS: Final = 120_000
"""Longest file that is read."""

MOST_LINK: Final = 12_000
"""Longest part of a link that is read, in characters."""

MOST_ITEMS: Final = 60
MOST_OWN: Final = 20
MOST_MINUTES: Final = 240
LONGEST_NAME: Final = 60

_CHOICES: Final = ("later", "sureness")
_LONGEST_ID: Final = 80
_NAMED: Final = 6
_SLOW: Final = (
    QuestionKind.SEVERAL,
    QuestionKind.SORT,
    QuestionKind.NUMBER,
    QuestionKind.TEXT,
)


class PlanItem(Frozen):
    """A question of the plan, and when it is asked."""

    id: str
    phase: TeachingPhase


class LessonPlan(Frozen):
    """The questions of a class in their order, phase by phase, and the minutes of teaching.

    ``own`` holds the educator's own questions, whose ids stand among the items. ``later``: the
    points are asked once more weeks later. ``sureness``: phones ask how sure people are.
    """

    name: str = ""
    teaching: int = 0
    items: tuple[PlanItem, ...] = ()
    own: tuple[OwnQuestion, ...] = ()
    later: bool = False
    sureness: bool = False

    def has(self, question_id: str) -> bool:
        """Return whether a question is in the plan."""
        return any(item.id == question_id for item in self.items)

    def of_phase(self, phase: TeachingPhase) -> tuple[str, ...]:
        """Return the ids of the questions of a phase, in order."""
        return tuple(item.id for item in self.items if item.phase is phase)

    @property
    def lesson(self) -> Lesson:
        """The questions before and after the teaching."""
        return Lesson(
            before=self.of_phase(TeachingPhase.BEFORE), after=self.of_phase(TeachingPhase.AFTER)
        )

    def with_question(self, question_id: str, phase: TeachingPhase) -> "LessonPlan":
        """Return the plan with a question at the end of a phase; a full plan stays as it is."""
        if self.has(question_id) or len(self.items) >= MOST_ITEMS:
            return self
        return self._sorted((*self.items, PlanItem(id=question_id, phase=phase)))

    def question(self, question_id: str, bank: Bank) -> Question:
        """Return a question of the plan, one of the bank or an own one. Raises KeyError."""
        found = self.own_question(question_id)
        return bank.question(question_id) if found is None else found.asked()

    def own_question(self, question_id: str) -> OwnQuestion | None:
        """Return an own question of the plan; None for one of the bank."""
        return next((item for item in self.own if item.id == question_id), None)

    def with_own(
        self, question: OwnQuestion, phase: TeachingPhase, instead_of: str = ""
    ) -> "LessonPlan":
        """Return the plan with an own question; a full plan stays as it is.

        Args:
            question: the question.
            phase: when it is asked.
            instead_of: id of the own question that it takes the place of, where it was changed.
        """
        old = question.id if self.has(question.id) else instead_of
        if self.own_question(old) is not None:
            placed = PlanItem(id=question.id, phase=phase)
            items = tuple(placed if item.id == old else item for item in self.items)
            own = tuple(question if item.id == old else item for item in self.own)
            return self._sorted(items).evolve(own=own)
        if len(self.own) >= MOST_OWN or len(self.items) >= MOST_ITEMS:
            return self
        return self.evolve(own=(*self.own, question)).with_question(question.id, phase)

    def without(self, question_id: str) -> "LessonPlan":
        """Return the plan without a question."""
        return self.evolve(
            items=tuple(item for item in self.items if item.id != question_id),
            own=tuple(item for item in self.own if item.id != question_id),
        )

    def moved(self, question_id: str, by: int) -> "LessonPlan":
        """Return the plan with a question one place up or down, over the edge of a phase too.

        Args:
            question_id: the question.
            by: -1 for up, 1 for down.
        """
        items = list(self.items)
        place = next((at for at, item in enumerate(items) if item.id == question_id), None)
        if place is None:
            return self
        item, other = items[place], place + by
        if 0 <= other < len(items) and items[other].phase is item.phase:
            items[place], items[other] = items[other], item
            return self.evolve(items=tuple(items))
        phases = PHASES
        target = phases.index(item.phase) + by
        if not 0 <= target < len(phases):
            return self
        moved = item.evolve(phase=phases[target])
        rest = items[:place] + items[place + 1 :]
        return self._sorted((moved, *rest) if by > 0 else (*rest, moved))

    def _sorted(self, items: Iterable[PlanItem]) -> "LessonPlan":
        return self.evolve(items=tuple(sorted(items, key=lambda item: PHASES.index(item.phase))))


class OpenedPlan(Frozen):
    """A plan that was read: what is gone from it, and the questions whose text is another now.

    ``unsound`` are own questions that cannot be asked as they stand.
    """

    plan: LessonPlan
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unsound: tuple[OwnDraft, ...] = ()


def minutes(question: Question) -> int:
    """Return about how many minutes a question takes in a class: to read, answer and explain."""
    return 2 if question.kind in _SLOW else 1


def is_paired(lesson: Lesson, bank: Bank) -> bool:
    """Return whether a lesson is made of pairs on the same points, one before and one after.

    Only of pairs can chance decide which question comes first. Own questions are left aside: they
    measure no change.

    Args:
        lesson: the questions before and after the teaching.
        bank: the question bank.
    """
    before = [bank.question(item).concept for item in lesson.before if bank.has(item)]
    after = [bank.question(item).concept for item in lesson.after if bank.has(item)]
    is_once = len(before) == len(after) == len(set(before)) == len(set(after))
    return bool(before) and is_once and None not in before and set(before) == set(after)


def drawn_pairs(lesson: Lesson, bank: Bank, is_swapped: Callable[[], bool]) -> Lesson:
    """Draw for each point which of its two questions comes first; the order of points stays.

    Args:
        lesson: a lesson of pairs.
        bank: the question bank.
        is_swapped: draws whether a pair is swapped.
    """
    partners = {bank.question(item).concept: item for item in lesson.after if bank.has(item)}
    other: dict[str, str] = {}
    for item in filter(bank.has, lesson.before):
        partner = partners[bank.question(item).concept]
        if is_swapped():
            other |= {item: partner, partner: item}
    return Lesson(
        before=tuple(other.get(item, item) for item in lesson.before),
        after=tuple(other.get(item, item) for item in lesson.after),
    )


def later_round(lesson: Lesson, bank: Bank, is_swapped: Callable[[], bool]) -> tuple[str, ...]:
    """Choose the questions of the round weeks later: those after the teaching, or their partners.

    Args:
        lesson: the questions before and after the teaching.
        bank: the question bank.
        is_swapped: draws whether a point is asked by the question that came before the teaching.
    """
    before = {bank.question(item).concept: item for item in lesson.before if bank.has(item)}
    chosen = []
    for item in lesson.after or lesson.before:
        concept = bank.question(item).concept if bank.has(item) else None
        partner = before.get(concept, item) if concept is not None else item
        chosen.append(partner if is_swapped() else item)
    return tuple(chosen)


def as_text(plan: LessonPlan, bank: Bank, *, with_stems: bool = True) -> str:
    """Return a plan as the text of a file.

    Args:
        plan: the plan; its questions are in the bank.
        bank: the question bank.
        with_stems: write what each question asks too, so that it can be named once it is gone.
    """
    items: list[dict[str, object]] = []
    for item in plan.items:
        question = plan.question(item.id, bank)
        written: dict[str, object] = {
            "id": item.id,
            "version": question.version,
            "phase": item.phase.value,
        }
        own = plan.own_question(item.id)
        if own is not None:
            written["own"] = own.draft().model_dump(mode="json", exclude_defaults=True)
        items.append(written | ({"stem": question.stem} if with_stems else {}))
    held = {"kind": KIND, "version": VERSION, "name": plan.name, "teaching": plan.teaching}
    held |= {name: True for name in _CHOICES if getattr(plan, name)}
    return json.dumps(held | {"items": items}, ensure_ascii=False, indent=1 if with_stems else None)


def as_fragment(plan: LessonPlan, bank: Bank) -> str:
    """Return a plan as the part of a link after its ``#``."""
    text = as_text(plan, bank, with_stems=False)
    return FRAGMENT + urlsafe_b64encode(text.encode()).decode().rstrip("=")


def opened_fragment(fragment: str, bank: Bank) -> OpenedPlan | None:
    """Read the part of a link after its ``#``, with or without its beginning; as ``opened``."""
    packed = fragment.removeprefix(FRAGMENT)
    if len(packed) > MOST_LINK or not packed.isascii():
        return None
    try:
        text = urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:
        return None
    return opened(text, bank)


def opened(text: str, bank: Bank) -> OpenedPlan | None:
    """Read the text of a file, of this version or another one, as far as it fits.

    Args:
        text: any text.
        bank: the question bank.

    Returns:
        What was read, or None where it is no plan of ours.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        return None
    name, teaching, items = raw.get("name"), raw.get("teaching"), raw.get("items")
    whole = isinstance(teaching, int) and not isinstance(teaching, bool)
    plan = LessonPlan(
        name=typed(name, LONGEST_NAME) if isinstance(name, str) else "",
        teaching=min(max(teaching, 0), MOST_MINUTES) if whole and teaching is not None else 0,
        later=raw.get("later") is True,
        sureness=raw.get("sureness") is True,
    )
    askable = {question.id: question for question in live(bank.questions)}
    gone: list[str] = []
    changed: list[str] = []
    unsound: list[OwnDraft] = []
    for item in items if isinstance(items, list) else ():
        held = item if isinstance(item, dict) else {}
        question = askable.get(str(held.get("id", "")))
        known = held.get("phase") in {item.value for item in PHASES}
        phase = TeachingPhase(str(held["phase"])) if known else TeachingPhase.FREE
        draft = _draft(held)
        if draft is not None and problems(draft):
            unsound.append(draft)
            continue
        if draft is not None and len(plan.own) < MOST_OWN and len(plan.items) < MOST_ITEMS:
            plan = plan.with_own(finished(draft), phase)
            continue
        if question is None or len(plan.items) >= MOST_ITEMS:
            gone.append(typed(str(held.get("stem") or held.get("id") or "?"), _LONGEST_ID))
            continue
        if held.get("version") != question.version:
            changed.append(typed(question.stem, _LONGEST_ID))
        plan = plan.with_question(question.id, phase)
    return OpenedPlan(
        plan=plan,
        gone=tuple(gone[:_NAMED]),
        changed=tuple(changed[:_NAMED]),
        unsound=tuple(unsound[:_NAMED]),
    )


def _draft(held: dict[str, object]) -> OwnDraft | None:
    """Read an own question, as far as it has the parts of one; None for what is none."""
    own = held.get("own")
    if not isinstance(own, dict) or not str(held.get("id", "")).startswith(PREFIX):
        return None
    try:
        return OwnDraft.model_validate(own)
    except ValueError:  # a later version's kind or part: its stem is named as gone
        return None
