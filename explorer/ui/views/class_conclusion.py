"""What a class came to: on the console what to teach again, on the room's screen the change."""

from html import escape

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.sessions import ClassState, Refused
from explorer.export import room_html
from explorer.ui import resources
from explorer.ui.safe_html import SafeHtml


def show_missed(keys: ClassKeys, view: HostView, words: Words) -> None:
    """List on the console what the room missed most, in the break and after the end.

    Args:
        keys: the keys of the class.
        view: what the host sees.
        words: interface words.
    """
    if view.state not in (ClassState.BETWEEN, ClassState.ENDED):
        return
    try:
        found = resources.classes().conclusion(keys.console, for_host=True)
    except Refused as problem:
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')
        return
    if found.hidden:
        inside = f"<p>{escape(words('teach.missed-few'))}</p>"
    elif not found.missed:
        inside = f"<p>{escape(words('teach.missed-none'))}</p>"
    else:
        inside = "".join(
            f"<li><b>{escape(item.label)}</b> "
            f"{escape(words('teach.missed-line', wrong=item.wrong, n=item.n))}"
            + (f" {escape(words('teach.missed-sure', n=item.sure))}" if item.sure else "")
            + f"<p>{escape(item.say)}</p>"
            + (
                f'<p><a href="{escape(item.address, quote=True)}" target="_blank" rel="noopener">'
                f"{escape(words('teach.missed-place'))}</a></p>"
                if item.address
                else ""
            )
            + "</li>"
            for item in found.missed
        )
        inside = f'<ol class="ax-missed">{inside}</ol>'
    st.html(SafeHtml(f"<h2>{escape(words('teach.missed-title'))}</h2>{inside}"))


def show_end(content: Content, keys: ClassKeys) -> None:
    """Show on the room's screen how the class ended: from 5 people on, before, after, and later.

    Args:
        content: for words.
        keys: the projector's key is in them.
    """
    try:
        found = resources.classes().conclusion(keys.projector, for_host=False)
    except Refused:  # the thanks are shown all the same
        found = None
    rows = () if found is None else found.later or found.changes
    st.html(SafeHtml(room_html.ended(rows, content.catalogue)))
