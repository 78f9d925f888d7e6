"""What settles a question: the very cells and guide lines, with the document behind each."""

from explorer.content.load import Content
from explorer.content.support import supporting_source, supporting_text
from explorer.domain.links import place_of
from explorer.domain.questions import Question
from explorer.domain.sessions import Settling

SHOWN = 2
"""Most supporting texts under an answer: the first ones settle it."""


def supports(content: Content, question: Question) -> tuple[Settling, ...]:
    """Find what supports a question, in the order in which its author named it."""
    catalogue = content.catalogue
    found = ((item.ref, supporting_text(catalogue, item.ref)) for item in question.supported_by)
    return tuple(
        Settling(
            text=text,
            address=place_of(catalogue, ref),
            source=supporting_source(catalogue, ref),
        )
        for ref, text in found
        if text is not None
    )
