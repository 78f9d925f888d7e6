"""What each fact says, what rests on it, and the file that keeps a release of both."""

import json
from collections import defaultdict
from datetime import date

from explorer.content.support import text_hash
from explorer.domain.catalogue import Catalogue, Cell, RedFlag, Statement
from explorer.domain.condition import Condition, NoNewMedicine, Preselection
from explorer.domain.contacts import Contacts
from explorer.domain.editorial import Term
from explorer.domain.facts import items
from explorer.domain.medicine import Medicine
from explorer.domain.questions import Concept
from explorer.domain.refs import Ref
from explorer.domain.section import GuideStatement, Section
from explorer.domain.signs import SignTable, WarningSign

_ALWAYS_SHOWN = (Section, Condition, Contacts, SignTable, Term, Concept)


def ref_text(ref: Ref) -> str:
    """Return a ref as it is written."""
    return "/".join(ref.parts)


def what_is_said(catalogue: Catalogue) -> dict[str, str]:
    """Return what readers find at each fact, by its ref.

    Cells say text, detail and note; a variant by age is a fact of its own, with the age behind a
    sign that no ref has. Drafts say nothing. A sign of the table says with its words how fast, and
    what happens to the medicine.
    """
    published = {medicine.id for medicine in catalogue.published}
    found: dict[str, str] = {}
    for item in items(catalogue):
        owner = item.owner
        shown = isinstance(owner, _ALWAYS_SHOWN) or (
            isinstance(owner, Medicine) and owner.id in published
        )
        if not shown or item.ref is None:
            continue
        ref = ref_text(item.ref)
        match item.value:
            case Cell() as cell:
                key = f"{ref}#{cell.age}" if cell.age else ref
                found[key] = "\n".join(part for part in (cell.text, cell.detail, cell.note) if part)
            case GuideStatement() | Statement():
                found[ref] = item.value.text
            case RedFlag() as flag:
                found[ref] = f"{flag.sign} {flag.action}".strip()
            case WarningSign() as sign:
                bands = (f"{band.words} {band.urgency} {band.medicine}" for band in sign.ages)
                own = f"{sign.words} {sign.child}".strip()
                found[ref] = "\n".join((own, f"{sign.urgency} {sign.medicine}", *bands))
            case Term():
                found[ref] = item.value.meaning
            case Concept():
                found[ref] = item.value.card
            case NoNewMedicine():
                found[ref] = item.value.summary
            case Preselection():
                found[ref] = item.value.reason
            case _:
                continue
    return found


def tied_to(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return the places that rest on each fact: questions, statements, drawings and others."""
    found: dict[str, list[str]] = defaultdict(list)
    for topic in catalogue.bank.topics:
        for question in topic.questions:
            for support in question.supported_by:
                found[support.ref].append(f"questions/{topic.id}.toml: {question.id}")
    for item in items(catalogue):
        if isinstance(item.value, GuideStatement | Cell):
            for ref in item.value.says:
                found[ref].append(f"{item.file}: {item.key}")
    for drawing in catalogue.drawings:
        for support in drawing.supported_by:
            found[support.ref].append(f"drawings.toml: {drawing.id}")
    for form in catalogue.short_forms:
        for held in form.rests_on:
            found[held.ref].append(f"short.toml: {form.id}")
    for claim in catalogue.claims.claims:
        for ref in claim.places:
            found[ref].append(f"claims.toml: {claim.id}")
    return {ref: tuple(dict.fromkeys(places)) for ref, places in found.items()}


def written(catalogue: Catalogue, day: date) -> str:
    """Write ``facts.toml``: the facts as they are now, as a release of a day.

    Args:
        catalogue: the content.
        day: the day.
    """
    tied = tied_to(catalogue)
    lines = [
        "# The facts as they were released. Made by a command; see README.md.",
        f"on = {day.isoformat()}",
        f"changes = {len(catalogue.changes)}",
        "",
        "[facts]",
    ]
    for ref, text in sorted(what_is_said(catalogue).items()):
        kept = f", text = {_quoted(text)}" if ref in tied else ""
        lines.append(f'"{ref}" = {{ hash = "{text_hash(text)}"{kept} }}')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
