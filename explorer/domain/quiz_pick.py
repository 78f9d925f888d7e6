"""Which questions are drawn: twelve for a patient, twenty for a nurse's check."""

import random
from collections.abc import Sequence

from explorer.domain.questions import Audience, Bank, Question, QuestionKind

PRACTICE_LENGTH = 12
"""Questions in "12 that matter most": the eight critical concepts for everyone and four more."""

CHECK_LENGTH = 20
"""Questions in a nurse's check: the ten critical concepts and ten more."""

EXTRA = 4
"""Questions in "12 that matter most" beside the eight critical concepts."""

ANAKINRA = "anakinra"
"""The medicine of which all critical concepts tell."""

Seen = Sequence[str]
"""Ids of the questions that this tab has shown, what was shown last at the end."""


def that_matter_most(bank: Bank, seed: int, medicines: Sequence[str] = ()) -> tuple[Question, ...]:
    """Pick twelve for a patient: one of each critical concept for everyone, and four more.

    Args:
        bank: the questions.
        seed: the same seed gives the same questions.
        medicines: what the reader asked to be checked on. The four are about these; where anakinra,
            of which all critical concepts tell, is not among them, eight are, and four of the
            concepts are left. Where there are not as many questions on them, others fill up.
    """
    chance = random.Random(f"{seed}/pick")
    picked = _one_of_each_concept(bank, Audience.PATIENT, (), chance)
    rest = _others(bank, Audience.PATIENT)
    about = [item for item in rest if set(rests_on(item)) & set(medicines)]
    if about and ANAKINRA not in medicines:
        chance.shuffle(picked)
        del picked[max(PRACTICE_LENGTH - 2 * EXTRA, PRACTICE_LENGTH - len(about)) :]
    for pool in (about, [item for item in rest if item not in about]):
        picked += _in_turn(bank, pool, PRACTICE_LENGTH - len(picked), chance)
    return tuple(picked)


def rests_on(question: Question) -> tuple[str, ...]:
    """Return the medicines, and the parts of the site, whose texts a question rests on."""
    return tuple(dict.fromkeys(item.ref.partition("/")[0] for item in question.supported_by))


def nurse_check(bank: Bank, seed: int, seen: Seen = ()) -> tuple[Question, ...]:
    """Pick twenty for a nurse's check: one of each critical concept, and ten more.

    At least half are for nurses alone, where the bank has as many. What the tab has not shown
    comes first, then what it showed longest ago; among equals the topics take turns.
    No true-false question is picked: guessing through twenty of three options happens to
    0.0025 of 100 people, through twenty true-false to 0.59 (binomial, 80 of 100 right).
    """
    chance = random.Random(f"{seed}/pick")
    picked = _one_of_each_concept(bank, Audience.NURSE, seen, chance)
    rest = _others(bank, Audience.NURSE)
    own = [question for question in rest if question.audience is Audience.NURSE]
    owed = CHECK_LENGTH // 2 - sum(item.audience is Audience.NURSE for item in picked)
    picked += _fresh_in_turn(bank, own, owed, seen, chance)
    new = [item for item in own if item.id not in seen]
    # what nobody in this tab has seen outweighs for whom it is; the half is full already
    for pool in (new, [item for item in rest if item.id not in seen], own, rest):
        left = [item for item in pool if item not in picked]
        picked += _fresh_in_turn(bank, left, CHECK_LENGTH - len(picked), seen, chance)
    return tuple(picked)


def _one_of_each_concept(
    bank: Bank, audience: Audience, seen: Seen, chance: random.Random
) -> list[Question]:
    """Pick one form of each critical concept of an audience."""
    concepts = dict.fromkeys(
        question.concept
        for question in bank.for_audience(audience)
        if question.critical and question.concept
    )
    return [
        unseen_first(bank.of_concept(concept), seen, chance)[0]
        for concept in concepts
        if concept is not None
    ]


def _others(bank: Bank, audience: Audience) -> list[Question]:
    """Return what else may be drawn for an audience."""
    return [
        question
        for question in bank.for_audience(audience)
        if not question.critical and question.kind is not QuestionKind.TRUE_FALSE
    ]


def unseen_first(
    questions: Sequence[Question], seen: Seen, chance: random.Random
) -> list[Question]:
    """Return questions in an order of chance, unseen ones first, then what was seen longest ago."""
    places = {name: place for place, name in enumerate(seen, 1)}
    mixed = list(questions)
    chance.shuffle(mixed)
    return sorted(mixed, key=lambda question: places.get(question.id, 0))


def _fresh_in_turn(
    bank: Bank, questions: Sequence[Question], most: int, seen: Seen, chance: random.Random
) -> list[Question]:
    """Draw unseen questions topic by topic in turn, then seen ones, the oldest first."""
    new = [question for question in questions if question.id not in seen]
    old = [question for question in questions if question.id in seen]
    picked = _in_turn(bank, new, most, chance)
    return picked + unseen_first(old, seen, chance)[: max(0, most - len(picked))]


def _in_turn(
    bank: Bank, questions: Sequence[Question], most: int, chance: random.Random
) -> list[Question]:
    """Draw from one topic after the other, until there are enough or none is left."""
    by_topic: dict[str, list[Question]] = {}
    for question in questions:
        by_topic.setdefault(bank.topic_of(question.id).id, []).append(question)
    queues = list(by_topic.values())
    for queue in queues:
        chance.shuffle(queue)
    chance.shuffle(queues)
    picked: list[Question] = []
    while len(picked) < most and any(queues):
        for queue in queues:
            if queue and len(picked) < most:
                picked.append(queue.pop())
    return picked
