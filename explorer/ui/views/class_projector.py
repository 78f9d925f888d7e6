"""The room's screen: how to join, the question in large letters, the chart, and the reasons."""

from html import escape

import streamlit as st

from explorer.classes.views import HostView
from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.sessions import ClassState, Refused
from explorer.export import class_html, qr
from explorer.ui import resources
from explorer.ui.safe_html import SafeHtml
from explorer.ui.views.class_console import where

EVERY = 1.0
"""Polling interval in seconds."""

LARGE, SMALL = 380, 130
"""Pixels of the QR code, alone and beside a question."""

_STYLE = """<style>
[data-testid=stHeader]{display:none}
[data-testid=stMainBlockContainer]{padding-top:1rem;max-width:100rem}
[data-testid=stVerticalBlock]>div:has(>[data-testid=stHtml]>.ax-safety){order:9}
[data-testid=stVerticalBlock]>div:has(>[data-testid=stHtml]>.ax-foot){order:10}
</style>"""
"""The room's screen has no menu, and the frame's own lines stand at its end."""

_ROOM = {
    ClassState.PREPARED: "teach.room-waiting",
    ClassState.CLOSED: "teach.room-closed",
    ClassState.BETWEEN: "teach.room-between",
    ClassState.ENDED: "teach.room-ended",
}


def show(content: Content, keys: ClassKeys, view: HostView) -> None:
    """Show the room's screen.

    Args:
        content: for words.
        keys: the projector's key is in them.
        view: what the room's screen shows.
    """
    st.html(SafeHtml(_STYLE))
    st.html(f"<h1>{escape(view.title)}</h1>")
    _live(content, keys)


@st.fragment(run_every=EVERY)
def _live(content: Content, keys: ClassKeys) -> None:
    try:
        view = resources.classes().projector(keys.projector)
    except Refused as problem:
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')
        return
    words = content.catalogue.words
    if view.state is ClassState.ENDED:
        said = f"{words('teach.room-ended')} {words('teach.room-private')}"
        st.html(f'<p class="ax-door-open" role="status">{escape(said)}</p>')
    elif view.planned is None:
        _door(content, view)
    else:
        _question(content, view)


def _numbers(view: HostView) -> class_html.JoinInfo:
    return class_html.JoinInfo(
        address=resources.join_address(),
        code=view.code,
        joined=view.joined,
        answered=view.answered,
        counts_answers=view.state in (ClassState.SHOWN, ClassState.CLOSED, ClassState.REVEALED),
    )


def _door(content: Content, view: HostView) -> None:
    """Show how to join, as large as it goes, before a question and between the rounds."""
    words = content.catalogue.words
    numbers = _numbers(view)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(words("teach.door-title"), anchor=False)
        st.html(SafeHtml(class_html.door(numbers, content.catalogue)))
        joined = f"{words('teach.joined')} {view.joined}"
        said = words(_ROOM[view.state]) if view.state in _ROOM else ""
        st.html(
            f'<p class="ax-door-open"><b>{escape(joined)}</b></p>'
            f'<p class="ax-door-open" role="status">{escape(said)}</p>'
        )
    with right:
        _qr(content, numbers, LARGE)


def _question(content: Content, view: HostView) -> None:
    catalogue, words = content.catalogue, content.catalogue.words
    planned = view.planned
    if planned is None:
        return
    numbers = _numbers(view)
    left, right = st.columns([6, 1], vertical_alignment="center")
    with left:
        st.html(SafeHtml(class_html.strip(numbers, catalogue)))
        said = [where(view, words)]
        if view.state in _ROOM:
            said.append(words(_ROOM[view.state]))
        st.html(f'<p class="ax-said" role="status">{escape(" ".join(said))}</p>')
    with right:
        _qr(content, numbers, SMALL)
    question, case = planned.question, planned.case
    if view.state in (ClassState.READING, ClassState.SHOWN):
        reading = view.state is ClassState.READING
        st.html(SafeHtml(class_html.ask(question, case, catalogue, reading=reading)))
        return
    revealed = view.state is ClassState.REVEALED
    parts = [
        class_html.stem(question, case, catalogue),
        class_html.votes(
            view.tallies,
            view.answered,
            view.earlier,
            view.earlier_answered,
            catalogue,
            revealed=revealed,
        ),
    ]
    if revealed:
        parts.append(class_html.reveal(question, planned.evidence, catalogue))
    st.html(SafeHtml("".join(parts)))


def _qr(content: Content, numbers: class_html.JoinInfo, width: int) -> None:
    words = content.catalogue.words
    address = f"{numbers.address}?code={numbers.code}"
    st.image(qr.svg(address), alt=words("teach.qr", address=address), width=width)
