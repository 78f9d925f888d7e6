"""A memory for tests that run many commands on one folder: the same bytes are read and checked once.

What a command makes of content depends on the parsed files, the day and the chosen rules alone, so
that the second command on unchanged files may be given what the first one found.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from explorer.content import check, checked, load, review_import, toml
from explorer.content.context import Context
from explorer.content.load import Folder

MOST = 3
"""Catalogues that are kept: each takes as much room as a server at rest."""


@contextmanager
def remembered() -> Iterator[None]:
    """Parse each text once, build each catalogue once, and apply the same rules to it once."""
    texts: dict[Hashable, Any] = {}
    built: dict[Hashable, Any] = {}
    found: dict[Hashable, Any] = {}
    read, build, run = toml.read, load.build, check.run

    def build_once(folder: Folder, *given: Any, **named: Any) -> Any:
        if folder.unreadable:
            return build(folder, *given, **named)
        key = (_files(folder), given, *named.items())
        return _once(built, key, lambda: build(folder, *given, **named))

    def run_once(context: Context, **named: Any) -> Any:
        told = context.catalogue.jurisdiction, len(context.catalogue.kept.facts)
        key = (_files(context.folder), told, context.today, *named.items())
        return _once(found, key, lambda: run(context, **named))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toml, "read", lambda text: _once(texts, text, lambda: read(text), None))
        for module in (load, check, checked, review_import):
            patch.setattr(module, "build", build_once)
        patch.setattr(check, "run", run_once)
        yield


def _once(
    kept: dict[Hashable, Any], key: Hashable, make: Callable[[], Any], most: int | None = MOST
) -> Any:
    """Return what was made for a key; of too many the oldest is let go."""
    if key not in kept:
        kept[key] = make()
        if most is not None and len(kept) > most:
            del kept[next(iter(kept))]
    return kept[key]


def _files(folder: Folder) -> Hashable:
    """Name the content of a folder: where bytes are the same, parsed files are the same objects."""
    files = tuple((name, id(table)) for name, table in folder.files)
    return (*sorted(files), folder.stray, folder.droppings)
