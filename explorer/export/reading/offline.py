"""The reading edition as one file to take along, for a computer without a network."""

import io
import zipfile
from typing import Final

from explorer.domain.catalogue import Catalogue
from explorer.export.reading.edition import Edition
from explorer.export.reading.site import files

FOLDER: Final = "anakinra-explorer"
"""The folder that unpacking makes."""

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time that the format knows: the same content gives the same bytes on any day."""


def archive(edition: Edition, catalogue: Catalogue, version: str) -> bytes:
    """Return a zip of all pages; of comparisons, those of what each condition preselects.

    Its links are relative, so that a browser reads it from the disk: ``index.html`` first.

    Args:
        edition: the edition.
        catalogue: the content.
        version: its version.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in files(edition, catalogue, version, pairs=False):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _DAY)
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()
