"""Words explained where a page first uses them: a button that opens the meaning, and a list.

The button opens by keyboard, mouse and finger (the browser's own popover), and needs no script.
On paper nothing opens, so the list at the end of the page is printed instead.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from explorer.domain.catalogue import Term
from explorer.domain.words import Words

_TAG = re.compile(r"(<[^>]*>)")
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_SKIPPED = frozenset(
    {"a", "button", "caption", "head", "nav", "script", "style", "summary", "th"}
    | {f"h{level}" for level in range(1, 7)}
)
_SKIPPED_CLASSES = re.compile(
    r'class="[^"]*\bax-(?:for|from|hidden|kind|option|places|references|refs|say|short-status|'
    r"sources|status|tag|word)\b"
)


def explain(html: str, glossary: tuple[Term, ...], words: Words) -> tuple[str, tuple[Term, ...]]:
    """Make a button of the first use of each term, where it stands in running text.

    What can be seen at once comes before what is folded away.

    Args:
        html: a well-formed piece of a page.
        glossary: the terms.
        words: interface words.

    Returns:
        The HTML, and the terms that were found in it, in the order of the glossary.
    """
    left = {term.id: term for term in glossary}
    for folded in (False, True):
        html = "".join(_marked(html, left, glossary, words, folded=folded))
    return html, tuple(term for term in glossary if term.id not in left)


def found_in(texts: Iterable[str], glossary: tuple[Term, ...]) -> tuple[Term, ...]:
    """Give the terms that plain texts use, by name, for a file that lists them at its end."""
    pattern, owners = _pattern(glossary)
    used: set[str] = set()
    for text in texts:
        for found in pattern.finditer(escape(text).replace("&#x27;", "&#39;")):
            used.add(owners.get(found[0]) or owners.get(found[0].casefold(), ""))
    return tuple(
        sorted(
            (term for term in glossary if term.id in used), key=lambda term: term.term.casefold()
        )
    )


def listed(terms: Iterable[Term], words: Words) -> str:
    """Give the terms with their meanings as a list that only print shows."""
    items = "".join(
        f"<div><dt>{escape(term.term)}</dt><dd>{escape(term.meaning)}</dd></div>"
        for term in sorted(terms, key=lambda item: item.term.casefold())
    )
    if not items:
        return ""
    title = escape(words("glossary.on-page"))
    return (
        f'<section class="ax-page-words" aria-label="{title}"><h2>{title}</h2>'
        f"<dl>{items}</dl></section>"
    )


def _marked(
    html: str, left: dict[str, Term], glossary: tuple[Term, ...], words: Words, *, folded: bool
) -> Iterator[str]:
    pattern, owners = _pattern(glossary)
    stack: list[bool] = []
    skipping = 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            name = re.match(r"</?([a-z0-9]*)", part, re.IGNORECASE)
            tag = name[1].casefold() if name else ""
            if part.startswith("</"):
                if stack:
                    skipping -= stack.pop()
            elif tag and tag not in _VOID and not part.endswith("/>"):
                skipped = (
                    tag in _SKIPPED
                    or (tag == "details" and not folded)
                    or _SKIPPED_CLASSES.search(part) is not None
                )
                stack.append(skipped)
                skipping += skipped
        elif part.strip() and not skipping and left:
            part = _in_text(part, pattern, owners, left, words)
        yield part


def _in_text(
    text: str,
    pattern: re.Pattern[str],
    owners: dict[str, str],
    left: dict[str, Term],
    words: Words,
) -> str:
    def marked(found: re.Match[str]) -> str:
        said = found[0]
        owner = owners.get(said) or owners.get(said.casefold(), "")
        term = left.pop(owner, None)
        return said if term is None else _button(said, term, words)

    return pattern.sub(marked, text)


def _button(said: str, term: Term, words: Words) -> str:
    place = f"explained-{term.id}"
    return (
        f'<button type="button" class="ax-term" popovertarget="{place}">{said}</button>'
        f'<span popover="auto" class="ax-word" id="{place}" role="note">'
        f"<strong>{escape(term.term)}</strong> {escape(term.meaning)} "
        f'<button type="button" class="ax-close" popovertarget="{place}" '
        f'popovertargetaction="hide">{escape(words("glossary.close"))}</button></span>'
    )


@lru_cache(maxsize=4)
def _pattern(glossary: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Give one pattern for all names, longest first, and the term that each name belongs to.

    A name with two capitals or more, such as CAPS, is met only as it is written.
    """
    owners: dict[str, str] = {}
    for term in glossary:
        for name in (term.term, *term.also):
            plain = escape(name).replace("&#x27;", "&#39;")  # as the templates write it
            owners.setdefault(plain if _is_exact(name) else plain.casefold(), term.id)
    names = sorted(owners, key=len, reverse=True)
    either = "|".join(
        re.escape(name) if _is_exact(name) else f"(?i:{re.escape(name)})" for name in names
    )
    return re.compile(rf"(?<![\w&#-])(?:{either or '(?!)'})(?![\w-])"), owners


def _is_exact(name: str) -> bool:
    return sum(letter.isupper() for letter in name) > 1
