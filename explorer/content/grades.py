"""Reading grades of medicines and of the guide: kept in a file, measured where the tool is there.

A server shows the grades that were measured when the content was made, as long as the text is still
the one that was measured. ``anakinra-explorer export grades`` makes the file anew.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from explorer.content import readability
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.facts import Fact, facts, within
from explorer.domain.grades import KeptGrade
from explorer.domain.prose import Layer

_TOP = """\
# Reading grades as textstat measured them, and a hash of the text that was measured.
# Made by: anakinra-explorer export grades -o data/grades.toml
"""


class ReadingGrade(Frozen):
    """US school grades of a medicine or of a section of the guide, to one decimal.

    None where nobody has measured this text and the tool is not there to do it.
    """

    id: str
    title: str
    core: float | None
    detail: float | None = None


@dataclass(frozen=True)
class _Subject:
    """What is measured as one: a medicine or a section, under the name of its file."""

    file: str
    core: tuple[str, ...]
    detail: tuple[str, ...] | None

    def hashed(self, leave_out: tuple[str, ...]) -> str:
        """Name exactly the text that is measured."""
        parts = (self.core, self.detail or ())
        whole = "\0".join(readability.measured_text(part, leave_out) for part in parts)
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def medicine_grades(catalogue: Catalogue) -> tuple[ReadingGrade, ...]:
    """Grade the core text and the details of each published medicine."""
    graded = _graded(catalogue, _medicines(catalogue))
    return tuple(
        ReadingGrade(
            id=medicine.id,
            title=medicine.heading,
            core=graded[f"medicines/{medicine.id}"][0],
            detail=graded[f"medicines/{medicine.id}"][1],
        )
        for medicine in catalogue.published
    )


def section_grades(catalogue: Catalogue) -> tuple[ReadingGrade, ...]:
    """Grade each section of the guide, without what is for nurses only."""
    graded = _graded(catalogue, _sections(catalogue))
    return tuple(
        ReadingGrade(id=section.id, title=section.question, core=graded[f"guide/{section.id}"][0])
        for section in catalogue.sections
    )


def outdated(catalogue: Catalogue) -> tuple[str, ...]:
    """Name the files whose text is no longer the one that was measured, and grades of no file."""
    leave_out = readability.names(catalogue)
    now = {subject.file: subject.hashed(leave_out) for subject in _subjects(catalogue)}
    kept = {item.id: item.text for item in catalogue.grades}
    return tuple(sorted(file for file in now.keys() | kept if now.get(file) != kept.get(file)))


def written(catalogue: Catalogue) -> str:
    """Measure everything and write the file that is kept.

    Raises:
        readability.NotInstalled: the tool is not there.
    """
    leave_out = readability.names(catalogue)
    parts = [_TOP]
    for subject in _subjects(catalogue):
        lines = [f'["{subject.file}"]', f"core = {readability.grade(subject.core, leave_out):.1f}"]
        if subject.detail is not None:
            lines.append(f"detail = {readability.grade(subject.detail, leave_out):.1f}")
        lines.append(f'text = "{subject.hashed(leave_out)}"')
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _graded(
    catalogue: Catalogue, subjects: Iterator[_Subject]
) -> dict[str, tuple[float | None, float | None]]:
    leave_out = readability.names(catalogue)
    kept = {item.id: item for item in catalogue.grades}
    return {
        subject.file: _grade(subject, kept.get(subject.file), leave_out) for subject in subjects
    }


def _grade(
    subject: _Subject, kept: KeptGrade | None, leave_out: tuple[str, ...]
) -> tuple[float | None, float | None]:
    """Return what was kept for this very text; else measure it, where that can be done."""
    if kept is not None and kept.text == subject.hashed(leave_out):
        return float(kept.core), None if kept.detail is None else float(kept.detail)
    if not readability.can_measure():
        return None, None
    detail = subject.detail
    return (
        readability.grade(subject.core, leave_out),
        None if detail is None else readability.grade(detail, leave_out),
    )


def _subjects(catalogue: Catalogue) -> Iterator[_Subject]:
    yield from _medicines(catalogue)
    yield from _sections(catalogue)


def _medicines(catalogue: Catalogue) -> Iterator[_Subject]:
    for medicine in catalogue.published:
        name = f"medicines/{medicine.id}"
        found = tuple(facts(within(medicine, f"{name}.toml")))
        yield _Subject(
            file=name, core=_texts(found, Layer.CORE), detail=_texts(found, Layer.DETAIL)
        )


def _sections(catalogue: Catalogue) -> Iterator[_Subject]:
    for section in catalogue.sections:
        name = f"guide/{section.id}"
        # the question and the headings first, then the statements
        found = tuple(
            sorted(facts(within(section, f"{name}.toml")), key=lambda fact: fact.field == "")
        )
        yield _Subject(file=name, core=_texts(found, Layer.CORE), detail=None)


def _texts(found: tuple[Fact, ...], layer: Layer) -> tuple[str, ...]:
    return tuple(fact.text for fact in found if fact.layer is layer)
