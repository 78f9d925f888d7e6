"""Typing a question of one's own: its fields with what is wrong beside them, and how it looks."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.content.own_wording import advice
from explorer.domain.catalogue import Catalogue
from explorer.domain.lesson_plan import MOST_OWN, PHASES
from explorer.domain.messages import Words
from explorer.domain.option_order import letter
from explorer.domain.own_questions import (
    MOST_OPTIONS,
    OWN_KINDS,
    WITH_OPTIONS,
    OwnProblem,
    OwnQuestion,
    finished,
    problems,
)
from explorer.domain.questions import QuestionKind
from explorer.export import class_html
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import teach_own as state
from explorer.ui.state import teach_plan

_LONGEST = 2_000
"""Characters of a field: more than are taken, so that what is too long is told and kept."""

_GAPS = frozenset({"empty", "few-options", "no-key", "two-keys"})
"""What is told only once the question was to be taken up: before, it is only unfinished."""


def show(content: Content) -> None:
    """Show the form.

    Args:
        content: for the words, and for the words that are not used here.
    """
    words = content.catalogue.words
    state.begin()
    with st.expander(words("own.title"), expanded=state.was_begun(), key="teach-own"):
        st.markdown(words("own.text"))
        if state.was_added():
            st.html(f'<p class="ax-message" role="status">{escape(words("own.added"))}</p>')
        st.selectbox(
            words("own.kind"),
            OWN_KINDS,
            format_func=lambda kind: words(f"own.kind-{kind}"),
            key=state.KIND,
        )
        state.hold_hidden()
        draft = state.draft()
        if draft.kind is QuestionKind.TEXT:
            st.markdown(words("own.text-care"))
        found = tuple(
            item for item in problems(draft) if state.was_pressed() or item.code not in _GAPS
        )
        _typed("stem", words("own.stem"), found, words, tall=True)
        if draft.kind in WITH_OPTIONS:
            _options(draft.kind, found, words)
        if draft.kind is QuestionKind.NUMBER:
            for name in state.NUMBERS:
                _typed(name, words(f"own.{name}"), found, words)
        if state.has_key(draft.kind):
            _typed("reason", words("own.reason"), found, words, tall=True)
        st.radio(
            words("own.when"),
            PHASES,
            format_func=lambda phase: words(f"teach.plan-{phase}"),
            horizontal=True,
            key=state.PHASE,
        )
        _buttons(words)
        # below the buttons, which must not move while they are being pressed
        if not problems(draft):
            _preview(finished(draft), content.catalogue)


def _typed(
    name: str, label: str, found: tuple[OwnProblem, ...], words: Words, *, tall: bool = False
) -> None:
    """Draw a field with what is wrong with it right under it."""
    draw = st.text_area if tall else st.text_input
    draw(label, max_chars=_LONGEST, key=state.field(name))
    _say(name, found, words)


def _options(kind: QuestionKind, found: tuple[OwnProblem, ...], words: Words) -> None:
    for place in range(MOST_OPTIONS):
        shown = letter(place)
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"teach-own-{place}"):
            st.text_input(
                words("own.option", letter=shown),
                max_chars=_LONGEST,
                key=state.field(f"options.{place}"),
            )
            if state.has_key(kind):
                st.checkbox(words("own.right", letter=shown), key=state.mark(place))
        _say(f"options.{place}", found, words)
    _say("options", found, words)
    _say("keys", found, words)


def _say(name: str, found: tuple[OwnProblem, ...], words: Words) -> None:
    """Say what is wrong with a field."""
    for item in found:
        if item.field == name:
            said = words(
                f"own.problem-{item.code}",
                n=item.n,
                detail=item.detail,
                letter=letter(item.n - 1) if 0 < item.n <= MOST_OPTIONS else "",
            )
            st.html(f'<p class="ax-field-problem" role="alert">{escape(said)}</p>')


def _preview(question: OwnQuestion, catalogue: Catalogue) -> None:
    """Show how the room sees the question, and what the wording rules say of it."""
    words, asked = catalogue.words, question.asked()
    drawn = class_html.ask(asked, "", catalogue, reading=False)
    if asked.has_key:
        drawn += class_html.reveal(asked, (), catalogue)
    with st.container(border=True, key="teach-question"):
        st.subheader(words("own.preview"), anchor=False)
        st.html(SafeHtml(drawn))
    said = advice(question, catalogue)
    if said:
        lines = "".join(f"<li>{escape(item.reason)}</li>" for item in said)
        st.html(
            f'<div class="ax-message"><p>{escape(words("own.advice"))}</p><ul>{lines}</ul></div>'
        )


def _buttons(words: Words) -> None:
    plan = teach_plan.plan()
    changed = plan.own_question(state.edited()) is not None
    if len(plan.own) >= MOST_OWN and not changed:
        st.html(f'<p role="status">{escape(words("own.full", n=MOST_OWN))}</p>')
    with st.container(horizontal=True, key="teach-own-buttons"):
        st.button(
            words("own.save" if changed else "own.add"),
            key="teach.own-add",
            type="primary",
            on_click=state.take,
        )
        st.button(words("own.clear"), key="teach.own-clear", on_click=state.clear)
