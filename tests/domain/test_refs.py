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
            "Anakinra (Kineret): A mistake that can do great harm",
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
        (
            "glossary/biologic",
            RefKind.TERM,
            "glossary.toml",
            "biologic",
            "glossary#word-biologic",
            "Words explained: biologic",
        ),
        (
            "signs/chest-pain",
            RefKind.SIGN,
            "signs.toml",
            "signs.chest-pain",
            "guide#warning-signs",
            "The table of warning signs: chest pain",
        ),
        (
            "contacts/us/flags/us-flag-child",
            RefKind.CONTACT,
            "contacts.toml",
            "us.red_flags.us-flag-child",
            "guide#warning-signs",
            "Warning signs on every page: a sign to act on (us)",
        ),
        (
            "contacts/us/nobody-answers",
            RefKind.CONTACT,
            "contacts.toml",
            "us.nobody_answers",
            "guide#warning-signs",
            "Warning signs on every page: if nobody answers (us)",
        ),
        (
            "conditions/ra/not-compared/ra-other-nsaids",
            RefKind.CONDITION,
            "conditions.toml",
            "ra.not_compared.ra-other-nsaids",
            "compare?c=ra",
            "Rheumatoid arthritis: what is not compared here",
        ),
        (
            "conditions/ra/preselect",
            RefKind.CONDITION,
            "conditions.toml",
            "ra.preselect",
            "compare?c=ra",
            "Rheumatoid arthritis: what we start with, and why",
        ),
        (
            "options/ra/stay",
            RefKind.OPTION,
            "conditions.toml",
            "ra.no_new_medicine.stay",
            "compare?c=ra",
            "Rheumatoid arthritis: Stay on what is taken now",
        ),
        (
            "options/ra/stay/stopping",
            RefKind.OPTION,
            "conditions.toml",
            "ra.no_new_medicine.stay.cells.stopping",
            "compare?c=ra",
            "Rheumatoid arthritis: Stay on what is taken now: What if I want to stop?",
        ),
        (
            "concepts/c1-infection",
            RefKind.CONCEPT,
            "concepts.toml",
            "c1-infection",
            "quiz",
            "What must be known: Signs of infection: call the same day, before the next dose",
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


@pytest.mark.parametrize(
    "text",
    [
        "glossary/a/b",
        "signs/a/b",
        "contacts/us",
        "contacts/us/flags",
        "contacts/us/card/a",
        "conditions/ra",
        "conditions/ra/card",
        "conditions/ra/preselect/a",
        "options/ra",
        "options/ra/stay/a/b",
    ],
)
def test_half_an_address_of_another_part_is_refused(text: str) -> None:
    """What begins with a word of its own has all its parts; the error says what one looks like."""
    with pytest.raises(NoRef, match=f"no address of a fact; write {text.partition('/')[0]}/"):
        Ref.parse(text)


def test_every_fact_s_ref_leads_back_to_it(content: Content) -> None:
    """The ref of an item, as text and read again, has the file and the key of the item."""
    placed = [(item, item.ref) for item in items(content.catalogue)]
    with_ref = [(item, ref) for item, ref in placed if ref is not None]
    assert len(with_ref) > 1_500
    places: dict[str, set[tuple[str, str]]] = {}
    for item, ref in with_ref:
        places.setdefault(str(ref), set()).add((ref.file, ref.key))
        assert Ref.parse(str(ref)) == ref
        assert ref.file == item.file
        assert item.key == ref.key or item.key.startswith(f"{ref.key}.")
        assert ref.label(content.catalogue)
    assert {len(found) for found in places.values()} == {1}
    keys = [place for found in places.values() for place in found if place[1]]
    assert len(set(keys)) == len(keys)


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
