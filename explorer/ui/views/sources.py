"""The register of sources with its filters."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.domain.source_register import SourceAge
from explorer.domain.sources import SourceKind
from explorer.ui import resources
from explorer.ui.components import presses
from explorer.ui.safe_html import SafeHtml


def show(catalogue: Catalogue) -> None:
    """Show the filters, how many sources they leave, and these sources."""
    words = catalogue.words
    st.html(SafeHtml(resources.labels_html()))
    titles = {medicine.id: medicine.heading for medicine in catalogue.published}
    with st.container(key="noprint"):
        left, middle, right = st.columns(3)
        kind = left.selectbox(
            words("sources.pick-kind"),
            ["", *SourceKind],
            format_func=lambda item: words(f"sources.kind-{item}" if item else "sources.any"),
            key="sources.kind",
        )
        medicine = middle.selectbox(
            words("sources.pick-medicine"),
            ["", *titles],
            format_func=lambda item: titles.get(item, words("sources.any")),
            key="sources.medicine",
        )
        age = right.selectbox(
            words("sources.pick-age"),
            ["", *SourceAge],
            format_func=lambda item: words(f"sources.age-{item}" if item else "sources.any"),
            key="sources.age",
        )
    found, html = resources.register_html(kind, medicine, age)
    said = words("sources.shown", n=found.shown, all=found.total)
    st.html(f'<p role="status" class="ax-short-status">{escape(said)}</p>')
    st.html(SafeHtml(html))
    presses.scroll_to_place(key="sources.anchor")
