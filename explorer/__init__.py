"""Anakinra Explorer: medicines side by side, with a source for every fact."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("anakinra-explorer")
except PackageNotFoundError:  # a source tree that nobody has installed
    __version__ = "0+unknown"

__all__ = ["__version__"]
