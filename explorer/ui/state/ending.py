"""What ends a page, held until the frame's last element is drawn with it."""

import streamlit as st

_END = "frame.end"


def hold(html: str) -> None:
    """Let what ends a page stand in the frame's last element: each element costs time.

    Args:
        html: what ends the page.
    """
    st.session_state[_END] = html


def taken() -> str:
    """Return what ends the page that was just drawn, once."""
    return str(st.session_state.pop(_END, ""))
