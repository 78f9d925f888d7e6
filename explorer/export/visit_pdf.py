"""The sheet for a visit as a PDF: a page to take along, with when to get help at its end."""

from datetime import UTC, datetime, time
from typing import Any, Final

from explorer.domain.catalogue import Catalogue, Term
from explorer.domain.visit import Sheet
from explorer.export import glance_icons, pdf, qr
from explorer.export.flag_words import ICONS
from explorer.export.glossary import glossed
from explorer.export.visit_parts import arrange

_EXPLAINED: Final = (
    "together",
    "rows",
    "mistakes",
    "emergency_title",
    "emergency",
    "each",
    "same_day",
)
"""The parts whose terms are explained, in reading order: facts, and nothing that was typed."""

_TOLD: Final = frozenset({"tb"})
"""Terms that the sign itself tells on paper, where each word counts: its cough, its fever."""


def write(
    sheet: Sheet, catalogue: Catalogue, version: str, *, link: str = "", large: bool = False
) -> bytes:
    """Write the sheet.

    Letters that the shipped fonts do not have become boxes, and the sheet says so under its title;
    they stand on the screen and in the text.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named on every page.
        link: where the comparison of these options opens; it stands as a link and as a code.
        large: set it in large letters (16 points), an option below the other, on as many pages
            as it takes.

    Returns:
        The bytes of the file; the same for the same input.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    parts = arrange(sheet, catalogue, version, link)
    square = qr.svg(link) if link else ""
    said = parts.model_dump(mode="json")
    known = set(_TOLD)
    explained = {
        key: (_rows if key == "rows" else glossed)(said[key], catalogue.glossary, known)
        for key in _EXPLAINED
    }
    data = (
        said
        | explained
        | {
            "page": words("pdf.page"),
            "large": large,
            "square": square,
            "icons": glance_icons.drawn(),
            "urgency_icons": dict(ICONS),
        }
    )
    created = datetime.combine(sheet.content_date, time(), tzinfo=UTC)
    return pdf.render("visit", data, created=created, boxes=words("pdf.boxes"))


def _rows(
    rows: list[dict[str, Any]], glossary: tuple[Term, ...], known: set[str]
) -> list[dict[str, Any]]:
    """Explain the terms of the table; the name of an icon is no text, though it may be a term.

    A cell is set either whole or by medicine, so that a term is explained in both.
    """
    return [
        {key: glossed(value, glossary, known) for key, value in row.items() if key != "cells"}
        | {"cells": [_cell(cell, glossary, known) for cell in row["cells"]]}
        for row in rows
    ]


def _cell(cell: dict[str, Any], glossary: tuple[Term, ...], known: set[str]) -> dict[str, Any]:
    before = set(known)
    each = [part | {"text": glossed(part["text"], glossary, before)} for part in cell["each"]]
    told = {key: glossed(cell[key], glossary, known) for key in ("mark", "text")}
    return cell | told | {"each": each}
