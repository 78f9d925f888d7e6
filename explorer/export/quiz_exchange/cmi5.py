"""The self-check as a cmi5 package: the page, and a course structure with one unit."""

from collections.abc import Sequence
from typing import Final

from explorer.export.quiz_exchange import course
from explorer.export.quiz_exchange.entries import About, QuizEntry
from explorer.export.quiz_exchange.markup import comment, packed, xml

_ID: Final = "https://example.invalid/anakinra-explorer"
"""Ids of cmi5 are addresses that need not lead anywhere."""


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the package, a ZIP.

    Args:
        found: the questions.
        about: name of the course, and what stands in the comment of its structure.
    """
    said = f'<langstring lang="en">{xml(about.title)}</langstring>'
    text = about.words("exchange.course-text", n=len(found))
    told = f'<langstring lang="en">{xml(text)}</langstring>'
    named = f"<title>{said}</title>\n<description>{told}</description>\n"
    unit = f"{_ID}/check/{course.version(found)}"
    structure = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{comment(about.notes)}'
        '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">\n'
        f'<course id="{_ID}">\n{named}</course>\n'
        f'<au id="{unit}" moveOn="Completed" launchMethod="AnyWindow">\n{named}'
        f"<url>{course.PAGE}</url>\n</au>\n</courseStructure>\n"
    )
    return packed({"cmi5.xml": structure, **course.files(found, about, course.ANYWHERE)})
