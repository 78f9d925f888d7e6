"""Which letters the shipped fonts have, and what stands in a PDF for those they lack.

``typst/coverage.txt`` lists the code points of each shipped family, read from the fonts' own tables
when the file was built; a test holds it to the fonts. So no font is parsed while the app runs, and
every letter is known to be there before the engine is asked. The first family sets the app's own
texts; the others stand in for what a person types in another script (the order of ``common.typ``).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from explorer.domain.letters import sound

COVERAGE: Final = Path(__file__).with_name("typst") / "coverage.txt"

BOX: Final = "\N{WHITE SQUARE}"
"""Stands for a letter that cannot be printed."""

_UNSEEN: Final = dict.fromkeys(
    (
        *(0x034F, 0x180E, 0x200C, 0x200D),
        *range(0x2060, 0x2065),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    ),
    "",
)
"""Joiners and selectors: they choose a letter's shape and are no letter themselves."""

_JOINER: Final = "\N{ZERO WIDTH JOINER}"

_BELONGS: Final = frozenset((_JOINER, *map(chr, range(0x1F3FB, 0x1F400))))
"""Signs that belong to the one before them, beside all combining marks: skin tones, the joiner."""

_SAME: Final = frozenset({"<compat>", "<font>", "<narrow>", "<noBreak>", "<square>", "<wide>"})
"""Compatibility forms that read the same as plain letters. Raised and lowered figures are not
among them: 10 to the ninth would become 109."""


@cache
def families() -> tuple[frozenset[str], ...]:
    """Return the letters of each shipped family, in the order in which the engine asks them."""
    found: list[set[str]] = []
    for line in COVERAGE.read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            found.append(set())
            continue
        first, _, last = line.partition("-")
        found[-1].update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return tuple(frozenset(letters | {"\n"}) for letters in found)


@cache
def covered() -> frozenset[str]:
    """Return every letter that some shipped family has."""
    return frozenset().union(*families())


def printable(text: str) -> tuple[str, int]:
    """Return a text that the shipped fonts can print.

    Args:
        text: any text.

    Returns:
        The text, each letter that the fonts lack as a box (with its marks, one box), and how many
        boxes there are. A letter that reads the same in plain letters is written with these.
    """
    plain = sound(text)
    if families()[0].issuperset(plain):
        return plain, 0
    given = [_nearest(cluster) for cluster in _clusters(plain)]
    return "".join(given), sum(
        one == BOX and cluster != BOX for one, cluster in zip(given, _clusters(plain), strict=True)
    )


def all_printable(data: Any) -> tuple[Any, int]:
    """Make every text in plain values printable.

    Args:
        data: texts, numbers, lists and mappings of them. Names of keys are ours and stay.

    Returns:
        The same values, and how many letters in all became boxes.
    """
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, Mapping):
        pairs = {key: all_printable(value) for key, value in data.items()}
        return {key: value for key, (value, _) in pairs.items()}, sum(n for _, n in pairs.values())
    if isinstance(data, Sequence):
        items = [all_printable(item) for item in data]
        return [item for item, _ in items], sum(n for _, n in items)
    return data, 0


def _clusters(text: str) -> list[str]:
    """Split a text into letters, each with the marks, joiners and selectors after it."""
    given: list[str] = []
    for sign in text:
        joined = bool(given) and given[-1] != "\n"
        belongs = unicodedata.category(sign) in ("Mn", "Me", "Mc") or sign in _BELONGS
        if joined and (belongs or given[-1].endswith(_JOINER)):
            given[-1] += sign
        else:
            given.append(sign)
    return given


def _nearest(cluster: str) -> str:
    """Return a letter with its marks as one family can set it: marks of another would be lost."""
    if _has(cluster):
        return cluster
    seen = unicodedata.normalize("NFC", cluster.translate(_UNSEEN))
    if not seen:
        return ""
    if _has(seen):
        return seen
    if unicodedata.category(seen[0]) == "Zs" and len(seen) == 1:
        return " "
    tag = unicodedata.decomposition(seen[0]).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", seen)
    if tag in _SAME and _has(plain):
        return plain
    return BOX


def _has(cluster: str) -> bool:
    return any(letters.issuperset(cluster) for letters in families())
