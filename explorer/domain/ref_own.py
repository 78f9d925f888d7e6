"""Addresses that begin with a word of their own: what stands in no medicine, guide or quiz."""

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.cells import Cell, RowCells, Statement
from explorer.domain.condition import Condition, NoNewMedicine, Preselection
from explorer.domain.contacts import Contacts
from explorer.domain.editorial import Term
from explorer.domain.medicine import RedFlag
from explorer.domain.questions import Concept
from explorer.domain.ref_kinds import RefKind
from explorer.domain.short_forms import ShortForm
from explorer.domain.signs import AgeBand, SignTable, WarningSign

OWN_WORDS = {
    kind.value: kind
    for kind in (
        RefKind.TERM,
        RefKind.SIGN,
        RefKind.CONTACT,
        RefKind.CONDITION,
        RefKind.OPTION,
        RefKind.CONCEPT,
        RefKind.SHORT,
    )
}
"""Kinds whose refs begin with a word of their own, and not with a medicine."""

OWN_PARTS = tuple(OWN_WORDS)
"""The first words of the addresses that no medicine, no section and no question has."""

OWN_FILES = {
    RefKind.TERM: "glossary.toml",
    RefKind.SIGN: "signs.toml",
    RefKind.CONTACT: "contacts.toml",
    RefKind.CONDITION: "conditions.toml",
    RefKind.OPTION: "conditions.toml",
    RefKind.CONCEPT: "concepts.toml",
    RefKind.SHORT: "short.toml",
}
_NOBODY, _PRESELECT = "nobody-answers", "preselect"
_LISTS = {
    RefKind.CONTACT: {"flags": "red_flags"},
    RefKind.CONDITION: {
        "flags": "red_flags",
        "card": "card",
        "not-compared": "not_compared",
    },
}
"""The lists in which signs and statements stand, and their keys."""
_SINGLE = {RefKind.CONTACT: _NOBODY, RefKind.CONDITION: _PRESELECT}
"""What stands there once."""
HOW_WRITTEN = {
    RefKind.TERM: "glossary/word",
    RefKind.SIGN: "signs/sign",
    RefKind.CONTACT: "contacts/us/flags/id or contacts/us/nobody-answers",
    RefKind.CONDITION: (
        "conditions/condition/flags/id, or card or not-compared in the place of flags, or "
        "conditions/condition/preselect"
    ),
    RefKind.OPTION: "options/condition/option or options/condition/option/row",
    RefKind.CONCEPT: "concepts/concept",
    RefKind.SHORT: "short/key of words.toml",
}
_BY_TYPE: dict[type[Frozen], RefKind] = {
    Term: RefKind.TERM,
    Concept: RefKind.CONCEPT,
    ShortForm: RefKind.SHORT,
}
_SHORT_PAGES = {"option": "compare", "export": "compare", "sheet": "visit"}
"""Where short forms are read, by the first word of their key; the others stand with the signs."""
_OPTION_PARTS = 3
"""Parts of the address of an option; its cells have one more."""


def is_whole(kind: RefKind, parts: tuple[str, ...]) -> bool:
    """Return whether a ref that begins with a word of its own has all its parts, and no more.

    Args:
        kind: what its first word says.
        parts: its parts.
    """
    number = len(parts)
    if kind is RefKind.OPTION:
        return number in (_OPTION_PARTS, _OPTION_PARTS + 1)
    if kind not in _LISTS:
        return number == 2
    third = parts[2] if number > 2 else ""
    return number == (3 if third == _SINGLE[kind] else 4 if third in _LISTS[kind] else 0)


def own_parts(owner: Frozen, value: Frozen, parents: tuple[Frozen, ...]) -> tuple[str, ...]:
    """Return the parts of the ref of a value that is in no medicine, no guide and no quiz.

    Args:
        owner: the entry of the catalogue that holds it.
        value: the value.
        parents: the values that hold it, the outermost first.

    Returns:
        The parts; none where it has no address.
    """
    match owner, value:
        case Term() | Concept() | ShortForm(), _ if value is owner:
            return _BY_TYPE[type(owner)].value, owner.id
        case SignTable(), WarningSign():
            return RefKind.SIGN.value, value.id
        case SignTable(), AgeBand():
            return RefKind.SIGN.value, getattr(parents[-1], "id", "")
        case Contacts() | Condition(), RedFlag():
            kind = RefKind.CONTACT if isinstance(owner, Contacts) else RefKind.CONDITION
            return kind.value, owner.id, "flags", value.id
        case Contacts(), Statement():
            return RefKind.CONTACT.value, owner.id, _NOBODY
        case Condition(), Statement():
            name = "card" if value in owner.card else "not-compared"
            return RefKind.CONDITION.value, owner.id, name, value.id
        case Condition(), Preselection():
            return RefKind.CONDITION.value, owner.id, _PRESELECT
        case Condition(), NoNewMedicine():
            return RefKind.OPTION.value, owner.id, value.id
        case Condition(), Cell():
            option = next(item.id for item in parents if isinstance(item, NoNewMedicine))
            row = next(item.row for item in parents if isinstance(item, RowCells))
            return RefKind.OPTION.value, owner.id, option, row
    return ()


def own_key(kind: RefKind, parts: tuple[str, ...]) -> str:
    """Return the dotted key of what a ref names in its file.

    Args:
        kind: one of those that begin with a word of their own.
        parts: the parts of the ref.
    """
    match kind:
        case RefKind.SIGN:
            return f"signs.{parts[1]}"
        case RefKind.CONTACT | RefKind.CONDITION:
            _, owner, part, *own = parts
            return ".".join((owner, _LISTS[kind].get(part, part.replace("-", "_")), *own))
        case RefKind.OPTION:
            _, owner, option, *rows = parts
            return ".".join((owner, "no_new_medicine", option, *(f"cells.{r}" for r in rows)))
        case _:
            return parts[1]


def own_page(kind: RefKind, parts: tuple[str, ...]) -> str:
    """Return the address, relative to our pages, of the page that shows what a ref names.

    Args:
        kind: one of those that begin with a word of their own.
        parts: the parts of the ref.
    """
    match kind:
        case RefKind.CONCEPT:
            return "quiz"
        case RefKind.SHORT:
            return _SHORT_PAGES.get(parts[1].partition(".")[0], "guide#warning-signs")
        case RefKind.TERM:
            return f"glossary#word-{parts[1]}"
        case RefKind.SIGN | RefKind.CONTACT:
            return "guide#warning-signs"
        case _:
            return f"compare?c={parts[1]}"


def own_label(kind: RefKind, parts: tuple[str, ...], catalogue: Catalogue) -> str:
    """Return in words what a ref names.

    Args:
        kind: one of those that begin with a word of their own.
        parts: the parts of the ref.
        catalogue: the content.

    Raises:
        UnknownId: it names a row or a condition that does not exist.
    """
    words = catalogue.words
    title = words(f"about.part-of-site-{kind}")
    name = parts[1]
    match kind:
        case RefKind.CONDITION:
            title = catalogue.condition(name).name
            short = words(f"sources.condition-{parts[2]}")
        case RefKind.OPTION:
            condition = catalogue.condition(name)
            options = {item.id: item.name for item in condition.no_new_medicine}
            title = condition.name
            short = options.get(parts[2], parts[2])
            if len(parts) > _OPTION_PARTS:
                short = words(
                    "sources.in-medicine",
                    title=short,
                    short=catalogue.row(parts[3]).question,
                )
        case RefKind.TERM:
            short = {item.id: item.term for item in catalogue.glossary}.get(name, name)
        case RefKind.CONCEPT:
            short = {item.id: item.label for item in catalogue.bank.concepts}.get(name, name)
        case RefKind.CONTACT:
            short = words(f"sources.contact-{parts[2]}", id=name)
        case _:
            short = name.replace("-", " ").replace(".", " ")
    return words("sources.in-medicine", title=title, short=short)
