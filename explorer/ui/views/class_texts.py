"""The short texts of a room on the console: the host lets the room see them line by line."""

from html import escape

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import ClassState, Refused
from explorer.ui import resources
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import teach as state


def show(keys: ClassKeys, view: HostView, words: Words) -> None:
    """Draw the texts, each with a button once the question is closed.

    Args:
        keys: the keys of the class.
        view: what the host sees.
        words: interface words.
    """
    planned = view.planned
    if planned is None or planned.question.kind is not QuestionKind.TEXT:
        return
    if view.state is ClassState.READING:
        return
    with st.container(border=True, key="teach-texts"):
        st.subheader(words("teach.texts-title"), anchor=False)
        if not view.texts:
            st.html(f"<p>{escape(words('teach.texts-none'))}</p>")
            return
        closed = view.state is ClassState.CLOSED
        st.caption(words("teach.texts-text" if closed else "teach.texts-open"))
        shown = tuple(item.digest for item in view.texts if item.released)
        for number, item in enumerate(view.texts, 1):
            times = words("teach.texts-count", n=item.count) if item.count > 1 else ""
            seen = words("teach.texts-shown") if item.released else ""
            said = " ".join(part for part in (times, seen) if part)
            # typed by a person: as plain text, never as Markdown
            st.html(
                SafeHtml(
                    f"<p><b>{number}.</b> {escape(item.text)}"
                    + (f" <small>({escape(said)})</small>" if said else "")
                    + "</p>"
                )
            )
            if closed:
                others = tuple(name for name in shown if name != item.digest)
                st.button(
                    words(f"teach.texts-{'hide' if item.released else 'show'}", n=number),
                    key=f"teach.text.{item.digest}.{view.version}",
                    on_click=_release,
                    args=(
                        keys.console,
                        others if item.released else (*shown, item.digest),
                        view.version,
                    ),
                )


def _release(console: str, released: tuple[str, ...], version: int) -> None:
    """Set which texts the room sees; a class that moved on meanwhile refuses it."""
    try:
        resources.classes().release_texts(console, released, version)
    except Refused as problem:
        state.set_note(str(problem))
    else:
        state.set_note("")
