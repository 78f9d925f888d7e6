"""A plan that an educator makes question by question, as a file and as a link, and read back.

Nothing of it is stored: the educator keeps the file or the link. What is read may come from
anybody, and from a version of the content before this one: what is gone is named.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.lessons import Lesson, live
from explorer.domain.letters import typed
from explorer.domain.questions import Bank, Question, QuestionKind
from explorer.domain.sessions import TeachingPhase

KIND: Final = "anakinra-explorer-class-plan"
VERSION: Final = 1

FRAGMENT: Final = "plan="
"""How the part of a link after its ``#`` begins."""

MOST_CHARACTERS: Final = 40_000
"""Longest file that is read."""

MOST_LINK: Final = 12_000
"""Longest part of a link that is read, in characters."""

MOST_ITEMS: Final = 60
MOST_MINUTES: Final = 240
LONGEST_NAME: Final = 60

_LONGEST_ID: Final = 80
_NAMED: Final = 6
_SLOW: Final = (QuestionKind.SEVERAL, QuestionKind.SORT, QuestionKind.NUMBER)


class PlanItem(Frozen):
    """A question of the plan, and when it is asked."""

    id: str
    phase: TeachingPhase


class LessonPlan(Frozen):
    """The questions of a class in their order, phase by phase, and the minutes of teaching."""

    name: str = ""
    teaching: int = 0
    items: tuple[PlanItem, ...] = ()

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

    def without(self, question_id: str) -> "LessonPlan":
        """Return the plan without a question."""
        return self.evolve(items=tuple(item for item in self.items if item.id != question_id))

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
        phases = tuple(TeachingPhase)
        target = phases.index(item.phase) + by
        if not 0 <= target < len(phases):
            return self
        moved = item.evolve(phase=phases[target])
        rest = items[:place] + items[place + 1 :]
        return self._sorted((moved, *rest) if by > 0 else (*rest, moved))

    def _sorted(self, items: Iterable[PlanItem]) -> "LessonPlan":
        phases = tuple(TeachingPhase)
        return self.evolve(items=tuple(sorted(items, key=lambda item: phases.index(item.phase))))


class OpenedPlan(Frozen):
    """A plan that was read: what is gone from it, and the questions whose text is another now."""

    plan: LessonPlan
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def minutes(question: Question) -> int:
    """Return about how many minutes a question takes in a class: to read, answer and explain."""
    return 2 if question.kind in _SLOW else 1


def is_paired(lesson: Lesson, bank: Bank) -> bool:
    """Return whether a lesson is made of pairs on the same points, one before and one after.

    Only of pairs can chance decide which question comes first.

    Args:
        lesson: the questions before and after the teaching.
        bank: the question bank.
    """
    before = [bank.question(item).concept for item in lesson.before]
    after = [bank.question(item).concept for item in lesson.after]
    is_once = len(before) == len(after) == len(set(before)) == len(set(after))
    return bool(before) and is_once and None not in before and set(before) == set(after)


def drawn_pairs(lesson: Lesson, bank: Bank, is_swapped: Callable[[], bool]) -> Lesson:
    """Draw for each point which of its two questions comes first; the order of points stays.

    Args:
        lesson: a lesson of pairs.
        bank: the question bank.
        is_swapped: draws whether a pair is swapped.
    """
    partners = {bank.question(item).concept: item for item in lesson.after}
    other: dict[str, str] = {}
    for item in lesson.before:
        partner = partners[bank.question(item).concept]
        if is_swapped():
            other |= {item: partner, partner: item}
    return Lesson(
        before=tuple(other.get(item, item) for item in lesson.before),
        after=tuple(other.get(item, item) for item in lesson.after),
    )


def as_text(plan: LessonPlan, bank: Bank, *, with_stems: bool = True) -> str:
    """Return a plan as the text of a file.

    Args:
        plan: the plan; its questions are in the bank.
        bank: the question bank.
        with_stems: write what each question asks too, so that it can be named once it is gone.
    """
    items: list[dict[str, object]] = []
    for item in plan.items:
        question = bank.question(item.id)
        written = {"id": item.id, "version": question.version, "phase": item.phase.value}
        items.append(written | ({"stem": question.stem} if with_stems else {}))
    held = {"kind": KIND, "version": VERSION, "name": plan.name, "teaching": plan.teaching}
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
    )
    askable = {question.id: question for question in live(bank.questions)}
    gone: list[str] = []
    changed: list[str] = []
    for item in items if isinstance(items, list) else ():
        held = item if isinstance(item, dict) else {}
        question = askable.get(str(held.get("id", "")))
        phase = held.get("phase")
        if question is None or len(plan.items) >= MOST_ITEMS:
            gone.append(typed(str(held.get("stem") or held.get("id") or "?"), _LONGEST_ID))
            continue
        if held.get("version") != question.version:
            changed.append(typed(question.stem, _LONGEST_ID))
        known = phase in {item.value for item in TeachingPhase}
        plan = plan.with_question(
            question.id, TeachingPhase(str(phase)) if known else TeachingPhase.FREE
        )
    return OpenedPlan(plan=plan, gone=tuple(gone[:_NAMED]), changed=tuple(changed[:_NAMED]))
