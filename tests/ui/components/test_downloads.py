"""A file that cannot be made is told in our own words, and the log learns nothing of its text."""

import traceback

import pytest

from explorer import paths
from explorer.export.pdf import PdfError
from explorer.ui import resources
from explorer.ui.components import downloads
from tests.shipped import shipped


def test_a_failure_tells_nothing_of_the_text() -> None:
    """Neither message nor traceback holds what the engine quoted."""

    def fails() -> bytes:
        raise PdfError("cannot set 'my secret illness'")

    with pytest.raises(downloads.FileNotMade, match="a file could not be made: PdfError") as caught:
        downloads.made(fails)()
    assert "secret" not in "".join(traceback.format_exception(caught.value))


def test_a_file_that_is_made_is_passed_on() -> None:
    """The bytes are those of the writer."""
    assert downloads.made(lambda: b"%PDF-")() == b"%PDF-"


def test_every_page_says_in_our_words_that_a_file_did_not_come() -> None:
    """The stylesheet of every page puts our line in the place of Streamlit's."""
    words = shipped().catalogue.words
    assert words("frame.file-failed") in downloads.style(words)
    assert downloads.style(words) in resources.style()


def test_every_download_goes_through_it() -> None:
    """No page hands a writer to Streamlit that could tell the log what was typed."""
    for path in (paths.PACKAGE / "ui").rglob("*.py"):
        for part in path.read_text(encoding="utf-8").split("download_button(")[1:]:
            assert "data=downloads.made(" in part[:200], path
