"""The choice of what stands between the cells of a CSV file."""

import streamlit as st

from explorer.domain.messages import Words
from explorer.export.tables import Separator


def choose(words: Words, *, key: str) -> Separator:
    """Offer the separators; a spreadsheet opens the wrong one as a single column.

    Args:
        words: the interface's texts.
        key: key of the widget.

    Returns:
        The separator that was chosen, at first the comma.
    """
    chosen = st.selectbox(
        words("export.separator-label"),
        list(Separator),
        format_func=lambda item: words(f"export.separator-{item}"),
        key=key,
    )
    return Separator(chosen or Separator.COMMA)
