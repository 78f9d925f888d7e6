"""The content that is shipped, read once a process and never at import."""

import tomllib
from functools import lru_cache

from explorer import paths
from explorer.content.load import Content, load


@lru_cache(maxsize=1)
def shipped() -> Content:
    """Read the content that is shipped."""
    return load(paths.DATA)


def ids(folder: str) -> list[str]:
    """Return the ids of a folder of the content, such as ``medicines``, without reading it."""
    return sorted(path.stem for path in (paths.DATA / folder).glob("*.toml"))


def conditions() -> list[str]:
    """Return the ids of the conditions, without reading the rest."""
    return sorted(tomllib.loads((paths.DATA / "conditions.toml").read_text(encoding="utf-8")))
