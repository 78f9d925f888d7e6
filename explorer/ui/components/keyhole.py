"""Read the keys of a class from after the ``#`` of the address, and write them there.

The browser never sends that part of an address to a server, so it is in no log.
"""

import streamlit as st

from explorer.domain.class_links import ClassKeys, read_keys
from explorer.ui import state

_NONE = "none"

_JS = """
export default function(component) {
  const { data, setStateValue } = component;
  const tell = () => setStateValue("found", window.location.hash.slice(1) || data.none);
  if (data.write && window.location.hash.slice(1) !== data.write) {
    const path = window.location.pathname + window.location.search;
    window.history.replaceState(window.history.state, "", path + "#" + data.write);
  } else if (data.clear && window.location.hash) {
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  if (!window.explorerKeyhole) {
    window.addEventListener("hashchange", () => window.explorerKeyhole());
  }
  window.explorerKeyhole = tell;
  tell();
}
"""

_component = st.components.v2.component("explorer_keyhole", js=_JS)


def keys(*, report_only: bool = False) -> tuple[ClassKeys | None, bool]:
    """Give the keys of this tab, taking up those of the address where they are new.

    Args:
        report_only: put no more than the report's key into the address, since people share it.

    Returns:
        The keys, or None, and whether the address was read already: the browser answers after the
        first run.
    """
    held = state.class_keys()
    link = "" if held is None else held.fragment
    if held is not None and report_only:
        link = held.for_report if held.report else ""
    result = _component(
        key=f"teach.keyhole.{report_only}",
        data={"write": link, "clear": held is None and state.class_was_left(), "none": _NONE},
        default={"found": ""},
        on_found_change=lambda: None,
    )
    found = str(getattr(result, "found", "") or "")
    if state.class_address_is_new(found):
        taken = read_keys(found)
        if taken is not None and not (held is not None and held.holds(taken)):
            state.keep_class_keys(taken)
            held = taken
    return held, state.class_address_was_read() or held is not None
