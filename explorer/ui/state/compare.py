"""What a reader compares: one choice in the session, kept equal to the page's address.

The choice is the value; the widgets are filled from it, and the page commits what they return. An
address that was not seen before (a first visit, the back button, a link that was followed)
replaces the choice. An address without parameters, such as the menu's link, takes up the choice
of this tab again.
"""

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition
from explorer.domain.links import PARAMETERS, Choice, Dropped, read, write
from explorer.ui.state import browser
from explorer.ui.state.fields import Fields

_CHOICE = "compare.choice"
_ADDRESS = "compare.address"
_DROPPED = "compare.dropped"
_REPAIRED = "compare.repaired"

fields = Fields("compare")
"""The widgets that are filled from the choice."""

CONDITION = fields.key("condition")
AGE = fields.key("age")
DIFFERENCES = "compare.differences"
FIND = "compare.find"
ROWS_OPEN = "compare.chooser"
FILES_OPEN = "compare.taken"


def option_key(condition: str, option: str) -> str:
    """Return the key of an option's checkbox."""
    return fields.key("option", condition, option)


def rows_key(group: str) -> str:
    """Return the key of the pills that choose the lines of a group."""
    return fields.key("rows", group)


def open_address(catalogue: Catalogue) -> Dropped:
    """Take up the page's address where it is new.

    Args:
        catalogue: the content, which decides what can be shown.

    Returns:
        What an address named that cannot be shown; it stays until the choice changes.
    """
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if address != st.session_state.get(_ADDRESS):
        dropped = Dropped()
        if address:
            found, dropped = read(catalogue, address)
            if found.condition is not None or not is_kept():
                keep(found)
        st.session_state[_DROPPED] = dropped.model_dump_json()
        st.session_state[_ADDRESS] = address
    held = st.session_state.get(_DROPPED)
    return Dropped() if held is None else Dropped.model_validate_json(held)


def choice(catalogue: Catalogue) -> Choice:
    """Return the choice of this tab, without what the content does not hold (any more).

    A choice without options is one whose options were not chosen yet.
    """
    text = st.session_state.get(_CHOICE)
    if text is None:
        return Choice()
    found = repaired(catalogue, text)
    if found.model_dump_json() != text:
        keep(found)
        st.session_state[_REPAIRED] = True
    return found


def was_repaired() -> bool:
    """Return whether the choice had to be repaired and was not changed since."""
    return bool(st.session_state.get(_REPAIRED))


def repaired(catalogue: Catalogue, text: str) -> Choice:
    """Read a choice that was kept as JSON text, leaving out what cannot be shown.

    Args:
        catalogue: the content, which decides what can be shown.
        text: any text.

    Returns:
        The nearest choice that can be shown; an empty one where nothing is left.
    """
    try:
        held = Choice.model_validate_json(text)
    except ValueError:
        return Choice()
    found, _ = read(catalogue, write(held))
    return found if held.options else found.evolve(options=())


def keep(choice: Choice) -> None:
    """Replace the choice; the widgets are filled from it when they are drawn next."""
    fields.forget()
    st.session_state[_CHOICE] = choice.model_dump_json()


def keep_elsewhere(choice: Choice) -> None:
    """Replace the choice from another page, where the address does not show it."""
    keep(choice)
    st.session_state.pop(_ADDRESS, None)
    st.session_state.pop(_DROPPED, None)


def choose_condition(condition: Condition) -> None:
    """Start a choice with a condition whose options are not chosen yet; for a callback."""
    keep(Choice(condition=condition.id))


def commit(choice: Choice) -> None:
    """Keep what the widgets say and write it into the address, for a reload or a shared link."""
    text = choice.model_dump_json()
    if text != st.session_state.get(_CHOICE):
        st.session_state.pop(_REPAIRED, None)
    st.session_state[_CHOICE] = text
    address = write(choice)
    if address != st.session_state.get(_ADDRESS):
        st.session_state[_DROPPED] = None
        others = {name: st.query_params[name] for name in st.query_params if name not in PARAMETERS}
        st.query_params.from_dict(others | address)  # at once: one step for the back button
        st.session_state[_ADDRESS] = address


def forget() -> None:
    """Drop the choice, its widgets and the tools of the comparison's page."""
    fields.forget()
    for key in (_CHOICE, _ADDRESS, _DROPPED, _REPAIRED, DIFFERENCES, FIND, ROWS_OPEN, FILES_OPEN):
        st.session_state.pop(key, None)


def is_kept() -> bool:
    """Return whether this tab holds a choice that is not empty."""
    return st.session_state.get(_CHOICE) not in (None, Choice().model_dump_json())


def link(choice: Choice) -> str:
    """Return the full address of a choice, at the host by which this page was reached."""
    parameters = "&".join(f"{name}={value}" for name, value in write(choice).items())
    return f"{browser.page_address()}?{parameters}"
