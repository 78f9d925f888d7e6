"""Opening a class: the ready lesson, points and topics of one's own choice, or a plan."""

import secrets
from collections.abc import Callable, Iterable
from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.classes.plan import plan_of
from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.lesson_plan import LessonPlan, drawn_pairs, is_paired, later_round
from explorer.domain.lessons import Lesson, drawn, pairs, ready_lesson, topic_questions
from explorer.domain.letters import typed
from explorer.domain.messages import Words
from explorer.domain.questions import Audience, Question
from explorer.domain.sessions import PlannedQuestion, Refused, SupportingPassage, TeachingPhase
from explorer.ui import resources
from explorer.ui.components import join_warning
from explorer.ui.state import browser, teach_plan
from explorer.ui.state import teach as state
from explorer.ui.views import class_keeping, class_prepare, evidence, teach_exchange
from explorer.web.throttle import TooManyGuesses

_NAME_LENGTH = 60

_ROOMS = {"patient": Audience.BOTH, "nurse": Audience.NURSE}
"""Who may be in the room, and the questions for them."""


def show(content: Content) -> None:
    """Show how a class is opened."""
    words, days = content.catalogue.words, resources.keep_days()
    st.title(words("teach.title"), anchor=False)
    _show_note()
    class_keeping.offer_kept(content)
    st.markdown(words("teach.intro"))
    join_warning.show(words, resources.join_address())
    if not (resources.gate().is_open or state.may_open_classes()):
        _ask_passphrase(words)
        return
    whom = st.radio(
        words("teach.whom"),
        list(_ROOMS),
        format_func=lambda room: words(f"teach.whom-{room}"),
        horizontal=True,
        key="teach.whom",
    )
    for key, label, told in (
        (state.LATER, "teach.plan-later", words("teach.plan-later-help", days=days)),
        (state.SURENESS, "teach.plan-sureness", words("teach.sureness-help")),
    ):
        st.checkbox(words(label), key=key, help=told, on_change=teach_plan.follow, args=(key,))
    _ready(content, _ROOMS[whom])
    _own(content, _ROOMS[whom])
    class_prepare.show(content, partial(_open_prepared, content))
    teach_exchange.show(content, plan=teach_plan.plan())
    st.caption(words("teach.privacy", days=days))


def _ready(content: Content, audience: Audience) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    lesson = ready_lesson(bank, audience)
    with st.container(border=True):
        st.header(words("teach.ready-title"), anchor=False)
        st.markdown(words("teach.ready-text", n=len(lesson.before)))
        if st.button(words("teach.open"), key="teach.open", type="primary"):
            name = "teach.lesson-nurse" if audience is Audience.NURSE else "teach.lesson"
            _open(content, _plan_of(content, drawn(lesson, _toss)), words(name))
        with st.expander(words("teach.points")):
            concepts = [bank.question(item).concept for item in lesson.before]
            labels = [bank.concept(item).label for item in concepts if item is not None]
            st.html("<ul>" + "".join(f"<li>{escape(label)}</li>" for label in labels) + "</ul>")


def _own(content: Content, audience: Audience) -> None:
    words = content.catalogue.words
    bank = content.catalogue.bank
    with st.expander(words("teach.own-title")):
        st.markdown(words("teach.own-text"))
        offered = pairs(bank, audience)
        with st.container(key="teach-points"):
            st.subheader(words("teach.own-points"), anchor=False)
            columns = _halves(len(offered))
            points = [
                concept
                for column, concept in zip(columns, offered, strict=True)
                if column.checkbox(bank.concept(concept).label, key=f"teach.point.{concept}")
            ]
        lesson = Lesson(
            before=tuple(offered[item][0] for item in points),
            after=tuple(offered[item][1] for item in points),
        )
        with st.container(key="teach-topics"):
            st.subheader(words("teach.own-topics"), anchor=False)
            free: list[str] = []
            topics = sorted(bank.topics, key=lambda item: item.order)
            for column, topic in zip(_halves(len(topics)), topics, strict=True):
                found = topic_questions(topic, audience, lesson)
                label = words("teach.own-topic", title=topic.title, n=len(found))
                if found and column.checkbox(label, key=f"teach.topic.{topic.id}"):
                    free += found
        name = st.text_input(
            words("teach.own-name"),
            value=words("teach.lesson"),
            max_chars=_NAME_LENGTH,
            key="teach.name",
        )
        count = len(lesson.before) + len(lesson.after) + len(free)
        st.html(f'<p role="status">{escape(words("teach.own-count", n=count))}</p>')
        if st.button(words("teach.own-open"), key="teach.own-open"):
            if count:
                title = typed(name, _NAME_LENGTH) or words("teach.lesson")
                _open(content, _plan_of(content, drawn(lesson, _toss), tuple(free)), title)
            st.html(f'<p role="alert">{escape(words("teach.own-none"))}</p>')


def _halves(count: int) -> list[DeltaGenerator]:
    """Return the column of each of some boxes: the first half left, the second half right."""
    left, right = st.columns(2)
    half = -(-count // 2)
    return [left] * half + [right] * (count - half)


def _open_prepared(content: Content, plan: LessonPlan) -> None:
    """Open a class with a plan; where it has pairs, chance decides which question comes first."""
    words = content.catalogue.words
    bank, lesson = content.catalogue.bank, plan.lesson
    by_chance = is_paired(lesson, bank)
    if by_chance:
        lesson = drawn_pairs(lesson, bank, _toss)
    made = plan_of(
        lesson,
        bank,
        _passages(content),
        free=plan.of_phase(TeachingPhase.FREE),
        later=later_round(lesson, bank, _toss) if plan.later else (),
        own=plan.own,
        drawn=by_chance,
    )
    _open(content, made, plan.name or words("teach.lesson"), sureness=plan.sureness)


def _plan_of(
    content: Content, lesson: Lesson, free: tuple[str, ...] = ()
) -> tuple[PlannedQuestion, ...]:
    """Return the plan of pairs that chance has put in order, with the choices of this page."""
    bank = content.catalogue.bank
    later = later_round(lesson, bank, _toss) if state.wants_later() else ()
    return plan_of(lesson, bank, _passages(content), free=free, later=later, drawn=True)


def _passages(content: Content) -> Callable[[Question], Iterable[SupportingPassage]]:
    return lambda item: evidence.passages(content, item)[: evidence.SHOWN]


def _toss() -> bool:
    return bool(secrets.randbits(1))


def _open(
    content: Content,
    plan: tuple[PlannedQuestion, ...],
    title: str,
    *,
    sureness: bool | None = None,
) -> None:
    """Open the class and show its console, or the reason why it was refused.

    Args:
        content: the question bank.
        plan: what is asked.
        title: the name of the lesson.
        sureness: phones ask how sure people are; None for what is ticked on the page.
    """
    bank = content.catalogue.bank
    if sureness is None:
        sureness = state.wants_sureness()
    try:
        keys = resources.classes().open_session(
            plan,
            title=title,
            content=content.version,
            sureness=sureness,
            concepts={item.id: item.label for item in bank.concepts},
        )
    except Refused as problem:
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')
        return
    state.set_note("")
    held = ClassKeys(console=keys.console, projector=keys.projector, report=keys.report)
    state.keep_class_keys(held)
    state.note_opened_here(held)
    st.rerun()


def _ask_passphrase(words: Words) -> None:
    with st.form(key="teach.gate", border=True):
        given = st.text_input(
            words("teach.passphrase"),
            type="password",
            help=words("teach.passphrase-help"),
            autocomplete="off",
            max_chars=200,
            key="teach.passphrase",
        )
        sent = st.form_submit_button(words("teach.passphrase-send"), type="primary")
    if not sent:
        return
    try:
        if resources.gate().lets_in(given, browser.network_address()):
            state.allow_opening_classes()
            st.rerun()
        problem = words("teach.passphrase-wrong")
    except TooManyGuesses:
        problem = words("teach.passphrase-busy")
    st.html(f'<p role="alert">{escape(problem)}</p>')


def _show_note() -> None:
    note = state.note()
    if note:
        st.html(f'<p class="ax-message" role="status">{escape(note)}</p>')
