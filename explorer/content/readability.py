"""Reading grades, measured by the textstat library with the names of medicines left out.

Grade formulas count syllables, and "methotrexate" has four whatever the writer does; so each
drug, brand or glossary term counts as one short word. Limits: core text 6, details 8
(design bars after AMA and CDC advice on patient materials).

The library rests on a list of words under the GPL, so it is there for those who write content (the
extra ``check``) and not on a server.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from explorer.domain.catalogue import Catalogue

CORE_LIMIT = 6.0
DETAIL_LIMIT = 8.0
NURSE_LIMIT = 10.0

TEXTS_KEPT = 1 << 14
"""Texts whose sentences and words are kept: after an edit nearly all are the same as before it."""

_NEUTRAL = "it"


def names(catalogue: Catalogue) -> tuple[str, ...]:
    """List the words left out of the count: medicines, brands, conditions, glossary terms."""
    found: set[str] = set()
    for medicine in catalogue.published:  # a draft changes no grade of what readers see
        found.add(medicine.name)
        found.update(brand.name for brand in medicine.brands)
        found.update(medicine.also)
    for condition in catalogue.conditions:
        found.update((condition.name, condition.short, *condition.aliases))
    for term in catalogue.glossary:
        found.update((term.term, *term.also))
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


class NotInstalled(RuntimeError):
    """Grades cannot be measured, since the extra ``check`` is not installed."""


def can_measure() -> bool:
    """Return whether the library that measures is there."""
    try:
        import textstat  # noqa: F401 - only whether it can be had
    except ImportError:
        return False
    return True


def measured_text(texts: Iterable[str], leave_out: tuple[str, ...]) -> str:
    """Join texts into what is measured.

    Args:
        texts: sentences or short paragraphs; one without a full stop is closed with one.
        leave_out: names that count as one short word each.
    """
    joined = " ".join(_closed(text) for text in texts if text.strip())
    if joined and leave_out:
        joined = _any_of(leave_out).sub(_NEUTRAL, joined)
    return joined


@lru_cache(maxsize=4)
def _any_of(leave_out: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of one of some names, the first that fits, in any case of letters.

    Grouped by their first letter, written out in both cases: there are hundreds of names, and at
    most places of a text the pattern is left after one look instead of one a name.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in leave_out:
        groups[name[0].lower()].append(re.escape(name[1:]))
    parts = (
        rf"[{re.escape(first)}{re.escape(first.upper())}](?i:{'|'.join(rest)})"
        for first, rest in groups.items()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def grade(texts: Iterable[str], leave_out: tuple[str, ...]) -> float:
    """Measure the Flesch-Kincaid grade of texts joined into one.

    Args:
        texts: sentences or short paragraphs; one without a full stop is closed with one.
        leave_out: names that count as one short word each.

    Returns:
        The US school grade (Kincaid and others, 1975), 0.0 for no text.

    Raises:
        NotInstalled: the library is not there.
    """
    joined = measured_text(texts, leave_out)
    if not joined:
        return 0.0
    try:
        import textstat
    except ImportError as error:
        raise NotInstalled(
            "reading grades need: pip install -c constraints.txt '.[check]'"
        ) from error
    return round(float(textstat.flesch_kincaid_grade(joined)), 1)


@lru_cache(maxsize=TEXTS_KEPT)
def sentences(text: str) -> tuple[str, ...]:
    """Split plain text into sentences at full stops, question marks and semicolons."""
    parts = re.split(r"(?<=[.!?;])\s+(?=[\"'(]?[A-Z0-9a-z])", text)
    return tuple(part for part in parts if part.strip())


@lru_cache(maxsize=TEXTS_KEPT)
def words_in(text: str) -> int:
    """Count words: runs of letters or digits, with hyphens, points and apostrophes inside."""
    return len(re.findall(r"[^\W_]+(?:[-'\u2019./:][^\W_]+)*", text))


def _closed(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
