"""Input widgets whose values outlive the page they are drawn on.

Streamlit drops a widget's value as soon as a run does not draw it. A group of fields knows which
widgets it has seeded, so that they can be filled again and forgotten together by name, without
looking for keys by their beginning.
"""

from collections.abc import Iterable

import streamlit as st


class Fields:
    """A group of input widgets in the session.

    Args:
        name: prefix of the keys, unique to the group.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = f"{name}.fields"
        self._typed = f"{name}.typed"

    def key(self, *parts: str) -> str:
        """Return the key of a widget of the group."""
        return ".".join((self._name, *parts))

    def seed(self, key: str, value: object) -> None:
        """Set the first value of a widget that was not drawn in the last run.

        What was typed last and is not yet part of the kept value comes first: a reader may have
        left the page with the very press that ended the typing.
        """
        drawn = st.session_state.setdefault(self._drawn, [])
        if key not in drawn:
            drawn.append(key)
        if key not in st.session_state:
            st.session_state[key] = st.session_state.get(self._typed, {}).get(key, value)

    def value(self, key: str) -> object:
        """Return the present value of a widget that was seeded."""
        return st.session_state[key]

    def are_set(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return those of some seeded boxes that are ticked, in the given order."""
        return tuple(key for key in keys if st.session_state.get(key))

    def untick(self, keys: Iterable[str]) -> None:
        """Clear boxes; only before they are drawn in this run, or in a callback."""
        for key in keys:
            st.session_state[key] = False

    def hold_typed(self, key: str) -> None:
        """Hold what was just typed into a box, whatever page is drawn next; for a callback.

        Where the same message pressed a button that forgets the fields, there is nothing to hold.
        """
        if key in st.session_state:
            held = st.session_state.get(self._typed, {})
            st.session_state[self._typed] = held | {key: st.session_state[key]}

    def forget_typed(self) -> None:
        """Drop the held texts once they are part of the kept value."""
        st.session_state.pop(self._typed, None)

    def forget(self) -> None:
        """Drop the values of all widgets of the group; the next seed fills them."""
        for key in st.session_state.get(self._drawn, []):
            st.session_state.pop(key, None)
        st.session_state.pop(self._drawn, None)
