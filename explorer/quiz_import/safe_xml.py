"""XML from outside as a tree, within bounds.

The standard library's expat reads no file and no network by itself. What it would do is expand
entities, so any declaration of one is refused, as defusedxml does; that package's own reader is
Python code around the same expat, is slower, and bounds neither depth nor number of elements.
"""

from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from explorer.quiz_import.found import BadFile, shown

DEEPEST: Final = 60
"""How deep elements may stand in one another; a package of QTI needs about fifteen."""

MOST_ELEMENTS: Final = 100_000
"""Most elements of a file; our whole bank has about ten thousand."""


def parse(raw: bytes, what: str) -> Element:
    """Return the root of a document; names of elements and attributes are without namespace.

    Args:
        raw: the document.
        what: how messages call it.

    Raises:
        BadFile: it is no XML, declares or uses entities of its own, or is too deep or too large.
    """
    return _Reader(what).read(raw)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


class _Reader:
    """Builds a tree from the events of expat."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._builder = TreeBuilder()
        self._depth = self._count = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._skipped
        self._parser.ExternalEntityRefHandler = self._outside

    def read(self, raw: bytes) -> Element:
        try:
            self._parser.Parse(raw, True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            raise self._refused(f"no well-formed XML: {said}", error.lineno) from None
        except (ValueError, LookupError) as error:
            if isinstance(error, BadFile):
                raise
            raise self._refused(f"an encoding that is not read: {shown(str(error))}") from None
        return self._builder.close()

    def _refused(self, why: str, line: int | None = None) -> BadFile:
        at = self._parser.CurrentLineNumber if line is None else line
        return BadFile(f"{self._what}: line {at}: {why}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise self._refused(f"elements stand more than {DEEPEST} deep in one another")
        if self._count > MOST_ELEMENTS:
            raise self._refused(f"there are more than {MOST_ELEMENTS:,} elements")
        self._builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_local(name))

    def _entity(self, name: str, *_more: object) -> None:
        raise self._refused(f"it declares the entity '{shown(name)}'; no such file is read")

    def _skipped(self, name: str, _is_parameter: object) -> None:
        raise self._refused(f"the entity '{shown(name)}' is not defined")

    def _outside(self, *_more: object) -> int:
        raise self._refused("it points to a file outside; nothing is read from there")
