"""The educator's page: opening a class, its console, or the room's screen, by the keys."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.sessions import NoSuchClass, Unavailable, Unreadable
from explorer.export import class_html
from explorer.ui import resources
from explorer.ui.components import link_keys
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import teach as state
from explorer.ui.views import class_console, class_controls, class_projector, class_setup


def show(content: Content) -> None:
    """Show what the keys of this tab open."""
    words = content.catalogue.words
    st.html(SafeHtml(f"<style>{class_html.style()}</style>"))
    keys, read = link_keys.keys()
    if not read:
        st.title(words("teach.title"), anchor=False)
        class_controls.show_unread(words)
        return
    if keys is None or not (keys.console or keys.projector):
        class_setup.show(content)
        return
    try:
        _show_class(content, keys)
    except NoSuchClass:
        st.title(words("teach.title"), anchor=False)
        st.html(f'<p class="ax-warn" role="alert">{escape(words("teach.gone"))}</p>')
        st.button(words("teach.new"), key="teach.new", on_click=state.drop_class_keys)
    except Unreadable as problem:
        st.title(words("teach.title"), anchor=False)
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')
        if keys.console:
            class_controls.confirm_delete(keys, words, state.drop_class_keys)
    except Unavailable as problem:
        st.title(words("teach.title"), anchor=False)
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')


def _show_class(content: Content, keys: ClassKeys) -> None:
    teaching = resources.classes()
    if keys.console:
        class_console.show(content, keys, teaching.watch(keys.console, for_host=True).view)
    else:
        class_projector.show(content, keys, teaching.watch(keys.projector, for_host=False).view)
