"""The questions as a QTI 2.1 package: a manifest, one item a file, and a test with all of them."""

from collections.abc import Sequence
from typing import Final

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import About, QuizEntry, reason
from explorer.export.quiz_exchange.markup import (
    comment,
    listed,
    packed,
    paragraph,
    picture,
    picture_file,
    picture_files,
    xml,
)

_QTI: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema-instance"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ITEM: Final = "imsqti_item_xmlv2p1"
_TEST: Final = "imsqti_test_xmlv2p1"
_AT: Final = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"

_MEDIA: Final = "media"

TOGETHER: Final = "reasons"
"""The one feedback of an item whose parts are judged together."""


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the package, a ZIP.

    Args:
        found: the questions.
        about: name of the test, and the manifest's comment.
    """
    files = {
        "imsmanifest.xml": _manifest(found, about.notes),
        "test.xml": _test(found, about.title),
    }
    for entry in found:
        files[_file(entry)] = _item(entry)
    media = {f"{_MEDIA}/{name}": svg for name, svg in picture_files(found).items()}
    return packed(files | media)


def identifier(name: str) -> str:
    """Return an id of ours as an identifier of QTI, which never begins with a digit."""
    return f"i-{name}"


def _file(entry: QuizEntry) -> str:
    return f"items/{entry.question.id}.xml"


def _manifest(found: Sequence[QuizEntry], notes: Sequence[str]) -> str:
    needed = "".join(
        f'<dependency identifierref="{identifier(entry.question.id)}"/>' for entry in found
    )
    items = "".join(
        f'<resource identifier="{identifier(entry.question.id)}" type="{_ITEM}" '
        f'href="{_file(entry)}"><file href="{_file(entry)}"/>{_needs(entry)}</resource>\n'
        for entry in found
    )
    items += "".join(
        f'<resource identifier="{identifier(name)}" type="webcontent" href="{_MEDIA}/{name}">'
        f'<file href="{_MEDIA}/{name}"/></resource>\n'
        for name in picture_files(found)
    )
    return (
        f'{_HEAD}{comment(notes)}<manifest xmlns="{_PACKAGE}" identifier="manifest">\n'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion>"
        "</metadata>\n<organizations/>\n<resources>\n"
        f'<resource identifier="test" type="{_TEST}" href="test.xml"><file href="test.xml"/>'
        f"{needed}</resource>\n{items}</resources>\n</manifest>\n"
    )


def _needs(entry: QuizEntry) -> str:
    if entry.drawing is None:
        return ""
    return f'<dependency identifierref="{identifier(picture_file(entry.drawing))}"/>'


def _test(found: Sequence[QuizEntry], title: str) -> str:
    sections: dict[str, list[QuizEntry]] = {}
    for entry in found:
        sections.setdefault(entry.topic.id, []).append(entry)
    inside = "".join(
        f'<assessmentSection identifier="topic-{name}" title="{xml(inside[0].topic.title)}" '
        'visible="true">\n'
        + "".join(
            f'<assessmentItemRef identifier="{identifier(entry.question.id)}" '
            f'href="{_file(entry)}"/>\n'
            for entry in inside
        )
        + "</assessmentSection>\n"
        for name, inside in sections.items()
    )
    return (
        f'{_HEAD}<assessmentTest {_spaces()} identifier="anakinra-explorer" title="{xml(title)}">\n'
        '<testPart identifier="all" navigationMode="nonlinear" submissionMode="individual">\n'
        '<itemSessionControl maxAttempts="0" showFeedback="true"/>\n'
        f"{inside}</testPart>\n</assessmentTest>\n"
    )


def _spaces() -> str:
    return f'xmlns="{_QTI}" xmlns:xsi="{_SCHEMA}" xsi:schemaLocation="{_QTI} {_AT}"'


def _item(entry: QuizEntry) -> str:
    question = entry.question
    tags = xml(" ".join(entry.tags))
    declared, asked, judged, feedback = {
        QuestionKind.ORDER: _ordered,
        QuestionKind.SORT: _sorted,
        QuestionKind.NUMBER: _number,
    }.get(question.kind, _choice)(entry)
    cardinality = "multiple" if question.kind is QuestionKind.SEVERAL else "single"
    outcome = drawn = ""
    if entry.drawing is not None:  # an outcome of its own: shown whatever was chosen, and once
        outcome = (
            '<outcomeDeclaration identifier="DRAWING" cardinality="single" '
            'baseType="identifier"/>\n'
        )
        judged += _set("DRAWING", _value("drawing"))
        address = f"../{_MEDIA}/{picture_file(entry.drawing)}"
        drawn = _told("drawing", picture(entry.drawing, address), "DRAWING")
    return (
        f"{_HEAD}<assessmentItem {_spaces()} "
        f'identifier="{identifier(question.id)}" title="{xml(entry.name)}" label="{tags}" '
        'xml:lang="en" adaptive="false" timeDependent="false">\n'
        f"{declared}"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>\n"
        f'<outcomeDeclaration identifier="FEEDBACK" cardinality="{cardinality}" '
        f'baseType="identifier"/>\n{outcome}'
        f"<itemBody>\n{paragraph(entry.stem)}\n{asked}</itemBody>\n"
        f"<responseProcessing>\n{judged}</responseProcessing>\n{feedback}{drawn}</assessmentItem>\n"
    )


def _declared(
    values: Sequence[str], *, cardinality: str, base: str = "identifier", mapping: str = ""
) -> str:
    correct = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="{base}"><correctResponse>{correct}</correctResponse>{mapping}'
        "</responseDeclaration>\n"
    )


def _mapping(right: Sequence[str], wrong: Sequence[str] = ()) -> str:
    """Return equal shares of a point; a wrong choice costs what a right one brings."""
    share = f"{1 / len(right):.6f}"
    entries = [f'<mapEntry mapKey="{key}" mappedValue="{share}"/>' for key in right]
    entries += [f'<mapEntry mapKey="{key}" mappedValue="-{share}"/>' for key in wrong]
    return f'<mapping lowerBound="0" upperBound="1" defaultValue="0">{"".join(entries)}</mapping>'


def _set(outcome: str, value: str) -> str:
    return f'<setOutcomeValue identifier="{outcome}">{value}</setOutcomeValue>\n'


def _told(name: str, markup: str, outcome: str = "FEEDBACK") -> str:
    return (
        f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{name}" showHide="show">'
        f"{markup}</modalFeedback>\n"
    )


def _value(name: str) -> str:
    return f'<baseValue baseType="identifier">{name}</baseValue>'


def _if_right(tolerance: str = "") -> str:
    """Return the condition: the response is the right one, as near as a number must be."""
    inside = '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/>'
    if not tolerance:
        return f"<match>{inside}</match>"
    return f'<equal toleranceMode="absolute" tolerance="{tolerance} {tolerance}">{inside}</equal>'


def _judged(right: str, wrong: str = "", tolerance: str = "") -> str:
    otherwise = f"<responseElse>{wrong}</responseElse>\n" if wrong else ""
    return (
        f"<responseCondition><responseIf>{_if_right(tolerance)}\n{right}</responseIf>\n"
        f"{otherwise}</responseCondition>\n"
    )


_ONE: Final = _set("SCORE", '<baseValue baseType="float">1</baseValue>')
_MAPPED: Final = _set("SCORE", '<mapResponse identifier="RESPONSE"/>')
_CHOSEN: Final = _set("FEEDBACK", '<variable identifier="RESPONSE"/>')


def _choices(entry: QuizEntry, tag: str = "simpleChoice", more: str = "") -> str:
    return "".join(
        f'<{tag} identifier="{identifier(option.id)}"{more}>{paragraph(option.text)}</{tag}>\n'
        if tag == "simpleChoice"
        else f'<{tag} identifier="{identifier(option.id)}"{more}>{xml(option.text)}</{tag}>\n'
        for option in entry.options
    )


def _choice(entry: QuizEntry) -> tuple[str, str, str, str]:
    question = entry.question
    several = question.kind is QuestionKind.SEVERAL
    right = [identifier(option.id) for option in question.options if option.key]
    wrong = [identifier(option.id) for option in question.options if not option.key]
    shuffled = "false" if question.kind is QuestionKind.TRUE_FALSE else "true"
    asked = (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffled}" '
        f'maxChoices="{0 if several else 1}">\n{_choices(entry)}</choiceInteraction>\n'
    )
    feedback = "".join(
        _told(identifier(option.id), paragraph(reason(option))) for option in question.options
    )
    if several:
        declared = _declared(right, cardinality="multiple", mapping=_mapping(right, wrong))
        return declared, asked, _MAPPED + _CHOSEN, feedback
    return _declared(right, cardinality="single"), asked, _judged(_ONE) + _CHOSEN, feedback


def _ordered(entry: QuizEntry) -> tuple[str, str, str, str]:
    right = [identifier(option.id) for option in entry.question.options]
    asked = (
        '<orderInteraction responseIdentifier="RESPONSE" shuffle="true">\n'
        f"{_choices(entry)}</orderInteraction>\n"
    )
    judged = _judged(_ONE) + _set("FEEDBACK", _value(TOGETHER))
    feedback = _told(TOGETHER, listed(entry.reasons))
    return _declared(right, cardinality="ordered"), asked, judged, feedback


def _sorted(entry: QuizEntry) -> tuple[str, str, str, str]:
    question = entry.question
    right = [
        f"{identifier(option.id)} g-{option.group}" for option in question.options if option.group
    ]
    groups = "".join(
        f'<simpleAssociableChoice identifier="g-{group.id}" matchMax="{len(question.options)}">'
        f"{xml(group.label)}</simpleAssociableChoice>\n"
        for group in question.groups
    )
    parts = _choices(entry, "simpleAssociableChoice", ' matchMax="1"')
    asked = (
        '<matchInteraction responseIdentifier="RESPONSE" shuffle="true" '
        f'maxAssociations="{len(question.options)}">\n'
        f"<simpleMatchSet>\n{parts}</simpleMatchSet>\n<simpleMatchSet>\n{groups}"
        "</simpleMatchSet>\n</matchInteraction>\n"
    )
    declared = _declared(
        right, cardinality="multiple", base="directedPair", mapping=_mapping(right)
    )
    judged = _MAPPED + _set("FEEDBACK", _value(TOGETHER))
    return declared, asked, judged, _told(TOGETHER, listed(entry.reasons))


def _number(entry: QuizEntry) -> tuple[str, str, str, str]:
    number = entry.question.number
    if number is None:
        raise ValueError(f"{entry.question.id}: a number question without its number")
    declared = _declared([str(number.value)], cardinality="single", base="float")
    asked = '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>\n'
    judged = _judged(
        _ONE + _set("FEEDBACK", _value("right")),
        _set("FEEDBACK", _value("wrong")),
        str(number.tolerance),
    )
    feedback = _told("right", paragraph(number.rationale)) + _told(
        "wrong", paragraph(f"{number.rationale} {number.action}")
    )
    return declared, asked, judged, feedback
