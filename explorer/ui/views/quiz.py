"""The quiz: choosing a form, asking, feedback, second tries, and the end."""

import random
from datetime import datetime
from html import escape
from typing import NoReturn

import streamlit as st

from explorer.content.load import Content
from explorer.domain.grading import validation_error
from explorer.domain.questions import Audience, Bank, Question
from explorer.domain.quiz_pick import nurse_check, that_matter_most
from explorer.domain.quiz_progress import Phase, QuizProgress
from explorer.domain.quiz_result import check_result, twice_missed
from explorer.domain.quiz_run import (
    QuestionOutcome,
    QuizMode,
    QuizRun,
    QuizStep,
    missed,
    outcome,
    start,
    sure_and_wrong,
)
from explorer.export import quiz_html
from explorer.ui import resources
from explorer.ui.components import anchors, attempt_count, quiz_question, tab_storage
from explorer.ui.state import browser
from explorer.ui.state import quiz as state
from explorer.ui.views import evidence, quiz_end, quiz_record, quiz_start, teach_exchange


def show(content: Content) -> None:
    """Show the quiz of this tab, or let a reader start one."""
    words = content.catalogue.words
    current = state.progress(content.catalogue.asked, _now())
    if current is None:
        current = _restored(content)
    if state.note():
        said = escape(words(f"quiz.{state.note()}"))
        st.html(f'<p class="ax-together" role="status">{said}</p>')
    if current is None:
        _choose(content)
        return
    if browser.storage_is_denied():
        st.caption(words("quiz.not-held"))
    current = _counted(current)
    tab_storage.save(state.STORE, state.text(), key="quiz.save")
    match current.phase:
        case "ask":
            _ask(content, current.run)
        case "feedback":
            _feedback(content, current.run)
        case "read":
            _read(content, current.run)
        case "pause":
            _pause(content, current.run)
        case "done":
            _done(content, current.run)


def _counted(current: QuizProgress) -> QuizProgress:
    """Give a check its number in this browser, once the browser has told it."""
    run = current.run
    if run.mode is not QuizMode.CHECK or run.attempt:
        return current
    number = attempt_count.number(f"{run.seed}/{run.started}", key="quiz.attempt")
    if number:
        current = current.evolve(run=run.evolve(attempt=number))
        state.keep(current)
    return current


def _restored(content: Content) -> QuizProgress | None:
    """Take up a run that the tab still holds, as far as its questions still exist."""
    if state.was_dropped():
        tab_storage.clear(state.STORE, key="quiz.clear")
        return None
    text = tab_storage.load(state.STORE, key="quiz.load")
    return state.take_up(content.catalogue.asked, text, _now()) if text else None


def _choose(content: Content) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    quiz_start.hold_seen()
    quiz_question.wait_for_start()
    st.markdown(words("quiz.intro"))
    medicines = quiz_start.named(content)
    with st.container(border=True):
        st.header(words("quiz.most-title"), anchor=False)
        st.markdown(words("quiz.most-text"))
        if medicines:
            names = [content.catalogue.medicine(item).name for item in medicines]
            st.markdown(words("quiz.most-about", names=", ".join(names)))
        if st.button(words("quiz.start"), key="quiz.start.most", type="primary"):
            seed = _seed()
            _begin(content, QuizMode.PRACTICE, that_matter_most(bank, seed, medicines), seed)
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
            if st.checkbox(title, key=state.topic_key(topic))
        ]
        if st.button(words("quiz.start"), key="quiz.start.topics"):
            if chosen:
                questions = tuple(
                    question
                    for question in bank.for_audience(Audience.PATIENT)
                    if bank.topic_of(question.id).id in chosen
                )
                _begin(content, QuizMode.PRACTICE, questions, _seed())
            st.html(f'<p role="status">{escape(words("quiz.pick-topic"))}</p>')
    _choose_clinics(content)
    with st.container(border=True):
        st.header(words("quiz.check-title"), anchor=False)
        st.markdown(words("quiz.check-text", mark=resources.settings().pass_mark))
        st.caption(words("quiz.check-count"))
        if st.button(words("quiz.start-check"), key="quiz.start.check"):
            seed = _seed()
            _begin(content, QuizMode.CHECK, nurse_check(bank, seed, state.seen()), seed)
    quiz_record.show_verify(words)
    st.caption(words("quiz.not-held" if browser.storage_is_denied() else "quiz.privacy"))


def _choose_clinics(content: Content) -> None:
    """Offer the questions of the clinic that runs this copy, where it has some."""
    words = content.catalogue.words
    own = content.catalogue.local.questions
    if not own:
        return
    with st.container(border=True):
        st.header(words("local.quiz-title"), anchor=False)
        st.markdown(words("local.quiz-text", mark=words("local.mark")))
        if st.button(words("quiz.start"), key="quiz.start.clinic"):
            every = content.catalogue.asked
            asked = tuple(every.question(name) for name in sorted(own))
            _begin(content, QuizMode.PRACTICE, asked, _seed())


def _mark(content: Content, question: Question) -> str:
    """Return what stands above a question: that it is the clinic's, where it is."""
    is_local = question.id in content.catalogue.local.questions
    return content.catalogue.words("local.mark") if is_local else ""


def _begin(content: Content, mode: QuizMode, questions: tuple[Question, ...], seed: int) -> None:
    run = start(mode, questions, seed=seed, content=content.version, at=_now(), seen=state.seen())
    _go("ask", run)


def _ask(content: Content, run: QuizRun) -> None:
    words = content.catalogue.words
    bank = content.catalogue.asked
    step = run.current
    if step is None:
        _go(*_next(bank, run))
    question = bank.question(step.question)
    quiz_question.show_question(run, words, bank, question, _mark(content, question))
    key = f"quiz.{len(run.responses)}.{question.id}"
    with st.form(key=f"{key}.form", border=False):
        given = quiz_question.ask(question, step, key, words)
        sure = quiz_question.ask_sureness(key, words) if run.mode is QuizMode.PRACTICE else None
        label = "quiz.submit" if run.mode is QuizMode.PRACTICE else "quiz.submit-check"
        submitted = st.form_submit_button(words(label), type="primary", key=f"{key}.submit")
        skipped = st.form_submit_button(words("quiz.skip"), key=f"{key}.skip")
    if skipped:
        _go(*_after_answer(bank, run.skip()))
    elif submitted:
        problem = validation_error(question, given)
        if problem:
            st.html(f'<p class="ax-together" role="alert">{escape(problem)}</p>')
        else:
            _go(*_after_answer(bank, run.answer(given, sure)))
    _show_ending(content, run)


def _feedback(content: Content, run: QuizRun) -> None:
    words = content.catalogue.words
    bank = content.catalogue.asked
    step = _step_of(run, run.responses[-1].question)
    question = bank.question(step.question)
    quiz_question.show_progress(run, words, verdict=_verdict(content, run, step))
    quiz_question.show_stem(bank, question, _mark(content, question))
    st.html(_explained(content, run, step))
    last = run.current is None
    label = words("quiz.to-end") if last else words("quiz.next")
    if st.button(label, key=f"quiz.next.{len(run.responses)}", type="primary"):
        _go(*_next(bank, run))
    if not last:
        _show_ending(content, run)


def _read(content: Content, run: QuizRun) -> None:
    """Show the evidence before a second try, without the key."""
    words = content.catalogue.words
    bank = content.catalogue.asked
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
    st.html(quiz_html.passages(evidence.passages(content, first), content.catalogue))
    if st.button(words("quiz.read-done"), key=f"quiz.read.{len(run.responses)}", type="primary"):
        _go("ask", run)


def _pause(content: Content, run: QuizRun) -> None:
    """Show, after two misses of a critical point, what to do and what the sources say."""
    words = content.catalogue.words
    bank = content.catalogue.asked
    missed_now = twice_missed(bank, run)
    if missed_now is None:
        _go(*_next(bank, run))
    concept = bank.concept(missed_now)
    quiz_question.show_progress(run, words, verdict=words("quiz.not-right"))
    st.header(words("quiz.pause-title"), anchor=False)
    st.markdown(words("quiz.pause-text", label=concept.label))
    st.html(f'<ul class="ax-actions"><li>{escape(concept.card)}</li></ul>')
    asked = bank.question(run.responses[-1].question)
    st.html(quiz_html.passages(evidence.passages(content, asked), content.catalogue))
    if st.button(words("quiz.pause-done"), key=f"quiz.pause.{len(run.responses)}", type="primary"):
        _go(*_next(bank, run))


def _done(content: Content, run: QuizRun) -> None:
    words = content.catalogue.words
    bank = content.catalogue.asked
    anchors.move_to(quiz_question.PLACE, stage="done", key="quiz.move")
    if run.mode is QuizMode.CHECK:
        result = check_result(bank, run, resources.settings().pass_mark)
        quiz_end.show_check(content, run, result, browser.time_zone())
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
    hidden = [
        step for step in run.steps if outcome(bank, run, step.question) is QuestionOutcome.NOT_SHOWN
    ]
    if hidden:
        st.markdown(words("quiz.not-shown", n=len(hidden)))
    again = missed(bank, run)
    columns = st.columns(2)
    if again and run.mode is QuizMode.PRACTICE:
        with columns[0]:
            if st.button(words("quiz.repeat", n=len(again)), key="quiz.repeat"):
                _begin(content, QuizMode.PRACTICE, again, _seed())
    with columns[1]:
        st.button(words("quiz.again"), key="quiz.again", on_click=state.drop)
    teach_exchange.show(content, "quiz")


def _show_ending(content: Content, run: QuizRun) -> None:
    words = content.catalogue.words
    if run.responses and st.button(
        words("quiz.end"), key=f"quiz.end.{len(run.responses)}", type="tertiary"
    ):
        _go("done", run.end(_now()))


def _explained(content: Content, run: QuizRun, step: QuizStep) -> str:
    question = content.catalogue.asked.question(step.question)
    response = run.response_to(step.question)
    return quiz_html.feedback(
        question,
        response.given if response else None,
        step.options,
        evidence.passages(content, question)[: evidence.SHOWN],
        content.catalogue,
    )


def _verdict(content: Content, run: QuizRun, step: QuizStep) -> str:
    """Return the outcome of the last answer in a word."""
    words = content.catalogue.words
    response = run.response_to(step.question)
    if response is None or response.given is None:
        return words("quiz.skipped-short")
    became = outcome(content.catalogue.asked, run, step.question)
    return words("quiz.right" if became is QuestionOutcome.RIGHT else "quiz.not-right")


def _after_answer(bank: Bank, run: QuizRun) -> tuple[Phase, QuizRun]:
    """Return what follows an answer: in practice it is judged at once, in a check at the end.

    In a check only a critical point that was missed twice makes a pause.
    """
    if run.mode is QuizMode.PRACTICE:
        return "feedback", run
    return ("pause", run) if twice_missed(bank, run) else _next(bank, run)


def _next(bank: Bank, run: QuizRun) -> tuple[Phase, QuizRun]:
    """Return what follows: a question, what to read before a second try, or the end."""
    if run.current is None and run.mode is QuizMode.CHECK:
        run = run.with_second_tries(bank)
    if run.current is None:
        return "done", run.end(_now())
    return ("read" if run.is_in_second_tries else "ask"), run


def _step_of(run: QuizRun, question_id: str) -> QuizStep:
    return next(step for step in (*run.steps, *run.extra) if step.question == question_id)


def _go(phase: Phase, run: QuizRun) -> NoReturn:
    """Keep the run and the next phase, and rerun the page."""
    state.keep(QuizProgress(phase=phase, run=run))
    st.rerun()


def _seed() -> int:
    return random.SystemRandom().randrange(2**31)


def _now() -> str:
    return datetime.now(tz=browser.time_zone()).isoformat(timespec="seconds")
