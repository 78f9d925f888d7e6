"""The stamp: these very bytes passed these very rules, so a start need not apply them again.

A rule sees what was read, the day and nothing else, so that the same rules say the same of the same
bytes. ``python -m tests.built`` applies the gate in full and then writes three values: a digest of
all files of the content as they were read, one of all code that decides, and the versions of what
that code stands on. A start that finds all three as they are takes the verdict over. Whatever
differs (an editor's folder, a clinic's own one, a changed rule, another pydantic, a stamp that was
edited by hand, cannot be read or is not there) means that the gate is applied, before anybody is
served. The content's digest is taken from the bytes that were parsed, so that no file can change
between the look at the stamp and what is served.

The day matters to one rule of the gate: a review must not be signed on a day to come. What passes
on a day passes on every later one. The gate was applied for the day that the content itself names
as its own, and for earlier days the stamp does not hold.

This guards against mistakes, not against somebody who may write into the installed package: they
could as well take the rules out. A test applies the gate in full to what is shipped, so that a
stamp on content with errors is not released; ``anakinra-explorer check`` never looks at it.
"""

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pydantic
import tomli

from explorer.content.load import Folder
from explorer.domain.catalogue import Catalogue

STAMP: Final = Path(__file__).with_name("checked.toml")
"""Where it stands: outside the data folder, whose digest it holds."""

DECIDING: Final = ("content", "domain")
"""The parts of the package that decide: readers and rules, and the model with its own rules."""

_PACKAGE: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Stamp:
    """What passed the gate.

    Attributes:
        content: digest of the files of the content.
        code: digest of the code that decided.
        versions: of Python, its table of letters and the libraries that read and validate.
    """

    content: str
    code: str
    versions: str

    @property
    def text(self) -> str:
        """The stamp as its file has it."""
        return (
            "# Built by python -m tests.built after the whole gate; do not edit. "
            "See explorer/content/stamp.py.\n"
            f'content = "{self.content}"\ncode = "{self.code}"\nversions = "{self.versions}"\n'
        )


def holds(folder: Folder, catalogue: Catalogue, today: date) -> bool:
    """Return whether the gate was applied before, with the same result, and found no error.

    Args:
        folder: the folder as it was read.
        catalogue: what was built from it.
        today: the day of the start.
    """
    kept = kept_stamp()
    if kept is None or not folder.digest or kept.content != folder.digest:
        return False  # an editor's folder: the code need not be read
    return today >= catalogue.review.content_date and kept == of(folder)


def kept_stamp() -> Stamp | None:
    """Return the stamp that is shipped; None where none can be read."""
    try:
        return Stamp(**tomli.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # TypeError: other keys than ours
        return None


def of(folder: Folder) -> Stamp:
    """Return the stamp of a folder that passed the gate.

    Args:
        folder: the folder as it was read.
    """
    return Stamp(content=folder.digest, code=code_digest(_PACKAGE), versions=versions())


def code_digest(package: Path) -> str:
    """Return a digest of the names and bytes of all code that decides.

    Args:
        package: the package's folder.

    Returns:
        The digest; nothing where a file cannot be read, which no stamp holds.
    """
    digest = hashlib.sha256()
    try:
        for path in _deciding(package):
            name = path.relative_to(package).as_posix().encode()
            digest.update(hashlib.sha256(name).digest())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        return ""
    return digest.hexdigest()


def versions() -> str:
    """Name what the deciding code stands on; pydantic asks for one version of its own core."""
    major, minor = sys.version_info[:2]
    return (
        f"Python {major}.{minor}, Unicode {unicodedata.unidata_version}, "
        f"pydantic {pydantic.VERSION}, tomli {tomli.__version__}"
    )


def _deciding(package: Path) -> Iterator[Path]:
    for part in DECIDING:
        for path in sorted((package / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.name != STAMP.name:
                yield path
