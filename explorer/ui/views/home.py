"""The first page: what it is for, the patient's own door, then the doors of others."""

from functools import partial
from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.export import home_html
from explorer.ui.components import condition_picker, presses
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import way


def show(catalogue: Catalogue) -> None:
    """Show the page: a patient picks a condition right here; the other doors stand below."""
    words = catalogue.words
    way.follow("home")
    condition_html = condition_picker.list_html(catalogue)
    title = escape(words("home.limits-title"))
    limits = f'<h2 class="ax-small">{title}</h2><p>{escape(words("home.limits"))}</p>'
    parts = (home_html.message(words), condition_html, _doors(catalogue), limits)
    st.html(SafeHtml("".join(parts)))
    presses.links(partial(way.take, catalogue), key="home.links")


def _doors(catalogue: Catalogue) -> str:
    """Render the doors that have something behind them."""
    words = catalogue.words
    has_quiz = bool(catalogue.bank.questions)
    doors = (
        ("guide", bool(catalogue.guide)),
        ("visit", True),
        ("medicine", True),
        ("quiz", has_quiz),
        ("teach", has_quiz),
    )
    items = "".join(
        f'<li><a href="{page}" target="_self" data-ax-go="page:{page}">'
        f"<b>{escape(words(f'home.{page}-link'))}</b>"
        f"<small>{escape(words(f'home.{page}-text'))}</small></a></li>"
        for page, is_open in doors
        if is_open
    )
    return f'<ul class="ax-rows ax-doors" aria-label="{escape(words("home.doors"))}">{items}</ul>'
