"""The room's screen: how to join, the question in large letters, the chart, and the reasons."""

from html import escape

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import ClassState, Refused
from explorer.export import class_html, room_html
from explorer.ui import resources
from explorer.ui.components import room_fit
from explorer.ui.safe_html import SafeHtml
from explorer.ui.views import class_conclusion
from explorer.ui.views.class_words import trouble, votes, where

EVERY = 1.0
"""Polling interval in seconds, for counts; what the host does is pushed."""

_ROOM = {
    ClassState.PREPARED: "teach.room-waiting",
    ClassState.CLOSED: "teach.room-closed",
    ClassState.BETWEEN: "teach.room-between",
}


def show(content: Content, keys: ClassKeys, view: HostView) -> None:
    """Show the room's screen.

    Args:
        content: for words.
        keys: the projector's key is in them.
        view: what the room's screen shows.
    """
    st.html(SafeHtml(f"<style>{room_html.style()}</style>"))
    st.html(f"<h1>{escape(view.title)}</h1>")
    _live(content, keys)
    room_fit.watch(content.catalogue.words, key="teach.room-fit")


@st.fragment(run_every=EVERY)
def _live(content: Content, keys: ClassKeys) -> None:
    try:
        look = resources.classes().watch(keys.projector, for_host=False)
    except Refused as problem:
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')
        return
    if look.age is None:
        resources.follow_class(keys.projector, for_host=False)
    catalogue, words = content.catalogue, content.catalogue.words
    view, old = look.view, trouble(look, words)
    if view.state is ClassState.ENDED:
        class_conclusion.show_end(content, keys)
    elif view.planned is None:
        said = old or (words(_ROOM[view.state]) if view.state in _ROOM else "")
        paused = view.state is ClassState.BETWEEN
        door = room_html.door(view.title, _numbers(view), said, catalogue, paused=paused)
        st.html(SafeHtml(door))
    else:
        _question(content, view, old)


def _numbers(view: HostView) -> class_html.JoinInfo:
    return class_html.JoinInfo(
        address=resources.join_address(),
        code=view.code,
        joined=view.joined,
        answered=view.answered,
        counts_answers=view.state in (ClassState.SHOWN, ClassState.CLOSED, ClassState.REVEALED),
    )


def _question(content: Content, view: HostView, old: str) -> None:
    """Draw a question; each part that changes by itself is an element of its own."""
    catalogue, words = content.catalogue, content.catalogue.words
    planned = view.planned
    if planned is None:
        return
    numbers = _numbers(view)
    said = [where(view, words)]
    if old:
        said.append(old)
    elif view.state in _ROOM:
        said.append(words(_ROOM[view.state]))
    st.html(f'<p class="ax-room-head" role="status">{escape(" ".join(said))}</p>')
    st.html(SafeHtml(room_html.counts(numbers, catalogue)))
    # without the counts, so that the picture is not sent again with each answer
    alone = numbers.evolve(joined=0, answered=0, counts_answers=False)
    st.html(SafeHtml(room_html.corner(alone, catalogue)))
    if view.state in (ClassState.READING, ClassState.SHOWN):
        reading = view.state is ClassState.READING
        drawn = room_html.ask(planned, catalogue, reading=reading)
    elif planned.question.kind is QuestionKind.TEXT:
        drawn = room_html.texts(planned, tuple(item.text for item in view.texts), catalogue)
    elif view.state is ClassState.CLOSED:
        drawn = room_html.bars(planned, votes(view, words), catalogue)
    else:
        drawn = room_html.why(planned, votes(view, words), view.step, catalogue)
    st.html(SafeHtml(drawn))
