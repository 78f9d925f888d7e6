"""The menu: which pages there are, and in what order.

A page is in the menu as soon as ``pages/<name>.py`` is there: its address is ``/<name>`` and its
label ``words.nav.<name>``. A new page needs its name in one of the two lists, and nothing more.
"""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from explorer.domain.catalogue import Catalogue
from explorer.paths import PAGES

INLINE = ("home", "compare", "visit", "guide", "quiz")
"""Pages in the bar itself."""

MORE = ("medicine", "glossary", "sources", "about", "teach", "results")
"""Pages in the menu that opens."""


def pages(catalogue: Catalogue) -> dict[str, list[StreamlitPage]]:
    """Return the pages that have something to show, by their heading in the menu.

    Args:
        catalogue: the content.
    """
    empty = {
        name
        for name, holds in (
            ("guide", catalogue.guide),
            ("quiz", catalogue.bank.questions),
            ("glossary", catalogue.glossary),
        )
        if not holds
    }

    def shown(names: tuple[str, ...]) -> list[StreamlitPage]:
        return [
            st.Page(
                PAGES / f"{name}.py",
                title=catalogue.words(f"nav.{name}"),
                url_path="" if name == "home" else name,
                default=name == "home",
            )
            for name in names
            if name not in empty and (PAGES / f"{name}.py").is_file()
        ]

    more = shown(MORE)
    return {"": shown(INLINE)} | ({catalogue.words("nav.more"): more} if more else {})
