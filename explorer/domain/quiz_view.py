"""What is shown of a judged question: each option with its reason, and the evidence."""

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer, grade, validation_error
from explorer.domain.questions import Question, QuestionKind


class JudgedOption(Frozen):
    """An option after judging: what was done with it, and why that is right or not."""

    text: str
    said: str
    right: bool
    is_key: bool
    rationale: str
    action: str


class Judged(Frozen):
    """A judged question."""

    is_right: bool
    made_right: int
    decisions: int
    options: tuple[JudgedOption, ...]


def judge(question: Question, given: Answer | None, order: tuple[str, ...]) -> Judged:
    """Judge an answer option by option, in the order in which the options were shown.

    Args:
        question: what was asked.
        given: the answer, or None where the question was skipped. One that does not fit counts as
            not right, and nothing was done with any option.
        order: ids of the options as they were shown.

    Returns:
        The judgement. ``said`` is what the reader did with an option in that option's terms: a
        group's or place's id, ``chosen``, ``left``, or nothing where it was skipped.
    """
    if given is not None and validation_error(question, given):
        given = None
    made = grade(question, given) if given is not None and question.has_key else None
    if question.kind is QuestionKind.NUMBER and question.number is not None:
        right = made is not None and made.is_right
        number = question.number
        options: tuple[JudgedOption, ...] = (
            JudgedOption(
                text=f"{number.value} {number.unit}",
                said=given[0] if given else "",
                right=right,
                is_key=True,
                rationale=number.rationale,
                action=number.action,
            ),
        )
    elif question.kind is QuestionKind.ORDER:
        options = _ordered(question, given)
    else:
        options = tuple(_option(question, option_id, given) for option_id in order)
    return Judged(
        is_right=made is not None and made.is_right,
        made_right=made.made_right if made else 0,
        decisions=made.decisions if made else 0,
        options=options,
    )


def _option(question: Question, option_id: str, given: Answer | None) -> JudgedOption:
    option = question.option(option_id)
    if question.kind is QuestionKind.SORT:
        labels = {group.id: group.label for group in question.groups}
        placed = dict(item.split("=", 1) for item in given or ())
        said = labels.get(placed.get(option.id, ""), "")
        text = f"{option.text} ({labels.get(option.group, '')})"
        right = placed.get(option.id) == option.group
        is_key = True
    else:
        chosen = given is not None and option.id in given
        said = "" if given is None else ("chosen" if chosen else "left")
        text = option.text
        right = question.has_key and given is not None and chosen is option.key
        is_key = option.key
    return JudgedOption(
        text=text,
        said=said,
        right=right,
        is_key=is_key,
        rationale=option.rationale,
        action=option.action,
    )


def _ordered(question: Question, given: Answer | None) -> tuple[JudgedOption, ...]:
    return tuple(
        JudgedOption(
            text=f"{place}. {option.text}",
            said="" if given is None else str(given.index(option.id) + 1),
            right=given is not None and given[place - 1] == option.id,
            is_key=True,
            rationale=option.rationale,
            action=option.action,
        )
        for place, option in enumerate(question.options, 1)
    )
