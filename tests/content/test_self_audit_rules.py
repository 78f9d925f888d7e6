"""The account that the site gives of itself: complete, and never more than is so."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.content.rules.self_audit import ITEMS
from explorer.domain.self_audit import AuditStatus
from tests.builders import check, edit, small_folder

ITEM = """
[cdc-index.items.{id}]
part = "index"
says = "Has one main message."
status = "{status}"
why = "{why}"
where = "{where}"
wording = "read"
"""


def audit(folder: Path, *, leave_out: str = "", **first: str) -> None:
    """Write an audit of the one standard with twenty items; ``first`` changes its first item."""
    text = '[cdc-index]\nname = "CDC index"\nnote = "Our own marks."\n'
    for number in range(1, 21):
        values = {"status": "met", "why": "It has one.", "where": "guide"}
        values |= first if number == 1 else {}
        if f"i{number}" != leave_out:
            text += ITEM.format(id=f"i{number}", **values)
    (folder / "audit.toml").write_text(text, encoding="utf-8")


def reasons(folder: Path) -> list[str]:
    """Give the findings of a folder."""
    return [f"{item.file}: {item.key}: {item.reason}" for item in check(folder).findings]


def test_the_three_standards_are_audited_whole(content: Content) -> None:
    """44, 24 and 20 items, each with its mark."""
    counts = {standard.id: len(standard.items) for standard in content.catalogue.audit}
    assert counts == {"ipdas": 44, "pemat-p": 24, "cdc-index": 20}
    for standard in content.catalogue.audit:
        assert sum(standard.count(status) for status in AuditStatus) == len(ITEMS[standard.id])


def test_a_whole_audit_is_accepted(tmp_path: Path) -> None:
    """An audit with all its items has no finding."""
    folder = small_folder(tmp_path)
    audit(folder)
    assert reasons(folder) == []


def test_a_missing_item_is_named(tmp_path: Path) -> None:
    """An audit cannot leave out what it does not meet."""
    folder = small_folder(tmp_path)
    audit(folder, leave_out="i7")
    assert reasons(folder) == ["audit.toml: cdc-index.items.i7: the item is missing"]


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ({"where": ""}, "an item that is 'met' says where in the site"),
        ({"status": "not-yet"}, "an item that is 'not-yet' names no place"),
        ({"why": "We are certified."}, "'certified' is a claim that nobody has made of this site"),
        ({"why": "A validated tool."}, "'validated' is a claim that nobody has made of this site"),
    ],
)
def test_a_mark_is_not_more_than_is_so(tmp_path: Path, first: dict[str, str], said: str) -> None:
    """A mark has its place, and no item claims what nobody has said."""
    folder = small_folder(tmp_path)
    audit(folder, **first)
    assert [line.split(": ")[-1] for line in reasons(folder)] == [said]


@pytest.mark.parametrize(
    ("ref", "on", "said"),
    [
        ("alpha/how-often", "2026-11-20", None),
        ("alpha/colour", "2026-11-20", "nothing stands at 'alpha/colour'"),
        ("all", "2027-01-01", "2027-01-01 is later than the content's date in review.toml"),
    ],
)
def test_a_change_names_what_changed(tmp_path: Path, ref: str, on: str, said: str | None) -> None:
    """A change names something that exists, on a day that the content has reached."""
    folder = small_folder(tmp_path)
    (folder / "changes.toml").write_text(
        f'[[changes]]\non = {on}\nref = "{ref}"\nwhat = "New."\nwhy = "A new label."\n',
        encoding="utf-8",
    )
    assert [line.split(": ")[-1] for line in reasons(folder)] == ([said] if said else [])


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("errors@clinic.example", True),
        ("https://clinic.example/new?title={id}", True),
        ("https://clinic.example/new", False),
        ("javascript:alert(1)", False),
    ],
)
def test_an_address_for_reports_can_be_used(tmp_path: Path, address: str, is_right: bool) -> None:
    """An e-mail address or a form that takes the fact's id; nothing else."""
    folder = small_folder(tmp_path)
    edit(folder, "contacts.toml", 'emergency = "', f'report_address = "{address}"\nemergency = "')
    assert (reasons(folder) == []) is is_right
