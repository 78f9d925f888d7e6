"""What the content holds, in numbers: the lines that a check shows after its findings."""

from collections import Counter
from pathlib import Path

from explorer.content.grades import medicine_grades, section_grades
from explorer.content.load import load
from explorer.content.rules.questions.report import bank_report
from explorer.domain.article_claims import ClaimTable, Outcome
from explorer.domain.catalogue import Catalogue
from explorer.domain.cell_sources import by_medicine, cell_sources
from explorer.domain.guessing import GuessingPanel, panels
from explorer.domain.sign_off import EVERYTHING
from explorer.domain.signing import marks_of_other_texts


def summary(path: Path) -> tuple[str, ...]:
    """Count a data folder that fits the model.

    Args:
        path: the data folder.

    Returns:
        Lines: counts, reading grades, and the question bank against its blueprint.

    Raises:
        ContentError: the folder does not fit the model.
    """
    catalogue = load(path).catalogue
    return summary_of(catalogue)


def summary_of(catalogue: Catalogue) -> tuple[str, ...]:
    """Count content that fits the model; see ``summary``."""
    return (*_counts(catalogue), *_grades(catalogue), *_bank(catalogue))


def _counts(catalogue: Catalogue) -> list[str]:
    cells = [
        (cell, cell is not row_cells.default)
        for medicine in catalogue.published
        for row_cells in medicine.cells
        for cell in (row_cells.default, *row_cells.variants)
    ]
    kinds = Counter(str(cell.kind) for cell, _ in cells)
    variants = sum(is_variant for _, is_variant in cells)
    statements = sum(len(section.statements) for section in catalogue.guide)
    return [
        (
            f"medicines: {len(catalogue.published)}, rows: {len(catalogue.rows)}, "
            f"conditions: {len(catalogue.conditions)}, sources: {len(catalogue.sources)}, "
            f"glossary: {len(catalogue.glossary)}"
        ),
        f"cells: {len(cells)} ({_listed(kinds)}), variants among them: {variants}",
        *_rests(catalogue),
        f"guide: {len(catalogue.guide)} sections, {statements} statements",
        _claims(catalogue.claims),
        *_signed(catalogue),
    ]


def _rests(catalogue: Catalogue) -> list[str]:
    """Count the cells that rest on weak or old texts alone, and name the first to read again."""
    found = cell_sources(catalogue)
    old = f"cells on old US texts only: {len(found.old_us_only)}"
    shown = ", ".join(found.old_preselected) or "none"
    weak = found.secondary_only
    return [
        f"cells on secondary pages only: {len(weak)}{_of_each(weak)}",
        f"{old}{_of_each(found.old_us_only)}; preselected among them: {shown}",
    ]


def _of_each(refs: tuple[str, ...]) -> str:
    return f" ({_listed(by_medicine(refs))})" if refs else ""


def _signed(catalogue: Catalogue) -> list[str]:
    count = catalogue.sign_off.count(EVERYTHING)
    gone = marks_of_other_texts(catalogue)
    if count is None and not gone:
        return []
    done = "none" if count is None else f"{count.signed} of {count.lines}"
    return [f"lines that stand signed: {done}; marks of texts that changed since: {gone}"]


def _claims(table: ClaimTable) -> str:
    fates = ", ".join(f"{fate} {table.count(fate)}" for fate in Outcome)
    return f"claims of the article: {len(table.claims)} of {table.article.claims} placed ({fates})"


def _grades(catalogue: Catalogue) -> list[str]:
    lines = [
        f"reading grade, {item.id}: core {_said(item.core)}, details {_said(item.detail)}"
        for item in medicine_grades(catalogue)
    ]
    guide = ", ".join(f"{item.id} {_said(item.core)}" for item in section_grades(catalogue))
    return [*lines, f"reading grade, guide: {guide}"] if guide else lines


def _said(grade: float | None) -> str:
    return "not measured" if grade is None else f"{grade:.1f}"


def _bank(catalogue: Catalogue) -> list[str]:
    if not catalogue.bank.questions:
        return []
    report = bank_report(catalogue.bank)
    plan = catalogue.blueprint
    planned = {topic.id: topic.count for topic in plan.topics}
    topics = ", ".join(
        f"{topic} {count} of {planned.get(topic, 0)}" for topic, count in report.by_topic
    )
    cueing = report.cueing
    return [
        (
            f"questions: {report.items} of {plan.total}, critical: {report.critical}; "
            f"by topic: {topics}"
        ),
        (
            f"questions by audience: {_listed(dict(report.by_audience))}; "
            f"by kind: {_listed(dict(report.by_kind))}; by level: {_listed(dict(report.by_level))}"
        ),
        (
            "questions read as they are now by others than their writer: "
            f"{', '.join(f'{who} {count}' for who, count in report.by_readers)}"
        ),
        (
            f"right answer longest: {cueing.longest} of {cueing.items} "
            f"(p = {cueing.longest_p:.3f}), "
            f"shortest: {cueing.shortest} (p = {cueing.shortest_p:.3f})"
        ),
        *(_guessed(panel) for panel in panels(catalogue.bank)),
    ]


def _guessed(panel: GuessingPanel) -> str:
    scores = ", ".join(f"{item.guesser} {item.score:.0%}" for item in panel.scores)
    return (
        f"guessing, {panel.name}: best {panel.best.guesser} {panel.best.score:.0%} of "
        f"{panel.items}, chance {panel.chance:.0%} ({scores})"
    )


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
