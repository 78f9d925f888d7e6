"""Sheets to sign: each line with what is needed to judge it, what could hurt most first."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from explorer.content.load import Content, load
from explorer.domain.cells import CellKind
from explorer.domain.review_columns import COLUMNS, NEEDED
from explorer.domain.review_lines import ReviewLine, review_lines
from explorer.domain.review_scope import NothingToReview, hashes_at, scope_of
from explorer.export import content_xlsx, review_pdf, review_xlsx
from explorer.export.review_document import review_document
from tests.builders import edit, question_folder, small_folder
from tests.paper import sheets
from tests.reviewing import sheet, sign

MISTAKE = "alpha/mistake"
FLAG = "alpha/flags/alpha-flag-infection"
IMPORTANCE = """
[signs]
title = "Signs first"
why = "A late sign harms."
kinds = ["flags"]

[mistakes]
title = "Mistakes"
why = "They harm."
kinds = ["mistake"]
rows = ["how-often"]
critical = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


def lines(folder: Path) -> tuple[ReviewLine, ...]:
    return review_lines(load(folder).catalogue)


def test_every_fact_of_the_content_is_a_line(content: Content) -> None:
    """No cell, warning, use, figure, statement or question is left out, and none stands twice."""
    found = review_lines(content.catalogue)
    refs = {line.ref for line in found}
    assert len(refs) == len(found)
    catalogue = content.catalogue
    for medicine in catalogue.published:
        assert f"{medicine.id}/mistake" in refs
        assert {f"{medicine.id}/flags/{flag.id}" for flag in medicine.red_flags} <= refs
        assert {f"{medicine.id}/uses/{use.condition}" for use in medicine.uses} <= refs
        for cells in medicine.cells:
            for cell in (cells.default, *cells.variants):
                own = (cell.condition,) if cell.condition else ()
                assert "/".join((medicine.id, cells.row, *own)) in refs
    assert {
        f"guide/{part.id}/{one.id}" for part in catalogue.guide for one in part.statements
    } <= refs
    assert sum(line.part == "quiz" for line in found) == len(catalogue.bank.questions)
    assert {f"signs/{sign.id}" for sign in catalogue.signs.signs} <= refs
    assert {f"glossary/{term.id}" for term in catalogue.glossary} <= refs
    assert {f"concepts/{concept.id}" for concept in catalogue.bank.concepts} <= refs
    for contact in catalogue.contacts:
        assert f"contacts/{contact.id}/nobody-answers" in refs
        assert {f"contacts/{contact.id}/flags/{flag.id}" for flag in contact.red_flags} <= refs
    for condition in catalogue.conditions:
        whose = f"conditions/{condition.id}"
        told = {f"{whose}/flags/{flag.id}" for flag in condition.red_flags} | {f"{whose}/preselect"}
        told |= {f"{whose}/card/{said.id}" for said in condition.card}
        assert told | {f"{whose}/not-compared/{one.id}" for one in condition.not_compared} <= refs
        for option in condition.no_new_medicine:
            assert f"options/{condition.id}/{option.id}" in refs
            for cells in option.cells:
                assert f"options/{condition.id}/{option.id}/{cells.row}" in refs


def test_a_line_of_no_medicine_says_what_is_needed_to_judge_it(content: Content) -> None:
    """A sign says how fast and what becomes of the dose; a word that it is ours; whose it is."""
    catalogue = content.catalogue
    found = {line.ref: line for line in review_lines(catalogue)}
    sign = found["signs/infection"]
    assert sign.passages[0].startswith("Call your team the same day")
    assert sign.passages[2:4] == ("No dose before a call.", "Call 911 now for")
    assert "baby under 3 months" in sign.passages[4]
    assert found["options/ra/stay/how-well"].label.startswith(
        "Rheumatoid arthritis: Stay on what is taken now: "
    )
    assert found["conditions/stills/flags/stills-flag-mas"].label == (
        "Still's disease: a sign to act on"
    )
    known = found["concepts/c1-infection"]
    assert known.settled_by
    assert known.citations
    document = review_document(scope_of(found.values(), "glossary"), catalogue, "v")
    assert document.title == "Review: words explained"
    assert [part.text for part in document.rows[0].sources] == [
        "In our words, no source of its own"
    ]


def test_a_sheet_may_hold_one_condition(content: Content) -> None:
    """A part of a part is named by both, and its sheet says which it is."""
    catalogue = content.catalogue
    scope = scope_of(review_lines(catalogue), "options/ra")
    assert {line.ref.partition("/")[2][:3] for line in scope.lines} == {"ra/"}
    assert review_document(scope, catalogue, "v").title.endswith("without a new medicine: ra")


def test_a_line_says_what_is_needed_to_judge_it(content: Content) -> None:
    """Words, a source with place and address, or what was searched; common practice says so."""
    catalogue = content.catalogue
    document = review_document(scope_of(review_lines(catalogue)), catalogue, content.version)
    assert len(document.rows) == len(review_lines(catalogue))
    for row in document.rows:
        assert row.line.words
        assert row.sources or row.line.searched, row.line.ref
        for citation, passage in zip(
            row.line.citations, row.sources[-len(row.line.citations) :], strict=False
        ):
            source = catalogue.source(citation.source)
            assert source.title in passage.text
            assert citation.place in passage.text
            assert passage.then == source.address


def test_what_was_searched_stands_by_a_gap(content: Content) -> None:
    """Of each cell where nothing was found, the sheet says what was looked at."""
    catalogue = content.catalogue
    found = {line.ref: line for line in review_lines(catalogue)}
    gaps = 0
    for medicine in catalogue.published:
        for cells in medicine.cells:
            if cells.default.kind is CellKind.NOT_FOUND:
                gaps += 1
                line = found[f"{medicine.id}/{cells.row}"]
                assert cells.default.searched in line.searched
                assert "Not found" in line.passages
    assert gaps > 10


def test_the_levels_of_the_data_give_the_order(folder: Path) -> None:
    """What the list names first stands first; what no list names comes last."""
    (folder / "importance.toml").write_text(IMPORTANCE, encoding="utf-8")
    refs = [line.ref for line in lines(folder) if line.part == "alpha"]
    flags = sum("/flags/" in ref for ref in refs)
    assert all("/flags/" in ref for ref in refs[:flags])
    assert refs[flags : flags + 2] == [MISTAKE, "alpha/how-often"]
    document = review_document(scope_of(lines(folder), "alpha"), load(folder).catalogue, "v")
    assert [level.title for level in document.levels] == ["Signs first", "Mistakes", "All else"]
    assert document.levels[0].why == "A late sign harms."


def test_without_an_order_the_files_give_it(folder: Path) -> None:
    """A folder that lacks the list is still looked over, from its first line on."""
    assert next(line.ref for line in lines(folder) if line.part == "alpha") == MISTAKE
    assert lines(folder) == review_lines(load(folder).catalogue, as_written=True)


def test_emergencies_stand_before_other_signs(content: Content) -> None:
    """Within the signs, the fastest come first."""
    words = content.catalogue.words
    heads = [
        words(f"urgency.{urgency}.title", emergency="Call 911")
        for urgency in ("emergency", "same-day", "next-visit")
    ]
    places = [
        heads.index(line.passages[0])
        for line in review_lines(content.catalogue)
        if line.ref.startswith("anakinra/flags/")
    ]
    assert places == sorted(places)
    assert len(set(places)) > 1


def test_the_shipped_order_begins_with_what_harms(content: Content) -> None:
    """Mistakes, signs, doses, pregnancy and combinations stand before all else."""
    first = [level.id for level in content.catalogue.importance[:5]]
    assert first == ["mistakes", "signs", "doses", "pregnancy", "combinations"]
    assert review_lines(content.catalogue)[0].ref.endswith("/mistake")


def test_a_question_shows_its_key_its_reasons_and_what_settles_it(tmp_path: Path) -> None:
    """Whoever signs a question sees what counts as right, why, and the source behind it."""
    folder = question_folder(tmp_path)
    line = next(line for line in lines(folder) if line.ref == "quiz/infections/infection-1")
    assert line.passages[0] == "Ana takes one shot a day. Her next dose is due at 8."
    assert "Call her team today. (right): Chills can be" in line.words
    assert "Wait for her next visit. (not right): An infection" in line.words
    assert line.settled_by == (FLAG,)
    assert line.citations
    assert line.readers == ("2026-11-20, first reader", "2026-11-21, second reader")
    assert (
        line.label == "Signs of infection: call the same day (critical question)"
        or "critical" in line.label
    )


def test_the_spreadsheet_can_be_filled_and_nothing_else(folder: Path) -> None:
    """Mark, why, role, date and name are open; all else is locked, and no cell is a formula."""
    book = load_workbook(io.BytesIO(sheet(folder)))
    start, rows = book.worksheets[:2]
    assert [cell.value for cell in rows[1]] == list(COLUMNS)
    assert rows.row_dimensions[1].hidden
    assert start.column_dimensions["A"].hidden
    assert set(NEEDED) <= set(COLUMNS)
    for tab in (start, rows):
        assert tab.protection.sheet
    open_cells = {
        str(rows.cell(1, cell.column).value)
        for row in rows.iter_rows(min_row=3)
        for cell in row
        if not cell.protection.locked
    }
    assert open_cells == {"mark", "why"}
    filled_in = [
        cell.row for row in start.iter_rows() for cell in row if not cell.protection.locked
    ]
    assert len(filled_in) == 3
    assert {cell.data_type for tab in book for row in tab.iter_rows() for cell in row} <= {"s", "n"}
    (choice,) = rows.data_validations.dataValidation
    assert choice.formula1 == '"right,wrong,unclear"'


def test_each_row_of_the_spreadsheet_is_a_line(folder: Path) -> None:
    """Address, words and code stand in one row, in the order of the document."""
    rows = load_workbook(io.BytesIO(sheet(folder))).worksheets[1]
    place = {name: number for number, name in enumerate(COLUMNS)}
    found = [[cell.value for cell in row] for row in rows.iter_rows(min_row=3)]
    wanted = [line for line in lines(folder) if line.part == "alpha"]
    assert [(row[place["ref"]], row[place["words"]], row[place["code"]]) for row in found] == [
        (line.ref, line.words, line.hash) for line in wanted
    ]


def test_the_same_content_gives_the_same_bytes(folder: Path) -> None:
    """A sheet that is written twice is one sheet."""
    assert sheet(folder) == sheet(folder)
    content = load(folder)
    scope = scope_of(lines(folder), "alpha")
    made = [review_pdf.write(scope, content.catalogue, content.version) for _ in range(2)]
    assert made[0] == made[1]


def test_the_pdf_holds_every_line_with_its_boxes(folder: Path) -> None:
    """Each line stands there with its address, its source and a place for each mark."""
    content = load(folder)
    scope = scope_of(lines(folder), "alpha")
    made = review_pdf.write(scope, content.catalogue, content.version)
    text = " ".join("".join(sheets(made)).replace("\u200b", "").split())
    for line in scope.lines:
        for passage in line.passages:
            assert " ".join(passage.split()) in text
    assert text.count("unclear") == len(scope.lines) + 1  # the intro names it too
    assert content.version in text
    assert "https://example.org/alpha" in text.replace(" ", "")


def test_a_sheet_says_who_signed_before(folder: Path) -> None:
    """The next reader sees whose mark stands by the present text."""
    sign(folder, {MISTAKE: "right"}, role="nurse")
    rows = load_workbook(io.BytesIO(sheet(folder))).worksheets[1]
    column = COLUMNS.index("behind") + 1
    assert rows.cell(3, column).value == "Checked by a nurse, 2026-11."


def test_what_changed_is_told_from_an_older_copy(tmp_path: Path) -> None:
    """Changed lines and new ones are asked for again, the others are not."""
    (tmp_path / "old").mkdir()
    old = small_folder(tmp_path / "old")
    new = small_folder(tmp_path)
    edit(new, "medicines/alpha.toml", "two shots", "three shots")
    before = {line.ref: {line.hash} for line in lines(old)}
    del before[FLAG]
    assert [line.ref for line in scope_of(lines(new), before=before).lines] == [MISTAKE, FLAG]
    with pytest.raises(NothingToReview, match="no changed line in 'beta'"):
        scope_of(lines(new), "beta", before)


def test_what_changed_is_told_from_the_reviews_of_a_version(folder: Path) -> None:
    """Of the lines that a review of that version marked, those that read otherwise now."""
    sign(folder, {MISTAKE: "right", FLAG: "right"})
    edit(folder, "medicines/alpha.toml", "two shots", "three shots")
    before = hashes_at(load(folder).catalogue, "0123456789", lines(folder))
    assert [line.ref for line in scope_of(lines(folder), before=before).lines] == [MISTAKE]
    with pytest.raises(NothingToReview, match="there are: 0123456789"):
        hashes_at(load(folder).catalogue, "none", lines(folder))


def test_a_part_without_lines_is_refused(folder: Path) -> None:
    """An empty sheet would look like one where all is signed."""
    with pytest.raises(NothingToReview, match="no line in 'quiz'"):
        scope_of(lines(folder), "quiz")


def test_all_medicines_as_a_spreadsheet(folder: Path) -> None:
    """One sheet a medicine, each line once; the first sheet says that nothing is read back."""
    content = load(folder)
    book = load_workbook(io.BytesIO(content_xlsx.write(content.catalogue, content.version)))
    assert book.sheetnames[:4] == ["Start here", "alpha", "beta", "The table of warning signs"]
    assert [row[0].value for row in book["The conditions"].iter_rows(min_row=2)] == [
        line.ref for line in lines(folder) if line.part.startswith("conditions/")
    ]
    wanted = [line.ref for line in lines(folder) if line.part == "alpha"]
    assert [row[0].value for row in book["alpha"].iter_rows(min_row=2)] == wanted
    said = " ".join(str(row[0].value) for row in book["Start here"].iter_rows())
    assert "For reading and marking only." in said
    assert content.version in said


def test_an_odd_name_fits_a_sheet_that_is_written(folder: Path) -> None:
    """A text that starts like a formula stays text."""
    edit(folder, "medicines/alpha.toml", "Do not take two shots.", "=2 shots are too much.")
    content = load(folder)
    scope = scope_of(review_lines(content.catalogue), "alpha")
    made = review_xlsx.write(scope, content.catalogue, content.version)
    rows = load_workbook(io.BytesIO(made)).worksheets[1]
    cell = rows.cell(3, COLUMNS.index("words") + 1)
    said = "=2 shots are too much.\nIn short: Taking two shots"
    assert (cell.value, cell.data_type) == (said, "s")
