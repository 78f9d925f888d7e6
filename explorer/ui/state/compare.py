"""What a reader compares: one choice in the session, kept equal to the page's address.

The choice is the value; the widgets are filled from it, and the page commits what they return. An
address that was not seen before (a first visit, the back button, a link that was followed)
replaces the choice. An address without parameters, such as the menu's link, takes up the choice
of this tab again.
"""

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition
from explorer.domain.compare_url import CONDITION, PARAMETERS, WHO, Choice, Dropped, read, write
from explorer.domain.comparison import PAGE_LIMITS
from explorer.domain.who import Who
from explorer.ui.state import browser
from explorer.ui.state.fields import Fields

_CHOICE = "compare.choice"
_ADDRESS = "compare.address"
_DROPPED = "compare.dropped"
_REPAIRED = "compare.repaired"
_CHOOSING = "compare.choosing"
_LEFT_OUT = "compare.left-out"

fields = Fields("compare")
"""The widgets that are filled from the choice."""

DIFFERENCES = "compare.differences"
FIND = "compare.find"
ROWS_OPEN = "compare.chooser"
FILES_OPEN = "compare.taken"


def rows_key(group: str) -> str:
    """Return the key of the pills that choose the lines of a group."""
    return fields.key("rows", group)


def rows(catalogue: Catalogue, choice: Choice) -> tuple[str, ...]:
    """Return the chosen lines of the facts, before the pills that choose them are drawn.

    Args:
        catalogue: the content.
        choice: its lines fill the pills; those for another person have none.
    """
    if not st.session_state.get(ROWS_OPEN):
        return choice.rows
    chosen: list[str] = []
    for group in catalogue.groups:
        inside = [
            row.id for row in catalogue.rows if row.group == group.id and row.fits(choice.who)
        ]
        key = rows_key(group.id)
        fields.seed(key, [row for row in inside if row in choice.rows])
        chosen += [row for row in inside if row in st.session_state[key]]
    return tuple(chosen)


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
                close_choice()
                st.session_state.pop(_REPAIRED, None)
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


def reader() -> Who:
    """Return for whom this tab asks, on any page, before the page takes up its address."""
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if CONDITION in address and address != st.session_state.get(_ADDRESS):
        return next((who for who in Who if who == address.get(WHO)), Who.ADULT)
    held = st.session_state.get(_CHOICE)
    try:
        return Who.ADULT if held is None else Choice.model_validate_json(held).who
    except ValueError:
        return Who.ADULT


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
    st.session_state.pop(_REPAIRED, None)
    st.session_state.pop(_ADDRESS, None)
    st.session_state.pop(_DROPPED, None)


def choosing(choice: Choice) -> str:
    """Return what is being chosen: ``condition``, ``you``, ``options``, or nothing once all are.

    Args:
        choice: the choice of this tab.
    """
    asked = str(st.session_state.get(_CHOOSING, ""))
    if choice.condition is None or asked == "condition":
        return "condition"
    if asked == "you":
        return "you"
    return "options" if asked == "options" or len(choice.options) < PAGE_LIMITS[0] else ""


def open_choice(what: str) -> None:
    """Unfold the choice of the condition or of the options; for a callback."""
    st.session_state[_CHOOSING] = what


def close_choice() -> None:
    """Fold the choice; it stays open as long as there is too little to compare."""
    st.session_state.pop(_CHOOSING, None)
    st.session_state.pop(_LEFT_OUT, None)


def choose_condition(condition: Condition) -> None:
    """Take a condition and ask who it is for, the preselected options ticked; for a callback.

    The person stays as told before. The condition that is chosen already keeps its options.
    """
    held = st.session_state.get(_CHOICE)
    before = Choice() if held is None else Choice.model_validate_json(held)
    if before.condition != condition.id:
        options = condition.preselect.options
        keep(Choice(condition=condition.id, options=options, who=before.who))
        st.session_state.pop(_REPAIRED, None)
    st.session_state.pop(_LEFT_OUT, None)
    open_choice("you")


def tell_about_you(condition: Condition, told: Choice) -> None:
    """Keep for whom it is and what is taken now; for a callback.

    Where what is taken now changed, the options are preselected anew: they are other plans.

    Args:
        condition: the condition that was shown.
        told: a choice that holds the two, and the options preselected for them.
    """
    held = Choice.model_validate_json(st.session_state.get(_CHOICE) or Choice().model_dump_json())
    is_same = held.condition == condition.id and held.now == told.now
    options = held.options if is_same else told.options
    keep(told.evolve(options=options, rows=held.rows))
    open_choice("you")
    st.session_state.pop(_REPAIRED, None)


def pick_options(
    condition: Condition, options: tuple[str, ...], *, left_out: tuple[str, ...] = ()
) -> None:
    """Keep the options that are ticked; for a callback.

    Args:
        condition: the condition that they are options of.
        options: their ids, four at most.
        left_out: ids of those over the limit, for the page to name.
    """
    held = Choice.model_validate_json(st.session_state.get(_CHOICE) or Choice().model_dump_json())
    if held.condition != condition.id:
        held = Choice(condition=condition.id)
    keep(held.evolve(options=options))
    open_choice("options")  # it stays unfolded while boxes are ticked
    st.session_state[_LEFT_OUT] = list(left_out)
    st.session_state.pop(_REPAIRED, None)


def left_out() -> tuple[str, ...]:
    """Return the ids of the options over the limit that the last tick left out."""
    return tuple(st.session_state.get(_LEFT_OUT, ()))


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
    own = (_CHOICE, _ADDRESS, _DROPPED, _REPAIRED, _CHOOSING, _LEFT_OUT)
    for key in (*own, DIFFERENCES, FIND, ROWS_OPEN, FILES_OPEN):
        st.session_state.pop(key, None)


def is_kept() -> bool:
    """Return whether this tab holds a choice that is not empty."""
    return st.session_state.get(_CHOICE) not in (None, Choice().model_dump_json())


def link(choice: Choice) -> str:
    """Return the full address of a choice, at the host by which this page was reached."""
    parameters = "&".join(f"{name}={value}" for name, value in write(choice).items())
    return f"{browser.page_address()}?{parameters}"
