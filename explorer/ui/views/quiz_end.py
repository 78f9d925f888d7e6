"""The end of a quiz: what to look at again, what to do, reminders, and a nurse's record."""

from datetime import datetime, tzinfo
from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.messages import Words
from explorer.domain.questions import Bank, Question
from explorer.domain.quiz_result import CheckResult
from explorer.domain.quiz_run import QuestionOutcome, QuizRun, missed, outcome
from explorer.export import reminders_ics
from explorer.ui.components import downloads
from explorer.ui.components.quiz_question import PLACE
from explorer.ui.views import quiz_record


def show_practice(content: Content, run: QuizRun, first: tuple[Question, ...]) -> None:
    """Show the end of a practice: sure and wrong first, then what to do. No pass, no blame."""
    words = content.catalogue.words
    bank = content.catalogue.asked
    shown = [step for step in run.steps if run.response_to(step.question)]
    right = sum(outcome(bank, run, step.question) is QuestionOutcome.RIGHT for step in shown)
    st.header(words("quiz.end-title"), anchor=False)
    said = words("quiz.end-count", right=right, shown=len(shown))
    st.html(f'<div id="{PLACE}" tabindex="-1"><p>{escape(said)}</p></div>')
    if first:
        st.subheader(words("quiz.sure-wrong-title"), anchor=False)
        st.markdown(words("quiz.sure-wrong-text"))
        _list([question.stem for question in first])
    again = missed(bank, run)
    if again:
        st.subheader(words("quiz.cards-title"), anchor=False)
        _list(_cards(bank, again))
        st.markdown(words("quiz.ask-team"))
        _reminders(content, run, again, words)
    else:
        st.markdown(words("quiz.nothing-missed"))


def show_check(content: Content, run: QuizRun, result: CheckResult, zone: tzinfo) -> None:
    """Show a nurse's result with each critical concept, and offer the record."""
    words = content.catalogue.words
    bank = content.catalogue.asked
    st.header(words("quiz.check-end-title"), anchor=False)
    verdict = "quiz.check-passed" if result.passed else "quiz.check-not-passed"
    if not result.complete:
        verdict = "quiz.check-incomplete"
    st.html(
        f'<div id="{PLACE}" tabindex="-1"><p class="ax-message">{escape(words(verdict))} '
        + escape(
            words(
                "quiz.check-score",
                right=result.right,
                total=result.total,
                percent=result.percent,
                mark=result.pass_mark,
            )
        )
        + "</p></div>"
    )
    st.subheader(words("quiz.concepts-title"), anchor=False)
    _list(
        [
            bank.concept(item.concept).label
            + ": "
            + words("quiz.concept-right" if item.right else "quiz.concept-missed", tries=item.tries)
            for item in result.concepts
        ]
    )
    if result.see_educator:
        st.markdown(f"**{words('quiz.see-educator')}**")
        _list([bank.concept(concept).label for concept in result.see_educator])
        st.markdown(words("quiz.pause-again"))
        _list([bank.concept(concept).card for concept in result.see_educator])
    if result.review_topics:
        st.subheader(words("quiz.review-title"), anchor=False)
        _list(list(result.review_topics))
    quiz_record.show(content, run, result, zone)
    again = missed(bank, run)
    if again:
        _reminders(content, run, again, words)


def _cards(bank: Bank, again: tuple[Question, ...]) -> list[str]:
    """Return what to do for what was missed: the concept's card, or the item's own action."""
    cards: list[str] = []
    for question in again:
        if question.concept is not None:
            cards.append(bank.concept(question.concept).card)
        elif question.number is not None:
            cards.append(question.number.action)
        else:
            cards += [option.action for option in question.options if option.action][:1]
    return list(dict.fromkeys(card for card in cards if card))


def _reminders(content: Content, run: QuizRun, again: tuple[Question, ...], words: Words) -> None:
    bank = content.catalogue.asked
    topics = tuple(dict.fromkeys(bank.topic_of(question.id).title for question in again))
    st.subheader(words("quiz.remind-title"), anchor=False)
    st.markdown(words("quiz.remind-text"))
    st.download_button(
        words("quiz.remind-download"),
        data=downloads.made(
            partial(reminders_ics.write, datetime.fromisoformat(run.ended), topics, words)
        ),
        file_name="anakinra-quiz-reminders.ics",
        mime="text/calendar",
        key="quiz.remind.download",
        on_click="ignore",
    )


def _list(items: list[str]) -> None:
    inside = "".join(f"<li>{escape(item)}</li>" for item in items)
    st.html(f'<ul class="ax-actions">{inside}</ul>')
