"""Memory that a closed page held is given back, and what was written in it is overwritten.

Python and the C library leave what they free as it was until it is used again, which on a quiet
server is never: a word that somebody typed was still found ten minutes after its page was gone. Two
measures: the C library overwrites what is freed through it, and of the small blocks that Python and
that library keep for themselves as many are taken, overwritten and given back.
"""

import ctypes
import gc
import sys
from functools import lru_cache
from typing import Any, Final

PERTURB: Final = -6
"""M_PERTURB of GNU's mallopt(3): freed memory is filled with a byte."""

FILLER: Final = 0x5A

SMALL: Final = range(48, 513, 16)
"""Bytes of the blocks that Python keeps for itself (pymalloc) and that can hold a text."""

HEADER: Final = sys.getsizeof(b"")

OVERWRITTEN: Final = 1024 * 1024
"""Bytes of each of those sizes that are overwritten: more than a process of ours has free."""

CACHED: Final = range(24, 1_033, 16)
"""Sizes of which GNU's library keeps some in a cache of each thread (tcache), as they are."""

CACHED_EACH: Final = 8
"""It keeps 7 of each."""


def overwrite_freed() -> None:
    """From now on, have the C library overwrite what is freed; only GNU's can."""
    library = _library()
    if library is not None:
        library.mallopt(PERTURB, FILLER)


def release() -> None:
    """Release what closed pages held, and overwrite it. It takes some hundredths of a second."""
    gc.collect()
    for size in SMALL:
        blocks = [bytes(size - HEADER) for _ in range(OVERWRITTEN // size)]
        del blocks
    library = _library()
    if library is not None:
        for size in CACHED:
            places = [library.malloc(size) for _ in range(CACHED_EACH)]
            for place in places:
                ctypes.memset(place, FILLER, size)
                library.free(place)
        library.malloc_trim(0)


@lru_cache(maxsize=1)
def _library() -> Any:
    """Return GNU's C library, or None where the process has another."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim"):
        return None
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    return library
