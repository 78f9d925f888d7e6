"""Preparing a class question by question: the bank, the plan in its order, and keeping it."""

from collections.abc import Callable
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain import lesson_plan
from explorer.domain.lesson_plan import LessonPlan, OpenedPlan
from explorer.domain.lessons import live, pairs
from explorer.domain.letters import typed
from explorer.domain.messages import Words
from explorer.domain.questions import Audience, Question
from explorer.export import class_html
from explorer.ui import resources
from explorer.ui.components import clipboard, downloads, picks_opener
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import browser, teach_own
from explorer.ui.state import teach_plan as state
from explorer.ui.views import class_import, class_own, evidence

_ALL = "all"

_FILE = "class-plan.json"


def show(content: Content, open_plan: Callable[[LessonPlan], None]) -> None:
    """Show the list of questions and the plan.

    Args:
        content: the question bank and the words.
        open_plan: opens a class with a plan.
    """
    words, bank = content.catalogue.words, content.catalogue.bank
    with st.container(border=True, key="teach-plan"):
        st.header(words("teach.plan-title"), anchor=False)
        st.markdown(words("teach.plan-text"))
        picks_opener.show(
            lambda text: _take(lesson_plan.opened(text, bank)),
            lambda text: _take(lesson_plan.opened_fragment(text, bank)),
            label=words("teach.plan-load"),
            key="teach.plan-open",
            name=lesson_plan.FRAGMENT.rstrip("="),
        )
        _say_opened(words)
        # not for an own question: the list would open above it and push it away
        with st.expander(words("teach.plan-pick"), expanded=state.has_bank_questions()):
            _points(content)
            _list(content)
        class_own.show(content)
        class_import.show(content)
        plan = state.plan()
        if plan.items:
            _order(content, plan)
            _keep(content, open_plan)


def _take(found: OpenedPlan | None) -> None:
    """Take up a plan that was read, and an own question of it that needs its educator."""
    state.take(found)
    if found is not None and found.unsound:
        teach_own.load(found.unsound[0])


def _say_opened(words: Words) -> None:
    if state.failed():
        st.html(f'<p class="ax-warn" role="alert">{escape(words("teach.plan-not-ours"))}</p>')
    found = state.opened()
    if found is None:
        return
    lines = [words("teach.plan-loaded", n=len(found.plan.items))]
    if found.gone:
        lines.append(words("teach.plan-gone", names="; ".join(found.gone)))
    if found.unsound:
        lines.append(words("own.unsound"))
    if found.changed:
        lines.append(words("teach.plan-changed", names="; ".join(found.changed)))
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'<div class="ax-message" role="status">{said}</div>')


def _points(content: Content) -> None:
    """Offer the points that have two parallel questions, to be asked before and after."""
    words, bank = content.catalogue.words, content.catalogue.bank
    plan = state.plan()
    offered = {
        concept: pair
        for concept, pair in (pairs(bank) | pairs(bank, Audience.NURSE)).items()
        if not any(plan.has(item) for item in pair)
    }
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="teach-plan-point"):
        chosen = st.selectbox(
            words("teach.plan-point"),
            list(offered),
            format_func=lambda concept: bank.concept(concept).label,
            key="teach.plan-point",
        )
        st.button(
            words("teach.plan-point-add"),
            key="teach.plan-point-add",
            on_click=state.add_pair,
            args=offered[chosen or next(iter(offered))],
        )


def _list(content: Content) -> None:
    """List the questions of a topic, each with a box."""
    words, bank = content.catalogue.words, content.catalogue.bank
    topics = {item.id: item for item in sorted(bank.topics, key=lambda item: item.order)}
    columns = st.columns(2)
    topic = columns[0].selectbox(
        words("teach.plan-topic"),
        list(topics),
        format_func=lambda item: topics[item].title,
        key="teach.plan-topic",
    )
    whom = columns[1].selectbox(
        words("teach.plan-whom"),
        [_ALL, Audience.BOTH, Audience.PATIENT, Audience.NURSE],
        format_func=lambda item: words(f"teach.plan-for-{item}"),
        key="teach.plan-whom",
    )
    st.radio(
        words("teach.plan-when"),
        lesson_plan.PHASES,
        format_func=lambda phase: words(f"teach.plan-{phase}"),
        horizontal=True,
        key=state.PHASE,
    )
    found = [
        item
        for item in live(topics[topic or next(iter(topics))].questions)
        if whom in (_ALL, item.audience)
    ]
    if not found:
        st.html(f'<p role="status">{escape(words("teach.plan-none-here"))}</p>')
    plan = state.plan()
    for item in found:
        state.set_tick(item.id, is_ticked=plan.has(item.id))
        with st.container(key=f"teach-plan-{item.id}"):
            st.checkbox(
                _plain(item.stem),
                key=state.tick_key(item.id),
                on_change=state.ticked,
                args=(item.id,),
            )
            st.html(SafeHtml(_details(content, item)))


def _details(content: Content, question: Question) -> str:
    """Render what an educator has to know of a question: for whom, how hard, answers, sources."""
    catalogue, words = content.catalogue, content.catalogue.words
    case = catalogue.bank.case_of(question)
    facts = [
        words(f"teach.plan-for-{question.audience}"),
        words(f"teach.plan-level-{question.level}"),
        words("teach.plan-minutes", n=lesson_plan.minutes(question)),
    ]
    if question.critical:
        facts.append(words("teach.plan-critical"))
    shown = evidence.passages(content, question)[: evidence.SHOWN]
    told = class_html.reveal(question, shown, catalogue)
    if case is not None:
        told = f'<p class="ax-class-case">{escape(case.text)}</p>{told}'
    return (
        f"<p><small>{escape(' · '.join(facts))}</small></p>"
        f'<details class="ax-fold"><summary>{escape(words("teach.plan-answers"))}</summary>'
        f"{told}</details>"
    )


def _order(content: Content, plan: LessonPlan) -> None:
    """Draw the plan in its order, with buttons that move a question."""
    words, bank = content.catalogue.words, content.catalogue.bank
    st.subheader(words("teach.plan-order"), anchor=False)
    st.caption(words("teach.plan-order-help"))
    number = 0
    for phase in lesson_plan.PHASES:
        ids = plan.of_phase(phase)
        if not ids:
            continue
        took = sum(lesson_plan.minutes(plan.question(item, bank)) for item in ids)
        title = words("teach.plan-part", part=words(f"teach.plan-{phase}"), n=took)
        st.html(f"<h4>{escape(title)}</h4>")
        for item in ids:
            number += 1
            question = plan.question(item, bank)
            own = plan.own_question(item)
            mark = "" if own is None else f" <small>({escape(words('own.mark'))})</small>"
            st.html(SafeHtml(f"<p><b>{number}.</b> {escape(question.stem)}{mark}</p>"))
            with st.container(horizontal=True, key=f"teach-plan-move-{item}"):
                for name, by in (("up", -1), ("down", 1)):
                    st.button(
                        words(f"teach.plan-{name}", n=number),
                        key=f"teach.plan.{name}.{item}",
                        on_click=state.move,
                        args=(item, by),
                    )
                st.button(
                    words("teach.plan-out", n=number),
                    key=f"teach.plan.out.{item}",
                    on_click=state.take_out,
                    args=(item,),
                )
                if own is not None:
                    st.button(
                        words("own.change", n=number),
                        key=f"teach.plan.change.{item}",
                        on_click=teach_own.change,
                        args=(own, phase),
                    )


def _keep(content: Content, open_plan: Callable[[LessonPlan], None]) -> None:
    """Draw the name, the time, the ways to keep the plan, and the button that opens the class."""
    words, bank = content.catalogue.words, content.catalogue.bank
    name = st.text_input(
        words("teach.own-name"), max_chars=lesson_plan.LONGEST_NAME, key=state.NAME
    )
    teaching = st.number_input(
        words("teach.plan-teaching"),
        min_value=0,
        max_value=lesson_plan.MOST_MINUTES,
        step=5,
        key=state.TEACHING,
    )
    state.seed_boxes()
    later = st.checkbox(
        words("teach.plan-later"),
        key=state.LATER,
        help=words("teach.plan-later-help", days=resources.keep_days()),
        on_change=state.follow,
        args=(state.LATER,),
    )
    sureness = st.checkbox(
        words("teach.plan-sureness"),
        key=state.SURENESS,
        help=words("teach.sureness-help"),
        on_change=state.follow,
        args=(state.SURENESS,),
    )
    plan = state.plan().evolve(
        name=typed(name, lesson_plan.LONGEST_NAME),
        teaching=int(teaching or 0),
        later=later,
        sureness=sureness,
    )
    state.keep(plan)
    took = sum(lesson_plan.minutes(plan.question(item.id, bank)) for item in plan.items)
    said = words("teach.plan-time", n=len(plan.items), ask=took, all=took + plan.teaching)
    st.html(f'<p role="status">{escape(said)}</p>')
    if plan.lesson.after and not lesson_plan.is_paired(plan.lesson, bank):
        st.caption(words("teach.plan-not-paired"))
    if st.button(words("teach.plan-open"), key="teach.plan-class", type="primary"):
        open_plan(plan)
    with st.container(horizontal=True, key="teach-plan-keep"):
        st.download_button(
            words("teach.plan-file"),
            data=downloads.made(lambda: lesson_plan.as_text(plan, bank).encode()),
            file_name=_FILE,
            mime="application/json",
            on_click="ignore",
            key="teach.plan-file",
        )
        link = lesson_plan.as_fragment(plan, bank)
        if len(link) > lesson_plan.MOST_LINK:
            st.caption(words("teach.plan-link-long"))
            return
        clipboard.copy(
            f"{browser.sibling_address('teach')}#{link}",
            label=words("teach.plan-link"),
            done=words("teach.copied"),
            failed=words("teach.not-copied"),
            key="teach.plan-link",
        )


def _plain(text: str) -> str:
    """Return a text of ours so that no part of it is read as Markdown."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#+-.!|~$:" else letter for letter in text)
