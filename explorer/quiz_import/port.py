"""The one way from a file of another system to questions: its format is known by its content."""

import codecs
from pathlib import Path
from typing import Final

from explorer.quiz_import import gift, moodle, package, xlsx
from explorer.quiz_import.found import MOST_BYTES, BadFile, FoundFile, shown
from explorer.quiz_import.safe_xml import parse
from explorer.quiz_import.safe_zip import Archive

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_file(path: Path) -> FoundFile:
    """Return what is in a file on disk; one that is too large is not even opened.

    Args:
        path: the file.

    Raises:
        BadFile: it cannot be read.
    """
    try:
        if not path.is_file():
            raise BadFile("there is no such file")
        with path.open("rb") as file:
            return read(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise BadFile(f"it cannot be opened: {error.strerror}") from None


def read(raw: bytes) -> FoundFile:
    """Return what is in a file.

    Args:
        raw: its bytes.

    Raises:
        BadFile: it is none that is read; the message is one line.
    """
    if len(raw) > MOST_BYTES:
        raise BadFile(f"it is larger than {MOST_BYTES // 1_000_000} MB; take fewer questions")
    if not raw.strip():
        raise BadFile("it is empty")
    if raw.startswith(_OLE):
        raise BadFile("it is an old or protected Office file; save it as .xlsx without a password")
    if raw.startswith((_ZIP, _EMPTY_ZIP)):
        archive = Archive(raw)
        return xlsx.read(archive) if archive.has(xlsx.WORKBOOK) else package.read(archive)
    if _is_xml(raw):
        return _of_xml(raw)
    return gift.read(_decoded(raw))


def _is_xml(raw: bytes) -> bool:
    """Return whether the first sign is the one that XML begins with, in any encoding."""
    start = raw[:400]
    for mark, _ in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def _of_xml(raw: bytes) -> FoundFile:
    root = parse(raw.lstrip(), "the file")
    if root.tag == "quiz":
        return moodle.read(root)
    if root.tag in (package.ITEM, package.OLDER):
        return package.single(root, "the file")
    raise BadFile(
        f"its root is <{shown(root.tag)}>; read are Moodle XML (quiz) and QTI (assessmentItem, "
        "questestinterop)"
    )


def _decoded(raw: bytes) -> str:
    """Return the text of a file of lines."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadFile(f"line {line}: it is no text in UTF-8; save it in that encoding") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadFile(f"line {line}: it holds a NUL, so it is no text")
    return text
