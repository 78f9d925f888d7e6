"""The sheet for a visit in words, arranged once: PDF, HTML and plain text set the same parts."""

from collections.abc import Sequence

from explorer.domain.catalogue import Catalogue, Term
from explorer.domain.citing import CitedText
from explorer.domain.comparison import ComparedCell
from explorer.domain.messages import Words
from explorer.domain.visit import Sheet, SheetConcern, SheetSource, Weight
from explorer.export.cell_words import mark_of
from explorer.export.glossary import found_in

Part = dict[str, object]
"""A text with the numbers of its sources and, where it is not stated, what it is."""


def arrange(sheet: Sheet, catalogue: Catalogue, version: str) -> dict[str, object]:
    """Put the sheet into words.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named on the sheet.

    Returns:
        Plain values by name, in the order in which a reader meets them.
    """
    words = catalogue.words
    terms = _terms(sheet, catalogue)
    emergency = catalogue.contact().emergency_words
    return {
        "together": [
            _part(
                words("compare.not-together", first=pair.first, second=pair.second), pair.references
            )
            for pair in sheet.together
        ],
        "title": words("sheet.title", condition=sheet.condition),
        "language": words("frame.language"),
        "site": words("frame.site"),
        "lead": words("sheet.lead"),
        "facts": [{"label": label, "value": value} for label, value in _facts(sheet, words)],
        "concerns_title": words("sheet.concerns"),
        "concerns": [_concern(item, words) for item in sheet.concerns],
        "concerns_none": words("sheet.concerns-none"),
        "questions_title": words("sheet.questions"),
        "questions": list(sheet.questions),
        "questions_none": words("sheet.questions-none"),
        "notes_title": words("sheet.notes"),
        "notes": [line.strip() for line in sheet.notes.splitlines() if line.strip()],
        "unsure_title": words("sheet.unsure"),
        "unsure": [words(f"sheet.unsure-{item}") for item in sheet.unsure],
        "table_title": words("sheet.table"),
        "table_note": words("sheet.table-note"),
        "head": words("sheet.table-head"),
        "columns": [
            {
                "title": option.title,
                "status": option.status,
                "now": words("sheet.now-mark") if option.now else "",
            }
            for option in sheet.options
        ],
        "rows": _rows(sheet, catalogue),
        "help": words("export.help-now", emergency=emergency),
        "flags_title": words("compare.flags-row"),
        "everyone_title": words("sheet.everyone", emergency=emergency),
        "everyone": [_part(item.text, item.references) for item in sheet.everyone],
        "flags": _flags(sheet, words, emergency),
        "nobody": sheet.nobody_answers,
        "phone": words("sheet.phone"),
        "others_title": words("compare.others-title"),
        "others": [_part(item.text, item.references) for item in sheet.not_compared],
        "terms_title": words("glossary.on-page"),
        "terms": [{"term": item.term, "meaning": item.meaning} for item in terms],
        "references_title": words("compare.references-title"),
        "references_show": words("compare.references-show", n=len(sheet.references)),
        "references_note": words("sheet.references-note"),
        "references": [_source(item) for item in sheet.references],
        "status": words("frame.status"),
        "footer": words(
            "sheet.footer", site=words("frame.site"), version=version, day=sheet.content_date
        ),
    }


def _terms(sheet: Sheet, catalogue: Catalogue) -> tuple[Term, ...]:
    """Find the terms that our own texts on the sheet use; they are explained at its end."""
    ours = [
        cell.text for concern in sheet.concerns for line in concern.lines for cell in line.cells
    ]
    for option in sheet.options:
        ours.append(option.status)
        ours += [item.text for item in (option.mistake, *option.emergency, *option.same_day)]
    ours += [item.text for item in (*sheet.everyone, *sheet.not_compared)]
    used = found_in(ours, catalogue.glossary)
    return tuple(term for term in catalogue.glossary if term in used)


def _facts(sheet: Sheet, words: Words) -> list[tuple[str, str]]:
    facts = [(words("sheet.for"), words(f"sheet.for-{sheet.age}"))]
    if sheet.now:
        facts.append((words("sheet.now"), sheet.now))
    if sheet.move is not None:
        facts.append((words("sheet.move"), words(f"sheet.move-{sheet.move}")))
    return facts


def _concern(item: SheetConcern, words: Words) -> dict[str, object]:
    return {
        "label": item.label,
        "a_lot": item.weight is Weight.A_LOT,
        "weight": words(f"sheet.weight-{item.weight}"),
        "why": words("sheet.why", why=item.why) if item.why else "",
    }


def _rows(sheet: Sheet, catalogue: Catalogue) -> list[dict[str, object]]:
    words = catalogue.words
    medicines = {medicine.id for medicine in catalogue.published}
    rows: list[dict[str, object]] = [
        {
            "label": line.label,
            "tag": words("compare.not-a-race") if line.is_effect and len(line.cells) > 1 else "",
            "cells": [
                [_cell(cell, words, is_medicine=cell.column in medicines)] for cell in line.cells
            ],
        }
        for item in sheet.concerns
        for line in item.lines
    ]
    mistakes = [_cited([option.mistake]) for option in sheet.options]
    return [*rows, {"label": words("compare.mistake-row"), "tag": "", "cells": mistakes}]


def _flags(sheet: Sheet, words: Words, emergency: str) -> list[dict[str, object]]:
    """Return the signs of the options, the most urgent first."""
    return [
        {
            "label": words("urgency.emergency.title", emergency=emergency),
            "tag": "",
            "cells": [_cited(option.emergency) for option in sheet.options],
        },
        {
            "label": words("urgency.same-day.title"),
            "tag": "",
            "cells": [_cited(option.same_day) for option in sheet.options],
        },
    ]


def _cited(items: Sequence[CitedText]) -> list[Part]:
    return [_part(item.text, item.references) for item in items]


def _cell(cell: ComparedCell, words: Words, *, is_medicine: bool) -> Part:
    mark = mark_of(cell, words, is_medicine=is_medicine)
    return _part(cell.text, cell.references, mark=mark)


def _part(text: str, references: Sequence[int], *, mark: str = "") -> Part:
    return {"text": text, "references": list(references), "mark": mark}


def _source(item: SheetSource) -> dict[str, object]:
    source = item.source
    return {
        "number": item.number,
        "text": f"{source.title}. {source.publisher}. {source.revision_read}.",
        "address": source.address.split(" ")[0],
    }
