"""Says beside a field that the PDF will show some of its letters as boxes, before it is printed."""

import streamlit as st

from explorer.domain.messages import Words
from explorer.export.printable import printable


def note(words: Words, typed: str) -> None:
    """Say that letters of a typed text have no shipped font; nothing where all have one.

    Args:
        words: for the line.
        typed: what stands in the field.
    """
    if printable(typed)[1]:
        st.caption(words("visit.unprintable"))
