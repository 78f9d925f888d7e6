"""The record of a nurse's check as one calm page (PDF)."""

from explorer.domain.catalogue import Catalogue
from explorer.domain.records import Record


def write(record: Record, catalogue: Catalogue) -> bytes:
    """Write the record.

    Args:
        record: what to write.
        catalogue: for interface words.

    Returns:
        The bytes of the file; the same for the same input.
    """
    raise NotImplementedError("the record is being written")
