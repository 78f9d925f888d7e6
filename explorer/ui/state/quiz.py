"""The quiz of a tab: where a reader is in a run, as JSON text."""

import streamlit as st

from explorer.domain.questions import Bank
from explorer.domain.quiz_progress import QuizProgress, restore

_QUIZ = "quiz.state"
_CLEARED = "quiz.cleared"
_NOTE = "quiz.note"
_SEEN = "quiz.seen"

STORE = "explorer.quiz"
"""Name under which the browser's tab holds the run."""

SEEN_STORE = "explorer.quiz.seen"
"""Under which name the tab holds what it has shown in earlier runs."""

MOST_SEEN = 1000
"""Most ids of questions that are held."""

RECORD_NAME = "quiz.record.name"


def topic_key(topic: str) -> str:
    """Return the key of a topic's checkbox."""
    return f"quiz.topic.{topic}"


def progress(bank: Bank, at: str) -> QuizProgress | None:
    """Return where the reader of this tab is, repaired where it had to be, or None.

    Args:
        bank: the questions.
        at: time now, ISO 8601 with its zone; for a run that lost its own.
    """
    text = st.session_state.get(_QUIZ)
    return None if text is None else take_up(bank, text, at)


def take_up(bank: Bank, text: str, at: str) -> QuizProgress | None:
    """Keep a run from its JSON text, as far as its questions still exist.

    Args:
        bank: the questions.
        text: as the session or the browser's tab held it.
        at: time now, ISO 8601 with its zone; for a run that lost its own.
    """
    found = restore(bank, text, at)
    if found.changed:
        st.session_state[_NOTE] = "repaired" if found.progress else "not-kept"
    if found.progress is None:
        st.session_state[_QUIZ] = None
    elif found.changed or st.session_state.get(_QUIZ) is None:
        st.session_state[_QUIZ] = found.progress.model_dump_json()
    if found.progress is not None:
        st.session_state.setdefault(_SEEN, found.progress.run.shown[-MOST_SEEN:])
    return found.progress


def text() -> str:
    """Return the run as JSON text, for the browser's tab."""
    return str(st.session_state[_QUIZ])


def keep(progress: QuizProgress) -> None:
    """Keep where the reader is."""
    st.session_state[_QUIZ] = progress.model_dump_json()
    st.session_state[_SEEN] = progress.run.shown[-MOST_SEEN:]
    st.session_state.pop(_NOTE, None)


def drop() -> None:
    """Forget the run, also what the tab itself holds; for a callback."""
    st.session_state[_QUIZ] = None
    st.session_state[_CLEARED] = True
    st.session_state.pop(_NOTE, None)


def was_dropped() -> bool:
    """Return whether the reader started again, so that nothing is restored from the tab."""
    return bool(st.session_state.get(_CLEARED))


def note() -> str:
    """Return what became of a run that did not fit: ``repaired``, ``not-kept`` or nothing."""
    return str(st.session_state.get(_NOTE, ""))


def seen() -> tuple[str, ...]:
    """Return the ids of the questions that this tab has shown, the last one at the end."""
    return tuple(st.session_state.get(_SEEN, ()))


def seen_text() -> str:
    """Return what this tab has shown as text, for the browser's tab."""
    return " ".join(seen())


def take_up_seen(text: str) -> None:
    """Keep what the browser's tab held of earlier runs.

    Args:
        text: ids with spaces between; a name that is no question's does nothing.
    """
    if text:
        st.session_state[_SEEN] = tuple(text.split()[-MOST_SEEN:])
