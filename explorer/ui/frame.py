"""The frame around every page: safety line, honest status, content version and date."""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from explorer.content.load import Content
from explorer.domain.local import contact_line
from explorer.export import environment as html
from explorer.export.reading.layout import size_control
from explorer.ui import resources
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare, ending

if TYPE_CHECKING:
    from explorer.runtime import Preview, PreviewState

LOOK = 0.25
"""Seconds between two looks at the files of a preview."""

STYLE = Path(__file__).with_name("frame.css").read_text(encoding="utf-8") + html.style("tools.css")
"""The frame's own stylesheet, which the server puts into the head of the page as well."""


def open_frame() -> None:
    """Render what comes before a page's own content."""
    st.html(SafeHtml(resources.style() + resources.safety_line(compare.reader())))


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
        st.html(SafeHtml(f'<p role="status">{escape(said)}</p><ul>{shown}</ul>'))
    st.fragment(_redraw, run_every=LOOK)(preview, seen)


def _redraw(preview: "Preview", drawn: "PreviewState") -> None:
    if preview.seen() is not drawn:
        st.rerun()


def close_frame(content: Content) -> None:
    """Render what comes after a page's own content: one line, and the rest in a fold."""
    catalogue = content.catalogue
    words = catalogue.words
    day = catalogue.review.content_date.isoformat()
    version = words("frame.version", version=content.version, day=day)
    lines = (words("frame.status"), version, words("frame.privacy"), words("frame.no-funder"))
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    status = escape(words("frame.short-status", day=day))
    call = escape(contact_line(catalogue.local, words))
    status += f"</p><p>{call}" if call else ""
    title = escape(words("frame.about-title"))
    end = ending.taken()
    st.html(
        SafeHtml(
            f'{end}<footer class="ax-foot">{size_control(words)}<p>{status}</p>'
            f'<details class="ax-fold"><summary>{title}</summary>{inside}</details></footer>'
        )
    )


def show_content_error() -> None:
    """Report that content could not be read. The reason is in the server's log only."""
    st.error(
        "The content could not be read, so nothing is shown. Please tell whoever runs this site."
    )
