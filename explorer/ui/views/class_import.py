"""Questions of an educator's own from a file of another system, put into the plan."""

from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.lesson_plan import MOST_OWN, LessonPlan
from explorer.domain.messages import Words
from explorer.quiz_import.found import BadFile
from explorer.quiz_import.own import Imported, taken
from explorer.quiz_import.port import read
from explorer.ui.components import questions_opener
from explorer.ui.state import teach_import as state
from explorer.ui.state import teach_own, teach_plan

_MOST_LINES = 50


def show(content: Content) -> None:
    """Show the button, and what came of the file that was opened last.

    Args:
        content: for the words.
    """
    words = content.catalogue.words
    found = state.outcome()
    with st.expander(words("own.file-title"), expanded=found is not None, key="teach-import"):
        st.markdown(words("own.file-text"))
        questions_opener.show(
            partial(_take, words), label=words("own.file-open"), key="teach.own-file"
        )
        if found is not None:
            _say(found, words)


def _take(words: Words, raw: bytes | None) -> None:
    """Read a file and put its questions into the plan; for a callback."""
    if raw is None:
        most = questions_opener.MOST // 1000
        state.note(state.ImportOutcome(refused=words("own.file-large", n=most)))
        return
    try:
        found = taken(read(raw))
    except BadFile as why:
        state.note(state.ImportOutcome(refused=words("own.file-refused", why=why)))
        return
    plan, full = _placed(found)
    teach_plan.keep(plan)
    left_out = tuple(map(str, found.left_out))
    if full:
        left_out += (words("own.file-full", n=full, most=MOST_OWN),)
    count = len(found.questions) - full
    state.note(state.ImportOutcome(taken=count, left_out=left_out, notes=found.notes))


def _placed(found: Imported) -> tuple[LessonPlan, int]:
    """Return the plan with the questions, and how many had no place in it any more."""
    phase = teach_own.phase()
    plan, full = teach_plan.plan(), 0
    for question in found.questions:
        plan = plan.with_own(question, phase)
        full += not plan.has(question.id)
    return plan, full


def _say(found: state.ImportOutcome, words: Words) -> None:
    if found.refused:
        st.html(f'<p class="ax-warn" role="alert">{escape(found.refused)}</p>')
        return
    taken_up = escape(words("own.file-taken", n=found.taken))
    st.html(f'<p class="ax-message" role="status">{taken_up}</p>')
    for key, lines in (("own.file-left", found.left_out), ("own.file-notes", found.notes)):
        if lines:
            shown = "".join(f"<li>{escape(line)}</li>" for line in lines[:_MOST_LINES])
            st.html(f"<p>{escape(words(key, n=len(lines)))}</p><ul>{shown}</ul>")
