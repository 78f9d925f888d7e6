"""The order and letters of a question's options, for paper, phone, console and room's screen.

One place decides both, so that "B" means the same wherever people talk about it.
"""

import random
from string import ascii_uppercase

from explorer.domain.questions import AnswerOption, Question, QuestionKind


def printed_order(question: Question, form: str = "") -> tuple[AnswerOption, ...]:
    """Return the options in an order that the question's id alone decides.

    In the files a key may stand first. True and false stay as they are, and steps to put in
    order never stand in their right order.

    Args:
        question: the question as it stands in the bank.
        form: name of a form of a worksheet, which has an order of its own.
    """
    options = list(question.options)
    if question.kind is QuestionKind.TRUE_FALSE:
        return tuple(options)
    seed = f"worksheet/{form}/{question.id}" if form else f"worksheet/{question.id}"
    random.Random(seed).shuffle(options)  # noqa: S311 - an order, no secret
    if question.kind is QuestionKind.ORDER and options == list(question.options):
        options.reverse()
    return tuple(options)


def form_order(questions: tuple[Question, ...], form: str) -> tuple[Question, ...]:
    """Return the questions of a topic in the order of a form; those of a case stay together.

    Args:
        questions: the questions in the order of the bank.
        form: the form's name; without one the order stays.
    """
    if not form:
        return questions
    blocks: list[list[Question]] = []
    for question in questions:
        if blocks and question.case is not None and blocks[-1][0].case == question.case:
            blocks[-1].append(question)
        else:
            blocks.append([question])
    seed = f"worksheet/{form}/{questions[0].id if questions else ''}"
    random.Random(seed).shuffle(blocks)  # noqa: S311 - an order, no secret
    return tuple(question for block in blocks for question in block)


def letter(index: int) -> str:
    """Return the letter of an option by its place, from 0.

    Args:
        index: the place in the order that is shown.
    """
    return ascii_uppercase[index]
