"""What happens before the first visitor: the server does not start on what it cannot use."""

import sys
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.output import say

if TYPE_CHECKING:
    from explorer.content.load import Content


@lru_cache(maxsize=1)
def _problems(data: Path) -> tuple[str, ...]:
    from explorer.content.check import check_folder

    # reading grades are for those who write; a server needs no tool that measures them
    report = check_folder(data, datetime.now(tz=UTC).date(), measure=False)
    return tuple(str(finding) for finding in report.findings if finding.level == "error")


def refuse_broken_content(data: Path) -> None:
    """End the program if the content has errors, and name each of them on stderr.

    The check is made once for a folder in the life of a process.

    Args:
        data: The content folder.

    Raises:
        SystemExit: With code 1, after a line for each error.
    """
    problems = _problems(data)
    if problems:
        for line in problems:
            say(line, stream=sys.stderr)
        count = len(problems)
        say(f"anakinra-explorer: not started, errors in the content: {count}", stream=sys.stderr)
        raise SystemExit(1)


def refuse_unusable_database() -> None:
    """End the program if the database of live classes cannot be used, and say why on stderr.

    Raises:
        SystemExit: With code 1, after the line.
    """
    from explorer import live
    from explorer.settings import SettingsError
    from explorer.store import DatabaseError

    try:
        live.teaching()
    except (DatabaseError, SettingsError) as error:
        say(f"anakinra-explorer: not started: {error}", stream=sys.stderr)
        raise SystemExit(1) from None


@lru_cache(maxsize=1)
def content(data: Path) -> "Content":
    """Load the content.

    Args:
        data: The content folder.

    Returns:
        The content, kept for the life of the process.

    Raises:
        Exception: Whatever the loader raises on content that it cannot read.
    """
    from explorer.content.load import load

    return load(data)


@lru_cache(maxsize=1)
def busy_page(data: Path) -> str:
    """Give the page for those who come while the server is full.

    Args:
        data: The content folder.
    """
    from html import escape

    site, call, busy = map(escape, busy_words(data).splitlines())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{site}</title></head>"
        '<body style="font:1.2rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem">'
        f"<main><h1>{site}</h1><p><strong>{call}</strong></p><p>{busy}</p></main>"
        "</body></html>"
    )


@lru_cache(maxsize=1)
def busy_words(data: Path) -> str:
    """Give what that page says as plain text: the name of the site, whom to call, and the rest.

    Args:
        data: The content folder.
    """
    catalogue = content(data).catalogue
    words = catalogue.words
    call = words("export.help-now", emergency=catalogue.contact().emergency_words)
    return "\n".join((words("frame.site"), call, words("frame.busy")))
