"""Rules about what is not seen: letters of another script, odd signs, addresses elsewhere."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule

LONGEST_WORD: Final = 40
"""Most letters of a word without a break: more runs out of a phone's line, and no word has them."""

MOST_MARKS: Final = 2
"""Most combining marks on one letter: Vietnamese has two."""

MICRO: Final = "\u00b5"
"""The sign of a unit, which stands before Latin letters."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = re.compile(rf"[^\s/-]{{{LONGEST_WORD + 1},}}")
_MARKS: Final = re.compile(
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    rf"{{{MOST_MARKS + 1},}}"
)

_ADDRESS: Final = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?][!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]*)?"
)
"""A plain host with a name of letters, and only signs that an address may hold (RFC 3986): no user
before the host, no port, no number in place of a name, nothing that only looks like a letter."""


@rule("mixed-script", "hidden-sign", "long-word")
def texts_hold_what_they_seem_to(context: Context) -> Iterator[Finding]:
    """A word is of one script and of plain letters: it is found, and read aloud, as it looks."""
    for fact in context.facts:
        found = _LONG.search(fact.text)
        if found:
            reason = (
                f"a word of {len(found[0])} letters, at most {LONGEST_WORD}: '{found[0][:20]}...'"
            )
            yield error("long-word", fact.file, fact.key, reason)
        if fact.text.isascii():  # nearly all are
            continue
        for word in _WORD.findall(fact.text):
            if word.isascii():
                continue
            scripts = sorted({_script(letter) for letter in word if letter != MICRO})
            if len(scripts) > 1:
                reason = f"a word holds letters of two scripts ({', '.join(scripts)}): {word!a}"
                yield error("mixed-script", fact.file, fact.key, reason)
        odd = _MARKS.search(fact.text) or next(filter(_is_odd, fact.text), None)
        if odd is not None:
            sign = odd if isinstance(odd, str) else odd[0][-1]
            reason = f"readers do not see the sign U+{ord(sign):04X} as it is; write it plainly"
            yield error("hidden-sign", fact.file, fact.key, reason)


def _script(letter: str) -> str:
    """Return the script of a letter, which starts its name in Unicode."""
    return unicodedata.name(letter, "unknown").split()[0].lower()


def _is_odd(sign: str) -> bool:
    """Return whether a sign is of nobody, or a letter that stands for another one."""
    category = unicodedata.category(sign)
    stands_for = category[0] == "L" and unicodedata.normalize("NFKC", sign) != sign
    return category in ("Co", "Cn", "Cs", "Zl", "Zp") or (stands_for and sign != MICRO)


@rule("address")
def addresses_lead_where_they_say(context: Context) -> Iterator[Finding]:
    """The address of a source is of the web and names a plain host: what a reader presses."""
    for source in context.catalogue.sources:
        if not _ADDRESS.fullmatch(source.address):
            reason = (
                "this is no plain address: https://, a host's name without user or port, and a "
                f"path of plain signs; found {source.address[:60]!a}"
            )
            yield error("address", "sources.toml", f"{source.id}.address", reason)
