"""That no class is lost: its link, shown once; the classes of this browser; taking an end back."""

from html import escape

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.sessions import NoSuchClass, Refused
from explorer.ui import resources
from explorer.ui.components import clipboard, kept_classes
from explorer.ui.state import browser
from explorer.ui.state import teach as state

SHOWN = 6
"""Classes of a browser that are offered, the newest first."""


def sync(*, tell: bool) -> tuple[ClassKeys, ...]:
    """Let the browser keep the link of a class opened here, and drop those that were forgotten.

    Args:
        tell: whether it says which it has.
    """
    drop = state.take_unkept()
    keep = state.opened_here()
    found = kept_classes.sync(
        keep="" if keep in drop else keep, drop=drop, tell=tell, key="teach.kept-classes"
    )
    return tuple(keys for keys in found if keys.fragment not in drop)


def show_link(keys: ClassKeys, words: Words) -> None:
    """Show the console's link once, after opening, with ways to keep it.

    Args:
        keys: the keys of the class.
        words: interface words.
    """
    if state.opened_here() != keys.fragment or state.was_link_taken():
        return
    link = f"{browser.sibling_address('teach')}#{keys.fragment}"
    with st.container(border=True, key="teach-keep-link"):
        st.html(f"<h2>{escape(words('teach.keep-title'))}</h2>")
        st.markdown(words("teach.keep-text"))
        with st.container(horizontal=True, key="teach-keep-buttons"):
            clipboard.copy(
                link,
                label=words("teach.copy-console"),
                done=words("teach.copied"),
                failed=words("teach.not-copied"),
                key="teach.keep.copy",
            )
            clipboard.mail(
                link,
                label=words("teach.keep-mail"),
                subject=words("teach.keep-subject"),
                key="teach.keep.mail",
            )
            st.button(
                words("teach.keep-done"), key="teach.keep.done", on_click=state.note_link_taken
            )


def offer_kept(content: Content) -> None:
    """Offer the classes whose console was opened in this browser and which still exist."""
    words = content.catalogue.words
    offered: list[tuple[ClassKeys, HostView]] = []
    for keys in sync(tell=True):
        if len(offered) == SHOWN:
            break
        try:
            offered.append((keys, resources.classes().host(keys.console)))
        except NoSuchClass:
            state.do_not_keep(keys.fragment)  # deleted: the browser drops it with the next run
        except Refused:
            continue
    if not offered:
        return
    with st.container(border=True, key="teach-kept"):
        st.header(words("teach.kept-title"), anchor=False)
        st.markdown(words("teach.kept-text"))
        for keys, view in offered:
            step = words(f"teach.step-{view.state}")
            st.html(f"<p><b>{escape(view.title)}</b> {escape(step)}</p>")
            spoken = f"{view.code[:3]} {view.code[3:]}"
            with st.container(horizontal=True, key=f"teach-kept-{view.code}"):
                st.button(
                    words("teach.kept-open", code=spoken),
                    key=f"teach.kept.open.{view.code}",
                    type="primary",
                    on_click=state.keep_class_keys,
                    args=(keys,),
                )
                st.button(
                    words("teach.kept-drop", code=spoken),
                    key=f"teach.kept.drop.{view.code}",
                    on_click=state.do_not_keep,
                    args=(keys.fragment,),
                )
