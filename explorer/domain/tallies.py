"""Counting the answers to one question."""

from collections.abc import Iterable, Sequence

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer, grade, validation_error
from explorer.domain.questions import Question, QuestionKind


class Tally(Frozen):
    """How often an option was chosen; when sorting, how often it was put into its group."""

    option: str
    text: str
    right: bool
    count: int


def tallies(question: Question, answers: Iterable[Answer]) -> tuple[Tally, ...]:
    """Count the chosen options, in the question's own order.

    A number question has one count for right numbers and one for all others.

    Args:
        question: the question.
        answers: the answers to it; empty and invalid ones are not counted.
    """
    valid = [answer for answer in answers if answer and not validation_error(question, answer)]
    if question.kind is QuestionKind.NUMBER and question.number is not None:
        right = sum(is_right(question, answer) for answer in valid)
        solution = f"{question.number.value} {question.number.unit}"
        return (
            Tally(option="right", text=solution, right=True, count=right),
            Tally(option="other", text="", right=False, count=len(valid) - right),
        )
    if question.kind is QuestionKind.SORT:
        labels = {group.id: group.label for group in question.groups}
        return tuple(
            Tally(
                option=option.id,
                text=f"{option.text} → {labels[option.group]}",
                right=True,
                count=sum(f"{option.id}={option.group}" in answer for answer in valid),
            )
            for option in question.options
        )
    return tuple(
        Tally(
            option=option.id,
            text=option.text,
            right=option.key,
            count=sum(option.id in answer for answer in valid),
        )
        for option in question.options
    )


def with_hands(counted: tuple[Tally, ...], hands: Sequence[int]) -> tuple[Tally, ...]:
    """Add hands that were counted in the room, one number for each option."""
    if len(hands) != len(counted):
        return counted
    return tuple(
        item.evolve(count=item.count + more) for item, more in zip(counted, hands, strict=True)
    )


def is_right(question: Question, answer: Answer) -> bool:
    """Return whether an answer is right; "not sure", invalid answers and those to polls are not."""
    if not question.has_key or not answer or validation_error(question, answer):
        return False
    return grade(question, answer).is_right


def count_invalid(question: Question, answers: Iterable[Answer]) -> int:
    """Count the answers that are neither empty nor valid."""
    return sum(bool(answer) and bool(validation_error(question, answer)) for answer in answers)
