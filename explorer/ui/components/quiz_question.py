"""One question: its stem, a way to answer each kind by keyboard, and its buttons."""

from html import escape

import streamlit as st

from explorer.domain.grading import Answer
from explorer.domain.messages import Words
from explorer.domain.questions import Bank, Question, QuestionKind
from explorer.domain.quiz_run import QuizRun, QuizStep, Sureness
from explorer.ui.components import anchors

PLACE = "quiz-place"
"""Id of what says where the reader is; it gets the focus at each step."""

CHOOSING = "choose"
"""The stage before the first question: from there on each step is a change."""


def show_stem(bank: Bank, question: Question, mark: str = "") -> None:
    """Show a question's text, with the case it belongs to.

    Args:
        bank: the questions with their cases.
        question: the question.
        mark: what stands above it, such as whose question it is.
    """
    st.html(_stem_html(bank, question, mark))


def _stem_html(bank: Bank, question: Question, mark: str) -> str:
    above = f'<p class="ax-short-status">{escape(mark)}</p>' if mark else ""
    case = bank.case_of(question)
    told = "" if case is None else f'<p class="ax-case">{escape(case.text)}</p>'
    return f'{above}{told}<h2 class="ax-stem">{escape(question.stem)}</h2>'


def show_question(
    run: QuizRun, words: Words, bank: Bank, question: Question, mark: str = ""
) -> None:
    """Show a question to answer, and focus all of it: number, case and stem are heard at once.

    Args:
        run: the run.
        words: interface words.
        bank: the questions with their cases.
        question: the question.
        mark: what stands above it, such as whose question it is.
    """
    place, total = _place_of(run, answered=False)
    said = words("quiz.progress", n=place, all=total)
    st.html(
        f'<div id="{PLACE}" tabindex="-1">{_line_html(said, place, total)}'
        f"{_stem_html(bank, question, mark)}</div>"
    )
    anchors.move_to(PLACE, stage=f"{place}.False", key="quiz.move")


def show_progress(run: QuizRun, words: Words, *, verdict: str = "") -> None:
    """Show which question of how many is on screen, and focus that line.

    Args:
        run: the run.
        words: interface words.
        verdict: what became of the answer, in a word. It begins the line that gets the focus and
            stands nowhere in a live region: there the reasons of wrong answers would be read out
            behind it, and a right action be heard as wrong.
    """
    answered = bool(verdict)
    place, total = _place_of(run, answered=answered)
    said = words("quiz.progress", n=place, all=total)
    line = f"{verdict} {said}" if answered else said
    st.html(_line_html(line, place, total, focus=True))
    anchors.move_to(PLACE, stage=f"{place}.{answered or 'read'}", key="quiz.move")


def wait_for_start() -> None:
    """Note that no question is on screen, so that the first one gets the focus as each does."""
    anchors.move_to(PLACE, stage=CHOOSING, key="quiz.move")


def _place_of(run: QuizRun, *, answered: bool) -> tuple[int, int]:
    total = len(run.steps) + len(run.extra)
    return min(len(run.responses) + (0 if answered else 1), total), total


def _line_html(line: str, place: int, total: int, *, focus: bool = False) -> str:
    said = (
        f'<p class="ax-short-status">{escape(line)} '
        f'<progress max="{total}" value="{place}" aria-hidden="true"></progress></p>'
    )
    # A paragraph that takes the focus itself is said twice, one inside what takes it once.
    return f'<div id="{PLACE}" tabindex="-1">{said}</div>' if focus else said


def ask(question: Question, step: QuizStep, key: str, words: Words) -> Answer:
    """Draw the answer's widgets; nothing is chosen at first.

    Returns:
        What is chosen so far, which may not be a whole answer yet.
    """
    texts = {option.id: option.text for option in question.options}
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE | QuestionKind.POLL:
            chosen = st.radio(
                words("quiz.choose-one"),
                step.options,
                index=None,
                format_func=texts.__getitem__,
                key=f"{key}.one",
            )
            return () if chosen is None else (chosen,)
        case QuestionKind.SEVERAL:
            st.markdown(words("quiz.choose-several"))
            return tuple(
                option
                for option in step.options
                if st.checkbox(texts[option], key=f"{key}.{option}")
            )
        case QuestionKind.ORDER:
            st.markdown(words("quiz.order-help"))
            places = [
                st.selectbox(
                    words("quiz.place", n=place),
                    step.options,
                    index=None,
                    format_func=texts.__getitem__,
                    placeholder=words("quiz.pick"),
                    key=f"{key}.place.{place}",
                )
                for place in range(1, len(step.options) + 1)
            ]
            return tuple(option for option in places if option is not None)
        case QuestionKind.SORT:
            labels = {group.id: group.label for group in question.groups}
            placed = [
                (
                    option,
                    st.radio(
                        texts[option],
                        list(labels),
                        index=None,
                        format_func=labels.__getitem__,
                        key=f"{key}.{option}",
                    ),
                )
                for option in step.options
            ]
            return tuple(f"{option}={group}" for option, group in placed if group is not None)
        case QuestionKind.NUMBER:
            unit = question.number.unit if question.number else ""
            typed = st.text_input(
                words("quiz.number", unit=unit), key=f"{key}.number", max_chars=24
            )
            return (typed.strip(),) if typed.strip() else ()
        case QuestionKind.TEXT:  # asked in a class only
            return ()


def ask_sureness(key: str, words: Words) -> Sureness | None:
    """Ask, if the reader likes, how sure they are. It is never scored."""
    labels = {item.value: words(f"quiz.sure-{item}") for item in Sureness}
    chosen = st.radio(
        words("quiz.sure"),
        list(labels),
        index=None,
        horizontal=True,
        format_func=labels.__getitem__,
        key=f"{key}.sure",
    )
    return None if chosen is None else Sureness(chosen)
