"""Anakinra Explorer: medicines side by side, with a source for every fact."""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.api import load as load

try:
    __version__ = version("anakinra-explorer")
except PackageNotFoundError:  # a source tree that nobody has installed
    __version__ = "0+unknown"

__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:
    """Import the public interface when it is used: a server or a command never needs it."""
    if name == "load":
        from explorer.api import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
