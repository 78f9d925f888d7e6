"""What pages and files say of who checked a fact: truly, quietly, and nothing where nobody did."""

from datetime import date
from pathlib import Path

import pytest

from explorer.content.load import Content, load
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import compare
from explorer.domain.guide import guide
from explorer.domain.profile import profile
from explorer.export import comparison_csv, comparison_html, guide_html, medicine_html, pages_html
from explorer.export.sign_off_words import checked_by, lines_checked
from tests.builders import edit, small_folder
from tests.reviewing import sign

MISTAKE = "alpha/mistake"
FLAG = "alpha/flags/alpha-flag-infection"
OFTEN = "alpha/how-often"
CHECKED = "Checked by a pharmacist, 2026-11."


def medicine_page(catalogue: Catalogue, medicine: str = "alpha") -> str:
    return "".join(medicine_html.pieces(profile(catalogue, medicine), catalogue).values())


def about_page(catalogue: Catalogue) -> str:
    return pages_html.about(catalogue, "v", today=date(2026, 11, 25), medicines=(), sections=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


def test_the_shipped_pages_say_nothing_of_signatures(content: Content) -> None:
    """Nobody signed, so no page has a line on it beside the status that says so."""
    catalogue = content.catalogue
    pages = [medicine_page(catalogue, "anakinra"), about_page(catalogue)]
    pages.append("".join(guide_html.pieces(guide(catalogue), catalogue).values()))
    for page in pages:
        assert "Checked by" not in page
        assert "lines checked by" not in page
        assert "ax-signed" not in page
    assert "No doctor, nurse or pharmacist has signed the content off." in pages[1]


def test_a_signed_fact_says_by_whom_and_when(folder: Path) -> None:
    """The mistake, a use and a cell of a medicine's page each carry their own line."""
    sign(folder, {MISTAKE: "right", "alpha/uses/ra": "right", OFTEN: "right"})
    page = medicine_page(load(folder).catalogue)
    assert page.count(CHECKED) == 3
    assert f'<span class="ax-signed">{CHECKED}</span>' in page
    assert CHECKED not in medicine_page(load(folder).catalogue, "beta")


def test_a_medicine_says_how_many_of_its_lines_are_checked(folder: Path) -> None:
    """The count stands at the top of its page, and by its warning signs."""
    sign(folder, {MISTAKE: "right", FLAG: "right"})
    catalogue = load(folder).catalogue
    count = catalogue.sign_off.count("alpha")
    assert count is not None
    said = f"2 of {count.lines} lines checked by a doctor, nurse or pharmacist."
    assert lines_checked(catalogue, "alpha") == said
    page = medicine_page(catalogue)
    assert said in page
    assert f"1 of {len(catalogue.medicine('alpha').red_flags)} lines checked" in page
    assert "lines checked" not in medicine_page(catalogue, "beta")


def test_a_changed_text_says_nothing(folder: Path) -> None:
    """The words of a signature go with it, on the page and in the count."""
    sign(folder, {MISTAKE: "right"})
    edit(folder, "medicines/alpha.toml", "two shots", "three shots")
    catalogue = load(folder).catalogue
    assert checked_by(catalogue, MISTAKE) == ""
    assert lines_checked(catalogue, "alpha") == ""
    assert "hecked by a" not in medicine_page(catalogue)


@pytest.mark.parametrize("mark", ["wrong", "unclear"])
def test_a_doubt_is_no_check(folder: Path, mark: str) -> None:
    """A line that somebody read and did not find right is not told as checked."""
    sign(folder, {MISTAKE: mark})
    assert checked_by(load(folder).catalogue, MISTAKE) == ""


def test_a_program_is_told_nowhere(folder: Path) -> None:
    """Its mark changes no page."""
    before = medicine_page(load(folder).catalogue)
    sign(folder, {MISTAKE: "right"}, role="automated-reader")
    assert medicine_page(load(folder).catalogue) == before


def test_a_comparison_and_its_files_say_it_too(folder: Path) -> None:
    """A signed cell says so where it is compared, on the page and in the spreadsheet."""
    sign(folder, {OFTEN: "right"})
    catalogue = load(folder).catalogue
    compared = compare(catalogue, "ra", ("alpha", "beta"))
    assert "".join(comparison_html.pieces(compared, catalogue).values()).count(CHECKED) == 1
    assert comparison_csv.write(compared, catalogue, "v").decode("utf-8-sig").count(CHECKED) == 1


def test_an_option_without_a_new_medicine_says_it_too(folder: Path) -> None:
    """Its own cell is signed at its own address, in its own condition."""
    sign(folder, {"options/ra/stay/how-well": "right"})
    catalogue = load(folder).catalogue
    for condition, times in (("ra", 1), ("gout", 0)):
        compared = compare(catalogue, condition, ("alpha", "stay"))
        page = "".join(comparison_html.pieces(compared, catalogue).values())
        assert page.count(CHECKED) == times


def test_what_is_put_together_was_signed_by_nobody(folder: Path) -> None:
    """Staying on a medicine tells its cell and the option's own: neither signature counts."""
    found = 'kind = "not-found"\ntext = "We found no study."\nsearched = "Two labels."'
    cited = 'citations = [ { source = "label-one", place = "1", read_in = "label" } ]'
    edit(folder, "conditions.toml", found, f'kind = "stated"\ntext = "As now."\n{cited}')
    sign(folder, {"options/ra/stay/how-well": "right", "alpha/how-well": "right", OFTEN: "right"})
    compared = compare(load(folder).catalogue, "ra", ("stay", "beta"), now=("alpha",))
    signed = {row.row.id for group in compared.groups for row in group.rows if row.cells[0].signed}
    assert signed == {"how-often"}


def test_a_word_and_the_signs_say_who_checked_them(folder: Path) -> None:
    """A word that is explained carries its own line, the warning signs how many were checked."""
    term = '[shot]\nterm = "shot"\nmeaning = "Medicine put under the skin."\n'
    (folder / "glossary.toml").write_text(f"{term}{term.replace('shot', 'dose')}", encoding="utf-8")
    sign(folder, {"glossary/shot": "right", "contacts/us/flags/us-flag-breathing": "right"})
    catalogue = load(folder).catalogue
    page = pages_html.glossary(catalogue)
    assert page.count(CHECKED) == 1
    assert f'under the skin. <span class="ax-signed">{CHECKED}</span></dd>' in page
    signs = guide_html.signs(guide(catalogue), catalogue)
    assert "1 of 2 lines checked by a doctor, nurse or pharmacist." in signs
    assert "<td>1 of 2</td>" in about_page(catalogue)


def test_the_about_page_counts_each_part(folder: Path) -> None:
    """A table names each medicine with its number, also where that is none."""
    sign(folder, {MISTAKE: "right"})
    catalogue = load(folder).catalogue
    page = about_page(catalogue)
    count = catalogue.sign_off.count("alpha")
    assert count is not None
    assert f'<th scope="row">Alpha (Alphabrand)</th><td>1 of {count.lines}</td>' in page
    assert "<td>0 of " in page
    assert "No doctor" not in page


def test_a_section_of_the_guide_counts_its_lines(tmp_path: Path, content: Content) -> None:
    """Under its details stands how many of its lines are checked."""
    import shutil

    from explorer import paths

    folder = tmp_path / "data"
    shutil.copytree(paths.DATA, folder)
    section = content.catalogue.guide[0]
    sign(folder, {f"guide/{section.id}/{section.summary.id}": "right"}, role="doctor")
    catalogue = load(folder).catalogue
    page = "".join(guide_html.pieces(guide(catalogue), catalogue).values())
    assert page.count("ax-signed") == 1
    assert f"1 of {len(section.statements)} lines checked" in page
