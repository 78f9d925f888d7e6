"""A small, valid data folder, and ways to break it in one place."""

import shutil
from datetime import date
from pathlib import Path

from explorer import paths
from explorer.content.check import check_folder
from explorer.content.findings import Report
from explorer.content.load import load
from explorer.domain.catalogue import Catalogue

SMALL = Path(__file__).parent / "content" / "small"
TODAY = date(2026, 11, 23)


def small_folder(target: Path) -> Path:
    """Copy the small folder: two medicines, two conditions, five rows, the shipped words."""
    folder = target / "data"
    shutil.copytree(SMALL, folder)
    shutil.copy(paths.DATA / "words.toml", folder / "words.toml")
    return folder


def small_catalogue(target: Path) -> Catalogue:
    """Load the small folder."""
    return load(small_folder(target)).catalogue


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text in a file; the text must stand there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check(folder: Path) -> Report:
    """Check a folder on a fixed day."""
    return check_folder(folder, TODAY)
