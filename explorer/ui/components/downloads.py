"""Files to download: each is made on request, and a failure reports nothing of its text."""

from collections.abc import Callable
from json import dumps
from typing import Final

from explorer.domain.words import Words

FAILED: Final = "[data-testid=stDownloadButtonError]"
"""Where Streamlit says, in words of its own, that a download failed."""


class FileNotMade(Exception):
    """A file could not be made; the message names its kind and holds nothing that was typed."""


def made(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """Wrap the writer of a file so that the log never holds what a reader typed.

    An engine's message may quote the text that it failed at, and Streamlit logs it.

    Args:
        write: makes the file; it may raise.

    Returns:
        The same, but any error is a FileNotMade with the name of its kind alone.
    """

    def quietly() -> bytes:
        try:
            return write()
        except Exception as error:  # whatever it is, its message may quote what was typed
            kind = type(error).__name__
        raise FileNotMade(f"a file could not be made: {kind}")

    return quietly


def style(words: Words) -> str:
    """Return the stylesheet that puts our own words beside the button of a file that failed.

    Streamlit's line names no way out and cannot be set from Python.

    Args:
        words: interface words.
    """
    said = dumps(words("frame.file-failed"))
    return f"{FAILED}{{font-size:0!important}}{FAILED}::after{{content:{said};font-size:1rem}}"
