"""Scripts and styles that stand beside the widgets in files of their own."""

from pathlib import Path


def read(name: str) -> str:
    """Read a file of this folder, once for each widget, at import.

    Args:
        name: name of the file.
    """
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
