"""What a page shows in place of itself where our own code failed: what to do and how to go on.

Streamlit calls this for every error that a page, a callback or a fragment did not handle. Its own
box would offer to ask a search engine or a chatbot.
"""

from collections.abc import Callable
from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.ui.safe_html import SafeHtml

_BOX = "border:2px solid #8a1c1c;border-radius:.5rem;padding:1rem;margin:1rem 0;max-width:45rem"

_STEPS = ("reload", "start", "tell")


def failure_section(catalogue: Catalogue) -> str:
    """Render the section as HTML; it needs no stylesheet, since a page may fail before its own.

    Args:
        catalogue: the content, for words and the emergency number.
    """
    words = catalogue.words
    call = words("export.help-now", emergency=catalogue.contact().emergency_words)
    day = catalogue.review.content_date.isoformat()
    status = words("frame.short-status", day=day)  # the foot of the page is not drawn
    steps = "".join(f"<li>{escape(words(f'frame.failed-{item}'))}</li>" for item in _STEPS)
    home = f'<a href="./" target="_self">{escape(words("frame.failed-home"))}</a>'
    return (
        f'<section style="{_BOX}"><h2>{escape(words("frame.failed-title"))}</h2>'
        f'<p role="alert">{escape(words("frame.failed-what"))}</p><ol>{steps}</ol><p>{home}</p>'
        f"<p><strong>{escape(call)}</strong></p><p>{escape(status)}</p></section>"
    )


def failure_handler(catalogue: Catalogue) -> Callable[[Exception], bool]:
    """Make the function that Streamlit calls with an error that nobody handled.

    The section is rendered here, once: an error in the words cannot reach it later. Streamlit has
    logged the error before it calls; see ``explorer.logs`` for what is cut from the record.

    Args:
        catalogue: the content, for words and the emergency number.
    """
    section = SafeHtml(failure_section(catalogue))

    def show(_error: Exception) -> bool:
        st.html(section)
        return True  # Streamlit's own box is not shown

    return show
