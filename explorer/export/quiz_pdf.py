"""The questions as a worksheet for paper, the key with its reasons on pages of its own (PDF)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.messages import Words
from explorer.domain.option_order import form_order, letter, printed_order
from explorer.domain.questions import AnswerOption, Bank, Question, QuestionKind, Topic
from explorer.export import pdf
from explorer.export.quiz_csv import chosen, number_said

FORMS: Final = ("A", "B")
"""Forms of a worksheet, each with questions and answers in an order of its own."""


@dataclass(frozen=True)
class SheetChoice:
    """How a worksheet is made."""

    form: str = ""
    """One of ``FORMS``, or none for the order of the bank."""
    key: bool = True
    """Whether the key with the reasons follows."""
    bubbles: bool = False
    """Whether a page with bubbles to fill in follows the questions."""


PLAIN: Final = SheetChoice()


def write(
    bank: Bank,
    catalogue: Catalogue,
    version: str,
    topics: Sequence[str] = (),
    choice: SheetChoice = PLAIN,
) -> bytes:
    """Write the worksheet.

    Args:
        bank: the questions.
        catalogue: for interface words.
        version: content version named on every page.
        topics: ids of topics; none for all.
        choice: form, key and bubbles.

    Returns:
        The bytes of the file; the same for the same input.

    Raises:
        UnknownId: there is no such topic.
        NoQuestions: there is no question.
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    found = chosen(bank, words, topics)
    day = catalogue.review.content_date
    title = (
        words("worksheet.title-topics", topics="; ".join(topic.title for topic in found))
        if topics
        else words("worksheet.title")
    )
    if choice.form:
        title = words("worksheet.title-form", title=title, form=choice.form)
    site = words("frame.site")
    given = _topics(bank, found, words, choice.form)
    data = {
        "title": title,
        "language": words("frame.language"),
        "site": site,
        "page": words("pdf.page"),
        "footer": f"{site}. {words('frame.version', version=version, day=day)}",
        "intro": words("worksheet.intro" if choice.key else "worksheet.intro-no-key"),
        "with_key": choice.key,
        "bubbles": _bubbles(given) if choice.bubbles else [],
        "bubbles_title": words("worksheet.bubbles-title"),
        "bubbles_text": words("worksheet.bubbles-text"),
        "name": words("worksheet.name"),
        "date": words("worksheet.date"),
        "status": words("frame.status"),
        "do_word": words("quiz.do"),
        "key_title": words("worksheet.key-title"),
        "topics": given,
    }
    created = datetime.combine(day, time(), tzinfo=UTC)
    return pdf.render("worksheet", data, created=created, boxes=words("pdf.boxes"))


def _bubbles(topics: list[dict[str, Any]]) -> list[dict[str, object]]:
    """Return a row of letters for each question to tick, and an empty line for any other."""
    return [
        {
            "place": question["place"],
            "letters": [option["letter"] for option in question["options"]]
            if question["box"] == "tick"
            else [],
        }
        for topic in topics
        for question in topic["questions"]
    ]


def _topics(bank: Bank, topics: tuple[Topic, ...], words: Words, form: str) -> list[dict[str, Any]]:
    """Number the questions through all topics; a case stands before its first question."""
    place = 0
    given: list[dict[str, Any]] = []
    for topic in topics:
        questions: list[dict[str, object]] = []
        last_case = None
        for question in form_order(topic.questions, form):
            place += 1
            case = bank.case_of(question)
            case_text = case.text if case is not None and case != last_case else ""
            last_case = case
            questions.append(_question(bank, question, place, case_text, words, form))
        given.append({"title": topic.title, "questions": questions})
    return given


def _question(
    bank: Bank, question: Question, place: int, case_text: str, words: Words, form: str
) -> dict[str, object]:
    options = printed_order(question, form)
    letters = {option.id: letter(i) for i, option in enumerate(options)}
    concept = "" if question.concept is None else bank.concept(question.concept).label
    critical = f"{words('worksheet.critical')}: {concept}" if question.critical else ""
    refs = ", ".join(support.ref for support in question.supported_by)
    return {
        "place": place,
        "case": case_text,
        "stem": question.stem,
        "task": _task(question, words),
        "box": "wide" if question.kind in (QuestionKind.ORDER, QuestionKind.SORT) else "tick",
        "unit": "" if question.number is None else question.number.unit,
        "options": [{"letter": letters[option.id], "text": option.text} for option in options],
        "key": words("worksheet.key", key=_key(question, options, letters, words)),
        "critical": critical,
        "reasons": _reasons(question, options, letters, words),
        "settled": words("worksheet.settled", refs=refs),
    }


def _task(question: Question, words: Words) -> str:
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE | QuestionKind.POLL:
            return words("worksheet.single")
        case QuestionKind.TEXT:
            return ""
        case QuestionKind.SEVERAL:
            return words("worksheet.several")
        case QuestionKind.ORDER:
            return words("worksheet.order")
        case QuestionKind.SORT:
            groups = "; ".join(
                f"{place} = {group.label}" for place, group in enumerate(question.groups, 1)
            )
            return words("worksheet.sort", groups=groups)
        case QuestionKind.NUMBER:
            unit = "" if question.number is None else question.number.unit
            return words("worksheet.number", unit=unit)


def _key(
    question: Question, options: tuple[AnswerOption, ...], letters: dict[str, str], words: Words
) -> str:
    """Say the whole key in a line, in the letters of the worksheet."""
    match question.kind:
        case QuestionKind.NUMBER:
            return number_said(question, words)
        case QuestionKind.ORDER:
            return ", ".join(letters[option.id] for option in question.options)
        case QuestionKind.SORT:
            return "; ".join(
                group.label
                + ": "
                + ", ".join(letters[option.id] for option in options if option.group == group.id)
                for group in question.groups
            )
        case _:
            return ", ".join(letters[option.id] for option in options if option.key)


def _reasons(
    question: Question, options: tuple[AnswerOption, ...], letters: dict[str, str], words: Words
) -> list[dict[str, str]]:
    """Return why each option is right or not, and what to do."""
    if question.number is not None:
        number = question.number
        return [{"letter": "", "said": "", "why": number.rationale, "do": number.action}]
    right_place = {option.id: place for place, option in enumerate(question.options, 1)}
    groups = {group.id: group.label for group in question.groups}
    given: list[dict[str, str]] = []
    for option in options:
        if question.kind is QuestionKind.ORDER:
            said = words("worksheet.in-place", n=right_place[option.id])
        elif question.kind is QuestionKind.SORT:
            said = groups[option.group]
        else:
            said = words("worksheet.right") if option.key else words("worksheet.not-right")
        given.append(
            {
                "letter": letters[option.id],
                "said": said,
                "why": option.rationale,
                "do": option.action,
            }
        )
    return given
