"""One medicine in full, or the list to choose from."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import OPTIONS
from explorer.domain.names import medicine_named
from explorer.export.glossary import glossed
from explorer.paths import PAGES
from explorer.ui import resources
from explorer.ui.components import clipboard, presses
from explorer.ui.safe_html import SafeHtml


def show(catalogue: Catalogue, named: str) -> None:
    """Show the medicine of an address; without one, or where it is unknown, the list.

    Args:
        catalogue: the content.
        named: id of a medicine, or nothing.
    """
    words = catalogue.words
    if not named:
        _list(catalogue)
        return
    meant = medicine_named(catalogue, named)
    if meant is None:
        _list(catalogue, words("medicine.unknown", id=named[:40]))
        return
    html = resources.medicine_pieces(meant.id)
    title = meant.heading
    st.set_page_config(
        page_title=words("medicine.page-title", title=title, site=words("frame.site"))
    )
    st.title(title, anchor=False)
    with st.container(key="noprint", horizontal=True):
        st.page_link(PAGES / "medicine.py", label=words("medicine.all"))
        clipboard.print_page(label=words("medicine.print"), key="medicine.print")
    st.html(SafeHtml("".join(html.values())))
    presses.scroll_to_place(key="medicine.anchor")


def _list(catalogue: Catalogue, message: str = "") -> None:
    words = catalogue.words
    st.title(words("medicine.title"), anchor=False)
    if message:
        st.html(f'<p class="ax-together" role="status">{escape(message)}</p>')
    st.markdown(words("medicine.intro"))
    known: set[str] = set()
    for kind in dict.fromkeys(medicine.kind for medicine in catalogue.published):
        heading = words(f"medicine.group-{kind}")
        st.header(heading, anchor=False)
        meant = next((term for term in catalogue.glossary if heading in term.also), None)
        if meant is not None:
            known.add(meant.id)
            st.caption(glossed(meant.meaning, catalogue.glossary, known))
        with st.container(key=f"medicines-{kind}", gap="small"):
            for medicine in catalogue.published:
                if medicine.kind is kind:
                    st.page_link(
                        PAGES / "medicine.py",
                        label=words("medicine.item", title=medicine.heading, say=medicine.say),
                        query_params={OPTIONS: medicine.id},
                        width="stretch",
                    )
