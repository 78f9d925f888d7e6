"""What the browser says about itself: address, time zone, network address, storage."""

import secrets
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from explorer.domain.compare_url import OPTIONS
from explorer.web.reached import HEADER as REACHED

_STORAGE_DENIED = "browser.storage-denied"
_SESSION_ID = "browser.session-id"
_FRAMED = "browser.framed"


def page_address() -> str:
    """Return the address of this page without query and fragment, at the host it was reached by."""
    return str(st.context.url or "").split("?")[0].split("#")[0]


def sibling_address(page: str) -> str:
    """Return the address of another of our pages, at the host by which this one was reached."""
    return f"{page_address().rpartition('/')[0]}/{page}"


def time_zone() -> tzinfo:
    """Return the time zone of the reader's browser; UTC where it is not known."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def network_address() -> str:
    """Return the network address that this page was requested from, as far as it is known."""
    return str(st.context.ip_address or "this machine")


def reached_by() -> str:
    """Return scheme and host by which a trusted proxy says this page was reached; may be empty."""
    return str(st.context.headers.get(REACHED) or "")


def medicine_in_address() -> str:
    """Return the id of the medicine that the address names, or an empty text.

    It is written back, since a link from the list to the same page leaves the browser's address
    as it was.
    """
    named = str(st.query_params.get(OPTIONS, ""))
    st.query_params.from_dict({OPTIONS: named} if named else {})
    return named


def options_in_address() -> str:
    """Return what the address names as medicines, as it stands there."""
    return str(st.query_params.get(OPTIONS, ""))


def clear_address() -> None:
    """Remove all query parameters from the address."""
    st.query_params.clear()


def session_id() -> str:
    """Return a random text that stays the same for a session and differs between sessions."""
    if _SESSION_ID not in st.session_state:
        st.session_state[_SESSION_ID] = secrets.token_hex(8)
    return str(st.session_state[_SESSION_ID])


def note_storage_denied() -> None:
    """Record that this browser refuses to store anything, for as long as the session lasts."""
    st.session_state[_STORAGE_DENIED] = True


def storage_is_denied() -> bool:
    """Return whether this browser refused to store anything, as far as it was asked."""
    return bool(st.session_state.get(_STORAGE_DENIED))


def told(key: str) -> object:
    """Return what a component's script reported with this run; anybody may have written it.

    Args:
        key: key of the widget.
    """
    return getattr(st.session_state.get(key), "told", None)


def note_framed() -> None:
    """Record that the page stands in a frame of another page, for as long as the session lasts."""
    st.session_state[_FRAMED] = True


def is_framed() -> bool:
    """Return whether the page stands in a frame, as far as it was asked."""
    return bool(st.session_state.get(_FRAMED))
