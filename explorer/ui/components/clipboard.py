"""A button that copies or mails a text or prints the page, also where it came over plain http."""

import streamlit as st

from explorer.ui.components import assets

_HTML = '<button type="button"></button><span role="status"></span>'

_component = st.components.v2.component(
    "explorer_clipboard",
    html=_HTML,
    css=assets.read("clipboard.css"),
    js=assets.read("clipboard.js"),
)


def copy(text: str, *, label: str, done: str, failed: str, key: str) -> None:
    """Draw a button that copies a text.

    Args:
        text: what is copied.
        label: words on the button.
        done: what is announced after copying.
        failed: what is announced where the browser refuses.
        key: key of the widget.
    """
    _component(
        key=key,
        data={"action": "copy", "text": text, "label": label, "done": done, "failed": failed},
    )


def mail(text: str, *, label: str, subject: str, key: str) -> None:
    """Draw a button that opens the reader's own mail program with a text; we send nothing.

    Args:
        text: what stands in the mail.
        label: words on the button.
        subject: subject of the mail.
        key: key of the widget.
    """
    _component(key=key, data={"action": "mail", "text": text, "label": label, "subject": subject})


def print_page(*, label: str, key: str) -> None:
    """Draw a button that opens the browser's print window."""
    _component(key=key, data={"action": "print", "label": label})
