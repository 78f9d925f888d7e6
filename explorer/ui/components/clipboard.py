"""A button that copies a text or prints the page, also where the page came over plain http."""

import streamlit as st

_JS = """
export default function(component) {
  const { parentElement, data } = component;
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  button.textContent = data.label;
  button.onclick = async () => {
    if (data.action === "print") { window.print(); return; }
    said.textContent = (await copy(data.text)) ? data.done : data.failed;
  };
}
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try { await navigator.clipboard.writeText(text); return true; }
    catch { /* the older way below */ }
  }
  const area = document.createElement("textarea");
  area.value = text; area.style.position = "fixed"; area.style.opacity = "0";
  document.body.appendChild(area); area.select();
  let done = false;
  try { done = document.execCommand("copy"); } finally { area.remove(); }
  return done;
}
"""

_CSS = """
button{font:inherit;font-weight:600;min-height:44px;padding:.4rem 1.1rem;border:2px solid #0b5cad;
border-radius:8px;background:#fff;color:#0b5cad;cursor:pointer}
button:focus-visible{outline:3px solid #0b5cad;outline-offset:2px}
span{margin-left:.75rem}
"""

_HTML = '<button type="button"></button><span role="status"></span>'

_component = st.components.v2.component("explorer_clipboard", html=_HTML, css=_CSS, js=_JS)


def copy(text: str, *, label: str, done: str, failed: str, key: str) -> None:
    """Draw a button that copies a text.

    Args:
        text: what is copied.
        label: words on the button.
        done: what is announced after copying.
        failed: what is announced where the browser refuses.
        key: key of the widget.
    """
    _component(
        key=key,
        data={"action": "copy", "text": text, "label": label, "done": done, "failed": failed},
    )


def print_page(*, label: str, key: str) -> None:
    """Draw a button that opens the browser's print window."""
    _component(key=key, data={"action": "print", "label": label})
