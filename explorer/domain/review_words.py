"""What a reader reads at one place of the content, worded for somebody who looks it over."""

from collections.abc import Iterator

from explorer.domain.answer_words import join, phrase
from explorer.domain.catalogue import Catalogue
from explorer.domain.cells import Cell, CellKind, RowCells, Statement
from explorer.domain.condition import NoNewMedicine, Preselection
from explorer.domain.contacts import Contacts
from explorer.domain.editorial import Term
from explorer.domain.facts import Item
from explorer.domain.medicine import Medicine, NotWith, RedFlag, Use, WorstMistake
from explorer.domain.numbers import Result
from explorer.domain.questions import Concept, Question, QuestionKind, Topic
from explorer.domain.section import Basis, GuideStatement
from explorer.domain.short_forms import ShortForm
from explorer.domain.signs import AgeBand, WarningSign


def searched_of(item: Item) -> str:
    """Return what was searched where nothing was found.

    Args:
        item: a value of the content.
    """
    value = item.value
    return value.searched if isinstance(value, Cell | Use) else ""


def passages_of(catalogue: Catalogue, item: Item, *, alone: bool) -> Iterator[str]:
    """Yield all that a reader reads of a value, with what pages work out of its typed fields.

    Args:
        catalogue: for the words and names.
        item: the value with its place.
        alone: whether it stands by itself; else it says first for whom it is.
    """
    value = item.value
    match value:
        case Statement():
            yield value.text
            if isinstance(value, WorstMistake) and value.short:
                yield catalogue.words("review.answer", answer=value.short)
        case RedFlag():
            yield from _flag(catalogue, value, item)
        case NotWith():
            yield _not_with(catalogue, value, item)
        case Use():
            yield from _use(catalogue, value)
        case Cell():
            yield from _cell(catalogue, value, item, alone=alone)
        case Result():
            yield from _result(catalogue, value)
        case GuideStatement():
            yield from _statement(catalogue, value)
        case Question():
            yield from _question(catalogue, value, item)
        case WarningSign() | AgeBand():
            yield from _sign(catalogue, value)
        case Term():
            yield f"{value.term}: {value.meaning}"
            if value.also:
                yield catalogue.words("glossary.also", also=", ".join(value.also))
        case Concept():
            yield value.label
            yield value.card
        case NoNewMedicine():
            yield f"{value.name}: {value.summary}"
        case Preselection():
            yield value.reason
        case ShortForm():
            yield _short(catalogue, value)


def _short(catalogue: Catalogue, form: ShortForm) -> str:
    contact = catalogue.contact()
    return form.text.format(emergency=contact.emergency_words, crisis=contact.crisis)


def _sign(catalogue: Catalogue, sign: WarningSign | AgeBand) -> Iterator[str]:
    words = catalogue.words
    yield words(f"urgency.{sign.urgency}.title", emergency=catalogue.contact().emergency_words)
    yield sign.words
    if isinstance(sign, WarningSign) and sign.child:
        yield words("review.sign-child", text=sign.child)
    yield words(f"review.dose-{sign.medicine}")


def _flag(catalogue: Catalogue, flag: RedFlag, item: Item) -> Iterator[str]:
    words = catalogue.words
    contact = item.within(Contacts) or catalogue.contact()
    yield words(f"urgency.{flag.urgency}.title", emergency=contact.emergency_words)
    whose = ""
    if flag.condition is not None:
        whose = words("medicine.flag-in", condition=catalogue.condition(flag.condition).name)
    yield " ".join(filter(None, (whose, flag.sign, flag.action)))
    if flag.why:
        yield words("review.flag-why", why=flag.why)


def _not_with(catalogue: Catalogue, value: NotWith, item: Item) -> str:
    words = catalogue.words
    medicine = item.within(Medicine)
    own = None if medicine is None else medicine.kind
    names = [words(f"medicine.{'own' if kind is own else 'kind'}-{kind}") for kind in value.kinds]
    said = words("medicine.not-with", kinds=join(names, words, either=True))
    return f"{said} {value.why}".strip()


def _use(catalogue: Catalogue, use: Use) -> Iterator[str]:
    words = catalogue.words
    subtypes = {item.id: item.name for item in catalogue.condition(use.condition).subtypes}
    form = subtypes.get(use.subtype or "", "")
    yield " ".join(
        filter(
            None,
            (
                f"{form}:" if form else "",
                words(f"use.{use.status}"),
                use.limits,
                words("medicine.place-us", status=words(f"medicine.approval-{use.us}")),
                words("medicine.place-eu", status=words(f"medicine.approval-{use.eu}")),
            ),
        )
    )


def _cell(catalogue: Catalogue, cell: Cell, item: Item, *, alone: bool) -> Iterator[str]:
    words = catalogue.words
    row = catalogue.row(next(held.row for held in item.parents if isinstance(held, RowCells)))
    if cell.age is not None:
        yield words("medicine.for", whom=words(f"age.{cell.age}"))
    elif not alone:
        yield words("medicine.in-general")
    if cell.kind is not CellKind.STATED:
        yield words(f"kind.{cell.kind}")
    yield cell.text
    if cell.detail:
        yield words("review.more", text=cell.detail)
    if cell.note:
        yield words("compare.note", note=cell.note)
    if cell.evidence is not None:
        level = words(f"evidence.{cell.evidence}")
        yield words("compare.evidence", level=level, why=cell.evidence_why).strip()
    if cell.answer is not None:
        said = phrase(cell.answer, words, row.choices, either=row.either)
        yield words("review.answer", answer=said)


def _result(catalogue: Catalogue, result: Result) -> Iterator[str]:
    words = catalogue.words
    yield result.outcome
    yield words("figures.who", people=result.people, time=result.time)
    for taken, arm in ((result.on, result.drug), (result.comparator, result.without)):
        yield words(
            "figures.sentence",
            taken=taken,
            n=arm.count,
            of=arm.of,
            happened=result.happened,
            rest=arm.rest,
            other=result.other,
        )
    yield words("figures.certainty", certainty=result.certainty)
    if result.rounding:
        yield result.rounding
    if result.caution:
        yield words("figures.caution", caution=result.caution)
    if result.instead:
        yield words("figures.instead", instead=result.instead)


def _statement(catalogue: Catalogue, statement: GuideStatement) -> Iterator[str]:
    yield statement.text
    if statement.basis is Basis.PRACTICE:
        yield f"({catalogue.words('guide.practice')})"
    if statement.nurse:
        yield f"({catalogue.words('guide.nurse')})"


def _question(catalogue: Catalogue, question: Question, item: Item) -> Iterator[str]:
    words = catalogue.words
    topic = item.within(Topic)
    for case in () if topic is None else topic.cases:
        if case.id == question.case:
            yield case.text
    yield question.stem
    groups = {group.id: group.label for group in question.groups}
    for place, option in enumerate(question.options, 1):
        if question.kind is QuestionKind.ORDER:
            said = words("worksheet.in-place", n=place)
        elif question.kind is QuestionKind.SORT:
            said = groups.get(option.group, "")
        else:
            said = words("worksheet.right" if option.key else "worksheet.not-right")
        told = " ".join(filter(None, (option.rationale, option.action)))
        yield words("review.option", option=option.text, said=said, told=told)
    if question.number is not None:
        number = question.number
        value = f"{number.value} {number.unit}"
        if number.tolerance:
            value = words("worksheet.tolerance", number=value, tolerance=number.tolerance)
        told = f"{number.rationale} {number.action}"
        yield words("review.option", option=value, said=words("worksheet.right"), told=told)
