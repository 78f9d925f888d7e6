"""A presenter remote: it sends Page Down and Page Up, which press the buttons of the console."""

import streamlit as st

_JS = """
const PRESSES = { PageDown: "teach-press-main", PageUp: "teach-press-back" };
export default function(component) {
  window.explorerRemote = component.data.on;
  if (window.explorerRemoteListens) return;
  window.explorerRemoteListens = true;
  document.addEventListener("keydown", (event) => {
    const place = PRESSES[event.key];
    if (!window.explorerRemote || !place || event.repeat) return;
    const button = document.querySelector(".st-key-" + place + " button");
    if (button) { event.preventDefault(); button.click(); }
  });
}
"""

_component = st.components.v2.component("explorer_remote", js=_JS)


def listen(*, on: bool, key: str) -> None:
    """Let Page Down press the large button and Page Up go back, or stop doing so.

    Args:
        on: whether a remote is in use; without one the two keys scroll the page as always.
        key: key of the widget.
    """
    _component(key=key, data={"on": on})
