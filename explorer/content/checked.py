"""What a start serves: one reading of the data folder, which is the reading that was checked."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from explorer.content import stamp
from explorer.content.findings import ContentError, Level
from explorer.content.load import Content, Folder, build, read_folder
from explorer.domain.catalogue import HOME, Catalogue


def read_checked(
    folder: Path,
    today: date | None = None,
    *,
    jurisdiction: str = HOME,
    meanwhile: Callable[[], None] | None = None,
    local: Path | None = None,
) -> Content:
    """Read a data folder once, and check exactly what was read.

    Only the rules of the gate are applied: structure, sources, safety and words. Style and reading
    grades are for those who write, and are left to ``anakinra-explorer check``. Where the stamp
    says that these rules passed these bytes before, they are not applied again; whether files can
    be read and fit the model is looked at by every start.

    Args:
        folder: the data folder.
        today: the day for which reviews count as overdue; by default the current one.
        jurisdiction: whose numbers the texts name. The texts are checked as they are written, for
            the home jurisdiction; another one must be whole beside it.
        meanwhile: what this process has to do besides; a second one applies the rules then, if
            they have to be applied.
        local: a clinic's own folder, read and checked beside it.

    Returns:
        The content, which has no error.

    Raises:
        ContentError: the content has errors; it carries all of them.
    """
    read = read_folder(folder)
    catalogue = build(read, kept=False)
    day = today or datetime.now(tz=UTC).date()
    from_stamp = local is None and stamp.holds(read, catalogue, day)
    if not from_stamp:
        _apply_the_gate(read, catalogue, day, meanwhile)
    if jurisdiction != HOME:
        from explorer.content.rules.jurisdiction import what_lacks

        lacks = tuple(what_lacks(read, catalogue, jurisdiction))
        if lacks:
            raise ContentError(lacks)
        catalogue = build(read, jurisdiction, kept=False)
    if local is None:
        version = read.version
        del read  # what else is done takes the memory of the parsed files
        if from_stamp and meanwhile is not None:
            meanwhile()
        return Content(catalogue=catalogue, version=version, from_stamp=from_stamp)
    from explorer.content.check import gate
    from explorer.content.local import read_local

    contact = read.parsed("contacts.toml").get(jurisdiction)
    own, version = read_local(local, catalogue, contact, lambda found: gate(read, found, day))
    return Content(catalogue=catalogue.evolve(local=own), version=f"{read.version}-{version}")


def _apply_the_gate(
    read: Folder, catalogue: Catalogue, day: date, meanwhile: Callable[[], None] | None
) -> None:
    from explorer.content.check import gate  # imports all rules, which takes a tenth of a second

    found = gate(read, catalogue, day, meanwhile).findings
    errors = tuple(item for item in found if item.level is Level.ERROR)
    if errors:
        raise ContentError(errors)
