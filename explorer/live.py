"""The live classes of this server: one service for the pages and for the phones' page alike."""

import os
from functools import lru_cache
from pathlib import Path

from explorer.settings import load_settings
from explorer.store import open_store
from explorer.teaching import Teaching


@lru_cache(maxsize=1)
def teaching() -> Teaching:
    """Give the service, made at the first call and kept for the life of the process.

    Raises:
        DatabaseError: the database cannot be opened, or is newer than this program.
        SettingsError: a setting has a value that cannot be used.
    """
    settings = load_settings()
    return Teaching(
        open_store(settings.database.get_secret_value(), database_file()),
        capacity=settings.class_size,
        classes=settings.classes,
    )


def purge() -> int:
    """Delete the classes that are older than the setting allows; give how many."""
    return teaching().purge(load_settings().class_days)


def database_file() -> Path:
    """Name the file in which classes are kept where no database is set. It need not exist."""
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path("~/.local/share").expanduser()
        except RuntimeError:  # a user without a home: opening it is refused by the store
            base = Path(os.devnull) / "no-home-folder"
    return base / "anakinra-explorer" / "classes.sqlite3"
