"""The frame around every page: safety line, honest status, content version and date."""

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from explorer.content.load import Content
from explorer.ui import resources
from explorer.ui.safe_html import SafeHtml

if TYPE_CHECKING:
    from explorer.runtime import Preview, PreviewState

LOOK = 0.25
"""Seconds between two looks at the files of a preview."""


def open_frame(content: Content) -> None:
    """Render what comes before a page's own content."""
    words = content.catalogue.words
    st.html(SafeHtml(resources.style()))
    day = content.catalogue.review.content_date.isoformat()
    status = escape(words("frame.short-status", day=day))
    st.html(SafeHtml(f'{resources.safety_line()}<p class="ax-short-status">{status}</p>'))


def watch_files(preview: "Preview") -> None:
    """Show that this is a preview and what is wrong, and draw the page anew after a save.

    Args:
        preview: the content as it is now.
    """
    seen = preview.seen()
    words = seen.content.catalogue.words
    names = ", ".join(seen.drafts) or words("frame.preview-none")
    st.info(words("frame.preview", drafts=names))
    if seen.findings:
        said = words("frame.preview-old" if seen.is_old else "frame.preview-findings")
        shown = "".join(f"<li>{escape(line)}</li>" for line in seen.lines)
        st.html(SafeHtml(f'<div role="status"><p>{escape(said)}</p><ul>{shown}</ul></div>'))
    st.fragment(_redraw, run_every=LOOK)(preview, seen)


def _redraw(preview: "Preview", drawn: "PreviewState") -> None:
    if preview.seen() is not drawn:
        st.rerun()


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
