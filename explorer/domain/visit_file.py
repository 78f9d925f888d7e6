"""A reader's picks as a file and as the part of a link after its ``#``, and both read back.

Nothing of it is stored: the reader keeps the file, and a browser sends nothing that stands after
``#`` with a request. What is read may come from anybody. A file of this version is taken as it is
or not at all; one of another version is taken as far as it fits, and what this content does not
hold is named.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import Choice, read, write
from explorer.domain.visit import LONG, Visit
from explorer.domain.visit_repair import Kept, repair_kept

KIND: Final = "anakinra-explorer-picks"
VERSION: Final = 1

MOST_CHARACTERS: Final = 40_000
"""Longest file that is read; the longest that the page can write is about half as long."""

MOST_LINK: Final = 12_000
"""Longest part of a link that is read, in characters."""

FRAGMENT: Final = "picks="
"""How the part of a link after its ``#`` begins."""

MOST_SPARE: Final = 20
MOST_NAMED: Final = 6


class _File(Frozen):
    """A file of this version."""

    kind: Literal["anakinra-explorer-picks"]
    version: Literal[1]
    choice: Choice
    visit: Visit
    spare: Annotated[
        tuple[Annotated[str, Field(max_length=LONG)], ...], Field(max_length=MOST_SPARE)
    ] = ()


class Opened(Frozen):
    """What was read: the picks as far as this content holds them, and what it does not hold."""

    choice: Choice
    visit: Visit
    spare: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Ids, shortened, of what this content does not hold."""
    changed: bool = False
    """True where something of another version did not fit."""


def as_text(kept: Kept) -> str:
    """Return picks as the text of a file.

    Args:
        kept: the picks; spare texts that are too long or too many stay behind.
    """
    spare = [text for text in kept.spare if len(text) <= LONG][:MOST_SPARE]
    held = kept.evolve(spare=tuple(spare)).model_dump(mode="json")
    return json.dumps({"kind": KIND, "version": VERSION} | held, ensure_ascii=False, indent=1)


def as_fragment(kept: Kept) -> str:
    """Return picks as the part of a link after its ``#``; empty where they are too long for one."""
    packed = zlib.compress(json.dumps(json.loads(as_text(kept))).encode(), 9)
    text = urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{FRAGMENT}{text}" if len(text) <= MOST_LINK else ""


def opened(text: str, catalogue: Catalogue) -> Opened | None:
    """Read the text of a file.

    Args:
        text: any text.
        catalogue: the content, which decides what can be shown.

    Returns:
        What was read; None where it is no file of ours, or one of this version that somebody
        changed so that it does not hold together.
    """
    kept, changed = _kept(text)
    return None if kept is None else _fitted(kept, catalogue, changed=changed)


def opened_fragment(fragment: str, catalogue: Catalogue) -> Opened | None:
    """Read the part of a link after its ``#``, with or without its beginning.

    Args:
        fragment: any text.
        catalogue: the content.

    Returns:
        As ``opened``.
    """
    packed = fragment.removeprefix(FRAGMENT)
    if len(packed) > MOST_LINK or not packed.isascii():
        return None
    try:
        data = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        unpacking = zlib.decompressobj()
        # Never unpack more than a file may have: a short text can unpack to gigabytes.
        text = unpacking.decompress(data, 4 * MOST_CHARACTERS).decode()
    except (ValueError, zlib.error):
        return None
    return opened(text, catalogue) if unpacking.eof else None


def lost_texts(kept: Visit, fits: Visit) -> Iterator[str]:
    """Yield what the reader typed to picks and questions that do not fit any more.

    Args:
        kept: what was entered.
        fits: what is left of it.
    """
    yield from (it.why for it in kept.picked if it not in fits.picked and it.why.strip())
    yield from (it.text for it in kept.ticked if it not in fits.ticked and it.text.strip())


def _kept(text: str) -> tuple[Kept | None, bool]:
    if len(text) > MOST_CHARACTERS:
        return None, False
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None, False
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        return None, False
    if raw.get("version") != VERSION:
        return repair_kept(text)
    try:
        file = _File.model_validate_json(text)
    except ValueError:
        return None, False
    return Kept(choice=file.choice, visit=file.visit, spare=file.spare), False


def _fitted(kept: Kept, catalogue: Catalogue, *, changed: bool) -> Opened:
    choice, dropped = read(catalogue, write(kept.choice))
    if not kept.choice.options:
        choice = choice.evolve(options=())
    visit = kept.visit.known(catalogue)
    missing = (
        *dropped.conditions,
        *dropped.options,
        *dropped.now,
        *dropped.rows,
        *(it.concern for it in kept.visit.picked if it not in visit.picked),
        *(it.prompt for it in kept.visit.ticked if it not in visit.ticked),
    )
    return Opened(
        choice=choice,
        visit=visit,
        spare=tuple(dict.fromkeys((*kept.spare, *lost_texts(kept.visit, visit)))),
        missing=_shown(missing),
        changed=changed,
    )


def _shown(ids: Iterable[str]) -> tuple[str, ...]:
    """Shorten what a stranger may have written before it is shown."""
    return tuple(item[:40] for item in dict.fromkeys(ids))[:MOST_NAMED]
