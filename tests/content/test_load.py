"""Reading the data folder."""

from decimal import Decimal
from pathlib import Path

import pytest

from explorer.content.findings import ContentError
from explorer.content.load import load, parse, read_folder
from explorer.domain.answers import Storage
from tests.builders import edit, small_folder


def test_version_names_the_bytes(tmp_path: Path) -> None:
    """The version is the same for the same bytes and another one after any change."""
    folder = small_folder(tmp_path)
    first = load(folder).version
    again = load(folder).version
    edit(folder, "medicines/alpha.toml", "One shot every day.", "One shot each day.")
    assert first == again
    assert load(folder).version != first
    assert len(first) == 10


def test_decimals_stay_exact() -> None:
    """A decimal is kept as it was written, not as a binary fraction."""
    assert parse("x.toml", b"a = 0.10")["a"] == Decimal("0.10")
    stored = Storage(
        kind="storage", place="fridge", low_f=36, high_f=Decimal("46.4"), out="not-found"
    )
    assert str(stored.high_f) == "46.4"


def test_id_is_the_file_name(tmp_path: Path) -> None:
    """A medicine's id is the name of its file and stands nowhere in it."""
    ids = [medicine.id for medicine in load(small_folder(tmp_path)).catalogue.medicines]
    assert ids == ["alpha", "beta"]


def test_draft_is_never_shown(tmp_path: Path) -> None:
    """A draft may have gaps, loads, and is not among the medicines that are shown."""
    folder = small_folder(tmp_path)
    edit(folder, "medicines/beta.toml", 'status = "published"', 'status = "draft"')
    catalogue = load(folder).catalogue
    assert [medicine.id for medicine in catalogue.published] == ["alpha"]
    with pytest.raises(ValueError, match="There is no medicine 'beta'"):
        catalogue.medicine("beta")


def test_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that does not exist is one clear finding."""
    with pytest.raises(ContentError, match="there is no such data folder"):
        load(tmp_path / "nowhere")


def test_several_files_can_be_broken_at_once(tmp_path: Path) -> None:
    """Each unreadable file has its own finding; the first does not hide the second."""
    folder = small_folder(tmp_path)
    (folder / "rows.toml").write_text("a = ", encoding="utf-8")
    (folder / "review.toml").write_bytes(b"a = \xff")
    names = {finding.file for finding in read_folder(folder).unreadable}
    assert names == {"rows.toml", "review.toml"}
