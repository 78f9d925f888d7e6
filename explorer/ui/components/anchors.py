"""Bring a link's place into view once the page has been drawn."""

import streamlit as st

_JS = """
function open(found) {
  for (let box = found.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
}
let listening = false;
export default function() {
  if (!listening) {
    listening = true;
    window.addEventListener("beforeprint", () => {
      for (const box of document.querySelectorAll("details.ax-part")) { box.open = true; }
    });
    window.addEventListener("hashchange", () => {
      const found = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      if (found) { open(found); found.scrollIntoView(); }
    });
  }
  const name = decodeURIComponent(window.location.hash.slice(1));
  if (!name || window.explorerFollowed === window.location.href) return;
  let left = 30;
  const look = () => {
    const found = document.getElementById(name);
    if (found) {
      window.explorerFollowed = window.location.href;
      open(found);
      found.scrollIntoView();
    } else if (left-- > 0) { window.setTimeout(look, 100); }
  };
  look();
}
"""

_component = st.components.v2.component("explorer_anchor", js=_JS)


def follow(*, key: str) -> None:
    """Scroll to the place that the address names after its ``#``, opening what hides it.

    The browser looks for it before Streamlit has drawn anything, and finds nothing.

    Args:
        key: key of the widget.
    """
    _component(key=key)


_MOVE_JS = """
let seen = null;
export default function(component) {
  const { place, stage } = component.data;
  if (seen === stage) return;
  const first = seen === null;
  seen = stage;
  if (first) return;
  // Whoever already writes in a box of the new stage keeps the focus: moved away, the rest of
  // what is typed would be lost.
  const before = document.activeElement;
  let typed = false;
  const note = () => { typed = true; };
  document.addEventListener("input", note, true);
  const done = () => document.removeEventListener("input", note, true);
  const writes = () => {
    const now = document.activeElement;
    return now.matches("input, textarea, select, [contenteditable]") && (typed || now !== before);
  };
  let left = 20;
  const look = () => {
    const found = document.getElementById(place);
    if (found && !writes()) {
      found.scrollIntoView({ block: "start" });
      found.focus({ preventScroll: true });
    }
    if (!found && left-- > 0) { window.setTimeout(look, 50); } else { done(); }
  };
  window.setTimeout(look, 50);
}
"""

_move = st.components.v2.component("explorer_move", js=_MOVE_JS)


def move_to(place: str, *, stage: str, key: str) -> None:
    """Bring a place into view and give it the focus, each time the stage changes.

    Without it, the next question would start where the last one was scrolled to, and a screen
    reader would not be told that there is one.

    Args:
        place: id of an element with ``tabindex="-1"``.
        stage: what is on screen; nothing moves at the first.
        key: key of the widget.
    """
    _move(key=key, data={"place": place, "stage": stage})
