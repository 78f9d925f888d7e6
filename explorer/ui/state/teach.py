"""The class of a tab: its keys, and what the last press led to."""

import hashlib

import streamlit as st

from explorer.domain.class_links import ClassKeys

_KEYS = "teach.keys"
_ADDRESS = "teach.address"
_LEFT = "teach.left"
_TRUSTED = "teach.trusted"
_NOTE = "teach.note"
_PRESSES = "teach.presses"
_OPENED_HERE = "teach.opened-here"
_LINK_TAKEN = "teach.link-taken"
_UNKEPT = "teach.unkept"

SHORTCUTS_ON = "teach.keys-on"
REMOTE_ON = "teach.remote-on"
LATER = "teach.later"
SURENESS = "teach.asks-sureness"
ASKS_SURENESS = "teach.asks-sureness-now"
END_SURE = "teach.end-sure"
"""Key of the box that says that the end is meant; its tick is good for one press."""

NEW_CODE_SURE = "teach.door-sure"
"""Key of the box that says that a new code is meant; its tick is good for one press."""


def class_keys() -> ClassKeys | None:
    """Return the keys of a class that this tab holds, or None."""
    held = st.session_state.get(_KEYS)
    if held is None:
        return None
    try:
        return ClassKeys.model_validate_json(held)
    except ValueError:  # half a key opens nothing: the link has to be opened again
        return None


def keep_class_keys(keys: ClassKeys) -> None:
    """Hold the keys of a class in this tab."""
    st.session_state[_KEYS] = keys.model_dump_json()
    st.session_state[_LEFT] = False


def drop_class_keys() -> None:
    """Forget the class in this tab, also in its address."""
    st.session_state[_KEYS] = None
    st.session_state[_LEFT] = True
    st.session_state[_OPENED_HERE] = ""


def note_opened_here(keys: ClassKeys) -> None:
    """Record that this tab has just opened a class: its link is shown once, and kept."""
    st.session_state[_OPENED_HERE] = keys.fragment
    st.session_state[_LINK_TAKEN] = False


def opened_here() -> str:
    """Return the fragment of the class that this tab opened last, or an empty text."""
    return str(st.session_state.get(_OPENED_HERE, ""))


def was_link_taken() -> bool:
    """Return whether the host has said that the link of this class is kept."""
    return bool(st.session_state.get(_LINK_TAKEN))


def note_link_taken() -> None:
    """Record that the host has kept the link, so that it is not shown any more."""
    st.session_state[_LINK_TAKEN] = True


def do_not_keep(fragment: str) -> None:
    """Let the browser keep a class's link no more.

    Args:
        fragment: of the console's link.
    """
    st.session_state[_UNKEPT] = (*_unkept(), fragment)


def take_unkept() -> tuple[str, ...]:
    """Return, once, the fragments of the links that the browser is not to keep any more.

    They are keys, so the session forgets them as soon as the browser was told.
    """
    held = _unkept()
    st.session_state[_UNKEPT] = ()
    return held


def _unkept() -> tuple[str, ...]:
    held = st.session_state.get(_UNKEPT, ())
    return tuple(str(item) for item in held) if isinstance(held, tuple) else ()


def forget_class() -> None:
    """Forget the class, and that the passphrase was given: the next one here is somebody else."""
    held = class_keys()
    if held is not None and held.console:
        do_not_keep(held.fragment)
    drop_class_keys()
    st.session_state[_TRUSTED] = False


def class_was_left() -> bool:
    """Return whether the class of this tab was left, so that its address has to be cleared."""
    return bool(st.session_state.get(_LEFT))


def fragment_is_new(fragment: str) -> bool:
    """Return, once for each fragment, whether it was not read before.

    A hash of it is held, since it may be keys, which are to be forgotten when the class is.

    Args:
        fragment: what stands after the ``#`` of the address.
    """
    digest = hashlib.sha256(fragment.encode("utf-8", "replace")).hexdigest()
    is_new = bool(fragment) and digest != st.session_state.get(_ADDRESS)
    if is_new:
        st.session_state[_ADDRESS] = digest
    return is_new


def fragment_was_read() -> bool:
    """Return whether the browser has reported what stands after the ``#``."""
    return bool(st.session_state.get(_ADDRESS))


def may_open_classes() -> bool:
    """Return whether the passphrase was given in this tab."""
    return bool(st.session_state.get(_TRUSTED))


def allow_opening_classes() -> None:
    """Record that the passphrase was given in this tab."""
    st.session_state[_TRUSTED] = True


def set_note(note: str) -> None:
    """Keep the message of the last press for the next run; an empty text clears it."""
    st.session_state[_NOTE] = note


def note() -> str:
    """Return the message of the last press, or an empty text."""
    return str(st.session_state.get(_NOTE, ""))


def count_press() -> None:
    """Count a press of a step's button, so that the page can scroll to what changed."""
    st.session_state[_PRESSES] = presses() + 1


def presses() -> int:
    """Return how many steps were pressed in this tab."""
    return int(st.session_state.get(_PRESSES, 0))


def untick(key: str) -> None:
    """Clear a box that says that one press is meant; only for a callback."""
    st.session_state[key] = False


def wants_later() -> bool:
    """Return whether a class that is opened now has a round weeks later."""
    return bool(st.session_state.get(LATER))


def wants_sureness() -> bool:
    """Return whether a class that is opened now asks how sure people are."""
    return bool(st.session_state.get(SURENESS))


def set_asks_sureness(*, on: bool) -> None:
    """Set the switch of how sure people are before it is drawn, as the class has it."""
    st.session_state[ASKS_SURENESS] = on


def asks_sureness() -> bool:
    """Return what the switch says now; for a callback."""
    return bool(st.session_state.get(ASKS_SURENESS))


def shortcuts_are_on() -> bool:
    """Return whether single keys press buttons; they do until somebody turns them off."""
    return bool(st.session_state.get(SHORTCUTS_ON, True))


def remote_is_on() -> bool:
    """Return whether a presenter's remote presses buttons."""
    return bool(st.session_state.get(REMOTE_ON))


def numbers(fields: tuple[str, ...]) -> tuple[int, ...]:
    """Return what some fields for numbers hold; an empty one counts as 0."""
    return tuple(int(st.session_state.get(key) or 0) for key in fields)
