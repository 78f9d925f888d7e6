"""The frame around every page: safety line, honest status, content version and date."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.ui import resources
from explorer.ui.safe_html import SafeHtml


def open_frame(content: Content) -> None:
    """Render what comes before a page's own content."""
    words = content.catalogue.words
    st.html(SafeHtml(resources.style()))
    day = content.catalogue.review.content_date.isoformat()
    status = escape(words("frame.short-status", day=day))
    st.html(SafeHtml(f'{resources.safety_line()}<p class="ax-short-status">{status}</p>'))


def close_frame(content: Content) -> None:
    """Render what comes after a page's own content."""
    catalogue = content.catalogue
    words = catalogue.words
    version = words(
        "frame.version", version=content.version, day=catalogue.review.content_date.isoformat()
    )
    lines = (words("frame.status"), version, words("frame.privacy"), words("frame.no-funder"))
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'<footer class="ax-foot">{inside}</footer>')


def show_content_error() -> None:
    """Report that content could not be read. The reason is in the server's log only."""
    st.error(
        "The content could not be read, so nothing is shown. Please tell whoever runs this site."
    )
