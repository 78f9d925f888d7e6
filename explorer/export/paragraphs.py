"""Long texts as paragraphs on the screen: one study each, and one medicine of a plan each."""

import re
from collections.abc import Iterable

from explorer.domain.messages import Words
from explorer.export.document import DocumentPassage

_STUDY = r"(?:stud(?:y|ies)|trials?|reviews?|reports?|regist(?:er|ry|ries))\b"
_FIRST_WORDS = (
    rf"(?:In )?(?:An?|One|Another|Two|Three|Older|Smaller) (?:[\w'-]+ ){{0,3}}{_STUDY}",
    rf"In (?:an?|one|another|two|three|older|US|EU|RA) (?:[\w'-]+ ){{0,3}}{_STUDY}",
    r"In an? (?:second|third|later|smaller) (?:one|part)\b",
)
"""How a sentence begins that goes on to another study, as our texts word it."""


def paragraphs(text: str, words: Words) -> tuple[str, ...]:
    """Part a text before each sentence that begins with another study or another medicine.

    No word is changed: the paragraphs joined by blanks are the text. Who reads a fold meets one
    study at a time (PEMAT-P, item 8: short sections).

    Args:
        text: a text of one or more sentences.
        words: interface words, with the lead of the medicine that a plan keeps.
    """
    kept = re.escape(words("plan.lead-kept", medicine=""))
    begins = "|".join((*_FIRST_WORDS, rf"[A-Z][\w ]*{kept}"))
    return tuple(re.split(rf"(?<=[.!?]) (?={begins})", text))


def in_paragraphs(passages: Iterable[DocumentPassage], words: Words) -> list[DocumentPassage]:
    """Part passages in the same way; a lead stays with the first part, sources with the last.

    Args:
        passages: what a cell says.
        words: interface words.
    """
    found = []
    for passage in passages:
        first, *rest = paragraphs(passage.text, words)
        if not rest:
            found.append(passage)
            continue
        found.append(passage.evolve(text=first, references=()))
        found += [passage.evolve(text=text, lead="", references=()) for text in rest[:-1]]
        found.append(passage.evolve(text=rest[-1], lead=""))
    return found
