"""The evidence of a question: the cells and guide lines it rests on, with the source of each."""

from explorer.content.load import Content
from explorer.content.support import supporting_source, supporting_text
from explorer.domain.links import place_of
from explorer.domain.questions import Question
from explorer.domain.sessions import SupportingPassage

SHOWN = 2
"""Most passages under an answer: the first ones settle it."""


def passages(content: Content, question: Question) -> tuple[SupportingPassage, ...]:
    """Find the passages that a question rests on, in the order in which its author named them."""
    catalogue = content.catalogue
    found = ((item.ref, supporting_text(catalogue, item.ref)) for item in question.supported_by)
    return tuple(
        SupportingPassage(
            text=text,
            address=place_of(catalogue, ref),
            source=supporting_source(catalogue, ref),
        )
        for ref, text in found
        if text is not None
    )
