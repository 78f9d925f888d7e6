"""Bring a link's place into view once the page has been drawn."""

import streamlit as st

_JS = """
export default function() {
  const name = decodeURIComponent(window.location.hash.slice(1));
  if (!name || window.explorerFollowed === window.location.href) return;
  let left = 30;
  const look = () => {
    const found = document.getElementById(name);
    if (found) {
      window.explorerFollowed = window.location.href;
      found.scrollIntoView();
    } else if (left-- > 0) { window.setTimeout(look, 100); }
  };
  look();
}
"""

_component = st.components.v2.component("explorer_anchor", js=_JS)


def follow(*, key: str) -> None:
    """Scroll to the place that the address names after its ``#``.

    The browser looks for it before Streamlit has drawn anything, and finds nothing.

    Args:
        key: key of the widget.
    """
    _component(key=key)
