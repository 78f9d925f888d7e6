"""A warning where phones cannot reach this server, and what to do."""

from html import escape

import streamlit as st

from explorer.domain.words import Words
from explorer.web.addresses import only_this_machine

COMMAND = "anakinra-explorer --host 0.0.0.0"
"""Starts the app so that the local network reaches it."""


def show(words: Words, address: str, *, folded: bool = False) -> None:
    """Warn where the address for the phones works on this computer only.

    Args:
        words: interface words.
        address: the address that people in a room open.
        folded: show the title, which opens to the rest.
    """
    if not only_this_machine(address):
        return
    title = escape(words("teach.local-title"))
    rest = (
        f"<p>{escape(words('teach.local-text', address=address))}</p>"
        f"<p>{escape(words('teach.local-laptop'))} <code>{escape(COMMAND)}</code></p>"
        f"<p>{escape(words('teach.local-hosted'))} {escape(words('teach.local-go-on'))}</p>"
    )
    if folded:
        st.html(f'<details class="ax-warn"><summary>{title}</summary>{rest}</details>')
    else:
        st.html(f'<div class="ax-warn" role="note"><p><b>{title}</b></p>{rest}</div>')
