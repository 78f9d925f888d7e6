"""Which lines a sheet holds: of one part of the content, or what changed."""

from collections.abc import Iterable

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.review_lines import ReviewLine
from explorer.domain.sign_off import EVERYTHING


class NothingToReview(ValueError):
    """No line fits what was asked for; the message says what does."""


class ReviewScope(Frozen):
    """The lines of a sheet, and what they are of."""

    part: str
    """Id of a medicine, a part of the site such as ``guide`` or ``signs``, or ``all``."""
    is_changed_only: bool
    lines: tuple[ReviewLine, ...]


def scope_of(
    lines: Iterable[ReviewLine],
    part: str = EVERYTHING,
    before: dict[str, set[str]] | None = None,
) -> ReviewScope:
    """Pick the lines of a sheet.

    Args:
        lines: all lines, in the order of the sheet.
        part: id of a medicine, ``guide``, ``quiz``, ``signs``, ``contacts``, ``conditions``,
            ``options``, ``concepts``, ``glossary``, one of them with what it is of behind a slash
            (``guide/storing``), or ``all``.
        before: hashes by address of an older content; lines that read the same then are left out.

    Raises:
        NothingToReview: no line is left.
    """
    lines = tuple(lines)
    kept = tuple(
        line
        for line in lines
        if line.belongs_to(part)
        and (before is None or line.hash not in before.get(line.ref, set()))
    )
    if not kept:
        what = "line" if before is None else "changed line"
        known = ", ".join(dict.fromkeys(line.part.partition("/")[0] for line in lines))
        raise NothingToReview(f"there is no {what} in '{part}' (parts are: {known})")
    return ReviewScope(part=part, is_changed_only=before is not None, lines=kept)


def hashes_at(
    catalogue: Catalogue, version: str, lines: Iterable[ReviewLine]
) -> dict[str, set[str]]:
    """Return the hashes by address of a content version, as far as reviews of it tell.

    A line that no review of that version marked is told as unchanged: nobody knows how it read.

    Args:
        catalogue: the content with its reviews.
        version: a content version that a review names.
        lines: all lines as they read now.

    Raises:
        NothingToReview: no review names this version; the message lists those that there are.
    """
    read = [record for record in catalogue.reviews if record.content == version]
    if not read:
        known = ", ".join(dict.fromkeys(record.content for record in catalogue.reviews)) or "none"
        raise NothingToReview(
            f"no review of content version '{version}' is kept (there are: {known}); name one of "
            "these, or the folder of an older copy of the content"
        )
    then: dict[str, set[str]] = {}
    for record in read:
        for line in record.lines:
            then.setdefault(line.ref, set()).add(line.hash)
    return {line.ref: then.get(line.ref, {line.hash}) for line in lines}
