"""The quiz: choosing a form, asking, feedback, second tries, and the end."""

import json
import random
from datetime import datetime
from html import escape
from typing import NoReturn

import streamlit as st

from explorer.content.load import Content
from explorer.domain.grading import misfit
from explorer.domain.questions import Audience, Bank, Question
from explorer.domain.quiz_run import (
    Mode,
    Outcome,
    Run,
    Step,
    check_result,
    is_sound,
    missed,
    nurse_check,
    outcome,
    start,
    sure_and_wrong,
    that_matter_most,
)
from explorer.export import quiz_html
from explorer.ui import resources, state
from explorer.ui.components import anchors, quiz_end, quiz_question, settling, tab_storage
from explorer.ui.state import QuizState

_STORE = "explorer.quiz"


def show(content: Content) -> None:
    """Show the quiz of this tab, or let a reader start one."""
    current = state.quiz()
    if current is None:
        current = _restored(content)
    if current is None:
        _choose(content)
        return
    tab_storage.save(_STORE, current.model_dump(mode="json"), key="quiz.save")
    match current.phase:
        case "ask":
            _ask(content, current.run)
        case "feedback":
            _feedback(content, current.run)
        case "read":
            _read(content, current.run)
        case "done":
            _done(content, current.run)


def _restored(content: Content) -> QuizState | None:
    """Take up a run that the tab still holds, if its questions still exist."""
    if state.quiz_was_dropped():
        tab_storage.clear(_STORE, key="quiz.clear")
        return None
    kept = tab_storage.ask(_STORE, key="quiz.ask")
    if kept is None:
        return None
    bank = content.catalogue.bank
    try:
        found = QuizState.model_validate_json(json.dumps(kept))
    except ValueError:  # what the tab held is not a run of this version
        return None
    if not is_sound(bank, found.run) or not found.fits_its_phase:
        return None
    state.keep_quiz(found)
    return found


def _choose(content: Content) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    st.markdown(words("quiz.intro"))
    with st.container(border=True):
        st.header(words("quiz.most-title"), anchor=False)
        st.markdown(words("quiz.most-text"))
        if st.button(words("quiz.start"), key="quiz.start.most", type="primary"):
            seed = _seed()
            _begin(content, Mode.PRACTICE, that_matter_most(bank, seed), seed)
    with st.container(border=True):
        st.header(words("quiz.topics-title"), anchor=False)
        titles = {
            topic.id: topic.title
            for topic in sorted(bank.topics, key=lambda topic: topic.order)
            if any(question.audience is not Audience.NURSE for question in topic.questions)
        }
        chosen = [
            topic
            for topic, title in titles.items()
            if st.checkbox(title, key=f"quiz.topic.{topic}")
        ]
        if st.button(words("quiz.start"), key="quiz.start.topics"):
            if chosen:
                questions = tuple(
                    question
                    for question in bank.for_audience(Audience.PATIENT)
                    if bank.topic_of(question.id).id in chosen
                )
                _begin(content, Mode.PRACTICE, questions, _seed())
            st.html(f'<p role="status">{escape(words("quiz.pick-topic"))}</p>')
    with st.container(border=True):
        st.header(words("quiz.check-title"), anchor=False)
        st.markdown(words("quiz.check-text", mark=resources.settings().pass_mark))
        if st.button(words("quiz.start-check"), key="quiz.start.check"):
            seed = _seed()
            _begin(content, Mode.CHECK, nurse_check(bank, seed), seed)
    st.caption(words("quiz.privacy"))


def _begin(content: Content, mode: Mode, questions: tuple[Question, ...], seed: int) -> None:
    run = start(mode, questions, seed=seed, content=content.version, at=_now())
    _go("ask", run)


def _ask(content: Content, run: Run) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    step = run.current
    if step is None:
        _go(*_next(bank, run))
    question = bank.question(step.question)
    quiz_question.show_progress(run, words)
    quiz_question.show_stem(bank, question)
    key = f"quiz.{len(run.responses)}.{question.id}"
    with st.form(key=f"{key}.form", border=False):
        given = quiz_question.ask(question, step, key, words)
        sure = quiz_question.ask_sureness(key, words) if run.mode is Mode.PRACTICE else None
        label = "quiz.submit" if run.mode is Mode.PRACTICE else "quiz.submit-check"
        submitted = st.form_submit_button(words(label), type="primary", key=f"{key}.submit")
        skipped = st.form_submit_button(words("quiz.skip"), key=f"{key}.skip")
    if skipped:
        _go(*_after_answer(bank, run.skip()))
    elif submitted:
        problem = misfit(question, given)
        if problem:
            st.html(f'<p class="ax-together" role="alert">{escape(problem)}</p>')
        else:
            _go(*_after_answer(bank, run.answer(given, sure)))
    _show_ending(content, run)


def _feedback(content: Content, run: Run) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    step = _step_of(run, run.responses[-1].question)
    question = bank.question(step.question)
    quiz_question.show_progress(run, words, verdict=_verdict(content, run, step))
    quiz_question.show_stem(bank, question)
    st.html(_explained(content, run, step))
    last = run.current is None
    label = words("quiz.to-end") if last else words("quiz.next")
    if st.button(label, key=f"quiz.next.{len(run.responses)}", type="primary"):
        _go(*_next(bank, run))
    if not last:
        _show_ending(content, run)


def _read(content: Content, run: Run) -> None:
    """Before a second try: the row that settles it, without the key."""
    words = content.catalogue.words
    bank = content.catalogue.bank
    step = run.current
    if step is None:
        _go(*_next(bank, run))
    question = bank.question(step.question)
    first = next(
        bank.question(item.question)
        for item in run.steps
        if bank.question(item.question).concept == question.concept
    )
    quiz_question.show_progress(run, words)
    st.header(words("quiz.read-title"), anchor=False)
    st.markdown(words("quiz.read-text"))
    st.html(quiz_html.settling(settling.supports(content, first), content.catalogue))
    if st.button(words("quiz.read-done"), key=f"quiz.read.{len(run.responses)}", type="primary"):
        _go("ask", run)


def _done(content: Content, run: Run) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    anchors.move_to(quiz_question.PLACE, stage="done", key="quiz.move")
    if run.mode is Mode.CHECK:
        result = check_result(bank, run, resources.settings().pass_mark)
        quiz_end.show_check(content, run, result, state.zone())
    else:
        quiz_end.show_practice(content, run, sure_and_wrong(bank, run))
    shown = [step for step in (*run.steps, *run.extra) if run.response_to(step.question)]
    if shown:
        st.header(words("quiz.all-title"), anchor=False)
    for step in shown:
        question = bank.question(step.question)
        became = outcome(bank, run, step.question)
        label = f"{words(f'quiz.outcome-{became}')}: {question.stem}"
        with st.expander(label):
            st.html(_explained(content, run, step))
    hidden = [step for step in run.steps if outcome(bank, run, step.question) is Outcome.NOT_SHOWN]
    if hidden:
        st.markdown(words("quiz.not-shown", n=len(hidden)))
    again = missed(bank, run)
    columns = st.columns(2)
    if again and run.mode is Mode.PRACTICE:
        with columns[0]:
            if st.button(words("quiz.repeat", n=len(again)), key="quiz.repeat"):
                _begin(content, Mode.PRACTICE, again, _seed())
    with columns[1]:
        st.button(words("quiz.again"), key="quiz.again", on_click=state.drop_quiz)


def _show_ending(content: Content, run: Run) -> None:
    words = content.catalogue.words
    if run.responses and st.button(
        words("quiz.end"), key=f"quiz.end.{len(run.responses)}", type="tertiary"
    ):
        _go("done", run.end(_now()))


def _explained(content: Content, run: Run, step: Step) -> str:
    question = content.catalogue.bank.question(step.question)
    response = run.response_to(step.question)
    return quiz_html.feedback(
        question,
        response.given if response else None,
        step.options,
        settling.supports(content, question)[: settling.SHOWN],
        content.catalogue,
    )


def _verdict(content: Content, run: Run, step: Step) -> str:
    """Say in a word what became of the last answer."""
    words = content.catalogue.words
    response = run.response_to(step.question)
    if response is None or response.given is None:
        return words("quiz.skipped-short")
    became = outcome(content.catalogue.bank, run, step.question)
    return words("quiz.right" if became is Outcome.RIGHT else "quiz.not-right")


def _after_answer(bank: Bank, run: Run) -> tuple[str, Run]:
    """In practice an answer is judged at once, in a check at the end."""
    return ("feedback", run) if run.mode is Mode.PRACTICE else _next(bank, run)


def _next(bank: Bank, run: Run) -> tuple[str, Run]:
    """Tell what follows: a question, what to read before a second try, or the end."""
    if run.current is None and run.mode is Mode.CHECK:
        run = run.with_second_tries(bank)
    if run.current is None:
        return "done", run.end(_now())
    return ("read" if run.is_in_second_tries else "ask"), run


def _step_of(run: Run, question_id: str) -> Step:
    return next(step for step in (*run.steps, *run.extra) if step.question == question_id)


def _go(phase: str, run: Run) -> NoReturn:
    """Keep the run, with what is to be on screen, and draw the page again."""
    state.keep_quiz(QuizState.model_validate({"phase": phase, "run": run}))
    st.rerun()


def _seed() -> int:
    return random.SystemRandom().randrange(2**31)


def _now() -> str:
    return datetime.now(tz=state.zone()).isoformat(timespec="seconds")
