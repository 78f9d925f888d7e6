"""Rules about the self-audit and the log of changes: complete, and never more than is so."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.domain.medicine import Medicine, Status
from explorer.domain.self_audit import AuditStatus

AUDIT = "audit.toml"

ITEMS = {
    "ipdas": (
        *(f"q{n}" for n in range(1, 7)),
        *(f"c{n}" for n in range(1, 11)),
        *(f"n{n}" for n in range(1, 29)),
    ),
    "pemat-p": tuple(f"p{n}" for n in range(1, 27) if n not in (13, 14)),
    "cdc-index": tuple(f"i{n}" for n in range(1, 21)),
}
"""The items of each standard: 44, 24 and 20. Items 13 and 14 of PEMAT belong to films."""

PARTS = ("all", "guide", "quiz", "numbers", "glossary")
"""Parts of the site that a change may name; each has its words under ``about.part-of-site-``."""

CLAIM = re.compile(r"(?<!not )\b(certified|validated|compliant|accredited)\b", re.IGNORECASE)
EMAIL = re.compile(r"[^\s@/:?&]+@[^\s@/:?&]+\.[a-z]{2,}", re.IGNORECASE)
FORM = re.compile(r"https://[^\s{}]+\{id\}[^\s{}]*")


@rule("audit")
def audit_is_complete(context: Context) -> Iterator[Finding]:
    """A standard that is audited is audited whole, item by item, and each mark has its place."""
    for standard in context.catalogue.audit:
        expected = ITEMS.get(standard.id)
        if expected is None:
            yield error("audit", AUDIT, standard.id, "this standard is not known")
            continue
        given = [item.id for item in standard.items]
        for missing in sorted(set(expected) - set(given)):
            yield error("audit", AUDIT, f"{standard.id}.items.{missing}", "the item is missing")
        for item in standard.items:
            key = f"{standard.id}.items.{item.id}"
            if item.id not in expected:
                yield error("audit", AUDIT, key, "the standard has no such item")
            if item.status in (AuditStatus.MET, AuditStatus.PARTLY) and not item.where:
                reason = f"an item that is '{item.status}' says where in the site"
                yield error("audit", AUDIT, f"{key}.where", reason)
            if item.status in (AuditStatus.NOT_YET, AuditStatus.NOT_APPLICABLE) and item.where:
                reason = f"an item that is '{item.status}' names no place"
                yield error("audit", AUDIT, f"{key}.where", reason)


@rule("audit")
def audit_claims_nothing(context: Context) -> Iterator[Finding]:
    """Nobody has certified or validated the site, so no text of the audit says so."""
    for standard in context.catalogue.audit:
        texts = {"name": standard.name, "note": standard.note}
        texts |= {f"items.{item.id}.why": item.why for item in standard.items}
        for key, text in texts.items():
            found = CLAIM.search(text)
            if found:
                reason = f"'{found[0]}' is a claim that nobody has made of this site"
                yield error("audit", AUDIT, f"{standard.id}.{key}", reason)


@rule("change")
def changes_name_what_changed(context: Context) -> Iterator[Finding]:
    """A change names something that exists, and a day that the content has reached."""
    catalogue = context.catalogue
    known = {*PARTS, *(condition.id for condition in catalogue.conditions)}
    known |= {
        str(item.ref)
        for item in context.items
        if not isinstance(item.owner, Medicine) or item.owner.status is Status.PUBLISHED
    }
    for number, change in enumerate(catalogue.changes, 1):
        key = f"changes.{number}"
        if change.ref not in known:
            reason = f"nothing stands at '{change.ref}'"
            yield error("change", "changes.toml", f"{key}.ref", reason)
        if change.on > catalogue.review.content_date:
            reason = f"{change.on} is later than the content's date in review.toml"
            yield error("change", "changes.toml", f"{key}.on", reason)


@rule("contact")
def reports_can_be_sent(context: Context) -> Iterator[Finding]:
    """The address for reports is an e-mail address, or a form that takes the fact's id."""
    for contact in context.catalogue.contacts:
        address = contact.report_address
        if address and not (EMAIL.fullmatch(address) or FORM.fullmatch(address)):
            reason = "write an e-mail address, or https://... with {id} where the fact's id goes"
            yield error("contact", "contacts.toml", f"{contact.id}.report_address", reason)
