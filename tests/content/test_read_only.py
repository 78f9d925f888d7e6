"""The data folder is only read."""

import hashlib
from datetime import date
from pathlib import Path

from explorer.content.check import check_folder
from explorer.content.load import load
from explorer.content.summary import summary
from tests.builders import small_folder


def picture(folder: Path) -> dict[str, tuple[str, int]]:
    """Give each file with its hash and the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_loading_and_checking_write_nothing(tmp_path: Path) -> None:
    """After loading, checking and counting, the folder is as it was."""
    folder = small_folder(tmp_path)
    before = picture(folder)
    load(folder)
    check_folder(folder, date(2026, 11, 25))
    summary(folder)
    assert picture(folder) == before
