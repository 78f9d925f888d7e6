"""Text of a person inside a label, which Streamlit reads as Markdown: shown, never carried out."""

import re
from string import punctuation
from typing import Final

from explorer.domain.letters import one_line

JOINER: Final = "\N{WORD JOINER}"
"""Has no width and is no letter. Streamlit looks for short names of pictures and for addresses in
the text after Markdown was read, when no backslash is left; this keeps it from finding one."""

_BREAK: Final = re.compile(r"(?<=[:@])(?=\S)|(?<=[-<>=~])(?=[-<>=~])|(?<=[wW]{3})(?=\.)")

_SIGN: Final = re.compile(f"[{re.escape(punctuation)}]")


def as_label(text: str) -> str:
    r"""Give a text that a label, heading or message of Streamlit shows letter by letter.

    Every ASCII sign is escaped, which CommonMark knows for all of them: no link, picture, colour,
    formula, HTML, list, heading or code is left. Short names (``:smile:``), addresses (``www.…``)
    and arrows (``->``), which Streamlit puts in afterwards, are broken by a joiner.

    Args:
        text: what a person typed.

    Returns:
        One line of Markdown that reads as the text.
    """
    return _SIGN.sub(r"\\\g<0>", _BREAK.sub(JOINER, one_line(text)))
