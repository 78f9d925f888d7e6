"""The questions as Moodle XML: categories, tags, an id number, and a reason for each option."""

from base64 import b64encode
from collections.abc import Sequence

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import About, QuizEntry, reason, sound
from explorer.export.quiz_exchange.gift import weight
from explorer.export.quiz_exchange.lines import flat
from explorer.export.quiz_exchange.markup import (
    comment,
    listed,
    paragraph,
    picture,
    picture_files,
    xml,
)

_TYPES = {
    QuestionKind.ORDER: "ordering",
    QuestionKind.SORT: "matching",
    QuestionKind.NUMBER: "numerical",
}


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the questions as Moodle XML, in UTF-8.

    Args:
        found: the questions.
        about: name of the bank, and what the file says of itself in its first comment.
    """
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n', comment(about.notes), "<quiz>\n"]
    topic = ""
    for entry in found:
        if entry.topic.id != topic:
            topic = entry.topic.id
            path = f"$course$/top/{_level(about.title)}/{_level(entry.topic.title)}"
            parts.append(
                f'<question type="category"><category>{_text(path)}</category></question>\n'
            )
        parts.append(_question(entry))
    parts.append("</quiz>\n")
    return "".join(parts).encode("utf-8")


def _level(title: str) -> str:
    return flat(sound(title)).replace("/", "//")


def _text(text: str) -> str:
    """Return a text as one section of characters, as Moodle's own export writes it.

    Moodle's reader drops a space that stands alone between two escaped signs, as in ``" '``.
    """
    held = sound(text).replace("]]>", "]]]]><![CDATA[>")
    return f"<text><![CDATA[{held}]]></text>"


def _html(tag: str, markup: str, files: str = "") -> str:
    """Return an element that holds HTML as a text of XML, and its files."""
    return f'<{tag} format="html">{_text(markup)}{files}</{tag}>\n'


def _drawn(entry: QuizEntry) -> tuple[str, str]:
    """Return the drawing as HTML, and its file for beside it; both empty where there is none."""
    markup = files = ""
    for name, svg in picture_files([entry]).items():
        held = b64encode(svg.encode()).decode("ascii")
        files = f'<file name="{name}" path="/" encoding="base64">{held}</file>'
        if entry.drawing is not None:
            markup = picture(entry.drawing, f"@@PLUGINFILE@@/{name}")
    return markup, files


def _question(entry: QuizEntry) -> str:
    question = entry.question
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in entry.tags)
    together = listed(entry.reasons) if question.kind in _TYPES and question.options else ""
    drawn, files = _drawn(entry)
    return (
        f'<question type="{_TYPES.get(question.kind, "multichoice")}">\n'
        f"<name>{_text(entry.name)}</name>\n"
        f"{_html('questiontext', paragraph(entry.stem))}"
        f"{_html('generalfeedback', together + drawn, files)}"
        "<defaultgrade>1</defaultgrade>\n<penalty>0.3333333</penalty>\n<hidden>0</hidden>\n"
        f"<idnumber>{xml(entry.name)}</idnumber>\n"
        f"{_answers(entry)}"
        f"<tags>{tags}</tags>\n</question>\n"
    )


def _answers(entry: QuizEntry) -> str:
    question = entry.question
    if question.number is not None:
        number = question.number
        wrong = f"{number.rationale} {number.action}"
        return (
            f'<answer fraction="100" format="plain_text"><text>{number.value}</text>\n'
            f"{_html('feedback', paragraph(number.rationale))}"
            f"<tolerance>{number.tolerance}</tolerance></answer>\n"
            '<answer fraction="0" format="plain_text"><text>*</text>\n'
            f"{_html('feedback', paragraph(wrong))}<tolerance>0</tolerance></answer>\n"
            "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty>"
            "<showunits>3</showunits><unitsleft>0</unitsleft>\n"
        )
    if question.kind is QuestionKind.ORDER:
        steps = "".join(
            f'<answer fraction="{place}" format="html">{_text(paragraph(option.text))}</answer>\n'
            for place, option in enumerate(question.options, 1)
        )
        return (
            "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>"
            f"<selectcount>{len(question.options)}</selectcount>"
            "<gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>"
            # without this one Moodle makes up hints of it, and its database refuses them
            "<numberingstyle>none</numberingstyle><shownumcorrect>1</shownumcorrect>\n"
            f"{steps}"
        )
    if question.kind is QuestionKind.SORT:
        labels = {group.id: group.label for group in question.groups}
        return "<shuffleanswers>true</shuffleanswers>\n" + "".join(
            f'<subquestion format="html">{_text(paragraph(option.text))}'
            f"<answer>{_text(flat(labels[option.group]))}</answer></subquestion>\n"
            for option in entry.options
        )
    return _choices(entry)


def _choices(entry: QuizEntry) -> str:
    question = entry.question
    share = weight(len(question.keys))
    several = question.kind is QuestionKind.SEVERAL
    shuffled = "false" if question.kind is QuestionKind.TRUE_FALSE else "true"
    lines = [
        f"<single>{'false' if several else 'true'}</single>",
        f"<shuffleanswers>{shuffled}</shuffleanswers>",
        "<answernumbering>ABCD</answernumbering>\n",
    ]
    for option in entry.options:
        wrong = f"-{share}" if several else "0"
        lines.append(
            f'<answer fraction="{share if option.key else wrong}" format="html">'
            f"{_text(paragraph(option.text))}\n"
            f"{_html('feedback', paragraph(reason(option)))}</answer>\n"
        )
    return "".join(lines)
