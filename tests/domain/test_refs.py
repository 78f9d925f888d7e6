"""The address of a fact: one type for its text, its place in the files, its page and its name."""

import pytest

from explorer.content.load import Content
from explorer.domain.cells import Cell, RowCells
from explorer.domain.facts import Item, items
from explorer.domain.medicine import Medicine
from explorer.domain.refs import NoRef, Ref, RefKind


@pytest.mark.parametrize(
    ("text", "kind", "file", "key", "page", "label"),
    [
        (
            "anakinra/how-often/caps",
            RefKind.CELL,
            "medicines/anakinra.toml",
            "cells.how-often.caps",
            "medicine?m=anakinra#row-how-often",
            "Anakinra (Kineret): How often",
        ),
        (
            "anakinra/mistake",
            RefKind.MISTAKE,
            "medicines/anakinra.toml",
            "mistake",
            "medicine?m=anakinra#medicine-first",
            "Anakinra (Kineret): The mistake that harms most",
        ),
        (
            "anakinra/flags/anakinra-flag-skin",
            RefKind.FLAG,
            "medicines/anakinra.toml",
            "red_flags.anakinra-flag-skin",
            "medicine?m=anakinra#red-flags",
            "Anakinra (Kineret): When to get help",
        ),
        (
            "anakinra/uses/ra",
            RefKind.USE,
            "medicines/anakinra.toml",
            "uses.ra",
            "medicine?m=anakinra#use-ra",
            "Anakinra (Kineret): Rheumatoid arthritis",
        ),
        (
            "anakinra",
            RefKind.WHOLE,
            "medicines/anakinra.toml",
            "",
            "medicine?m=anakinra",
            "Anakinra (Kineret)",
        ),
        (
            "guide/storing/keep-fridge",
            RefKind.STATEMENT,
            "guide/storing.toml",
            "keep-fridge",
            "guide#keep-fridge",
            "Guide: How do I store it, at home and on trips?",
        ),
    ],
)
def test_a_ref_knows_its_place_its_page_and_its_name(
    content: Content, text: str, kind: RefKind, file: str, key: str, page: str, label: str
) -> None:
    """What a question, a claim, a change or a report names is found, opened and said in words."""
    ref = Ref.parse(text)
    assert (str(ref), ref.kind, ref.file, ref.key) == (text, kind, file, key)
    assert (ref.page, ref.label(content.catalogue)) == (page, label)


@pytest.mark.parametrize(
    "text",
    ["", "/", "anakinra/", "anakinra//caps", "anakinra/flags", "anakinra/mistake/x", "a/b/c/d"],
)
def test_what_is_no_ref_is_refused(text: str) -> None:
    """An empty part, a missing id or a part too many is an error that says what one looks like."""
    with pytest.raises(NoRef, match=r"names no id|write medicine/row"):
        Ref.parse(text)


def test_every_fact_s_ref_leads_back_to_it(content: Content) -> None:
    """The ref of an item, as text and read again, has the file and the key of the item."""
    placed = [(item, item.ref) for item in items(content.catalogue)]
    with_ref = [(item, ref) for item, ref in placed if ref is not None]
    assert len(with_ref) > 1_500
    for item, ref in with_ref:
        assert Ref.parse(str(ref)) == ref
        assert ref.file == item.file
        assert item.key == ref.key or item.key.startswith(f"{ref.key}.")


def test_a_cell_for_an_age_has_the_ref_of_its_condition(content: Content) -> None:
    """A report names the row and the condition: cells for two ages share their address."""
    by_age = [
        (item, item.value)
        for item in items(content.catalogue)
        if isinstance(item.value, Cell) and item.value.age and isinstance(item.owner, Medicine)
    ]
    assert by_age
    for item, cell in by_age:
        expected = "/".join(
            part
            for part in (str(getattr(item.owner, "id", "")), row_of(item), cell.condition)
            if part
        )
        assert str(item.ref) == expected


def row_of(item: Item) -> str:
    """Name the row of a cell."""
    return next(holder.row for holder in item.parents if isinstance(holder, RowCells))
