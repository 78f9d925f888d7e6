"""Every text a reader may see, with the file and key where it stands."""

from collections.abc import Iterator
from enum import StrEnum

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Cell, Medicine, RowCells, Section
from explorer.domain.questions import Audience, Bank, Question, Topic


class Layer(StrEnum):
    """Which limits a text is held to."""

    CORE = "core"
    DETAIL = "detail"
    NURSE = "nurse"
    NOTE = "note"
    STEM = "stem"
    OPTION = "option"
    RATIONALE = "rationale"
    NURSE_STEM = "nurse-stem"
    NURSE_OPTION = "nurse-option"


class Placed(Frozen):
    """A text and its place."""

    file: str
    key: str
    layer: Layer
    text: str


def medicine_file(medicine: Medicine) -> str:
    """Give the file that holds a medicine."""
    return f"medicines/{medicine.id}.toml"


def cell_key(row: str, cell: Cell) -> str:
    """Give the dotted key of a cell; a variant is named by its condition and age."""
    place = ".".join(part for part in (cell.condition, cell.age) if part)
    return f"cells.{row}.{place}" if place else f"cells.{row}"


def each_cell(cells: tuple[RowCells, ...]) -> Iterator[tuple[str, Cell]]:
    """Yield every cell, default and variant, with its row."""
    for row_cells in cells:
        yield row_cells.row, row_cells.default
        for variant in row_cells.variants:
            yield row_cells.row, variant


def all_cells(catalogue: Catalogue) -> Iterator[tuple[str, str, str, Cell]]:
    """Yield file, key, row and cell of every cell of medicines and of the other options."""
    for medicine in catalogue.medicines:
        for row, cell in each_cell(medicine.cells):
            yield medicine_file(medicine), cell_key(row, cell), row, cell
    for condition in catalogue.conditions:
        for option in condition.no_new_medicine:
            for row, cell in each_cell(option.cells):
                key = f"{condition.id}.no_new_medicine.{option.id}.{cell_key(row, cell)}"
                yield "conditions.toml", key, row, cell


def of_medicine(medicine: Medicine) -> Iterator[Placed]:
    """Yield the texts of one medicine."""
    file = medicine_file(medicine)
    yield Placed(file=file, key="mistake", layer=Layer.CORE, text=medicine.mistake.text)
    for flag in medicine.red_flags:
        key = f"red_flags.{flag.id}"
        yield Placed(file=file, key=key, layer=Layer.CORE, text=flag.sign)
        if flag.action:
            yield Placed(file=file, key=f"{key}.action", layer=Layer.CORE, text=flag.action)
    for use in medicine.uses:
        if use.limits:
            key = f"uses.{use.condition}.limits"
            yield Placed(file=file, key=key, layer=Layer.DETAIL, text=use.limits)
    for row, cell in each_cell(medicine.cells):
        yield from _of_cell(file, cell_key(row, cell), cell)


def of_conditions(catalogue: Catalogue) -> Iterator[Placed]:
    """Yield the texts of the conditions and of their options without a new medicine."""
    file = "conditions.toml"
    for condition in catalogue.conditions:
        for statement in condition.card:
            key = f"{condition.id}.card.{statement.id}"
            yield Placed(file=file, key=key, layer=Layer.CORE, text=statement.text)
        for statement in condition.not_compared:
            key = f"{condition.id}.not_compared.{statement.id}"
            yield Placed(file=file, key=key, layer=Layer.DETAIL, text=statement.text)
        for flag in condition.red_flags:
            key = f"{condition.id}.red_flags.{flag.id}"
            yield Placed(file=file, key=key, layer=Layer.CORE, text=flag.sign)
            if flag.action:
                yield Placed(file=file, key=f"{key}.action", layer=Layer.CORE, text=flag.action)
        key = f"{condition.id}.preselect.reason"
        yield Placed(file=file, key=key, layer=Layer.CORE, text=condition.preselect.reason)
        for option in condition.no_new_medicine:
            prefix = f"{condition.id}.no_new_medicine.{option.id}"
            yield Placed(file=file, key=f"{prefix}.summary", layer=Layer.CORE, text=option.summary)
            for row, cell in each_cell(option.cells):
                yield from _of_cell(file, f"{prefix}.{cell_key(row, cell)}", cell)


def of_section(section: Section) -> Iterator[Placed]:
    """Yield the texts of one section of the guide."""
    file = f"guide/{section.id}.toml"
    yield Placed(file=file, key="question", layer=Layer.CORE, text=section.question)
    for block in section.blocks:
        if block.heading:
            yield Placed(file=file, key="heading", layer=Layer.CORE, text=block.heading)
    for statement in section.statements:
        layer = Layer.NURSE if statement.nurse else Layer.CORE
        yield Placed(file=file, key=statement.id, layer=layer, text=statement.text)


def of_rest(catalogue: Catalogue) -> Iterator[Placed]:
    """Yield the texts of rows, contacts, concerns, prompts and glossary."""
    for group in catalogue.groups:
        key = f"groups.{group.id}.question"
        yield Placed(file="rows.toml", key=key, layer=Layer.CORE, text=group.question)
    for row in catalogue.rows:
        key = f"rows.{row.id}"
        yield Placed(file="rows.toml", key=f"{key}.question", layer=Layer.CORE, text=row.question)
        yield Placed(file="rows.toml", key=f"{key}.help", layer=Layer.DETAIL, text=row.help)
    for contact in catalogue.contacts:
        for flag in contact.red_flags:
            key = f"{contact.id}.red_flags.{flag.id}"
            yield Placed(file="contacts.toml", key=key, layer=Layer.CORE, text=flag.sign)
            if flag.action:
                yield Placed(
                    file="contacts.toml", key=f"{key}.action", layer=Layer.CORE, text=flag.action
                )
        yield Placed(
            file="contacts.toml",
            key=f"{contact.id}.nobody_answers",
            layer=Layer.CORE,
            text=contact.nobody_answers.text,
        )
    for sign in catalogue.signs.signs:
        key = f"signs.{sign.id}"
        told = [("words", sign.words), ("child", sign.child)]
        told += [(f"under-{age.under_months}-months", age.words) for age in sign.ages]
        for part, text in told:
            if text:
                yield Placed(file="signs.toml", key=f"{key}.{part}", layer=Layer.CORE, text=text)
    for concern in catalogue.concerns:
        key = f"{concern.id}.label"
        yield Placed(file="concerns.toml", key=key, layer=Layer.CORE, text=concern.label)
        key = f"{concern.id}.heading"
        yield Placed(file="concerns.toml", key=key, layer=Layer.CORE, text=concern.heading)
    for prompt in catalogue.prompts:
        key = f"{prompt.id}.text"
        yield Placed(file="prompts.toml", key=key, layer=Layer.CORE, text=prompt.text)
    for term in catalogue.glossary:
        yield Placed(
            file="glossary.toml", key=f"{term.id}.meaning", layer=Layer.DETAIL, text=term.meaning
        )


def question_file(topic: Topic) -> str:
    """Give the file that holds a topic's questions."""
    return f"questions/{topic.id}.toml"


def of_question(file: str, question: Question) -> Iterator[Placed]:
    """Yield the texts of one question; the stem's key ends in ``stem``, an option's in its id."""
    nurse = question.audience is Audience.NURSE
    stem = Layer.NURSE_STEM if nurse else Layer.STEM
    option_layer = Layer.NURSE_OPTION if nurse else Layer.OPTION
    yield Placed(file=file, key=f"{question.id}.stem", layer=stem, text=question.stem)
    for group in question.groups:
        key = f"{question.id}.groups.{group.id}"
        yield Placed(file=file, key=key, layer=option_layer, text=group.label)
    for option in question.options:
        key = f"{question.id}.{option.id}"
        yield Placed(file=file, key=key, layer=option_layer, text=option.text)
        yield from _reasons(file, key, option.rationale, option.action)
    if question.number is not None:
        key = f"{question.id}.number"
        yield Placed(file=file, key=key, layer=option_layer, text=question.number.unit)
        yield from _reasons(file, key, question.number.rationale, question.number.action)


def of_topic(topic: Topic) -> Iterator[Placed]:
    """Yield the texts of one topic: its title, the shared cases, its questions."""
    file = question_file(topic)
    yield Placed(file=file, key="title", layer=Layer.CORE, text=topic.title)
    for case in topic.cases:
        readers = {item.audience for item in topic.questions if item.case == case.id}
        layer = Layer.NURSE_STEM if readers == {Audience.NURSE} else Layer.STEM
        yield Placed(file=file, key=f"cases.{case.id}", layer=layer, text=case.text)
    for question in topic.questions:
        yield from of_question(file, question)


def of_bank(bank: Bank) -> Iterator[Placed]:
    """Yield the texts of all questions and of what must be known."""
    for topic in bank.topics:
        yield from of_topic(topic)
    for concept in bank.concepts:
        layer = Layer.NURSE if concept.audience is Audience.NURSE else Layer.CORE
        for part, text in (("label", concept.label), ("card", concept.card)):
            key = f"{concept.id}.{part}"
            yield Placed(file="concepts.toml", key=key, layer=layer, text=text)


def everything(catalogue: Catalogue) -> Iterator[Placed]:
    """Yield every text of the content."""
    for medicine in catalogue.medicines:
        yield from of_medicine(medicine)
    yield from of_conditions(catalogue)
    for section in catalogue.guide:
        yield from of_section(section)
    yield from of_rest(catalogue)
    yield from of_bank(catalogue.bank)


def _reasons(file: str, key: str, rationale: str, action: str) -> Iterator[Placed]:
    yield Placed(file=file, key=f"{key}.rationale", layer=Layer.RATIONALE, text=rationale)
    if action:
        yield Placed(file=file, key=f"{key}.action", layer=Layer.RATIONALE, text=action)


def _of_cell(file: str, key: str, cell: Cell) -> Iterator[Placed]:
    yield Placed(file=file, key=f"{key}.text", layer=Layer.CORE, text=cell.text)
    if cell.detail:
        yield Placed(file=file, key=f"{key}.detail", layer=Layer.DETAIL, text=cell.detail)
    if cell.note:
        yield Placed(file=file, key=f"{key}.note", layer=Layer.NOTE, text=cell.note)
    if cell.searched:
        yield Placed(file=file, key=f"{key}.searched", layer=Layer.NOTE, text=cell.searched)
