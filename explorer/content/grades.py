"""Reading grades as ``check`` measures them, for the command and for the page that shows them."""

from explorer.content import readability
from explorer.content.texts import Layer, Placed, of_medicine, of_section
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue


class ReadingGrade(Frozen):
    """US school grades of a medicine or of a section of the guide, to one decimal."""

    id: str
    title: str
    core: float
    detail: float | None = None


def medicine_grades(catalogue: Catalogue) -> tuple[ReadingGrade, ...]:
    """Measure each published medicine: what stands in its cells, and its details."""
    leave_out = readability.names(catalogue)
    return tuple(
        ReadingGrade(
            id=medicine.id,
            title=medicine.heading,
            core=_grade(list(of_medicine(medicine)), Layer.CORE, leave_out),
            detail=_grade(list(of_medicine(medicine)), Layer.DETAIL, leave_out),
        )
        for medicine in catalogue.published
    )


def section_grades(catalogue: Catalogue) -> tuple[ReadingGrade, ...]:
    """Measure each section of the guide, without what is for nurses only."""
    leave_out = readability.names(catalogue)
    return tuple(
        ReadingGrade(
            id=section.id,
            title=section.question,
            core=_grade(list(of_section(section)), Layer.CORE, leave_out),
        )
        for section in catalogue.sections
    )


def _grade(placed: list[Placed], layer: Layer, leave_out: tuple[str, ...]) -> float:
    return readability.grade((item.text for item in placed if item.layer is layer), leave_out)
