"""Rules of facts in a few words: they stand as long as the facts that they tell stand."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.domain.facts import Item
from explorer.domain.ref_kinds import RefKind
from explorer.domain.review_lines import by_address, hash_of

FILE = "short.toml"


def short_hash(found: list[Item]) -> str:
    """Return the hash by which a short form holds a fact: another source changes no words.

    Args:
        found: what stands at the address of the fact.
    """
    return hash_of(found, with_sources=False)[:8]


@rule("short-form")
def short_forms_rest_on_facts(context: Context) -> Iterator[Finding]:
    """What the interface tells in short is a fact of the content, as it reads today."""
    if not context.catalogue.short_forms:
        return
    facts = by_address(context.catalogue, context.items)
    for form in context.catalogue.short_forms:
        if not context.catalogue.words.has(form.id):
            reason = f"words.toml has no text '{form.id}'; correct the key, or take it out"
            yield error("short-form", FILE, form.id, reason)
        for held in form.rests_on:
            found = facts.get(held.ref)
            if found is None or held.ref.startswith(f"{RefKind.SHORT}/"):
                reason = f"no fact stands at '{held.ref}'; 'where --ref' finds its address"
                yield error("short-form", FILE, form.id, reason)
            elif held.hash != short_hash(found):
                reason = (
                    f"what stands at '{held.ref}' has changed, read words.{form.id} again; the "
                    f"hash is now {short_hash(found)}"
                )
                yield error("short-form", FILE, form.id, reason)


@rule("short-missing")
def signs_in_short_name_their_lines(context: Context) -> Iterator[Finding]:
    """A text of the interface that tells a sign of the table rests on the line of this sign.

    A folder may lack the file; once it is there, it is whole.
    """
    words = context.catalogue.words
    forms = {form.id: form for form in context.catalogue.short_forms}
    for key, text in words.entries if forms else ():
        if key in words.derived:
            continue
        form = forms.get(key)
        held = set() if form is None else {item.ref for item in form.rests_on}
        for sign in context.catalogue.signs.told_in(text):
            ref = f"{RefKind.SIGN}/{sign.id}"
            if ref not in held:
                reason = f"words.{key} tells this sign in short; name '{ref}' under rests_on"
                yield error("short-missing", FILE, key, reason)
