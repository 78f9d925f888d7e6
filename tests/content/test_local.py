"""A clinic's own folder: what it adds, what it cannot touch, and what stops the start."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from explorer import paths
from explorer.content.check import check
from explorer.content.checked import read_checked
from explorer.content.findings import ContentError, Report
from explorer.content.load import read_folder
from explorer.content.local import read_local
from explorer.content.rule import Stage
from explorer.content.support import supporting_text
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import compare
from explorer.domain.facts import items
from explorer.domain.quiz_pick import nurse_check, that_matter_most
from explorer.domain.visit import sheet_of
from explorer.domain.who import Who
from explorer.export import comparison_csv, comparison_html, visit_text
from explorer.export.reading import Edition, SiteLinks
from explorer.export.reading.layout import document
from explorer.export.tables import Separator
from tests.domain.test_visit import RA, a_visit
from tests.shipped import shipped

EXAMPLE = paths.ROOT / "docs" / "clinic"
README = (paths.DATA / "README.md").read_text(encoding="utf-8")
MARK = "From your clinic, not checked by this site"
QUICK = frozenset({"facts", "wording"})
"""Modules of rules that are applied here; the slow test applies all."""


@pytest.fixture(scope="module")
def gate() -> Callable[[Catalogue], Report]:
    """Give some rules of the gate."""
    folder = read_folder(paths.DATA)

    def apply(found: Catalogue) -> Report:
        day = date(2026, 11, 28)
        return check(folder, found, day, measure=False, stage=Stage.GATE, modules=QUICK)

    return apply


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the example folder."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "clinic"))


@pytest.fixture(scope="module")
def own(gate: Callable[[Catalogue], Report]) -> Catalogue:
    """Give the shipped content with the example beside it."""
    catalogue = shipped().catalogue
    return catalogue.evolve(local=read_local(EXAMPLE, catalogue, None, gate)[0])


def test_the_examples_of_the_manual_are_the_example_folder() -> None:
    """Each of its files stands in the README as it is."""
    chapter = README.split("## Content of your own")[1].split("\n## ")[0]
    blocks = dict(re.findall(r"```toml\n# ([a-z/-]+\.toml)\n(.*?)```", chapter, flags=re.DOTALL))
    files = {
        path.relative_to(EXAMPLE).as_posix(): path.read_text(encoding="utf-8")
        for path in EXAMPLE.rglob("*.toml")
    }
    assert blocks == files


def test_each_ref_of_the_manual_names_a_text() -> None:
    """The table of refs is of this content."""
    table = README.split("| `ref` | what it names |")[1].split("\n\n")[0]
    refs = re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE)
    assert len(refs) == 5
    assert [ref for ref in refs if supporting_text(shipped().catalogue, ref) is None] == []


@pytest.mark.slow
def test_the_example_passes_the_whole_gate() -> None:
    """As at a start; the version tells that something was added, and the bank is as it was."""
    content = read_checked(paths.DATA, date(2026, 11, 28), local=EXAMPLE)
    assert re.fullmatch(r"[0-9a-f]{10}-[0-9a-f]{6}", content.version)
    assert content.catalogue.bank == shipped().catalogue.bank


@pytest.mark.parametrize(
    ("file", "was", "now", "line"),
    [
        ("contact.toml", "phone", "fone", "local/contact.toml: phone: error: this key is missing"),
        ("contact.toml", "errors@clinic.example", "javascript:x", "local/contact.toml: reports"),
        (
            "notes.toml",
            "anakinra/storage",
            "anakinra/fridge",
            "local/notes.toml: sharps.ref: error",
        ),
        ("notes.toml", "cool bags", "<b>bags</b>", "local/notes.toml: sharps"),
        ("notes.toml", "[sharps]", "[sharps", "local/notes.toml: line"),
        ("questions/clinic-our-ward.toml", "d0262baa", "00000000", "the hash is now d0262baa"),
        (
            "questions/clinic-our-ward.toml",
            '"clinic-cool-bag"',
            '"cool-bag"',
            "starts with clinic-",
        ),
        (
            "questions/clinic-our-ward.toml",
            "version = 1",
            "version = 1\ncritical = true",
            "critical",
        ),
        ("questions/clinic-our-ward.toml", "key = true\n", "", "exactly one key"),
    ],
)
def test_what_is_wrong_is_named(
    folder: Path,
    gate: Callable[[Catalogue], Report],
    file: str,
    was: str,
    now: str,
    line: str,
) -> None:
    """File, key and reason, as for the shipped folder; nothing of it is served."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        read_local(folder, shipped().catalogue, None, gate)
    assert line in str(refused.value)
    assert all(item.file.startswith("local/") for item in refused.value.findings)


@pytest.mark.parametrize("name", ["rows.toml", "medicines/anakinra.toml", "questions/dose.toml"])
def test_no_shipped_file_can_be_replaced(
    folder: Path, gate: Callable[[Catalogue], Report], name: str
) -> None:
    """A file with the name of a shipped one is refused by name."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match=rf"local/{name}: -: error: this folder holds contact"):
        read_local(folder, shipped().catalogue, None, gate)


def test_a_folder_that_is_not_there_is_named(gate: Callable[[Catalogue], Report]) -> None:
    """With the setting to look at."""
    with pytest.raises(ContentError, match="set EXPLORER_LOCAL_DATA"):
        read_local(EXAMPLE / "nowhere", shipped().catalogue, None, gate)


def test_its_questions_count_in_nothing(own: Catalogue) -> None:
    """Neither in the bank nor in what is drawn for anyone nor in the walk over the content."""
    assert own.bank == shipped().catalogue.bank
    assert own.asked.has("clinic-cool-bag")
    for seed in range(5):
        drawn = (*nurse_check(own.bank, seed), *that_matter_most(own.bank, seed, ["anakinra"]))
        assert not any(item.id.startswith("clinic-") for item in drawn)
    assert {item.file for item in items(own)} == {item.file for item in items(shipped().catalogue)}


def test_contact_and_notes_stand_in_files_with_their_mark(own: Catalogue) -> None:
    """Only by a line and medicine that are compared; without a folder nothing is said."""
    shown = compare(own, "ra", ("anakinra", "methotrexate"))
    table = comparison_csv.write(shown, own, "v", separator=Separator.COMMA).decode("utf-8-sig")
    page = comparison_html.write(shown, own, "v").decode()
    for text in (table, page):
        assert f"{MARK}: {own.row('storage').short}, anakinra." in text
        assert f"{MARK}: {own.row('tests-during').short}." in text
        assert "Our clinic lends cool bags" in text
        assert "Our clinic draws blood" in text
    assert "555-0100" in page
    other = compare(own, "ra", ("adalimumab", "methotrexate"))
    assert "cool bags" not in comparison_html.write(other, own, "v").decode()
    plain = compare(shipped().catalogue, "ra", ("anakinra", "methotrexate"))
    assert MARK not in comparison_html.write(plain, shipped().catalogue, "v").decode()


def test_the_reading_edition_and_the_sheet_show_them_with_the_mark(own: Catalogue) -> None:
    """Questions on a page of their own, the contact at the foot, notes at their lines and on the sheet."""
    edition = Edition(own, lambda: "")
    page = edition.page("quiz/clinic-our-ward", {})
    assert MARK in page.body
    assert "where to keep the box of syringes" in page.body
    assert MARK not in edition.page("quiz/storing", {}).body
    whole = document(page, own, "v", SiteLinks("", lambda name: name))
    assert "555-0100" in whole
    bare = Edition(shipped().catalogue, lambda: "")
    for path, note in (
        ("medicine/anakinra", "cool bags"),
        ("medicine/methotrexate", "draws blood"),
        ("guide/storing", "cool bags"),
        ("guide", "draws blood"),
    ):
        assert re.search(rf"<strong>{MARK}: [^<]*</strong> [^<]*{note}", edition.page(path).body)
        assert MARK not in bare.page(path).body
    assert "cool bags" not in edition.page("medicine/methotrexate").body
    assert "cool bags" not in edition.page("guide/dose").body
    sheet = visit_text.write(sheet_of(own, "ra", RA, Who.ADULT, a_visit()), own, "v")
    assert f"{MARK}: Rheumatology nurses, Example Clinic, 555-0100" in sheet
    assert "cool bags" in sheet
