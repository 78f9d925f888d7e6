"""The questions as a course of Open edX (OLX): a section a topic, a unit a question."""

import gzip
import io
import tarfile
from collections.abc import Mapping, Sequence
from typing import Final

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import About, QuizEntry, reason
from explorer.export.quiz_exchange.lines import flat
from explorer.export.quiz_exchange.markup import (
    comment,
    listed,
    paragraph,
    picture,
    picture_file,
    picture_files,
    xml,
)

_RUN: Final = "questions"
_ORDER_FROM: Final = 1


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the archive.

    Args:
        found: the questions.
        about: name of the course, and what stands in the comment of its first file.
    """
    topics: dict[str, list[QuizEntry]] = {}
    for entry in found:
        topics.setdefault(entry.topic.id, []).append(entry)
    sections = "".join(f'<sequential url_name="t-{name}"/>\n' for name in topics)
    files = {
        "course.xml": f'{comment(about.notes)}<course url_name="{_RUN}" org="anakinra-explorer" '
        'course="questions"/>\n',
        f"course/{_RUN}.xml": f'<course display_name="{xml(about.title)}" language="en">\n'
        '<chapter url_name="all"/>\n</course>\n',
        "chapter/all.xml": f'<chapter display_name="{xml(about.title)}">\n{sections}</chapter>\n',
    }
    for name, inside in topics.items():
        units = "".join(f'<vertical url_name="u-{entry.question.id}"/>\n' for entry in inside)
        title = xml(flat(inside[0].topic.title))
        files[f"sequential/t-{name}.xml"] = (
            f'<sequential display_name="{title}">\n{units}</sequential>\n'
        )
    for entry in found:
        name = entry.question.id
        files[f"vertical/u-{name}.xml"] = (
            f'<vertical display_name="{xml(entry.name)}">\n'
            f'<problem url_name="{name}"/>\n</vertical>\n'
        )
        files[f"problem/{name}.xml"] = _problem(entry)
    files |= {f"static/{name}": svg for name, svg in picture_files(found).items()}
    return _packed(files)


def _packed(files: Mapping[str, str]) -> bytes:
    """Return a tar.gz, the same bytes for the same texts."""
    made = io.BytesIO()
    with (
        gzip.GzipFile(filename="", fileobj=made, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, text in files.items():
            content = text.encode("utf-8")
            about = tarfile.TarInfo(f"course/{name}")
            about.size, about.mode = len(content), 0o644
            archive.addfile(about, io.BytesIO(content))
    return made.getvalue()


def _problem(entry: QuizEntry) -> str:
    kind = entry.question.kind
    if kind is QuestionKind.NUMBER:
        asked = _number(entry)
    elif kind in (QuestionKind.ORDER, QuestionKind.SORT):
        asked = _placed(entry)
    elif kind is QuestionKind.SEVERAL:
        asked = _several(entry)
    else:
        asked = _single(entry)
    if entry.drawing is not None:
        drawn = picture(entry.drawing, f"/static/{picture_file(entry.drawing)}")
        end = "</div>\n</solution>\n"  # one solution a problem: the drawing joins it
        asked = asked.removesuffix(end) + drawn + end if end in asked else asked + _solution(drawn)
    return f'<problem display_name="{xml(entry.name)}">\n{asked}</problem>\n'


def _text(text: str) -> str:
    return xml(flat(text))


def _single(entry: QuizEntry) -> str:
    shuffled = "" if entry.question.kind is QuestionKind.TRUE_FALSE else ' shuffle="true"'
    choices = "".join(
        f'<choice correct="{str(option.key).lower()}">{_text(option.text)}'
        f"<choicehint>{_text(reason(option))}</choicehint></choice>\n"
        for option in entry.options
    )
    return (
        f"<multiplechoiceresponse>\n<label>{_text(entry.stem)}</label>\n"
        f'<choicegroup type="MultipleChoice"{shuffled}>\n{choices}</choicegroup>\n'
        "</multiplechoiceresponse>\n"
    )


def _several(entry: QuizEntry) -> str:
    """Return several right options; a reason shows for what was chosen, or wrongly left."""
    choices = "".join(
        f'<choice correct="{str(option.key).lower()}">{_text(option.text)}'
        f'<choicehint selected="true">{_text(reason(option))}</choicehint>'
        + (
            f'<choicehint selected="false">{_text(reason(option))}</choicehint>'
            if option.key
            else ""
        )
        + "</choice>\n"
        for option in entry.options
    )
    return (
        f'<choiceresponse partial_credit="EDC">\n<label>{_text(entry.stem)}</label>\n'
        f"<checkboxgroup>\n{choices}</checkboxgroup>\n</choiceresponse>\n"
    )


def _placed(entry: QuizEntry) -> str:
    """Return a menu of groups, or of places, for each part."""
    question = entry.question
    if question.kind is QuestionKind.SORT:
        named = {group.id: group.label for group in question.groups}
        answers = list(dict.fromkeys(named.values()))
        right = {option.id: named[option.group] for option in question.options}
    else:
        places = range(_ORDER_FROM, len(question.options) + _ORDER_FROM)
        answers = [str(place) for place in places]
        right = dict(zip((option.id for option in question.options), answers, strict=True))
    menus = ""
    for option in entry.options:
        offered = "".join(
            f'<option correct="{answer == right[option.id]}">{_text(answer)}</option>'
            for answer in answers
        )
        menus += (
            f"<optionresponse>\n<label>{_text(option.text)}</label>\n"
            f"<optioninput>{offered}</optioninput>\n</optionresponse>\n"
        )
    return f"{paragraph(entry.stem)}\n{menus}{_solution(listed(entry.reasons))}"


def _number(entry: QuizEntry) -> str:
    number = entry.question.number
    if number is None:
        raise ValueError(f"{entry.question.id}: a number question without its number")
    near = (
        f'<responseparam type="tolerance" default="{number.tolerance}"/>\n'
        if number.tolerance
        else ""
    )
    return (
        f'<numericalresponse answer="{number.value}">\n<label>{_text(entry.stem)}</label>\n{near}'
        "<formulaequationinput/>\n"
        f"<correcthint>{_text(number.rationale)}</correcthint>\n</numericalresponse>\n"
        + _solution(paragraph(f"{number.rationale} {number.action}"))
    )


def _solution(markup: str) -> str:
    return f'<solution>\n<div class="detailed-solution">{markup}</div>\n</solution>\n'
