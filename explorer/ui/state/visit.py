"""What a reader entered for a visit: one JSON text in the session, and the widgets filled from it.

Whatever does not validate is repaired, and what was repaired is said on the page: nothing that a
person typed is thrown away.
"""

import streamlit as st

from explorer.domain.compare_url import Choice
from explorer.domain.visit import Visit
from explorer.domain.visit_repair import Kept, Repaired, repair
from explorer.ui.state import browser, compare
from explorer.ui.state.fields import Fields

_VISIT = "visit.state"
_CLEARED = "visit.cleared"
_STEP = "visit.step"
_REPAIRED = "visit.repaired"
_SPARE = "visit.spare"
_LEFT_OUT = "visit.left-out"
_OPENED = "visit.opened"
MORE_OPEN = "visit.more"
PICTURES_OPEN = "visit.pictures"
LINES_OPEN = "visit.all"
FACTS_OPEN = "visit.mine"
LARGE = "visit.large"

STORE = "explorer.visit"
"""Name under which the browser's tab holds what was entered."""

fields = Fields("visit.w")
"""The widgets that are filled from what was entered."""


def visit() -> Visit | None:
    """Return what the reader of this tab entered, repaired where it had to be, or None."""
    text = st.session_state.get(_VISIT)
    if text is None:
        return None
    try:
        return Visit.model_validate_json(text)
    except ValueError:
        found = repair(text)
        _take_up(found)
        return found.visit


def keep(visit: Visit) -> None:
    """Keep what the reader entered; the widgets stay as they are."""
    st.session_state[_VISIT] = visit.model_dump_json()
    st.session_state[_CLEARED] = False
    for note in (_REPAIRED, _OPENED):
        st.session_state.pop(note, None)
    fields.forget_typed()


def restore(found: Repaired) -> None:
    """Take up what the tab still held; the widgets are filled from it."""
    st.session_state[_CLEARED] = False
    _take_up(found)


def _take_up(found: Repaired) -> None:
    fields.forget()
    fields.forget_typed()
    st.session_state[_VISIT] = found.visit.model_dump_json()
    st.session_state[_REPAIRED] = found.changed
    st.session_state[_SPARE] = [*spare(), *(text for text in found.spare if text not in spare())]


def was_repaired() -> bool:
    """Return whether what is held had to be repaired and was not changed since."""
    return bool(st.session_state.get(_REPAIRED))


def set_left_out(concerns: tuple[str, ...]) -> None:
    """Hold the concerns over the limit that the last change left out, for the sheet to name."""
    st.session_state[_LEFT_OUT] = list(concerns)


def left_out() -> tuple[str, ...]:
    """Return the ids of the concerns that the last change left out."""
    return tuple(st.session_state.get(_LEFT_OUT, ()))


def spare() -> tuple[str, ...]:
    """Return typed texts that found no place in the visit, for the reader to copy."""
    return tuple(st.session_state.get(_SPARE, ()))


def keep_spare(texts: tuple[str, ...]) -> None:
    """Add typed texts that found no place."""
    held = spare()
    st.session_state[_SPARE] = [*held, *(text for text in texts if text not in held)]


def drop_spare() -> None:
    """Forget the texts that found no place; for a callback, once the reader has them."""
    st.session_state.pop(_SPARE, None)


def start_again() -> None:
    """Forget everything that was chosen or typed on the way to the sheet; for a callback."""
    fields.forget()
    fields.forget_typed()
    compare.forget()
    for key in (
        _VISIT,
        _STEP,
        _REPAIRED,
        _SPARE,
        _LEFT_OUT,
        _OPENED,
        MORE_OPEN,
        PICTURES_OPEN,
        LINES_OPEN,
        FACTS_OPEN,
        LARGE,
    ):
        st.session_state.pop(key, None)
    st.session_state[_CLEARED] = True
    browser.clear_address()


def has_entered() -> bool:
    """Return whether there is anything of this reader to clear."""
    return _VISIT in st.session_state or compare.is_kept()


def started_again() -> bool:
    """Return whether the reader started again, so that nothing is restored from the tab."""
    return bool(st.session_state.get(_CLEARED))


def step() -> str:
    """Return the step of the visit page that is on screen."""
    return str(st.session_state.get(_STEP, "matters"))


def go_to_step(step: str) -> None:
    """Show another step of the visit page."""
    st.session_state[_STEP] = step


def note_opened(said: str) -> None:
    """Hold one line on what was opened, for the page to say until something changes."""
    st.session_state[_OPENED] = said


def said_on_opening() -> str:
    """Return the line on what was opened; empty where nothing was."""
    return str(st.session_state.get(_OPENED, ""))


def text_for_tab(choice: Choice, visit: Visit) -> str:
    """Return the JSON text that the browser's tab holds: choice, visit and spare texts."""
    return Kept(choice=choice, visit=visit, spare=spare()).model_dump_json()
