"""What stands around every page: safety line, honest status, content version and date."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.catalogue import Contacts, Urgency
from explorer.domain.words import Words
from explorer.ui import resources
from explorer.ui.ready import Ready


def open_frame(content: Content) -> None:
    """Draw what comes before a page's own content."""
    words = content.catalogue.words
    st.html(Ready(resources.style()))
    day = content.catalogue.review.content_date.isoformat()
    status = escape(words("frame.short-status", day=day))
    safety = _safety(content.catalogue.contact(), words)
    st.html(f'{safety}<p class="ax-short-status">{status}</p>')


def close_frame(content: Content) -> None:
    """Draw what comes after a page's own content."""
    catalogue = content.catalogue
    words = catalogue.words
    version = words(
        "frame.version", version=content.version, day=catalogue.review.content_date.isoformat()
    )
    lines = (words("frame.status"), version, words("frame.privacy"), words("frame.no-funder"))
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'<footer class="ax-foot">{inside}</footer>')


def show_content_error() -> None:
    """Say that content could not be read. What is wrong stands in the server's log only."""
    st.error(
        "The content could not be read, so nothing is shown. Please tell whoever runs this site."
    )


def _safety(contact: Contacts, words: Words) -> str:
    """Build the line that opens: signs by urgency, whom to call, and what if nobody answers."""
    line = escape(words("frame.safety-line", emergency=contact.emergency_words))
    parts = [f'<details class="ax-safety"><summary>{line}</summary>']
    for urgency in Urgency:
        listed = [flag for flag in contact.red_flags if flag.urgency is urgency]
        if not listed:
            continue
        title = words(f"urgency.{urgency}.title", emergency=contact.emergency_words)
        parts.append(f'<p class="ax-urgency ax-{urgency}">{escape(title)}</p><ul>')
        parts += [
            f"<li>{escape(' '.join(part for part in (flag.sign, flag.action) if part))}</li>"
            for flag in listed
        ]
        parts.append("</ul>")
    parts.append(f"<p><strong>{escape(words('frame.safety-more'))}.</strong> ")
    parts.append(f"{escape(contact.nobody_answers.text)}</p>")
    if contact.poison:
        poison = escape(words("frame.poison", words=contact.poison_words, number="\0"))
        dial = contact.poison.replace("-", "")
        link = f'<a class="ax-phone" href="tel:+{escape(dial)}">{escape(contact.poison)}</a>'
        parts.append(f"<p>{poison.replace(chr(0), link)}</p>")
    parts.append("</details>")
    return "".join(parts)
