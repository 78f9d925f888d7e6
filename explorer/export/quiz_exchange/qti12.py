"""The questions as a QTI 1.2 package in the form that Canvas writes: one quiz a topic.

Question types stand in Canvas's own field ``question_type``; each option has a comment.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import About, QuizEntry, reason, sound
from explorer.export.quiz_exchange.gift import weight
from explorer.export.quiz_exchange.lines import flat
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

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE: Final = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"

_MEDIA: Final = "media"
_BASE: Final = "%24IMS-CC-FILEBASE%24"
"""What stands for the folder of the package in an address, as Canvas writes it."""

_ALWAYS: Final = "general_fb"
"""The comment that Canvas shows whatever was answered."""

_TYPES: Final = {
    QuestionKind.SINGLE: "multiple_choice_question",
    QuestionKind.TRUE_FALSE: "multiple_choice_question",
    QuestionKind.SEVERAL: "multiple_answers_question",
    QuestionKind.ORDER: "matching_question",
    QuestionKind.SORT: "matching_question",
    QuestionKind.NUMBER: "numerical_question",
}


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the package, a ZIP.

    Args:
        found: the questions.
        about: what the name of each quiz begins with, and the manifest's comment.
    """
    topics: dict[str, list[QuizEntry]] = {}
    for entry in found:
        topics.setdefault(entry.topic.id, []).append(entry)
    resources = "".join(
        f'<resource identifier="t-{name}" type="imsqti_xmlv1p2" href="t-{name}/t-{name}.xml">'
        f'<file href="t-{name}/t-{name}.xml"/></resource>\n'
        for name in topics
    )
    media = {f"{_MEDIA}/{name}": svg for name, svg in picture_files(found).items()}
    resources += "".join(
        f'<resource identifier="m-{place}" type="webcontent" href="{name}">'
        f'<file href="{name}"/></resource>\n'
        for place, name in enumerate(media, 1)
    )
    manifest = (
        f'{_HEAD}{comment(about.notes)}<manifest xmlns="{_PACKAGE}" identifier="manifest">\n'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    )
    files = {"imsmanifest.xml": manifest}
    for name, inside in topics.items():
        files[f"t-{name}/t-{name}.xml"] = _quiz(name, inside, about.title)
    return packed(files | media)


def _quiz(name: str, inside: Sequence[QuizEntry], title: str) -> str:
    named = xml(flat(f"{title}: {inside[0].topic.title}"))
    items = "".join(_item(entry) for entry in inside)
    return (
        f'{_HEAD}<questestinterop xmlns="{_SPACE}">\n'
        f'<assessment ident="t-{name}" title="{named}">\n'
        f'<section ident="root_section">\n{items}</section>\n</assessment>\n</questestinterop>\n'
    )


def _html(markup: str) -> str:
    return f'<material><mattext texttype="text/html">{xml(markup)}</mattext></material>'


def _field(label: str, value: str) -> str:
    return (
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel>"
        f"<fieldentry>{value}</fieldentry></qtimetadatafield>"
    )


def _item(entry: QuizEntry) -> str:
    question = entry.question
    if question.kind is QuestionKind.NUMBER:
        asked, judged, comments = _number(entry)
    elif question.options and question.kind in {QuestionKind.ORDER, QuestionKind.SORT}:
        asked, judged, comments = _matched(entry)
    else:
        asked, judged, comments = _choice(entry)
    if entry.drawing is not None:
        drawn = picture(entry.drawing, f"{_BASE}/{_MEDIA}/{picture_file(entry.drawing)}")
        if _ALWAYS not in comments:
            judged = _shown("<other/>", _ALWAYS) + judged
        comments[_ALWAYS] = comments.get(_ALWAYS, "") + drawn
    told = "".join(
        f'<itemfeedback ident="{name}"><flow_mat>{_html(markup)}</flow_mat></itemfeedback>\n'
        for name, markup in comments.items()
    )
    return (
        f'<item ident="{question.id}" title="{xml(entry.name)}">\n<itemmetadata><qtimetadata>'
        f"{_field('question_type', _TYPES[question.kind])}{_field('points_possible', '1.0')}"
        f"</qtimetadata></itemmetadata>\n<presentation>{_html(paragraph(entry.stem))}\n{asked}"
        "</presentation>\n<resprocessing><outcomes>"
        '<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>\n'
        f"{judged}</resprocessing>\n{told}</item>\n"
    )


def _shown(condition: str, name: str) -> str:
    return (
        f'<respcondition continue="Yes"><conditionvar>{condition}</conditionvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{name}"/></respcondition>\n'
    )


def _scored(condition: str, points: str = "100", *, action: str = "Set", more: str = "") -> str:
    return (
        f"<respcondition{more}><conditionvar>{condition}</conditionvar>"
        f'<setvar action="{action}" varname="SCORE">{points}</setvar></respcondition>\n'
    )


def _equal(value: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{value}</varequal>'


def _choice(entry: QuizEntry) -> tuple[str, str, dict[str, str]]:
    question = entry.question
    several = question.kind is QuestionKind.SEVERAL
    labels = "".join(
        f'<response_label ident="{option.id}">{_html(paragraph(option.text))}</response_label>\n'
        for option in entry.options
    )
    asked = (
        f'<response_lid ident="response1" rcardinality="{"Multiple" if several else "Single"}">'
        f"<render_choice>\n{labels}</render_choice></response_lid>\n"
    )
    right = "".join(
        _equal(option.id) if option.key else f"<not>{_equal(option.id)}</not>"
        for option in question.options
        if several or option.key
    )
    # by place: Canvas takes the comment "wrong-dose_fb" for one on every wrong answer
    names = {option.id: f"answer{place}_fb" for place, option in enumerate(entry.options, 1)}
    judged = "".join(_shown(_equal(option), name) for option, name in names.items())
    judged += _scored(f"<and>{right}</and>" if several else right, more=' continue="No"')
    comments = {names[option.id]: paragraph(reason(option)) for option in entry.options}
    return asked, judged, comments


def _matched(entry: QuizEntry) -> tuple[str, str, dict[str, str]]:
    question = entry.question
    answers: Mapping[str, str]
    if question.groups:
        # by place: Canvas tells groups apart by the first number in their names
        names = {group.id: f"g-{place}" for place, group in enumerate(question.groups, 1)}
        answers = {names[group.id]: group.label for group in question.groups}
        right = {option.id: names[option.group] for option in question.options}
    else:
        answers = {f"g-{place}": str(place) for place in range(1, len(question.options) + 1)}
        right = {option.id: f"g-{place}" for place, option in enumerate(question.options, 1)}
    labels = "".join(
        f'<response_label ident="{name}"><material><mattext>{xml(flat(sound(text)))}</mattext>'
        "</material></response_label>"
        for name, text in answers.items()
    )
    asked = "".join(
        f'<response_lid ident="response_{option.id}">{_html(paragraph(option.text))}'
        f"<render_choice>{labels}</render_choice></response_lid>\n"
        for option in entry.options
    )
    share = weight(len(question.options))
    judged = _shown("<other/>", _ALWAYS) + "".join(
        _scored(_equal(right[option.id], f"response_{option.id}"), share, action="Add")
        for option in entry.options
    )
    return asked, judged, {_ALWAYS: listed(entry.reasons)}


def _number(entry: QuizEntry) -> tuple[str, str, dict[str, str]]:
    number = entry.question.number
    if number is None:
        raise ValueError(f"{entry.question.id}: a number question without its number")
    value, off = Decimal(number.value), Decimal(number.tolerance)
    asked = (
        '<response_str ident="response1" rcardinality="Single"><render_fib fibtype="Decimal">'
        '<response_label ident="answer1"/></render_fib></response_str>\n'
    )
    right = (
        f'<or>{_equal(str(value))}<and><vargte respident="response1">{value - off}</vargte>'
        f'<varlte respident="response1">{value + off}</varlte></and></or>'
    )
    judged = _shown("<other/>", "general_incorrect_fb")
    judged += (
        f'<respcondition continue="No"><conditionvar>{right}</conditionvar>'
        '<setvar action="Set" varname="SCORE">100</setvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="correct_fb"/></respcondition>\n'
    )
    return (
        asked,
        judged,
        {
            "correct_fb": paragraph(number.rationale),
            "general_incorrect_fb": paragraph(f"{number.rationale} {number.action}"),
        },
    )
