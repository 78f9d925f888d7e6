"""The menu: which pages there are, and in what order.

A page is in the menu as soon as ``pages/<name>.py`` is there: its address is ``/<name>`` and its
label ``words.nav.<name>``. A new page needs its name in one of the lists, and nothing more.
"""

from copy import copy
from functools import cache, lru_cache
from json import dumps

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from explorer.domain.catalogue import Catalogue
from explorer.domain.messages import Words
from explorer.paths import PAGES

INLINE = ("home", "compare", "visit", "guide", "quiz")
"""Pages in the bar itself."""

MORE = ("medicine", "glossary", "sources", "about")
"""Pages in the menu that opens."""

TEACHERS = ("teach", "results")
"""Pages for those who teach, under a heading of their own: no patient looks for them."""


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
            _page(name, catalogue.words(f"nav.{name}"))
            for name in names
            if name not in empty and _is_there(name)
        ]

    menus = {"more": shown(MORE), "teachers": shown(TEACHERS)}
    return {"": shown(INLINE)} | {
        catalogue.words(f"nav.{name}"): inside for name, inside in menus.items() if inside
    }


@cache
def _is_there(name: str) -> bool:
    return (PAGES / f"{name}.py").is_file()


def _page(name: str, title: str) -> StreamlitPage:
    """Return a page for this run: a copy, since a run marks the one that it shows."""
    return copy(_kept_page(name, title))


@lru_cache(maxsize=64)
def _kept_page(name: str, title: str) -> StreamlitPage:
    """Make a page once: Streamlit looks for its file, which takes longer than all else of it."""
    is_home = name == "home"
    return st.Page(
        PAGES / f"{name}.py", title=title, url_path="" if is_home else name, default=is_home
    )


def style(words: Words) -> str:
    """Return the stylesheet that puts a word beside the arrow that opens a phone's menu.

    Streamlit has no setting for it.

    Args:
        words: interface words.
    """
    said = dumps(words("frame.menu"))
    button = "[data-testid=stExpandSidebarButton]"
    return f"{button}::before{{content:{said};font-size:1rem;font-weight:600;color:#16202b}}"
