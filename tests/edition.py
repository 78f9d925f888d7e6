"""The reading edition of the shipped content, each page of which is made once a process."""

from collections.abc import Mapping
from functools import cache

from explorer.export.reading import Edition
from explorer.export.reading.model import ReadingPage
from explorer.reading import edition_of
from tests.shipped import shipped


class ShippedEdition(Edition):
    """The edition as a server without a database has it; what was made stays."""

    def __init__(self) -> None:
        super().__init__(shipped().catalogue, lambda: "")

    def page(self, path: str, parameters: Mapping[str, str] | None = None) -> ReadingPage:
        return _made(path, tuple(sorted((parameters or {}).items())))


@cache
def _made(path: str, parameters: tuple[tuple[str, str], ...]) -> ReadingPage:
    return _anew().page(path, dict(parameters))


@cache
def _anew() -> Edition:
    return edition_of(shipped())
