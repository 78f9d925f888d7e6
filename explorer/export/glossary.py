"""Words explained where a page first uses them: in a few words, or marked, with the meaning near.

A term that core rules use has a ``short``: it stands in brackets after the first use in sight, as
a reader in need does not open a fold. The meanings of the others stand behind one fold at the end
of the part that uses them. A button inside a sentence would cut it into pieces for whoever hears
it. The fold opens by keyboard, mouse and finger and needs no script; with ``tools.js`` a press on
the marked word shows its meaning beside it as well. On paper nothing opens, so the list at the end
of the page is printed instead.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from explorer.domain.catalogue import Term
from explorer.domain.messages import Words

_GLOSS: Final = Markup('<span class="ax-gloss">{}</span>')

_ABBREVIATED: Final = re.compile(r" \([A-Z]{2,}\)")
"""A name's abbreviation in brackets, which explains nothing."""


class Explainer:
    """Explains each term once on a page, at its first use.

    Templates pass texts through it (the filter ``explain``), wrap what is folded away into
    ``folded`` and write ``due()`` at the end of each part. What can be seen at once comes before
    what is folded away.
    """

    def __init__(
        self, glossary: tuple[Term, ...], words: Words, reserved: frozenset[str] | None = None
    ) -> None:
        """Start with no term explained.

        Args:
            glossary: the terms.
            words: interface words.
            reserved: ids of the terms that are used in plain sight, found by a first rendering;
                None for that first rendering, which leaves out what is folded away.
        """
        self._terms = {term.id: term for term in glossary}
        self._pattern, self._owners = _pattern(glossary)
        self._words = words
        self._is_first = reserved is None
        self._reserved = frozenset() if reserved is None else reserved
        self._explained: dict[str, Term] = {}
        self._due: list[Term] = []
        self._depth = 0

    @property
    def explained(self) -> frozenset[str]:
        """Ids of the terms that were explained so far."""
        return frozenset(self._explained)

    def explain(self, text: str) -> Markup:
        """Return a text as HTML, with a mark at the first use of each term.

        Args:
            text: plain text, which is escaped; HTML is returned as it is.
        """
        if isinstance(text, Markup):
            return text
        owners = self._owners
        parts: list[str] = []
        end = 0
        for found in self._pattern.finditer(text):
            name = found[0]
            term = self._terms[owners.get(name) or owners[name.casefold()]]
            if term.id in self._explained or (self._depth and term.id in self._reserved):
                continue
            self._explained[term.id] = term
            parts.append(escape(text[end : found.start()]))
            end = found.end()
            if term.short and not self._depth:
                told, end = _few_words(text, end, term.short)
                parts += (escape(name), escape(told[0]), told[1] and _GLOSS.format(told[1]))
                parts.append(escape(told[2]))
                continue
            self._due.append(term)
            parts.append(_marked(name, term))
        return Markup("").join((*parts, escape(text[end:])))

    def folded(self, caller: Callable[[], str]) -> str:
        """Render the body of a ``call`` block as something that is folded away.

        Its own terms are explained at its end; those of the text around it stay due. A first
        rendering looks only for what is in plain sight, so that it spares half of the work.
        """
        if self._is_first:
            return Markup("")
        around, self._due = self._due, []
        self._depth += 1
        try:
            return Markup(caller()) + self.due()  # noqa: S704 - the body of a template of ours
        finally:
            self._depth -= 1
            self._due = around

    def due(self) -> Markup:
        """Return the meanings of the terms since the last such place, behind one fold."""
        terms, self._due = self._due, []
        if not terms:
            return Markup("")
        items = Markup("").join(
            Markup('<div id="{}"><dt>{}</dt><dd>{}</dd></div>').format(
                _place(term), term.term, term.meaning
            )
            for term in terms
        )
        said = self._words("glossary.here", terms=", ".join(term.term for term in terms))
        return Markup(
            '<details class="ax-words"><summary>{}</summary><dl tabindex="-1">{}</dl></details>'
        ).format(said, items)

    def listed(self) -> Markup:
        """Return the explained terms with their meanings as a list that only print shows."""
        return terms_list(self._explained.values(), self._words)


def explained(
    render: Callable[[Explainer], dict[str, str]], glossary: tuple[Term, ...], words: Words
) -> dict[str, str]:
    """Render the parts of a page with each term explained at its first use over all of them.

    Args:
        render: renders the parts in reading order, passing their texts through an explainer.
        glossary: the terms.
        words: interface words.

    Returns:
        The parts, and a last one, ``words``: what is still due, and a list of all terms for print.
    """
    in_sight = Explainer(glossary, words)
    render(in_sight)
    explainer = Explainer(glossary, words, in_sight.explained)
    return render(explainer) | {"words": explainer.due() + explainer.listed()}


def found_in(texts: Iterable[str], glossary: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the terms that plain texts use, by name, for a file that lists them at its end."""
    pattern, owners = _pattern(glossary)
    used = {
        owners.get(found[0]) or owners[found[0].casefold()]
        for text in texts
        for found in pattern.finditer(text)
    }
    return _by_name(term for term in glossary if term.id in used)


def glossed(said: object, glossary: tuple[Term, ...], known: set[str]) -> Any:
    """Put the few words on a term after its first use in plain texts, as on paper nothing opens.

    Args:
        said: a text, or lists and mappings of texts in reading order; all else stays as it is.
        glossary: the terms.
        known: ids of the terms that were explained so far; those found here are added.

    Returns:
        The same with the few words in brackets.
    """
    if isinstance(said, Mapping):
        return {key: glossed(value, glossary, known) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [glossed(value, glossary, known) for value in said]
    if not isinstance(said, str):
        return said
    pattern, owners = _pattern(glossary)
    shorts = {term.id: term.short for term in glossary if term.short}

    parts: list[str] = []
    end = 0
    for found in pattern.finditer(said):
        term = owners.get(found[0]) or owners[found[0].casefold()]
        if term in known or term not in shorts:
            continue
        known.add(term)
        told, after = _few_words(said, found.end(), shorts[term])
        parts += (said[end : found.end()], *told)
        end = after
    return "".join((*parts, said[end:]))


def _few_words(text: str, end: int, short: str) -> tuple[tuple[str, str, str], int]:
    """Return what follows a term that ends there, the few words in the middle, and where it ends.

    Brackets of the author, or ", a ..." after it, say what it is already; an abbreviation in
    brackets takes the few words in.
    """
    abbreviated = _ABBREVIATED.match(text, end)
    if abbreviated:
        return (abbreviated[0][:-1], f": {short}", ")"), abbreviated.end()
    if text[end:].startswith((" (", ", a ")):
        return ("", "", ""), end
    return ("", f" ({short})", ""), end


def terms_list(terms: Iterable[Term], words: Words) -> Markup:
    """Return terms with their meanings as a list that only print shows; nothing for no term."""
    items = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term.term, term.meaning)
        for term in _by_name(terms)
    )
    if not items:
        return Markup("")
    return Markup(
        '<section class="ax-page-words" aria-label="{title}"><h2>{title}</h2>'
        "<dl>{items}</dl></section>"
    ).format(title=words("glossary.on-page"), items=items)


def _by_name(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: term.term.casefold()))


def _marked(name: str, term: Term) -> Markup:
    return Markup('<i class="ax-term" data-ax-term="{}">{}</i>').format(_place(term), name)


def _place(term: Term) -> str:
    return f"explained-{term.id}"


@lru_cache(maxsize=4)
def _pattern(glossary: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all names, longest first, and the term that each name belongs to.

    A name with two capitals or more, such as CAPS, is met only as it is written.
    """
    owners: dict[str, str] = {}
    for term in glossary:
        for name in (term.term, *term.also):
            owners.setdefault(name if _is_exact(name) else name.casefold(), term.id)
    names = sorted(owners, key=len, reverse=True)
    either = "|".join(
        re.escape(name) if _is_exact(name) else f"(?i:{re.escape(name)})" for name in names
    )
    return re.compile(rf"(?<![\w&#-])(?:{either or '(?!)'})(?![\w-])"), owners


def _is_exact(name: str) -> bool:
    return sum(letter.isupper() for letter in name) > 1
