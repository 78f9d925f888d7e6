"""The live classes of this server: one service for the pages and for the phones' page alike."""

from functools import lru_cache

from explorer.store.memory import MemoryStore
from explorer.teaching import Teaching


@lru_cache(maxsize=1)
def teaching() -> Teaching:
    """Give the service, made at the first call and kept for the life of the process."""
    return Teaching(MemoryStore())
