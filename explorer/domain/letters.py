"""Text that came from outside, made fit to be shown, printed and kept in a file.

A person's text may hold characters that no reader sees and that harm a file, a terminal or another
reader: control characters, direction marks, lone surrogates. None of
them is a letter, so leaving them out loses nothing that was written.
"""

import re
import unicodedata
from typing import Final

STAND_IN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for half a character (a lone surrogate), of which the other half is lost."""

MARKUP: Final = re.compile(r"</?[a-zA-Z][^>]*>|\*\*|\]\(|^#{1,6} |`", re.MULTILINE)
"""Markup of HTML or Markdown, which has no place in a plain text."""

_BREAKS: Final = re.compile("\r\n|[\r\v\f\u2028\u2029]")

_WINDOWS_1252: Final = {
    code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)
}
"""Text pasted from Windows often has its punctuation in the range that Unicode gives to controls:
U+0092 where an apostrophe was meant. The five codes without a meaning are left out."""

_DIRECTION_MARKS: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
"""Direction marks; they can make one text look like another one."""


_NONCHARACTERS: Final = (
    *range(0xFDD0, 0xFDF0),
    *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
)

_REPLACED: Final[dict[int, str]] = (
    {code: "" for code in (*range(0x20), 0x7F) if code != 0x0A}
    | {0x09: " "}
    | _WINDOWS_1252
    | dict.fromkeys(range(0xD800, 0xE000), STAND_IN)
    | dict.fromkeys((*_DIRECTION_MARKS, *_NONCHARACTERS, 0xFEFF, *range(0xFFF9, 0xFFFC)), "")
    | dict.fromkeys(range(0xE0000, 0xE0080), "")
)


def sound(text: str) -> str:
    r"""Return a text without what is no letter; it can be kept in any file.

    Args:
        text: any text, lone surrogates among it.

    Returns:
        The text with ``\n`` as its only control character and its only line break. Windows'
        punctuation stands where it was meant; a lone surrogate is a replacement character.
    """
    return _BREAKS.sub("\n", text).translate(_REPLACED)


def one_line(text: str) -> str:
    """Return a text as one line that no terminal carries out and no table breaks at.

    Args:
        text: any text.
    """
    return " ".join(sound(text).split())


def escaped(text: str) -> str:
    r"""Return a text as one line in which each character that ``sound`` would change is escaped.

    For messages about broken content: what is wrong is to be seen, as ``\x1b``, not carried out.

    Args:
        text: any text.
    """
    return "".join(
        character
        if _is_plain(character)
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


def hidden_letter(text: str) -> str:
    """Return the first character that no reader sees, or that is lost; empty where none is.

    Args:
        text: any text; its tabs and line breaks are no such characters.
    """
    kept = "".join(letter for letter in text if letter not in "\t\n\r")
    return next((letter for letter in kept if sound(letter) in ("", STAND_IN)), "")


def _is_plain(character: str) -> bool:
    return (
        ord(character) not in _REPLACED
        and character != "\n"
        and unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
    )


def typed(text: str, most: int) -> str:
    """Return what somebody typed as one plain line of a bounded length, before it is kept.

    Args:
        text: as it came.
        most: number of characters that are kept.
    """
    return one_line(text[: 4 * most])[:most].strip()
