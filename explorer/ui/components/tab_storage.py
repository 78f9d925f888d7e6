"""Keep a run in the browser tab, so that a reload or a locked phone loses nothing.

The tab's sessionStorage holds it: no server, no cookie, and closing the tab ends it.
"""

import json
from typing import Any

import streamlit as st

_JS = """
let asked = false;
export default function(component) {
  const { data, setStateValue } = component;
  const store = window.sessionStorage;
  try {
    if (data.action === "save") { store.setItem(data.name, data.value); }
    else if (data.action === "clear") { store.removeItem(data.name); }
    else if (data.action === "ask" && !asked) {
      asked = true;
      setStateValue("found", store.getItem(data.name) || "");
    }
  } catch { /* a browser that forbids storage: the run lives until the next reload */ }
}
"""

_component = st.components.v2.component("explorer_tab_storage", js=_JS)


def save(name: str, value: dict[str, Any], *, key: str) -> None:
    """Write a value into the tab.

    Args:
        name: under which name.
        value: plain values only.
        key: key of the widget.
    """
    _component(key=key, data={"action": "save", "name": name, "value": json.dumps(value)})


def clear(name: str, *, key: str) -> None:
    """Remove a value from the tab."""
    _component(key=key, data={"action": "clear", "name": name})


def ask(name: str, *, key: str) -> dict[str, Any] | None:
    """Ask the tab for a value; it comes with the rerun after the first.

    Returns:
        The value, or None while it is not known, where there is none, or where it is unreadable.
    """
    result = _component(
        key=key,
        data={"action": "ask", "name": name},
        default={"found": ""},
        on_found_change=lambda: None,
    )
    try:
        value = json.loads(getattr(result, "found", "") or "null")
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
