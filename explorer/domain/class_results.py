"""Building the report of a class from its questions and their answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import fmean
from typing import Final

from explorer.domain.class_report import (
    SMALLEST_GROUP,
    AskedQuestion,
    ClassReport,
    FourWay,
    LaterChange,
    PairedChange,
    PersonResult,
    QuestionResult,
    Reliability,
)
from explorer.domain.learning_measures import (
    ENOUGH,
    cronbach_alpha,
    item_rest_correlation,
    normalised_gain,
    paired_interval,
    wilson_interval,
)
from explorer.domain.sessions.model import TeachingPhase
from explorer.domain.tallies import count_invalid, is_right, tallies


def build_report(
    asked: Sequence[AskedQuestion],
    labels: Mapping[str, str],
    *,
    code: str,
    title: str,
    opened: datetime,
    content: str,
    people: int,
    drawn: bool = False,
) -> ClassReport:
    """Build the report of a class.

    Args:
        asked: the questions shown in the class, in order.
        labels: label of each concept, by id.
        code: code of the class.
        title: title of the class.
        opened: when the class was opened, timezone-aware.
        content: content version of the class.
        people: number of participants who joined.
        drawn: whether chance decided which of two parallel questions came first.

    Returns:
        The report; results of groups under 5 are hidden.
    """
    participants = frozenset(person for item in asked for person in _scores(item))
    correlations: dict[tuple[str, TeachingPhase], float | None] = {}
    reliability = []
    for phase in TeachingPhase:
        items = [item for item in asked if item.phase is phase and item.is_measured]
        if len(items) < 2:
            continue
        scores = complete_scores(items)
        few = len(scores) < ENOUGH
        reliability.append(
            Reliability(
                phase=phase,
                n=len(scores),
                items=len(items),
                few=few,
                alpha=None if few else cronbach_alpha(scores),
            )
        )
        if not few:
            for index, item in enumerate(items):
                correlations[item.question.id, phase] = item_rest_correlation(scores, index)
    measured = [item for item in asked if item.is_measured]
    concepts = dict.fromkeys(
        item.question.concept
        for item in measured
        if item.question.concept is not None and item.phase is not TeachingPhase.FREE
    )
    return ClassReport(
        code=code,
        title=title,
        opened=opened,
        content=content,
        people=people,
        hidden=people < SMALLEST_GROUP,
        questions=tuple(
            _question_result(item, labels, participants, correlations) for item in asked
        ),
        concepts=tuple(
            paired_change(labels.get(concept, concept), *_concept_scores(measured, concept))
            for concept in concepts
            if concept is not None and _is_asked_twice(measured, concept)
        ),
        overall=_overall_change(measured),
        later=_later_changes(measured, labels),
        reliability=tuple(reliability),
        drawn=drawn,
        people_rows=_people_rows(asked, participants),
    )


def paired_change(
    label: str, before: Mapping[str, float], after: Mapping[str, float]
) -> PairedChange:
    """Compare before and after on the people who have both scores.

    Args:
        label: what is compared.
        before: score 0 to 1 of each person, by random id.
        after: the same, afterwards.

    Returns:
        The change; with the four-way table only where every score is 0 or 1.
    """
    people = sorted(before.keys() & after.keys())
    hidden = PairedChange(label=label, pairs=len(people), hidden=True)
    if len(people) < SMALLEST_GROUP:
        return hidden
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
    # sorted, so that the bootstrap does not depend on the random ids
    differences = sorted(100 * (b - a) for a, b in pairs)
    return hidden.evolve(
        hidden=False,
        before=mean_before,
        after=mean_after,
        points=100 * (mean_after - mean_before),
        interval=paired_interval(differences),
        four=four,
        gain=normalised_gain(mean_before, mean_after),
    )


def complete_scores(items: Sequence[AskedQuestion]) -> tuple[tuple[float, ...], ...]:
    """Return the scores of the people who were shown every item: a row for each person."""
    scores = [_scores(item) for item in items]
    people = sorted(set.intersection(*(set(score) for score in scores))) if scores else []
    return tuple(tuple(score[person] for score in scores) for person in people)


def _scores(item: AskedQuestion) -> dict[str, float]:
    """Return 0 or 1 for each person who was shown a question."""
    scores = dict.fromkeys(item.shown, 0.0)
    for person, answer in item.answers:
        scores[person] = float(is_right(item.question, answer))
    return scores


def _people_rows(
    asked: Sequence[AskedQuestion], participants: frozenset[str]
) -> tuple[tuple[PersonResult, ...], ...]:
    """Return a row for each person who was shown a question, sorted by what it holds."""
    if len(participants) < SMALLEST_GROUP:
        return ()
    columns: list[dict[str, PersonResult]] = []
    for item in asked:
        if len(_scores(item)) < SMALLEST_GROUP:
            columns.append(dict.fromkeys(participants, PersonResult.HIDDEN))
            continue
        column = dict.fromkeys(item.shown, PersonResult.UNSURE)
        for person, answer in item.answers:
            if answer and not item.question.has_key:
                column[person] = PersonResult.ANSWERED
            elif answer:
                right = is_right(item.question, answer)
                column[person] = PersonResult.RIGHT if right else PersonResult.WRONG
            else:
                column[person] = PersonResult.UNSURE
        columns.append(column)
    return tuple(
        sorted(
            tuple(column.get(person, PersonResult.NOT_SHOWN) for column in columns)
            for person in participants
        )
    )


def _question_result(
    item: AskedQuestion,
    labels: Mapping[str, str],
    participants: frozenset[str],
    correlations: Mapping[tuple[str, TeachingPhase], float | None],
) -> QuestionResult:
    question, scores = item.question, _scores(item)
    n = len(scores)
    hidden = QuestionResult(
        id=question.id,
        phase=item.phase,
        stem=question.stem,
        concept=labels.get(question.concept or "", ""),
        hands=item.hands,
        own=not item.is_measured,
        has_key=question.has_key,
        version=question.version,
        n=n,
        not_shown=len(participants) - n,
        hidden=True,
    )
    if n < SMALLEST_GROUP:
        return hidden
    right = int(sum(scores.values()))
    answers = [answer for _, answer in item.answers if answer]
    counted = hidden.evolve(
        hidden=False,
        not_sure=n - len(answers),
        unreadable=count_invalid(question, answers),
        tallies=tallies(question, answers),
        texts=item.texts,
    )
    if not question.has_key:
        return counted
    return counted.evolve(
        right=right,
        share=right / n,
        interval=wilson_interval(right, n),
        item_rest=correlations.get((question.id, item.phase)),
        sure=len(item.sure) if item.asked_sureness else None,
        sure_wrong=sum(not scores[person] for person in item.sure) if item.asked_sureness else None,
    )


_ROUNDS: Final = (TeachingPhase.BEFORE, TeachingPhase.AFTER, TeachingPhase.LATER)


def _concept_scores(
    asked: Sequence[AskedQuestion], concept: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the scores on a concept before and after."""
    before, after = (_scores_of(asked, concept, phase) for phase in _ROUNDS[:2])
    return before, after


def _scores_of(
    asked: Sequence[AskedQuestion], concept: str, phase: TeachingPhase
) -> dict[str, float]:
    """Return the scores on a concept in a round: 1 for all its shown questions right."""
    scores: dict[str, float] = {}
    for item in asked:
        if item.phase is phase and item.question.concept == concept:
            for person, score in _scores(item).items():
                scores[person] = min(score, scores.get(person, 1.0))
    return scores


def _is_asked_twice(asked: Sequence[AskedQuestion], concept: str) -> bool:
    phases = {item.phase for item in asked if item.question.concept == concept}
    return {TeachingPhase.BEFORE, TeachingPhase.AFTER} <= phases


def _overall_change(asked: Sequence[AskedQuestion]) -> PairedChange | None:
    """Compare the share of questions right, on people who were shown all of both phases."""
    before, after = (_overall_scores(asked, phase) for phase in _ROUNDS[:2])
    if before is None or after is None:
        return None
    # a four-way table is of one concept; over several questions it has no meaning
    return paired_change("", before, after).evolve(four=None)


def _overall_scores(
    asked: Sequence[AskedQuestion], phase: TeachingPhase
) -> dict[str, float] | None:
    """Return the share of a round's questions that each person had right; None without any."""
    scores = [_scores(item) for item in asked if item.phase is phase]
    if not scores:
        return None
    people = set.intersection(*(set(score) for score in scores))
    return {person: fmean(score[person] for score in scores) for person in people}


def _later_changes(
    asked: Sequence[AskedQuestion], labels: Mapping[str, str]
) -> tuple[LaterChange, ...]:
    """Compare before, after and weeks later on the same people: overall, then by concept."""
    found = []
    overall = [_overall_scores(asked, phase) for phase in _ROUNDS]
    rounds = [scores for scores in overall if scores is not None]
    if len(rounds) == len(_ROUNDS):
        found.append(_later_change("", rounds))
    concepts = dict.fromkeys(
        item.question.concept for item in asked if item.phase is TeachingPhase.LATER
    )
    for concept in concepts:
        if concept is None or not _is_asked_twice(asked, concept):
            continue
        rounds = [_scores_of(asked, concept, phase) for phase in _ROUNDS]
        found.append(_later_change(labels.get(concept, concept), rounds))
    return tuple(found)


def _later_change(label: str, rounds: Sequence[Mapping[str, float]]) -> LaterChange:
    people = sorted(set.intersection(*(set(scores) for scores in rounds)))
    hidden = LaterChange(label=label, people=len(people), hidden=True)
    if len(people) < SMALLEST_GROUP:
        return hidden
    before, after, later = (fmean(scores[person] for person in people) for scores in rounds)
    differences = sorted(100 * (rounds[2][person] - rounds[1][person]) for person in people)
    return hidden.evolve(
        hidden=False,
        before=before,
        after=after,
        later=later,
        points=100 * (later - after),
        interval=paired_interval(differences),
    )
