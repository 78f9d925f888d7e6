"""Typed answers in at most six words, for the glance."""

from explorer.domain.answer_words import join, phrase
from explorer.domain.answers import Answer, Choices, Once, Phase, Schedule, Unit, YesNo
from explorer.domain.catalogue import Row
from explorer.domain.glance import GlanceRow
from explorer.domain.messages import Words


def short_answer(answer: Answer, wanted: GlanceRow, row: Row, words: Words) -> str:
    """Say a typed answer in at most six words.

    Args:
        answer: the answer.
        wanted: the row of the glance, which names shorter words for some values.
        row: the row of the comparison.
        words: interface words.
    """
    match answer:
        case Schedule():
            return _schedule(answer, words)
        case Once(again_after=span) if span is not None:
            length = _length(span.value, span.unit, words)
            if answer.doses > 1:
                return words("glance.once-doses-again", n=answer.doses, span=length)
            return words("glance.once-again", span=length)
        case Choices():
            return _choices(answer, wanted, row, words)
        case YesNo():
            named = wanted.answer(answer.value)
            if named is not None and named.label:
                return named.label
            return words(f"glance.answer-{answer.value}")
    return phrase(answer, words, row.choices, either=row.either)


def _choices(answer: Choices, wanted: GlanceRow, row: Row, words: Words) -> str:
    """Say a set: in the labels of the row where one value is shown, else in the shorter ones."""
    labels = {choice.id: choice.label for choice in row.choices}
    shown = [
        value for value in answer.values if not wanted.answers or wanted.answer(value) is not None
    ]
    short = []
    for value in shown:
        named = wanted.answer(value)
        short.append(named.label if named is not None and named.label else labels[value])
    if len(set(short)) == 1 and len(shown) == 1:
        return labels[shown[0]].removeprefix("a ")
    return join(list(dict.fromkeys(short)), words, either=row.either)


def _schedule(answer: Schedule, words: Words) -> str:
    """Say the usual gap; of several phases the first one, and the one that goes on."""
    if len(answer.phases) == 1:
        gap = phrase(answer.evolve(start_weeks=()), words)
        return words("glance.with-start", gap=gap) if answer.start_weeks else gap
    first, last = (_span(phase, words) for phase in (answer.phases[0], answer.phases[-1]))
    return words("glance.phases", first=first, last=last)


def _span(phase: Phase, words: Words) -> str:
    if phase.every_max is None:
        return _length(phase.every, phase.unit, words)
    unit = words(f"unit.{phase.unit}.many")
    return words("answer.range", low=phase.every, high=phase.every_max, unit=unit)


def _length(number: int, unit: Unit, words: Words) -> str:
    return f"{number} {words(f'unit.{unit}.one' if number == 1 else f'unit.{unit}.many')}"


def days_between(answer: Answer) -> str:
    """Return the days between two doses where they are one whole number, as 14 for 2 weeks."""
    if not isinstance(answer, Schedule) or len(answer.phases) > 1:
        return ""
    phase = answer.phases[0]
    if phase.every_max is not None or phase.times > 1 or phase.unit not in (Unit.DAY, Unit.WEEK):
        return ""
    return str(phase.every * (7 if phase.unit is Unit.WEEK else 1))
