"""The self-check as a SCORM 2004 package (third edition, which most platforms take)."""

from collections.abc import Sequence

from explorer.export.quiz_exchange import course
from explorer.export.quiz_exchange.entries import About, QuizEntry
from explorer.export.quiz_exchange.markup import comment, packed, xml


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the package, a ZIP.

    Args:
        found: the questions.
        about: name of the course, and what stands in the manifest's comment.
    """
    files = course.files(found, about)
    listed = "".join(f'<file href="{name}"/>' for name in files)
    title = xml(about.title)
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{comment(about.notes)}'
        '<manifest identifier="anakinra-explorer" version="1" '
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss">\n'
        "<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion>"
        "</metadata>\n"
        '<organizations default="all"><organization identifier="all">'
        f'<title>{title}</title>\n<item identifier="check" identifierref="page">'
        f"<title>{title}</title><imsss:sequencing><imsss:deliveryControls "
        'completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing></item>\n'
        "</organization></organizations>\n"
        '<resources><resource identifier="page" type="webcontent" adlcp:scormType="sco" '
        f'href="{course.PAGE}">{listed}</resource></resources>\n</manifest>\n'
    )
    return packed({"imsmanifest.xml": manifest, **files})
