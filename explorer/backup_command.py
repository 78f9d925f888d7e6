"""The command ``backup``: a copy of the live classes, tried before it counts."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import click

from explorer.commands import CommandError, database_option, one_line
from explorer.output import say
from explorer.settings import database_file, load_settings


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
    if setting and not setting.startswith("sqlite:///"):
        raise CommandError("backup is for SQLite; for PostgreSQL use pg_dump, see docs/hosting.md")
    source = Path(setting.removeprefix("sqlite:///")) if setting else database_file()
    target = Path(file)
    if not source.is_file():
        raise CommandError(f"there are no classes to copy: there is no file {source}")
    if target.exists():
        raise CommandError(f"there is such a file already, and it is left as it is: {target}")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)  # nobody else on the machine may read the answers
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as held:
            counted = _counted(held)
            held.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(f"file:{part}?mode=ro", uri=True)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            copied = _counted(copy)
        if not sound or any(now < before for now, before in zip(copied, counted, strict=True)):
            raise CommandError(f"the copy does not hold what the classes do: {part}")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"cannot copy {source} to {target}: {one_line(error)}") from None
    classes, people, answers = copied
    say(f"{target}: {classes} classes, {people} people, {answers} answers, from {source}")
    return 0


def _counted(held: sqlite3.Connection) -> tuple[int, ...]:
    """Count classes, people and answers."""
    found = held.execute(
        "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM participants), "
        "(SELECT count(*) FROM responses)"
    )
    return tuple(int(number) for number in found.fetchone())
