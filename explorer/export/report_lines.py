"""A class report as tables of text, the same on screen and in every file."""

from explorer.domain.base import Frozen
from explorer.domain.class_report import (
    SMALLEST_GROUP,
    ClassReport,
    PairedChange,
    QuestionResult,
    missed_most,
)
from explorer.domain.learning_measures import Interval
from explorer.domain.messages import Words
from explorer.domain.option_order import letter
from explorer.domain.sessions import TeachingPhase
from explorer.domain.tallies import Tally
from explorer.export.quiz_exchange.qti21 import identifier

DASH = "\N{EN DASH}"
"""What cannot be worked out."""


class Table(Frozen):
    """A table: its title, its column titles, its lines, and remarks under it."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()


def facts(report: ClassReport, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what the report is of: label and value."""
    again = "; ".join(
        words(
            "report.still-wrong",
            point=item.concept or item.stem,
            wrong=item.n - (item.right or 0),
            n=item.n,
        )
        for item in missed_most(report)
    )
    return (
        (words("report.teach-again"), again or words("report.teach-none")),
        (words("report.lesson"), report.title),
        (words("report.opened"), f"{report.opened:%Y-%m-%d %H:%M %Z}"),
        (words("report.code"), report.code),
        (words("report.people"), str(report.people)),
        (words("report.content"), report.content),
    )


def tables(report: ClassReport, words: Words) -> tuple[Table, ...]:
    """Return all tables of a report, those without a line left out."""
    made = (changes(report, words), questions(report, words), options(report, words))
    more = (reliability(report, words), *additions(report, words))
    return tuple(table for table in (*made, *more) if table.rows)


def additions(report: ClassReport, words: Words) -> tuple[Table, ...]:
    """Return the tables that only some classes have, those without a line left out."""
    made = (later(report, words), sureness(report, words), texts(report, words))
    return tuple(table for table in made if table.rows)


def file_tables(report: ClassReport, words: Words) -> tuple[Table, ...]:
    """Return all tables of a file for calculations: those of the report, and a row a person."""
    made = (*tables(report, words), items(report, words), people(report, words))
    return tuple(table for table in made if table.rows)


def items(report: ClassReport, words: Words) -> Table:
    """Name each question as its QTI package does, for whoever keeps the bank in a platform."""
    columns = ("item-place", "phase", "item-id", "item-name", "n", "right", "share", "item-rest")
    lines = []
    for place, (item, line) in enumerate(
        zip(report.questions, questions(report, words).rows, strict=True), 1
    ):
        which, _, n, right, share, *_, rest = line
        name = identifier(item.id) if item.has_key else DASH
        lines.append((str(place), which, name, versioned(item), n, right, share, rest))
    return Table(
        id="items",
        title=words("report.item-table"),
        head=tuple(words(f"report.{column}") for column in columns),
        rows=tuple(lines),
        remarks=(words("report.items-note"),),
    )


def versioned(item: QuestionResult) -> str:
    """Return the id of a question with its version, as every exported file has it."""
    return f"{item.id}.v{item.version}"


def people(report: ClassReport, words: Words) -> Table:
    """Return what became of each question, a row for each person, in an order of no meaning."""
    return Table(
        id="people",
        title=words("report.people-rows"),
        head=(
            words("report.person"),
            *(
                words("report.person-question", n=place, phase=phase(item.phase, words))
                for place, item in enumerate(report.questions, 1)
            ),
        ),
        rows=tuple(
            (str(place), *(words(f"report.result-{result}") for result in row))
            for place, row in enumerate(report.people_rows, 1)
        ),
        remarks=(words("report.people-note"),),
    )


def changes(report: ClassReport, words: Words) -> Table:
    """Before and after: all questions, then concept by concept."""
    overall = () if report.overall is None else (report.overall,)
    columns = ("concept", "before", "after", "points", "interval", "gain")
    people = ("pairs", "right-right", "wrong-right", "right-wrong", "wrong-wrong")
    return Table(
        id="changes",
        title=words("report.changes"),
        head=tuple(words(f"report.{column}") for column in (*columns, *people)),
        rows=tuple(_change(item, words) for item in (*overall, *report.concepts)),
        remarks=(
            words("report.pairs-note"),
            words("report.forms-drawn" if report.drawn else "report.forms-fixed"),
            words("report.gain-note"),
        ),
    )


def later(report: ClassReport, words: Words) -> Table:
    """Before, after and weeks later, on the same people."""
    hidden = words("report.hidden")
    return Table(
        id="later",
        title=words("report.later-title"),
        head=tuple(
            words(f"report.{column}")
            for column in (
                *("concept", "before", "after", "later-right"),
                *("later-points", "interval", "later-people"),
            )
        ),
        rows=tuple(
            (item.label or words("report.overall"), *(hidden,) * 5, str(item.people))
            if item.hidden
            else (
                item.label or words("report.overall"),
                percent(item.before),
                percent(item.after),
                percent(item.later),
                number(item.points, 0),
                between(item.interval, words),
                str(item.people),
            )
            for item in report.later
        ),
        remarks=(words("report.later-note"),),
    )


def sureness(report: ClassReport, words: Words) -> Table:
    """How many were sure, and how many of them were not right, where they were asked."""
    columns = ("phase", "question", "n", "sure", "sure-wrong")
    return Table(
        id="sure",
        title=words("report.sure-title"),
        head=tuple(words(f"report.{column}") for column in columns),
        rows=tuple(
            (phase(item.phase, words), _asked(item, words), str(item.n), str(item.sure), str(wrong))
            for item in report.questions
            if (wrong := item.sure_wrong) is not None
        ),
    )


def texts(report: ClassReport, words: Words) -> Table:
    """The short texts that the host let the room see."""
    return Table(
        id="texts",
        title=words("report.texts"),
        head=tuple(words(f"report.{column}") for column in ("phase", "question", "text")),
        rows=tuple(
            (phase(item.phase, words), _asked(item, words), text)
            for item in report.questions
            for text in item.texts
        ),
    )


def _asked(item: QuestionResult, words: Words) -> str:
    """Return what was asked, marked where the educator wrote it."""
    return words("report.own-question", stem=item.stem) if item.own else item.stem


def questions(report: ClassReport, words: Words) -> Table:
    """Each question: how many, how many right, with its interval."""
    columns = ("phase", "question", "n", "right", "share", "interval-share")
    rest = ("not-sure", "not-shown", "item-rest")
    lost = sum(item.unreadable for item in report.questions)
    unreadable = (words("report.unreadable-note", n=lost),) if lost else ()
    enough = {item.phase for item in report.reliability if not item.few}
    return Table(
        id="questions",
        title=words("report.questions"),
        head=tuple(words(f"report.{column}") for column in (*columns, *rest)),
        rows=tuple(_question(item, words, item.phase in enough) for item in report.questions),
        remarks=(
            *unreadable,
            words("report.questions-note"),
            words("report.item-rest-note"),
            *_hands(report, words),
            *((words("report.own-note"),) if any(item.own for item in report.questions) else ()),
        ),
    )


def _hands(report: ClassReport, words: Words) -> tuple[str, ...]:
    """Say how many hands were counted, for each question that has some, from 5 hands on."""
    return tuple(
        words(
            "report.hands-note",
            phase=phase(item.phase, words),
            question=item.stem,
            counts=", ".join(f"{letter(at)} {count}" for at, count in enumerate(item.hands)),
        )
        for item in report.questions
        if sum(item.hands) >= SMALLEST_GROUP
    )


def options(report: ClassReport, words: Words) -> Table:
    """Each option of each question and how many chose it."""
    columns = ("phase", "question", "option", "key", "chosen", "n")
    return Table(
        id="options",
        title=words("report.options"),
        head=tuple(words(f"report.{column}") for column in columns),
        rows=tuple(
            (
                phase(item.phase, words),
                _asked(item, words),
                tally.text or words("report.other-number"),
                _is_key(tally, words) if item.has_key else DASH,
                str(tally.count),
                str(item.n),
            )
            for item in report.questions
            for tally in item.tallies
        ),
    )


def reliability(report: ClassReport, words: Words) -> Table:
    """How well the questions of a round hang together."""
    return Table(
        id="reliability",
        title=words("report.reliability"),
        head=tuple(words(f"report.{column}") for column in ("phase", "items", "n", "alpha")),
        rows=tuple(
            (
                phase(item.phase, words),
                str(item.items),
                str(item.n),
                words("report.few") if item.few else number(item.alpha, 2),
            )
            for item in report.reliability
        ),
        remarks=(words("report.alpha-note"),),
    )


def _is_key(tally: Tally, words: Words) -> str:
    return words("answer.yes") if tally.right else words("answer.no")


def phase(which: TeachingPhase, words: Words) -> str:
    """Name a round."""
    return words(f"report.phase-{which}")


def percent(share: float | None) -> str:
    """Write a share as whole percent, or a dash."""
    return DASH if share is None else f"{share * 100:.0f}%"


def number(value: float | None, places: int) -> str:
    """Write a number, or a dash."""
    return DASH if value is None else f"{value:.{places}f}".replace("-", "\N{MINUS SIGN}")


def between(interval: Interval | None, words: Words, scale: float = 1) -> str:
    """Write an interval in words, or a dash."""
    if interval is None:
        return DASH
    low, high = (number(edge * scale, 0) for edge in (interval.low, interval.high))
    return words("report.between", low=low, high=high)


def _change(item: PairedChange, words: Words) -> tuple[str, ...]:
    label = item.label or words("report.overall")
    if item.hidden:
        hidden = words("report.hidden")
        return (label, *(hidden,) * 5, str(item.pairs), *(hidden,) * 4)
    four = item.four
    people = (
        (DASH,) * 4
        if four is None
        else tuple(
            str(count)
            for count in (
                four.right_right,
                four.wrong_right,
                four.right_wrong,
                four.wrong_wrong,
            )
        )
    )
    return (
        label,
        percent(item.before),
        percent(item.after),
        number(item.points, 0),
        between(item.interval, words),
        number(item.gain, 2),
        str(item.pairs),
        *people,
    )


def _question(item: QuestionResult, words: Words, enough: bool) -> tuple[str, ...]:
    about = (phase(item.phase, words), _asked(item, words), str(item.n))
    if item.hidden:
        hidden = words("report.hidden")
        return (*about, hidden, hidden, hidden, hidden, str(item.not_shown), hidden)
    if not item.has_key:
        return (*about, DASH, DASH, DASH, str(item.not_sure), str(item.not_shown), DASH)
    measured = DASH if item.own else words("report.few")
    return (
        *about,
        str(item.right),
        percent(item.share),
        between(item.interval, words, 100),
        str(item.not_sure),
        str(item.not_shown),
        number(item.item_rest, 2) if enough and not item.own else measured,
    )
