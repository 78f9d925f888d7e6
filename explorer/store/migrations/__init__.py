"""The steps that lead a database to the form that this program knows.

Each is a file of SQL that SQLite and PostgreSQL both read, named ``0001_what_it_does.sql``. It is
run once, in the order of the names, in one transaction together with the note that it was run. A
file that was released is never changed; a new one is added.
"""

from pathlib import Path


def known() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the name and the statements of each step, in order."""
    files = sorted(Path(__file__).parent.glob("[0-9]*.sql"))
    return tuple(
        (
            path.stem,
            tuple(
                statement.strip()
                for statement in path.read_text(encoding="utf-8").split(";")
                if statement.strip()
            ),
        )
        for path in files
    )
