"""The questions as CSV: one line an option, and one line for a number to give."""

from collections.abc import Iterable, Sequence

from explorer.domain.catalogue import Catalogue, UnknownId
from explorer.domain.messages import Words
from explorer.domain.questions import AnswerOption, Bank, Question, QuestionKind, Topic
from explorer.export.tables import Separator, csv_file

COLUMNS = (
    "id",
    "topic",
    "concept",
    "critical",
    "audience",
    "kind",
    "level",
    "stem",
    "option-id",
    "option",
    "key",
    "rationale",
    "action",
    "sources",
    "version",
)
"""Columns in their order; their titles are interface words."""


class NoQuestions(ValueError):
    """There is no question to export; the message says so in a sentence."""


def write(
    bank: Bank,
    catalogue: Catalogue,
    version: str,
    topics: Sequence[str] = (),
    *,
    separator: Separator = Separator.COMMA,
) -> bytes:
    """Write one plain table: the header in line 1, then one record a row.

    Args:
        bank: the questions.
        catalogue: for interface words.
        version: content version named on every line.
        topics: ids of topics; none for all.
        separator: what stands between cells.

    Returns:
        The bytes of the file. No cell starts like a formula.

    Raises:
        UnknownId: there is no such topic.
        NoQuestions: there is no question.
    """
    words = catalogue.words
    lines = (
        (*line, version)
        for topic in chosen(bank, words, topics)
        for question in topic.questions
        for line in _lines(bank, topic, question, words)
    )
    return csv_file([words(f"worksheet.column-{name}") for name in COLUMNS], lines, separator)


def chosen(bank: Bank, words: Words, topics: Sequence[str]) -> tuple[Topic, ...]:
    """Return the topics asked for that have questions, in the bank's order.

    Raises:
        UnknownId: there is no such topic.
        NoQuestions: there is no question.
    """
    known = {topic.id for topic in bank.topics}
    for topic_id in topics:
        if topic_id not in known:
            raise UnknownId(f"There is no topic '{topic_id}'.")
    ordered = sorted(bank.topics, key=lambda topic: topic.order)
    found = [item for item in ordered if item.questions and (not topics or item.id in topics)]
    if not found:
        raise NoQuestions(words("worksheet.no-questions"))
    return tuple(found)


def number_said(question: Question, words: Words) -> str:
    """Say the number of a number question with its unit and how far off still counts."""
    number = question.number
    if number is None:
        return ""
    said = f"{number.value} {number.unit}"
    if not number.tolerance:
        return said
    return words("worksheet.tolerance", number=said, tolerance=number.tolerance)


def _lines(bank: Bank, topic: Topic, question: Question, words: Words) -> Iterable[tuple[str, ...]]:
    case = bank.case_of(question)
    about = (
        question.id,
        topic.title,
        "" if question.concept is None else bank.concept(question.concept).label,
        words("answer.yes") if question.critical else words("answer.no"),
        str(question.audience),
        str(question.kind),
        str(question.level),
        question.stem if case is None else f"{case.text} {question.stem}",
    )
    sources = "; ".join(support.ref for support in question.supported_by)
    if question.number is not None:
        number = question.number
        said = number_said(question, words)
        yield (*about, "", said, words("answer.yes"), number.rationale, number.action, sources)
    for place, option in enumerate(question.options, 1):
        key = _key(question, option, place, words)
        yield (*about, option.id, option.text, key, option.rationale, option.action, sources)


def _key(question: Question, option: AnswerOption, place: int, words: Words) -> str:
    """Say what is right for an option: its place, its group, or whether it is chosen."""
    if question.kind is QuestionKind.ORDER:
        return str(place)
    if question.kind is QuestionKind.SORT:
        return {group.id: group.label for group in question.groups}[option.group]
    return words("answer.yes") if option.key else words("answer.no")
