"""The public Python interface, for notebooks and for educators' own analysis.

Example:
    >>> import explorer
    >>> site = explorer.load()
    >>> frame = site.compare("ra", ["anakinra", "methotrexate"]).to_frame()
    >>> frame.loc[frame["row"] == "how-often", ["option", "text", "sources"]]

pandas is imported by ``to_frame`` and by nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from explorer.content.checked import read_checked
from explorer.content.load import Content
from explorer.domain.catalogue import Age
from explorer.domain.class_report import ClassReport, FourWay, PairedChange, QuestionResult
from explorer.domain.comparison import Comparison, compare
from explorer.domain.learning_measures import Interval
from explorer.domain.names import condition_named, medicine_named
from explorer.export.comparison_document import ComparisonDocument, document_of
from explorer.export.document import NoteKind
from explorer.settings import load_settings

if TYPE_CHECKING:
    import pandas as pd

ReportTable = Literal["questions", "answers", "changes"]
"""The tables of a class report."""


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """A comparison, as values, in words, and as a data frame."""

    comparison: Comparison
    document: ComparisonDocument

    def to_frame(self) -> "pd.DataFrame":
        """Return one line for each cell of the table, in reading order.

        A text never comes without what keeps it from being misread: ``kind`` says whether it is a
        stated fact (the others are gaps, and a gap is not a "no"), and ``caution``,
        ``certainty`` and ``searched`` hold the notes that the page shows beside it.

        Returns:
            Columns ``condition``, ``age``, ``row`` and ``option`` (ids), ``question``, ``title``
            (of the option), ``kind``, ``answer`` (the typed answer in words), ``text``,
            ``caution``, ``certainty``, ``searched``, ``detail``, ``checked`` (a date) and
            ``sources`` (a list of texts). All texts are strings; an empty one is missing.
        """
        import pandas as pd

        return pd.DataFrame(self._lines())

    def _lines(self) -> Iterator[dict[str, object]]:
        comparison, document = self.comparison, self.document
        sources = {item.number: item.short for item in document.sources.items}
        values = {cell.id: cell for row in comparison.rows for cell in row.cells}
        for row in document.table.rows:
            for column, cell in zip(document.table.columns, row.cells, strict=True):
                value = values.get(cell.id)
                yield {
                    "condition": comparison.condition.id,
                    "age": str(comparison.age),
                    "row": row.id,
                    "option": column.id,
                    "question": row.heading,
                    "title": column.title,
                    "kind": cell.kind or "stated",
                    "answer": "" if value is None else value.answer,
                    "text": " ".join(passage.words for passage in cell.passages),
                    **{
                        str(kind): cell.note(kind)
                        for kind in NoteKind
                        if kind is not NoteKind.CHECKED
                    },
                    "checked": None if value is None else value.checked,
                    "sources": [sources[number] for number in cell.references],
                }


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The report of a class, as values and as data frames. It holds no names and no keys."""

    report: ClassReport

    def to_frame(self, table: ReportTable = "questions") -> "pd.DataFrame":
        """Return a table of the report.

        Where fewer than 5 people answered only their number is known, as on the page.

        Args:
            table: ``questions``, one line for each question of each round; ``answers``, one line
                for each option of each question; or ``changes``, before and after on the same
                people, for all questions and then for each critical point.

        Returns:
            Shares and intervals are from 0 to 1, ``points``, ``low`` and ``high`` of changes are
            percentage points; what is not known is missing (NaN).

        Raises:
            ValueError: there is no such table.
        """
        import pandas as pd

        report = self.report
        if table == "questions":
            return pd.DataFrame([_question(item) for item in report.questions])
        if table == "answers":
            return pd.DataFrame(
                [
                    {
                        "phase": str(item.phase),
                        "question": item.id,
                        "option": tally.option,
                        "text": tally.text,
                        "right": tally.right,
                        "count": tally.count,
                        "n": item.n,
                    }
                    for item in report.questions
                    for tally in item.tallies
                ]
            )
        if table == "changes":
            overall = () if report.overall is None else (report.overall,)
            return pd.DataFrame([_change(item) for item in (*overall, *report.concepts)])
        raise ValueError(
            f"There is no table '{table}'. Choose 'questions', 'answers' or 'changes'."
        )


@dataclass(frozen=True, slots=True)
class Site:
    """The checked content, and where the classes are kept."""

    content: Content
    database: str

    def compare(
        self,
        condition: str,
        options: Sequence[str],
        rows: Sequence[str] | None = None,
        *,
        age: str = "adult",
        now: Sequence[str] = (),
    ) -> ComparisonResult:
        """Put options side by side for a condition.

        Args:
            condition: id of a condition, such as ``ra``, or a name of it.
            options: ids or names of medicines, ``stay`` or ``no-new-medicine``; where something is
                taken now also ``add-`` and a medicine, such as ``add-anakinra``.
            rows: ids of rows; None for all.
            age: ``adult`` or ``child``.
            now: ids of the medicines that are taken now; the columns are plans then.

        Raises:
            UnknownId: a condition, option or row does not exist, or no option was given.
            NotAnOption: a medicine has no stated use in the condition.
            ValueError: there is no such age group.
        """
        catalogue = self.content.catalogue
        meant = condition_named(catalogue, condition)
        named = [medicine_named(catalogue, option) for option in options]
        comparison = compare(
            catalogue,
            condition if meant is None else meant.id,
            [old if new is None else new.id for old, new in zip(options, named, strict=True)],
            rows,
            age=Age(age),
            now=now,
        )
        document = document_of(comparison, catalogue, self.content.version)
        return ComparisonResult(comparison=comparison, document=document)

    def class_report(self, code: str) -> ReportResult:
        """Return the report of a class.

        Args:
            code: its code, as people typed it to join.

        Raises:
            NoSuchClass: there is none of this code.
            DatabaseError: the database cannot be opened, is not there, or is of another version.
        """
        from explorer.classes.service import ClassService
        from explorer.settings import database_file
        from explorer.store import open_store

        classes = ClassService(open_store(self.database, database_file(), update=False))
        try:
            return ReportResult(report=classes.export(code)[0])
        finally:
            classes.close()


def load(data: str | Path | None = None, database: str | None = None) -> Site:
    """Load the content and check it.

    Args:
        data: the content folder; by default that of the setting, or the shipped one.
        database: where classes are kept; by default that of the setting.

    Raises:
        ContentError: the content cannot be read, or has errors; the message names the first.
        SettingsError: a setting has a value that cannot be used.
    """
    settings = load_settings(data=None if data is None else str(data), database=database)
    content = read_checked(
        settings.data, jurisdiction=settings.jurisdiction, local=settings.local_data
    )
    return Site(content=content, database=settings.database.get_secret_value())


def _question(item: QuestionResult) -> dict[str, object]:
    low, high = _edges(item.interval)
    return {
        "phase": str(item.phase),
        "question": item.id,
        "stem": item.stem,
        "concept": item.concept,
        "n": item.n,
        "right": item.right,
        "share": item.share,
        "low": low,
        "high": high,
        "not_sure": item.not_sure,
        "not_shown": item.not_shown,
        "item_rest": item.item_rest,
        "own": item.own,
        "sure": item.sure,
        "sure_wrong": item.sure_wrong,
    }


def _change(item: PairedChange) -> dict[str, object]:
    low, high = _edges(item.interval)
    return {
        "concept": item.label,
        "pairs": item.pairs,
        "before": item.before,
        "after": item.after,
        "points": item.points,
        "low": low,
        "high": high,
        "gain": item.gain,
        **{name: getattr(item.four, name, None) for name in FourWay.model_fields},
    }


def _edges(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)
