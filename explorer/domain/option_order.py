"""The order and letters of a question's options, for paper, phone, console and room's screen.

One place decides both, so that "B" means the same wherever people talk about it.
"""

import random
from string import ascii_uppercase

from explorer.domain.questions import AnswerOption, Question, QuestionKind


def printed_order(question: Question) -> tuple[AnswerOption, ...]:
    """Return the options in an order that the question's id alone decides.

    In the files a key may stand first. True and false stay as they are, and steps to put in
    order never stand in their right order.

    Args:
        question: the question as it stands in the bank.
    """
    options = list(question.options)
    if question.kind is QuestionKind.TRUE_FALSE:
        return tuple(options)
    random.Random(f"worksheet/{question.id}").shuffle(options)  # noqa: S311 - an order, no secret
    if question.kind is QuestionKind.ORDER and options == list(question.options):
        options.reverse()
    return tuple(options)


def letter(index: int) -> str:
    """Return the letter of an option by its place, from 0.

    Args:
        index: the place in the order that is shown.
    """
    return ascii_uppercase[index]
