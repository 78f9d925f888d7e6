"""A result in words: the same beside its picture, on every page and in every file."""

from collections.abc import Iterator

from explorer.domain.base import Frozen
from explorer.domain.figures import ShownResult
from explorer.domain.messages import Words
from explorer.domain.numbers import Design, Result, TrialArm
from explorer.export.document import DocumentCell, DocumentPassage, DocumentRow


class GroupInWords(Frozen):
    """One group of a result: what it took, and how many it happened to."""

    group: TrialArm
    """The counts themselves, for a picture."""
    taken: str
    on: str
    """What it took, in the words of the result."""
    count: str
    rest: str
    sentence: str
    """What it took and both counts in one sentence."""


class ResultInWords(Frozen):
    """All that is said of a result; how it is laid out is a writer's business."""

    title: str
    outcome: str
    people: tuple[DocumentPassage, ...]
    """Who was counted, for how long, and what must be known before the counts are read."""
    groups: tuple[GroupInWords, GroupInWords]
    """Those with the medicine, then their comparison group."""
    certainty: DocumentPassage
    notes: tuple[DocumentPassage, ...]
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
        certainty=DocumentPassage(
            text=" ".join(filter(None, (result.certainty, result.rounding))),
            references=item.references,
        ),
        notes=tuple(_notes(item, words)),
        is_of_a_thousand=result.is_of_a_thousand,
    )


def difference_in_words(result: Result, words: Words) -> str:
    """Say how many more or fewer people it happened to than in the comparison group.

    Args:
        result: the result.
        words: interface words.

    Returns:
        A sentence; of groups that are not the same size only that they are not.
    """
    if result.drug.of != result.without.of:
        return words("glance.picture-unequal")
    more = result.drug.count - result.without.count
    if more == 0:
        return words("glance.picture-no-difference")
    key = "glance.picture-more" if more > 0 else "glance.picture-fewer"
    return words(key, n=abs(more), of=result.drug.of)


def result_row(item: ShownResult, words: Words) -> DocumentRow:
    """Lay a result out as a row: outcome, people, both groups, certainty with the notes.

    Args:
        item: the result.
        words: interface words.
    """
    said = result_in_words(item, words)
    texts = ((DocumentPassage(text=said.outcome),), said.people)
    counts = tuple((DocumentPassage(text=group.sentence),) for group in said.groups)
    sure = (said.certainty, *said.notes)
    return DocumentRow(
        heading=said.title,
        cells=tuple(DocumentCell(passages=passages) for passages in (*texts, *counts, sure)),
    )


def _people(result: Result, words: Words) -> Iterator[DocumentPassage]:
    if result.design is Design.WITHDRAWAL:
        yield DocumentPassage(lead=words("figures.withdrawal"))
    yield DocumentPassage(text=words("figures.who", people=result.people, time=result.time))
    if result.is_of_a_thousand:
        yield DocumentPassage(lead=words("figures.thousand"))


def _group(result: Result, group: TrialArm, role: str, taken: str, words: Words) -> GroupInWords:
    """Say one group in both framings: those it happened to, and the rest."""
    return GroupInWords(
        group=group,
        taken=words(f"figures.{role}", taken=taken),
        on=taken,
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


def _notes(item: ShownResult, words: Words) -> Iterator[DocumentPassage]:
    result = item.result
    if result.drug.of != result.without.of:
        yield DocumentPassage(text=words("figures.unequal"))
    if result.caution:
        yield DocumentPassage(lead=words("figures.caution", caution=result.caution))
    if result.instead:
        yield DocumentPassage(text=words("figures.instead", instead=result.instead))
    if item.no_harm:
        yield DocumentPassage(lead=item.no_harm)
