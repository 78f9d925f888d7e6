"""Rules about the person: nobody reads a point or a question in somebody else's words."""

import re
from collections.abc import Iterator
from typing import Final

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.domain.medicine import RedFlag
from explorer.domain.who import Who

_PARENTS_OWN: Final = re.compile(r"\bmy child\b|\bI (found|could not find)\b", re.IGNORECASE)
"""What a parent says of the child, or of what was read; the rest of a parent's text says 'we'."""

_FIRST_PERSON: Final = re.compile(r"\b(I|me|my|mine|myself)\b", re.IGNORECASE)

_NOT_FOR_YOUNG: Final = re.compile(
    r"\b(alcohol|pregnan\w*|birth control|breastfeed\w*)\b", re.IGNORECASE
)
"""Subjects that no parent of a child under 12 is asked about."""


@rule("person-text")
def texts_fit_the_person(context: Context) -> Iterator[Finding]:
    """A parent reads no 'my' of the patient, and nobody else reads of 'my child'."""
    catalogue = context.catalogue
    worded = [
        (file, item.id, field, who, said)
        for file, field, items in (
            ("concerns.toml", "label", catalogue.concerns),
            ("prompts.toml", "text", catalogue.prompts),
            ("rows.toml", "question", catalogue.rows),
            ("rows.toml", "question", catalogue.groups),
        )
        for item in items
        for who in Who
        if item.fits(who)
        for said in (item.said_to(who),)
    ]
    worded += [
        (item.file, f"red_flags.{flag.id}", "sign", Who.CHILD, flag.sign)
        for item, flag in context.each(RedFlag)
        if flag.fits(Who.CHILD)
    ]
    told: set[tuple[str, str, str]] = set()
    for file, item_id, field, who, said in worded:
        reason = ""
        if (
            who.is_own_child
            and field != "sign"
            and _FIRST_PERSON.search(_PARENTS_OWN.sub("", said))
        ):
            reason = (
                f"a parent reads {said!r}, which speaks of the reader: write it for a parent in "
                "'parent', with 'my child', 'we' and 'our'"
            )
        elif not who.is_own_child and "my child" in said.casefold():
            reason = f"{said!r} speaks of a child to somebody who reads for themselves"
        elif who is Who.CHILD and (found := _NOT_FOR_YOUNG.search(said)):
            reason = (
                f"{found[0]!r} is no subject for a child under 12: name the others in 'who' "
                "(adult, teen, child-teen)"
            )
        if reason and (file, item_id, reason) not in told:
            told.add((file, item_id, reason))
            yield error("person-text", file, f"{item_id}.{field}", reason)
