"""The record of a nurse's check as one calm page (PDF)."""

from datetime import UTC, datetime, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from explorer.domain.catalogue import Catalogue
from explorer.domain.messages import Words
from explorer.domain.record_code import CODE, code_of, lines_of
from explorer.domain.records import Record, RecordedConcept
from explorer.export import pdf
from explorer.export.printable import printable

FIRST_TRY = 1


def write(record: Record, catalogue: Catalogue) -> bytes:
    """Write the record.

    A name whose letters the fonts do not have leaves a line to write it on, and a note.

    Args:
        record: what to write.
        catalogue: for interface words.

    Returns:
        The bytes of the file; the same for the same input.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    note = ""
    if printable(record.name)[1]:
        record = record.evolve(name="")
        note = words("record.name-unprintable")
    data = _data(record, words, note)
    return pdf.render("record", data, created=_created(record), boxes=words("pdf.boxes"))


def _data(record: Record, words: Words, name_note: str) -> dict[str, object]:
    score = [
        words(
            "record.score",
            right=record.right,
            total=record.total,
            percent=record.percent,
            mark=record.pass_mark,
        )
    ]
    if record.not_shown:
        score.append(words("record.not-shown", n=record.not_shown))
    site = words("frame.site")
    return {
        "title": words("record.title"),
        "language": words("frame.language"),
        "site": site,
        "page": words("pdf.page"),
        "footer": words("record.footer", site=site, version=record.content),
        "facts": _facts(record, words),
        "name_note": name_note,
        "verdict": words(f"record.verdict-{record.verdict}"),
        "score": " ".join(score),
        "concepts_title": words("record.concepts"),
        "head": [
            words("record.head-concept"),
            words("record.head-tries"),
            words("record.head-result"),
        ],
        "concepts": [
            {
                "label": concept.label,
                "tries": str(concept.tries),
                "result": _result(concept, words),
                "right": concept.right,
            }
            for concept in record.concepts
        ],
        "lists": [
            {"title": title, "items": list(items)}
            for title, items in (
                (words("record.educator"), record.see_educator),
                (words("record.review"), record.review_topics),
            )
            if items
        ],
        "statement": words("record.statement"),
        "check": {
            "title": words("record.check-title"),
            "text": words("record.check-text"),
            "lines": [
                {"part": part, "value": value}
                for part, value in (*lines_of(record).items(), (CODE, code_of(lines_of(record))))
            ],
        },
        "status": words("frame.status"),
        "lines": [
            {"label": words("record.signature"), "wide": 2},
            {"label": words("record.line-date"), "wide": 1},
            {"label": words("record.observer"), "wide": 1},
            {"label": words("record.observer-signature"), "wide": 1},
            {"label": words("record.line-date"), "wide": 1},
        ],
    }


def _facts(record: Record, words: Words) -> list[dict[str, str]]:
    facts = [
        (words("record.name"), record.name),
        (words("record.date"), words("record.date-value", date=record.date, zone=record.zone)),
        (words("record.about"), words("record.about-value")),
    ]
    if record.seconds is not None:
        facts.append((words("record.took"), time_taken(record.seconds, words)))
    facts.append((words("record.attempt"), attempt_words(record.attempt, words)))
    facts.append((words("record.code"), code_of(lines_of(record))))
    return [{"label": label, "value": value} for label, value in facts]


def time_taken(seconds: int, words: Words) -> str:
    """Say a time to the second.

    Args:
        seconds: whole seconds.
        words: interface words.
    """
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return words("record.took-seconds", seconds=rest)
    return words("record.took-minutes", minutes=minutes, seconds=rest)


def attempt_words(attempt: int, words: Words) -> str:
    """Say which check in this browser it was.

    Args:
        attempt: its number; 0 where the browser keeps no count.
        words: interface words.
    """
    return words("record.attempt-value", n=attempt) if attempt else words("record.attempt-none")


def _result(concept: RecordedConcept, words: Words) -> str:
    """Say in words how a concept went; what was not shown is no miss."""
    if concept.tries == 0:
        return words("record.not-tried")
    first = concept.tries == FIRST_TRY
    if concept.right:
        return words("record.right-first") if first else words("record.right-second")
    return words("record.missed-once") if first else words("record.missed-twice")


def _created(record: Record) -> datetime:
    """Read the record's own time, so that the file names it; the clock plays no part."""
    try:
        zone: timezone | ZoneInfo = ZoneInfo(record.zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    try:
        return datetime.fromisoformat(record.date).replace(tzinfo=zone)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
