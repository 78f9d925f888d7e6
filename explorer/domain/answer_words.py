"""Typed answers said in a few plain words; each word comes from the catalogue of words."""

from decimal import Decimal
from typing import assert_never

from explorer.domain.answers import (
    Answer,
    AsAdvised,
    Choices,
    ChoiceValue,
    Duration,
    Once,
    Phase,
    Schedule,
    Span,
    Storage,
    Unit,
    Unknown,
    Within,
    Year,
    YesNo,
)
from explorer.domain.messages import Words


def phrase(
    answer: Answer, words: Words, choices: tuple[ChoiceValue, ...] = (), *, either: bool = False
) -> str:
    """Say a typed answer in a few plain words.

    Args:
        answer: the answer.
        words: the word catalogue; uses the keys under ``answer.``.
        choices: the row's list of values, for answers that are sets.
        either: whether the values of a set are alternatives ("or") or belong together ("and").

    Returns:
        A phrase without a full stop, such as "every 4 to 8 weeks".
    """
    match answer:
        case Schedule():
            return _schedule(answer, words)
        case Once():
            return _once(answer, words)
        case AsAdvised():
            return words("answer.as-advised")
        case Choices():
            labels = {choice.id: choice.label for choice in choices}
            return join([labels.get(value, value) for value in answer.values], words, either=either)
        case YesNo():
            if answer.value == "depends":
                return words("answer.depends", why=answer.why)
            return words(f"answer.{answer.value}")
        case Duration():
            unit = words(f"unit.{answer.unit}.many")
            if answer.high is None:
                return words("answer.about", span=_count(answer.low, answer.unit, words))
            return words("answer.range", low=answer.low, high=answer.high, unit=unit)
        case Within():
            return words("answer.within", unit=words(f"unit.{answer.unit}.many"))
        case Storage():
            return _storage(answer, words)
        case Year():
            return str(answer.value)
        case Unknown():
            return words("answer.unknown")
        case _:
            assert_never(answer)


def join(parts: list[str], words: Words, *, either: bool = False) -> str:
    """Join phrases with commas and a last "and" or "or"."""
    if len(parts) < 2:
        return "".join(parts)
    key = "answer.or" if either else "answer.and"
    return words(key, first=", ".join(parts[:-1]), last=parts[-1])


def _count(number: int, unit: Unit, words: Words) -> str:
    return f"{number} {words(f'unit.{unit}.one' if number == 1 else f'unit.{unit}.many')}"


def _span(span: Span, words: Words) -> str:
    return _count(span.value, span.unit, words)


def _phase(phase: Phase, words: Words) -> str:
    one = words(f"unit.{phase.unit}.one")
    many = words(f"unit.{phase.unit}.many")
    if phase.every_max is not None:
        gap = words("answer.every-range", low=phase.every, high=phase.every_max, unit=many)
    elif phase.every == 1 and phase.times == 1:
        gap = words("answer.every-one", unit=one)
    elif phase.every == 1:
        return words("answer.times-in", times=phase.times, unit=one)
    else:
        gap = words("answer.every", n=phase.every, unit=many)
    if phase.times > 1:
        gap = words("answer.times-gap", times=phase.times, gap=gap)
    if phase.lasting is not None:
        gap = words("answer.phase-for", gap=gap, span=_span(phase.lasting, words))
    return gap


def _once(answer: Once, words: Words) -> str:
    several = answer.doses > 1
    if answer.again_after is None:
        return words("answer.once-doses", n=answer.doses) if several else words("answer.once")
    span = _span(answer.again_after, words)
    if several:
        return words("answer.once-doses-again", n=answer.doses, span=span)
    return words("answer.once-again", span=span)


def _schedule(answer: Schedule, words: Words) -> str:
    said = words("answer.then").join(_phase(phase, words) for phase in answer.phases)
    if answer.start_weeks:
        weeks = join([str(week) for week in answer.start_weeks], words)
        return words("answer.start-weeks", weeks=weeks, then=said)
    return said


def celsius(fahrenheit: Decimal | int) -> int:
    """Return a temperature in whole degrees Celsius, as labels print it beside the other.

    Args:
        fahrenheit: the temperature in degrees Fahrenheit.
    """
    return round((Decimal(fahrenheit) - 32) * 5 / 9)


def _storage(answer: Storage, words: Words) -> str:
    low, high = answer.low_f, answer.high_f
    kept = words(
        f"answer.store-{answer.place}", low=low, high=high, low_c=celsius(low), high_c=celsius(high)
    )
    if answer.place == "clinic":
        return kept
    if answer.out_for is None:
        return words(f"answer.out-{answer.out}", kept=kept)
    most = answer.out_max_f
    limit = "" if most is None else words("answer.out-max", max=most, max_c=celsius(most))
    return words("answer.out-allowed", kept=kept, span=_span(answer.out_for, words), limit=limit)
