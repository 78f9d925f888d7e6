"""What a class knew: shares, change on pairs, and how the questions behaved.

Whoever joined late was not shown the earlier questions: that person is missing there, not wrong.
"Not sure", and no answer to a question that was shown, count as not right. A question is right or
not (0 or 1); part credit plays no role in a class report. What cannot be worked out is None and is
shown as a dash; what rests on too few people is not worked out.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from math import comb, sqrt
from statistics import NormalDist, fmean, variance

from explorer.domain.base import Frozen
from explorer.domain.grading import Given, grade, misfit
from explorer.domain.questions import Kind, Question

SMALLEST_GROUP = 5
"""Fewer people than this are not shown, so that nobody can be told apart."""

ENOUGH = 30
"""People from which on a correlation or a reliability is more than noise.

With ten people, the 95 % interval of a correlation of 0.30 runs from -0.41 to 0.78.
"""

RESAMPLES = 2000
"""Resamples of the bootstrap."""

Z = NormalDist().inv_cdf(0.975)


class Phase(StrEnum):
    """When a question was asked, seen from the teaching."""

    BEFORE = "before"
    AFTER = "after"
    FREE = "free"


class Asked(Frozen):
    """A question that was put to the room, with what people did.

    ``shown`` are the people who were in the room, by their random ids; ``answers`` holds what they
    gave, and nothing given is "not sure". What does not fit the question counts as not right and is
    told apart. A person in ``answers`` was shown the question.
    """

    question: Question
    phase: Phase
    shown: frozenset[str]
    answers: tuple[tuple[str, Given], ...]


class Interval(Frozen):
    """A 95 % interval."""

    low: float
    high: float


class Tally(Frozen):
    """How often an option was chosen; in sorting, how often it was put where it belongs."""

    option: str
    text: str
    right: bool
    count: int


class QuestionResult(Frozen):
    """A question in the report. Where ``n`` is under 5 only ``n`` is known."""

    id: str
    phase: Phase
    stem: str
    concept: str
    n: int
    not_shown: int
    hidden: bool
    right: int | None = None
    share: float | None = None
    interval: Interval | None = None
    not_sure: int | None = None
    unreadable: int = 0
    tallies: tuple[Tally, ...] = ()
    item_rest: float | None = None


class FourWay(Frozen):
    """Who was right before and after; people, not shares."""

    right_right: int
    wrong_right: int
    right_wrong: int
    wrong_wrong: int


class Change(Frozen):
    """Before and after on the same people. Shares are 0 to 1, ``points`` are percentage points.

    Where there are fewer than 5 pairs only the three counts are known.
    """

    label: str
    n_before: int
    n_after: int
    pairs: int
    hidden: bool
    before: float | None = None
    after: float | None = None
    points: float | None = None
    interval: Interval | None = None
    four: FourWay | None = None
    exact_p: float | None = None
    gain: float | None = None


class Reliability(Frozen):
    """How well the questions of a phase hang together. ``few`` means: too few people to say."""

    phase: Phase
    n: int
    items: int
    few: bool
    alpha: float | None = None


class Report(Frozen):
    """All that a class report says. Screen and files render this object."""

    code: str
    title: str
    opened: datetime
    content: str
    people: int
    hidden: bool
    questions: tuple[QuestionResult, ...]
    concepts: tuple[Change, ...]
    overall: Change | None
    reliability: tuple[Reliability, ...]


def report(
    asked: Sequence[Asked],
    labels: Mapping[str, str],
    *,
    code: str,
    title: str,
    opened: datetime,
    content: str,
    people: int,
) -> Report:
    """Make the report of a class.

    Args:
        asked: the questions put to the room, in their order.
        labels: label of each concept, by id.
        code: code of the session.
        title: name of the lesson.
        opened: when the session was opened, with its zone.
        content: content version that the session holds.
        people: how many joined.

    Returns:
        The report; groups under 5 are hidden in it.
    """
    everyone = frozenset(person for item in asked for person in _scores(item))
    correlations: dict[tuple[str, Phase], float | None] = {}
    reliability = []
    for phase in Phase:
        items = [item for item in asked if item.phase is phase]
        if len(items) < 2:
            continue
        rows = complete(items)
        few = len(rows) < ENOUGH
        reliability.append(
            Reliability(
                phase=phase,
                n=len(rows),
                items=len(items),
                few=few,
                alpha=None if few else alpha(rows),
            )
        )
        if not few:
            for place, item in enumerate(items):
                correlations[item.question.id, phase] = item_rest(rows, place)
    concepts = dict.fromkeys(
        item.question.concept
        for item in asked
        if item.question.concept is not None and item.phase is not Phase.FREE
    )
    return Report(
        code=code,
        title=title,
        opened=opened,
        content=content,
        people=people,
        hidden=people < SMALLEST_GROUP,
        questions=tuple(_question_result(item, labels, everyone, correlations) for item in asked),
        concepts=tuple(
            change(labels.get(concept, concept), *_both(asked, concept))
            for concept in concepts
            if concept is not None and _asked_twice(asked, concept)
        ),
        overall=_overall(asked),
        reliability=tuple(reliability),
    )


def wilson(right: int, n: int) -> Interval | None:
    """Give the Wilson score interval of a share.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson EB, J Am Stat Assoc
    1927;22:209-212.

    Args:
        right: how many were right.
        n: of how many.

    Returns:
        The 95 % interval as shares, or None where nobody was asked.
    """
    if n == 0:
        return None
    share = right / n
    middle = share + Z * Z / (2 * n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    whole = 1 + Z * Z / n
    return Interval(low=max(0.0, (middle - half) / whole), high=min(1.0, (middle + half) / whole))


def item_rest(rows: Sequence[Sequence[float]], item: int) -> float | None:
    """Correlate an item with the sum of the others (Moodle's discrimination index / 100).

    r = cov(x, T - x) / √(var x · var(T - x)). The item is left out of the total; with it inside,
    a bad item looks good. Source: Moodle, question/classes/statistics/questions/calculator.php.

    Args:
        rows: a row of item scores for each person.
        item: which item, from 0.

    Returns:
        The correlation, or None where it is undefined (fewer than two people, or all alike).
    """
    if len(rows) < 2:
        return None
    own = [row[item] for row in rows]
    rest = [sum(row) - row[item] for row in rows]
    mean_own, mean_rest = fmean(own), fmean(rest)
    spread = variance(own) * variance(rest)
    if spread <= 0:
        return None
    shared: float = sum((a - mean_own) * (b - mean_rest) for a, b in zip(own, rest, strict=True))
    return float(shared / (len(rows) - 1) / sqrt(spread))


def alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Give Cronbach's alpha over all items, constant ones too; for 0/1 items it equals KR-20.

    k/(k-1) · (1 - Σ var(x) / var(T)), k items, all variances with n - 1. Source: Cronbach LJ,
    Psychometrika 1951;16:297-334.

    Args:
        rows: a row of item scores for each person.

    Returns:
        Alpha, or None where it is undefined (one item, fewer than two people, or equal totals).
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    items = len(rows[0])
    whole = variance([sum(row) for row in rows])
    if whole <= 0:
        return None
    parts = sum(variance([row[item] for row in rows]) for item in range(items))
    return items / (items - 1) * (1 - parts / whole)


def paired_interval(differences: Sequence[float], *, seed: int = 1) -> Interval | None:
    """Give the 95 % interval of a mean difference on pairs.

    From 30 pairs on mean ± t · s/√n (Student's t, n - 1 degrees of freedom); below, a percentile
    bootstrap of 2000 resamples with a fixed seed. Source: Efron B, Tibshirani R, An Introduction
    to the Bootstrap, 1993, chapter 13.

    Args:
        differences: after minus before, one for each person, in any unit.
        seed: seed of the bootstrap.

    Returns:
        The interval in the same unit, or None where all differences are equal: then there is no
        spread to judge by.
    """
    n = len(differences)
    if n < 2 or max(differences) == min(differences):
        return None
    if n >= ENOUGH:
        half = student_t(n - 1) * sqrt(variance(differences) / n)
        middle = fmean(differences)
        return Interval(low=middle - half, high=middle + half)
    chance = random.Random(seed)
    means = sorted(fmean(chance.choices(differences, k=n)) for _ in range(RESAMPLES))
    cut = RESAMPLES * 25 // 1000
    return Interval(low=means[cut], high=means[RESAMPLES - 1 - cut])


def student_t(freedom: int) -> float:
    """Give the 0.975 quantile of Student's t, good to four decimals from 20 degrees on.

    Source: Abramowitz M, Stegun IA, Handbook of Mathematical Functions, formula 26.7.5.

    Args:
        freedom: degrees of freedom.
    """
    z, v = Z, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def normalised_gain(before: float, after: float) -> float | None:
    """Give the group's gain as a share of what it could gain: (after - before) / (1 - before).

    Both are means of the same people. Source: Hake RR, Am J Phys 1998;66:64-74.

    Args:
        before: mean share right before, 0 to 1.
        after: mean share right after, 0 to 1.

    Returns:
        The gain, below 0 where it fell; None where all were right before.
    """
    return None if before >= 1 else (after - before) / (1 - before)


def exact_mcnemar(wrong_right: int, right_wrong: int) -> float | None:
    """Give McNemar's exact two-sided p for those who changed.

    Twice the smaller binomial tail at one half, at most 1. Source: McNemar Q, Psychometrika
    1947;12:153-157, in its exact form.

    Args:
        wrong_right: how many went from wrong to right.
        right_wrong: how many went from right to wrong.

    Returns:
        The p value, or None where nobody changed.
    """
    n = wrong_right + right_wrong
    if n == 0:
        return None
    tail = sum(comb(n, k) for k in range(min(wrong_right, right_wrong) + 1))
    return min(1.0, tail * 2.0 ** (1 - n))


def change(label: str, before: Mapping[str, float], after: Mapping[str, float]) -> Change:
    """Compare before and after on the people who have both.

    Args:
        label: what is compared.
        before: score 0 to 1 of each person, by random id.
        after: the same, afterwards.

    Returns:
        The change; the four-way table only where every score is 0 or 1.
    """
    people = sorted(before.keys() & after.keys())
    small = Change(
        label=label, n_before=len(before), n_after=len(after), pairs=len(people), hidden=True
    )
    if len(people) < SMALLEST_GROUP:
        return small
    pairs = [(before[person], after[person]) for person in people]
    mean_before, mean_after = fmean(a for a, _ in pairs), fmean(b for _, b in pairs)
    four = None
    if all(score in (0, 1) for pair in pairs for score in pair):
        four = FourWay(
            right_right=pairs.count((1, 1)),
            wrong_right=pairs.count((0, 1)),
            right_wrong=pairs.count((1, 0)),
            wrong_wrong=pairs.count((0, 0)),
        )
    # sorted, so that the bootstrap does not depend on who drew which random id
    differences = sorted(100 * (b - a) for a, b in pairs)
    return small.evolve(
        hidden=False,
        before=mean_before,
        after=mean_after,
        points=100 * (mean_after - mean_before),
        interval=paired_interval(differences),
        four=four,
        exact_p=None if four is None else exact_mcnemar(four.wrong_right, four.right_wrong),
        gain=normalised_gain(mean_before, mean_after),
    )


def complete(items: Sequence[Asked]) -> tuple[tuple[float, ...], ...]:
    """Give the scores of the people who were shown every item, a row for each person."""
    scores = [_scores(item) for item in items]
    people = sorted(set.intersection(*(set(score) for score in scores))) if scores else []
    return tuple(tuple(score[person] for score in scores) for person in people)


def tallies(question: Question, answers: Iterable[Given]) -> tuple[Tally, ...]:
    """Count what was chosen, option by option, in the question's own order.

    A number question has one line for what counts as right and one for other numbers.

    Args:
        question: what was asked.
        answers: what was given; nothing given, and what does not fit, counts nowhere.
    """
    given = [answer for answer in answers if answer and not misfit(question, answer)]
    if question.kind is Kind.NUMBER and question.number is not None:
        right = sum(is_right(question, answer) for answer in given)
        said = f"{question.number.value} {question.number.unit}"
        return (
            Tally(option="right", text=said, right=True, count=right),
            Tally(option="other", text="", right=False, count=len(given) - right),
        )
    if question.kind is Kind.SORT:
        labels = {group.id: group.label for group in question.groups}
        return tuple(
            Tally(
                option=option.id,
                text=f"{option.text} → {labels[option.group]}",
                right=True,
                count=sum(f"{option.id}={option.group}" in answer for answer in given),
            )
            for option in question.options
        )
    return tuple(
        Tally(
            option=option.id,
            text=option.text,
            right=option.key,
            count=sum(option.id in answer for answer in given),
        )
        for option in question.options
    )


def is_right(question: Question, given: Given) -> bool:
    """Tell whether an answer is right; "not sure" and what cannot be read are not."""
    return bool(given) and not misfit(question, given) and grade(question, given).is_right


def unreadable(question: Question, answers: Iterable[Given]) -> int:
    """Count the answers that were given and do not fit the question."""
    return sum(bool(answer) and bool(misfit(question, answer)) for answer in answers)


def _scores(item: Asked) -> dict[str, float]:
    """Give 0 or 1 for each person who was shown a question."""
    scores = dict.fromkeys(item.shown, 0.0)
    for person, given in item.answers:
        scores[person] = float(is_right(item.question, given))
    return scores


def _question_result(
    item: Asked,
    labels: Mapping[str, str],
    everyone: frozenset[str],
    correlations: Mapping[tuple[str, Phase], float | None],
) -> QuestionResult:
    question, scores = item.question, _scores(item)
    n = len(scores)
    shared = {
        "id": question.id,
        "phase": item.phase,
        "stem": question.stem,
        "concept": labels.get(question.concept or "", ""),
        "n": n,
        "not_shown": len(everyone) - n,
    }
    if n < SMALLEST_GROUP:
        return QuestionResult.model_validate(shared | {"hidden": True})
    right = int(sum(scores.values()))
    given = [answer for _, answer in item.answers if answer]
    return QuestionResult.model_validate(
        shared
        | {
            "hidden": False,
            "right": right,
            "share": right / n,
            "interval": wilson(right, n),
            "not_sure": n - len(given),
            "unreadable": unreadable(question, given),
            "tallies": tallies(question, given),
            "item_rest": correlations.get((question.id, item.phase)),
        }
    )


def _both(asked: Sequence[Asked], concept: str) -> tuple[dict[str, float], dict[str, float]]:
    """Give who was right on a concept before and after: on every question of it that was shown."""
    found = []
    for phase in (Phase.BEFORE, Phase.AFTER):
        scores: dict[str, float] = {}
        for item in asked:
            if item.phase is phase and item.question.concept == concept:
                for person, score in _scores(item).items():
                    scores[person] = min(score, scores.get(person, 1.0))
        found.append(scores)
    return found[0], found[1]


def _asked_twice(asked: Sequence[Asked], concept: str) -> bool:
    phases = {item.phase for item in asked if item.question.concept == concept}
    return {Phase.BEFORE, Phase.AFTER} <= phases


def _overall(asked: Sequence[Asked]) -> Change | None:
    """Compare the share of questions right, on people who were shown all of both rounds."""
    found = []
    for phase in (Phase.BEFORE, Phase.AFTER):
        scores = [_scores(item) for item in asked if item.phase is phase]
        if not scores:
            return None
        people = set.intersection(*(set(score) for score in scores))
        found.append({person: fmean(score[person] for score in scores) for person in people})
    # the four-way table is of one concept; over several questions it would say nothing
    return change("", *found).evolve(four=None, exact_p=None)
