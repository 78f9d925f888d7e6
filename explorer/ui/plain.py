"""A person's text inside a label, which Streamlit reads as Markdown: escaped, never rendered."""

import re
from string import punctuation
from typing import Final

from explorer.domain.letters import one_line

JOINER: Final = "\N{WORD JOINER}"
"""Has no width and is no letter. Streamlit searches for short names of pictures and for addresses
in the text after Markdown was parsed, when no backslash is left; this keeps it from finding one."""

_BREAK: Final = re.compile(r"(?<=[:@])(?=\S)|(?<=[-<>=~])(?=[-<>=~])|(?<=[wW]{3})(?=\.)")

_PUNCTUATION: Final = re.compile(f"[{re.escape(punctuation)}]")


def as_label(text: str) -> str:
    r"""Escape a text, so that a label, heading or message of Streamlit shows it as it is.

    Every ASCII punctuation character is escaped, as CommonMark allows for all of them: no link,
    picture, colour, formula, HTML, list, heading or code is left. Short names (``:smile:``),
    addresses (``www.…``) and arrows (``->``), which Streamlit puts in afterwards, are broken by a
    joiner.

    Args:
        text: what a person typed.

    Returns:
        One line of Markdown that reads as the text.
    """
    return _PUNCTUATION.sub(r"\\\g<0>", _BREAK.sub(JOINER, one_line(text)))
