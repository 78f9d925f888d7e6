"""The room's screen: how to join, a question, what was chosen, and why, each within the window.

All sizes are relative to the letters of the body, which ``room_fit.js`` chooses for the window.
"""

import base64
from typing import Any

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.class_report import SMALLEST_GROUP, LaterChange, PairedChange
from explorer.domain.option_order import letter
from explorer.domain.own_questions import is_own
from explorer.domain.questions import Question
from explorer.domain.quiz_view import JudgedOption, judge
from explorer.domain.reason_steps import ReasonStep
from explorer.domain.sessions import PlannedQuestion
from explorer.export import class_html, qr, report_lines
from explorer.export import environment as html


class RoomReason(Frozen):
    """An option on the room's screen: its letter, how often it was chosen, and why."""

    letter: str
    judged: JudgedOption
    chosen: str = ""


def style() -> str:
    """Return the stylesheet of the room's screen."""
    return html.style("room.css")


def door(
    title: str, numbers: class_html.JoinInfo, said: str, catalogue: Catalogue, *, paused: bool
) -> str:
    """Say in large letters how to join.

    Args:
        title: of the lesson.
        numbers: how to join, and how many did.
        said: what the room waits for.
        catalogue: for interface words.
        paused: the class is between two rounds, so that what it waits for is the heading.
    """
    address = f"{numbers.address}?code={numbers.code}"
    return str(_module(catalogue).door(title, numbers, said, _square(address), address, paused))


def corner(numbers: class_html.JoinInfo, catalogue: Catalogue) -> str:
    """Say small in a corner how to join, for whoever comes late."""
    address = f"{numbers.address}?code={numbers.code}"
    return str(_module(catalogue).corner(numbers, _square(address), address))


def counts(numbers: class_html.JoinInfo, catalogue: Catalogue) -> str:
    """Say how many joined and answered."""
    return str(_module(catalogue).counts(numbers))


def ask(planned: PlannedQuestion, catalogue: Catalogue, *, reading: bool) -> str:
    """Show a question, while it is read without its options."""
    asked = class_html.ask(planned.question, planned.case, catalogue, reading=reading)
    return str(_module(catalogue).body(asked))


def bars(planned: PlannedQuestion, votes: tuple[class_html.Vote, ...], catalogue: Catalogue) -> str:
    """Show what was chosen, not yet what is right."""
    parts = (
        class_html.stem(planned.question, planned.case, catalogue),
        class_html.chart(planned.question, votes, catalogue, revealed=False),
    )
    return str(_module(catalogue).body("".join(parts)))


def why(
    planned: PlannedQuestion, votes: tuple[class_html.Vote, ...], step: int, catalogue: Catalogue
) -> str:
    """Show a step of the reasons.

    Args:
        planned: the question.
        votes: what was chosen.
        step: the step, from 0; one beyond the last is the last.
        catalogue: for interface words.
    """
    steps = planned.reason_steps
    step = min(step, len(steps) - 1)
    shown = steps[step]
    return str(
        _module(catalogue).why(
            planned.question,
            shown,
            _reasons(planned.question, shown, votes),
            planned.evidence,
            step + 1,
            len(steps),
        )
    )


def texts(planned: PlannedQuestion, found: tuple[str, ...], catalogue: Catalogue) -> str:
    """Show the short texts that the host lets the room see.

    Args:
        planned: the question.
        found: the texts.
        catalogue: for interface words.
    """
    asked = class_html.stem(planned.question, planned.case, catalogue)
    return str(_module(catalogue).texts(asked, [{"text": text} for text in found]))


def change(rows: tuple[PairedChange, ...] | tuple[LaterChange, ...], catalogue: Catalogue) -> str:
    """Show the share right before and after, and weeks later if asked then, a line for each point.

    Args:
        rows: of the same people in all rounds; none is hidden.
        catalogue: for interface words.
    """
    return str(_module(catalogue).change(rows))


def ended(rows: tuple[PairedChange, ...] | tuple[LaterChange, ...], catalogue: Catalogue) -> str:
    """Thank the room, and show what changed where that may be shown.

    Args:
        rows: as for ``change``; empty where too few people were asked more than once.
        catalogue: for interface words.
    """
    return str(_module(catalogue).ended(rows))


def _reasons(
    question: Question, step: ReasonStep, votes: tuple[class_html.Vote, ...]
) -> tuple[RoomReason, ...]:
    """Return the options of a step with their counts."""
    order = tuple(option.id for option in question.options)
    judged = judge(question, None, order).options
    if not order:
        return () if step.settles else (RoomReason(letter="", judged=judged[0]),)
    made = []
    for index, (option, said) in enumerate(zip(order, judged, strict=True)):
        if option in step.options:
            # a round that was never shown has no counts
            found = [_share(vote, index) for vote in votes if vote.tallies]
            made.append(
                RoomReason(
                    letter=letter(index), judged=said, chosen=" \N{RIGHTWARDS ARROW} ".join(found)
                )
            )
    return tuple(made)


def _share(vote: class_html.Vote, index: int) -> str:
    """Write how often an option was chosen, with the percent where enough people answered."""
    count = vote.tallies[index].count
    if vote.answered < SMALLEST_GROUP:
        return str(count)
    return f"{count} ({100 * count / vote.answered:.0f}%)"


def _square(address: str) -> str:
    """Return an address as a QR code that an image can show."""
    made = base64.b64encode(qr.svg(address).encode()).decode("ascii")
    return f"data:image/svg+xml;base64,{made}"


def _module(catalogue: Catalogue) -> Any:
    return html.module(
        "room.html.j2",
        w=catalogue.words,
        is_own=is_own,
        percent=report_lines.percent,
        drawn=lambda question: catalogue.drawing(question.drawing),
    )
