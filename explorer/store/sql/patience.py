"""How long PostgreSQL is waited for."""

from typing import Final

ANSWER: Final = 3.0
"""Seconds to wait for one answer. A phone gives a request up after 8, and an answer of the app may
need two of these; a statement takes milliseconds."""

TRIED: Final = 1.0
"""Seconds to wait for a connection of the pool that is only asked whether it lives."""

TRIAL: Final = 1.0
"""Seconds to wait for a statement that only asks whether an answer could be saved: whoever checks
whether the server is ready hears no within three."""

CONNECTING: Final = 2
"""Seconds to wait for a new connection, the least that libpq takes."""

UPKEEP: Final = 60.0
"""Seconds to wait where an operator, not a phone, does: migrations, and deleting many classes."""
