"""A result in words: the same beside its picture, on every page and in every file."""

from collections.abc import Iterator

from explorer.domain.base import Frozen
from explorer.domain.figures import ShownResult
from explorer.domain.messages import Words
from explorer.domain.numbers import Design, Group, Result
from explorer.export.document import Cell, Passage, Row


class GroupInWords(Frozen):
    """One group of a result: what it took, and how many it happened to."""

    group: Group
    """The counts themselves, for a picture."""
    taken: str
    count: str
    rest: str
    sentence: str
    """What it took and both counts in one sentence."""


class ResultInWords(Frozen):
    """All that is said of a result; how it is laid out is a writer's business."""

    title: str
    outcome: str
    people: tuple[Passage, ...]
    """Who was counted, for how long, and what must be known before the counts are read."""
    groups: tuple[GroupInWords, GroupInWords]
    """Those with the medicine, then their comparison group."""
    certainty: Passage
    notes: tuple[Passage, ...]
    """What keeps the counts from being misread."""
    is_of_a_thousand: bool


def result_in_words(item: ShownResult, words: Words) -> ResultInWords:
    """Word a result: who was counted, each group, how sure we are, and every note.

    Args:
        item: the result.
        words: interface words.
    """
    result = item.result
    return ResultInWords(
        title=item.title,
        outcome=result.outcome,
        people=tuple(_people(result, words)),
        groups=(
            _group(result, result.drug, "with", result.on, words),
            _group(result, result.without, "comparison", result.comparator, words),
        ),
        certainty=Passage(
            text=" ".join(filter(None, (result.certainty, result.rounding))),
            references=item.references,
        ),
        notes=tuple(_notes(item, words)),
        is_of_a_thousand=result.is_of_a_thousand,
    )


def result_row(item: ShownResult, words: Words) -> Row:
    """Lay a result out as a row: outcome, people, both groups, certainty with the notes.

    Args:
        item: the result.
        words: interface words.
    """
    said = result_in_words(item, words)
    texts = ((Passage(text=said.outcome),), said.people)
    counts = tuple((Passage(text=group.sentence),) for group in said.groups)
    sure = (said.certainty, *said.notes)
    return Row(
        heading=said.title,
        cells=tuple(Cell(passages=passages) for passages in (*texts, *counts, sure)),
    )


def _people(result: Result, words: Words) -> Iterator[Passage]:
    if result.design is Design.WITHDRAWAL:
        yield Passage(lead=words("figures.withdrawal"))
    yield Passage(text=words("figures.who", people=result.people, time=result.time))
    if result.is_of_a_thousand:
        yield Passage(lead=words("figures.thousand"))


def _group(result: Result, group: Group, role: str, taken: str, words: Words) -> GroupInWords:
    """Say one group in both framings: those it happened to, and the rest."""
    return GroupInWords(
        group=group,
        taken=words(f"figures.{role}", taken=taken),
        count=words("figures.count", n=group.count, of=group.of, happened=result.happened),
        rest=words("figures.rest", n=group.rest, other=result.other),
        sentence=words(
            "figures.sentence",
            taken=taken,
            n=group.count,
            of=group.of,
            happened=result.happened,
            rest=group.rest,
            other=result.other,
        ),
    )


def _notes(item: ShownResult, words: Words) -> Iterator[Passage]:
    result = item.result
    if result.drug.of != result.without.of:
        yield Passage(text=words("figures.unequal"))
    if result.caution:
        yield Passage(lead=words("figures.caution", caution=result.caution))
    if result.instead:
        yield Passage(text=words("figures.instead", instead=result.instead))
    if item.no_harm:
        yield Passage(lead=item.no_harm)
