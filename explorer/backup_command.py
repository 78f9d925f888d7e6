"""The command ``backup``: a copy of the live classes, tried before it counts."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import click

from explorer.commands import CommandError, database_option, one_line
from explorer.output import say
from explorer.settings import database_file, load_settings
from explorer.store import DatabaseError, kept_file


@click.command(
    "backup",
    help="Copy the live classes of an SQLite file into the new file FILE, while the app runs. The "
    "copy is opened and counted. For PostgreSQL: pg_dump.",
    short_help="copy the live classes into a file",
)
@database_option
@click.argument("file", metavar="FILE")
def backup(database: str | None, file: str) -> int:
    """Copy the live classes."""
    setting = load_settings(database=database).database.get_secret_value()
    try:
        source = kept_file(setting, database_file())
    except DatabaseError as error:
        raise CommandError(f"there are no classes to copy: {one_line(error)}") from None
    if source is None:
        raise CommandError("backup is for SQLite; for PostgreSQL use pg_dump, see docs/hosting.md")
    target = Path(file)
    if target.exists():
        raise CommandError(f"there is such a file already, and it is left as it is: {target}")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with closing(_read_only(source)) as held:
            counted = _counted(held)
            part.touch(mode=0o600)  # nobody else on the machine may read the answers
            held.execute("VACUUM INTO ?", (str(part),))
        with closing(_read_only(part)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            copied = _counted(copy)
        if not sound or any(now < before for now, before in zip(copied, counted, strict=True)):
            raise CommandError(f"the copy does not hold what the classes do: {part}")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):  # half a copy is none, and takes room on a full disk
            part.unlink(missing_ok=True)
        raise CommandError(f"cannot copy {source} to {target}: {one_line(error)}") from None
    classes, people, answers = copied
    say(f"{target}: {classes} classes, {people} people, {answers} answers, from {source}")
    return 0


def _read_only(file: Path) -> sqlite3.Connection:
    """Open a file that is there; whatever stands in its name, nothing else is opened or made."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _counted(held: sqlite3.Connection) -> tuple[int, ...]:
    """Count classes, people and answers."""
    found = held.execute(
        "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM participants), "
        "(SELECT count(*) FROM responses)"
    )
    return tuple(int(number) for number in found.fetchone())
