"""Moved to ``explorer.settings`` and ``explorer.runtime``."""

from explorer.settings import database_file as database_file
