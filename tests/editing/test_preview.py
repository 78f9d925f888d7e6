"""The preview: drafts are shown and marked, a save is seen, and the last good content stays."""

import time
from pathlib import Path

import pytest

from explorer import runtime, server
from explorer.content.check import check_folder
from explorer.content.findings import ContentError
from explorer.content.load import load, read_folder
from explorer.domain.comparison import compare
from explorer.editing import stubs
from explorer.editing.drafts import without_stubs
from explorer.editing.preview import Preview, PreviewState
from explorer.settings import load_settings
from tests.builders import TODAY, edit, small_catalogue, small_folder

ALPHA = "medicines/alpha.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make the small folder with a draft."""
    (tmp_path / "a").mkdir()
    catalogue = small_catalogue(tmp_path / "a")
    made = small_folder(tmp_path)
    stubs.medicine(made, catalogue, "gamma", TODAY)
    return made


def until(preview: Preview, wanted: str) -> PreviewState:
    """Wait until a finding is there."""
    for _ in range(1_200):
        seen = preview.seen()
        if any(wanted in line for line in seen.lines):
            return seen
        time.sleep(0.05)
    raise AssertionError(f"{wanted!r} never came: {preview.seen().lines}")


def test_a_draft_is_shown_and_marked_everywhere(folder: Path) -> None:
    """Its name carries the word in the list, in a comparison and in every file made of it."""
    edit(folder, "medicines/gamma.toml", 'us = "not-found"', 'us = "approved"')
    seen = Preview(folder, "us").seen()
    catalogue = seen.content.catalogue
    assert seen.drafts == ("gamma",)
    assert catalogue.medicine("gamma").heading == "Gamma (draft)"
    made = compare(catalogue, "ra", ("alpha", "gamma"))
    assert "Gamma (draft)" in [column.title for column in made.columns]


def test_a_save_is_seen(folder: Path) -> None:
    """The next look at the content has the new text, under a new version."""
    preview = Preview(folder, "us")
    before = preview.seen()
    assert preview.seen() is before
    edit(folder, ALPHA, "At the same time of day.", "In the morning.")
    after = preview.seen()
    assert after.content.version != before.content.version
    cells = after.content.catalogue.medicine("alpha").cells_of("how-often")
    assert cells is not None
    assert cells.default.detail == "In the morning."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('say = "AL-fa"', "say = \u201cAL-fa\u201d", "curly quotation marks"),
        ('source = "label-one", place = "2.1"', 'source = "label-9", place = "2.1"', "'label-9'"),
    ],
)
def test_the_last_good_content_stays(folder: Path, old: str, new: str, said: str) -> None:
    """A file that cannot be read, or would break a page, is named; mended, it is shown."""
    preview = Preview(folder, "us")
    good = preview.seen().content
    edit(folder, ALPHA, old, new)
    broken = preview.seen()
    assert broken.is_old
    assert broken.content is good
    assert any(said in line for line in broken.lines)
    edit(folder, ALPHA, new, old)
    assert not preview.seen().is_old
    assert preview.seen().findings == ()


def test_what_breaks_no_page_is_shown_with_its_finding(folder: Path) -> None:
    """A text that is not kind is on the page, and the finding follows."""
    preview = Preview(folder, "us")
    edit(folder, ALPHA, "At the same time of day.", "The best time of day.")
    assert not preview.seen().is_old
    assert not until(preview, "best").is_old


def test_a_preview_is_quiet_about_a_stub_of_a_source(folder: Path) -> None:
    """Until a published fact cites it; ``check`` and a start refuse it all the while."""
    stubs.source(folder, load(folder).catalogue, "label-new", TODAY)
    read = read_folder(folder)
    found = check_folder(folder, TODAY, measure=False).findings
    assert [item for item in found if item.file == "sources.toml"]
    assert not [item for item in without_stubs(read, found) if item.file == "sources.toml"]
    edit(folder, ALPHA, 'source = "label-one"', 'source = "label-new"')
    assert without_stubs(read_folder(folder), found) == found


@pytest.mark.parametrize("filled", [False, True])
def test_a_preview_starts_with_a_source_that_nothing_cites(folder: Path, filled: bool) -> None:
    """As a stub and when its texts are written: the fact that cites it comes next."""
    stubs.source(folder, load(folder).catalogue, "label-new", TODAY)
    if filled:
        register = folder / "sources.toml"
        text = register.read_text(encoding="utf-8").replace("https://to-write.", "https://new.")
        register.write_text(text.replace("TO WRITE", "Words"), encoding="utf-8")
    assert "gamma" in Preview(folder, "us").seen().drafts


def test_a_folder_that_shows_nothing_is_refused(tmp_path: Path) -> None:
    """There is no last good content yet."""
    with pytest.raises(ContentError):
        Preview(tmp_path, "us")


def test_drafts_stay_on_this_machine(folder: Path) -> None:
    """An address that others can reach is refused, with what to do."""
    settings = load_settings(data=str(folder), host="0.0.0.0")
    with pytest.raises(server.CannotServe, match="on this machine only"):
        server.serve(settings, drafts=True)


def test_readers_never_see_a_draft(folder: Path) -> None:
    """Without the preview the draft is not there, and nothing is read again."""
    settings = load_settings(data=str(folder), database="memory")
    made = runtime.make(settings)
    assert made.preview is None
    assert [item.id for item in made.shown.catalogue.published] == ["alpha", "beta"]
    edit(folder, ALPHA, "At the same time of day.", "In the morning.")
    assert made.shown is made.content
    with_drafts = runtime.make(settings, drafts=True)
    assert "gamma" in [item.id for item in with_drafts.shown.catalogue.published]
