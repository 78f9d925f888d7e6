"""Filled sheets come back from anywhere: what fits is taken, the rest is named by its row."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from explorer.content import review_sheet
from explorer.content.findings import ContentError
from explorer.content.load import SIGNATURES, load, read_folder
from explorer.content.review_import import Taken, appended, checked, editors_list, take
from explorer.content.review_sheet import SheetError, read_sheet
from explorer.domain.review_lines import review_lines
from explorer.domain.signatures import ReviewerRole, ReviewMark
from tests.builders import TODAY, edit, small_folder
from tests.reviewing import Filling, filled, sign

pytestmark = pytest.mark.slow

MISTAKE = "alpha/mistake"
FLAG = "alpha/flags/alpha-flag-infection"
ROUTE = "alpha/route"
OFTEN = "alpha/how-often"
ALPHA = "medicines/alpha.toml"
REVIEWED = Path(__file__).parent / "reviewed" / "anakinra-automated-reader.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


def taken(folder: Path, path: Path) -> Taken:
    """Read a sheet into a folder, without writing it."""
    content = load(folder)
    return take(read_sheet(path), content.catalogue, content.version, TODAY)


def come_back(
    folder: Path, then: Callable[[Filling], object] = lambda _: None, **marks: str
) -> Taken:
    """Fill a sheet of a folder in, do something with it, and read it."""
    named = {ref.replace("_", "-").replace("--", "/"): mark for ref, mark in marks.items()}
    return taken(folder, filled(folder, folder.parent / "sheet.xlsx", named, then=then))


def reasons(result: Taken) -> str:
    return "\n".join(map(str, result.left_out))


def marks(result: Taken) -> dict[str, ReviewMark]:
    return {} if result.record is None else {line.ref: line.mark for line in result.record.lines}


def test_a_half_filled_sheet_is_taken_as_far_as_it_goes(folder: Path) -> None:
    """Marked lines are taken, the others are counted and not complained about."""
    result = come_back(
        folder,
        lambda sheet: sheet.put(FLAG, mark="wrong", why="  It says\n'rash' too. "),
        alpha__mistake="Right",
        alpha__route=" UNCLEAR. ",
    )
    assert marks(result) == {
        MISTAKE: ReviewMark.RIGHT,
        FLAG: ReviewMark.WRONG,
        ROUTE: ReviewMark.UNCLEAR,
    }
    assert result.left_out == ()
    assert (
        result.unmarked == len(review_lines(load(folder).catalogue)) // 2 - 3 or result.unmarked > 0
    )
    assert result.record is not None
    assert (result.record.role, str(result.record.on)) == (ReviewerRole.AUTOMATED, "2026-11-23")
    assert result.record.content == load(folder).version
    assert editors_list(result.open) == (
        "medicines/alpha.toml: red_flags.alpha-flag-infection: wrong: It says 'rash' too.",
        "medicines/alpha.toml: cells.route: unclear: no reason given",
    )


def test_what_is_written_is_read_again(folder: Path) -> None:
    """The marks stand in the file as they were taken, and the content has no error with them."""
    result = come_back(folder, alpha__mistake="right")
    assert result.record is not None
    text = appended("", result.record)
    assert checked(read_folder(folder), text, TODAY).reviews == (result.record,)
    (folder / SIGNATURES).write_text(text, encoding="utf-8")
    assert load(folder).catalogue.reviews == (result.record,)


def test_a_file_of_signatures_with_an_error_is_not_written(folder: Path) -> None:
    """What would stop the app is found before anything is written."""
    result = come_back(folder, alpha__mistake="right")
    assert result.record is not None
    twice = appended(appended("", result.record), result.record)
    with pytest.raises(ContentError, match="stands in the file twice"):
        checked(read_folder(folder), twice, TODAY)


def test_a_text_that_changed_since_is_never_signed(tmp_path: Path) -> None:
    """Its row is named with the mark that it had; the other rows are taken."""
    folder = small_folder(tmp_path)
    path = filled(folder, tmp_path / "s.xlsx", {MISTAKE: "right", ROUTE: "right"})
    edit(folder, ALPHA, "two shots", "three shots")
    result = taken(folder, path)
    assert marks(result) == {ROUTE: ReviewMark.RIGHT}
    assert result.is_other_version
    assert f"{MISTAKE}: not taken: the text has changed since" in reasons(result)
    assert "(it was marked: right)" in reasons(result)


def test_a_code_that_was_edited_signs_nothing(folder: Path) -> None:
    """The code is that of the words in the same row, and the words are those of the content."""
    result = come_back(folder, lambda s: s.put(ROUTE, code="0" * 16), alpha__route="right")
    assert marks(result) == {}
    assert "has changed since" in reasons(result)


def test_words_changed_in_the_sheet_sign_nothing(folder: Path) -> None:
    """A correction written over the words is no mark of our text."""
    result = come_back(folder, lambda s: s.put(ROUTE, words="A pill."), alpha__route="right")
    assert marks(result) == {}
    assert "a correction belongs beside the mark, under why" in reasons(result)


def test_rows_may_be_moved_cut_and_columns_moved(folder: Path) -> None:
    """A row is known by its address, a column by its hidden name."""

    def shuffle(sheet: Filling) -> None:
        lines = sheet.lines
        rows = [[cell.value for cell in row] for row in lines.iter_rows()]
        names, heads, *rest = rows
        kept = [row for row in reversed(rest) if row[sheet.columns["ref"] - 1] != OFTEN]
        lines.delete_rows(1, lines.max_row)
        for row in (["a title"], names[::-1], heads[::-1], *(row[::-1] for row in kept)):
            lines.append(row)

    result = come_back(folder, shuffle, alpha__mistake="right", alpha__how_often="right")
    assert marks(result) == {MISTAKE: ReviewMark.RIGHT}
    assert result.left_out == ()


@pytest.mark.parametrize(
    ("part", "ref", "change"),
    [
        ("signs", "signs/infection", ("signs.toml", "Fever or chills.", "A fever.")),
        (
            "options/ra",
            "options/ra/stay",
            ("conditions.toml", "You keep what", "You go on with what"),
        ),
        ("glossary", "glossary/shot", ("glossary.toml", "under the skin", "into a muscle")),
    ],
)
def test_a_sheet_of_another_part_goes_out_and_comes_back(
    folder: Path, part: str, ref: str, change: tuple[str, str, str]
) -> None:
    """A sign, an option and a word are signed as a medicine is; after a change none of them is."""
    term = '[shot]\nterm = "shot"\nmeaning = "Medicine put under the skin."\n'
    (folder / "glossary.toml").write_text(term, encoding="utf-8")
    path = filled(folder, folder.parent / "sheet.xlsx", {ref: "wrong"}, part=part)
    result = taken(folder, path)
    assert marks(result) == {ref: ReviewMark.WRONG}
    (line,) = editors_list(result.open)
    assert line.startswith(f"{change[0]}: ")
    file = folder / change[0]
    file.write_text(file.read_text(encoding="utf-8").replace(*change[1:], 1), encoding="utf-8")
    assert f"{ref}: not taken: the text has changed since" in reasons(taken(folder, path))


def test_a_line_that_is_gone_is_named(tmp_path: Path) -> None:
    """A row of a line that no longer stands there is not guessed to be another one."""
    folder = small_folder(tmp_path)
    path = filled(folder, tmp_path / "s.xlsx", {FLAG: "right", ROUTE: "right"})
    edit(folder, ALPHA, "alpha-flag-infection", "alpha-flag-fever")
    result = taken(folder, path)
    assert marks(result) == {ROUTE: ReviewMark.RIGHT}
    assert f"{FLAG}: not taken: nothing stands at this address now" in reasons(result)


def test_an_address_that_is_gone_is_named(folder: Path) -> None:
    """A row without its address belongs to nothing, however alike its words are."""
    result = come_back(folder, lambda s: s.put(ROUTE, ref=None), alpha__route="right")
    assert marks(result) == {}
    assert "its address is gone" in reasons(result)


@pytest.mark.parametrize("column", ["mark", "words", "code", "why"])
def test_a_formula_is_never_taken(folder: Path, column: str) -> None:
    """A formula may say anything tomorrow, so a row that holds one is named."""
    result = come_back(
        folder, lambda s: s.put(ROUTE, **{column: '=IF(1,"right","")'}), alpha__route="right"
    )
    assert marks(result) == {}
    assert f"{ROUTE}: not taken: it holds a formula" in reasons(result)


def test_merged_rows_are_named(folder: Path) -> None:
    """One mark over two lines is the mark of neither; the rows around them are taken."""

    def merge(sheet: Filling) -> None:
        row, column = sheet.row(ROUTE), sheet.columns["mark"]
        sheet.lines.merge_cells(
            start_row=row, end_row=row + 1, start_column=column, end_column=column
        )

    result = come_back(folder, merge, alpha__mistake="right", alpha__route="right")
    assert marks(result) == {MISTAKE: ReviewMark.RIGHT}
    assert len(result.left_out) == 2
    assert reasons(result).count("are merged; mark each row") == 2


def test_merged_columns_of_one_row_do_no_harm(folder: Path) -> None:
    """A mark that runs over its neighbour is still the mark of one line."""

    def merge(sheet: Filling) -> None:
        row, column = sheet.row(ROUTE), sheet.columns["mark"]
        sheet.lines.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=column + 1
        )

    assert marks(come_back(folder, merge, alpha__route="right")) == {ROUTE: ReviewMark.RIGHT}


@pytest.mark.parametrize("mark", ["richtig", "x", "rigth", "1", "right / wrong"])
def test_another_word_is_no_mark(folder: Path, mark: str) -> None:
    """Nothing is guessed: not a word of another language, not a slip, not a cross."""
    result = come_back(folder, alpha__route=mark, alpha__mistake="right")
    assert marks(result) == {MISTAKE: ReviewMark.RIGHT}
    assert f"'{mark}' is no mark; write right, wrong or unclear" in reasons(result)


def test_true_and_numbers_are_no_marks(folder: Path) -> None:
    """A tick box of a spreadsheet is a truth value, and says none of the three words."""
    result = come_back(folder, lambda s: (s.put(ROUTE, mark=True), s.put(MISTAKE, mark=1)))
    assert marks(result) == {}
    assert "'True' is no mark" in reasons(result)
    assert "'1' is no mark" in reasons(result)


def test_a_reason_without_a_mark_is_named(folder: Path) -> None:
    """Somebody wrote something, so it is not passed over."""
    result = come_back(folder, lambda s: s.put(ROUTE, why="Is it so?"), alpha__mistake="right")
    assert "there is a reason and no mark: Is it so?" in reasons(result)


def test_a_copied_row_counts_once_and_a_contradiction_not_at_all(folder: Path) -> None:
    """The same mark twice is one mark; two marks of one line are none."""

    def copy(sheet: Filling) -> None:
        for ref in (MISTAKE, ROUTE):
            sheet.lines.append([cell.value for cell in sheet.lines[sheet.row(ref)]])
        sheet.lines.cell(sheet.lines.max_row, sheet.columns["mark"]).value = "wrong"

    result = come_back(folder, copy, alpha__mistake="right", alpha__route="right")
    assert marks(result) == {MISTAKE: ReviewMark.RIGHT}
    assert reasons(result).count("mark one line in different ways") == 2


def test_reading_a_sheet_twice_adds_nothing(tmp_path: Path) -> None:
    """A mark that is there already, by the same role and day, is told and not added."""
    folder = small_folder(tmp_path)
    path = filled(folder, tmp_path / "s.xlsx", {MISTAKE: "right"}, role="nurse")
    sign(folder, {MISTAKE: "right"}, role="nurse")
    result = taken(folder, path)
    assert result.record is None
    assert result.already == 1


def test_each_record_has_an_id_of_its_own(tmp_path: Path) -> None:
    """Two sheets of one role and day stand side by side."""
    folder = small_folder(tmp_path)
    for ref in (MISTAKE, ROUTE):
        result = taken(folder, filled(folder, tmp_path / "s.xlsx", {ref: "right"}, role="doctor"))
        assert result.record is not None
        path = folder / SIGNATURES
        before = path.read_text() if path.exists() else ""
        path.write_text(appended(before, result.record), encoding="utf-8")
    ids = [record.id for record in load(folder).catalogue.reviews]
    assert ids == ["doctor-2026-11-23", "doctor-2026-11-23-2"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("role", None, "your role on the first sheet is needed, one of: pharmacist, nurse"),
        ("role", "Apotheker", "'Apotheker' is none"),
        ("date", None, "the date on the first sheet is needed, written as 2026-12-31; it is empty"),
        ("date", "23.11.2026", "'23.11.2026' is none"),
        ("date", "11/12/2026", "'11/12/2026' is none"),
        ("date", datetime(2026, 12, 24), "2026-12-24, has not come yet"),  # noqa: DTZ001
        ("date", datetime(2026, 11, 1), "is before its content"),  # noqa: DTZ001
        ("date", "=TODAY()", "it is empty"),
        ("version", None, "the content version of the first sheet is gone"),
    ],
)
def test_without_who_and_when_nothing_is_taken(
    folder: Path, field: str, value: object, said: str
) -> None:
    """A sheet says who filled it in, when, and of which content; no day is guessed."""
    with pytest.raises(SheetError, match=said.replace(".", r"\.").replace("(", r"\(")):
        come_back(folder, lambda s: s.field(field, value), alpha__mistake="right")


@pytest.mark.parametrize(
    "value",
    [datetime(2026, 11, 23), 46349, "2026-11-23"],  # noqa: DTZ001
    ids=["a date", "a date that lost its format", "as text"],
)
def test_a_day_is_read_as_a_spreadsheet_holds_it(folder: Path, value: object) -> None:
    """Whatever language shows it, a day is a number inside, or was typed as the sheet asks."""
    result = come_back(folder, lambda s: s.field("date", value), alpha__mistake="right")
    assert result.record is not None
    assert str(result.record.on) == "2026-11-23"


def test_a_name_stands_only_where_a_person_gave_it(folder: Path) -> None:
    """Empty stays empty; a program's name is left out, and that is said."""
    assert come_back(folder, alpha__mistake="right").notes == ()
    result = come_back(folder, lambda s: s.field("name", "Reader 2"), alpha__mistake="right")
    assert result.record is not None
    assert result.record.name == ""
    assert result.notes == ("the name was left out: a program signs without a name",)

    def person(sheet: Filling) -> None:
        sheet.field("role", "Pharmacist")
        sheet.field("name", " A. Reader ")

    result = come_back(folder, person, alpha__mistake="right")
    assert result.record is not None
    assert result.record.name == "A. Reader"


def _zip(target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return target


def test_what_is_no_sheet_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file, a CSV, another workbook, a bomb: each is told with what to do."""
    csv = tmp_path / "a.csv"
    csv.write_text("ref;mark\n", encoding="utf-8")
    other = io.BytesIO()
    Workbook().save(other)
    plain = tmp_path / "other.xlsx"
    plain.write_bytes(other.getvalue())
    for path, said in (
        (tmp_path / "none.xlsx", "cannot be read: No such file"),
        (tmp_path, "cannot be read: Is a directory"),
        (csv, "save it as .xlsx"),
        (_zip(tmp_path / "b.xlsx", "[Content_Types].xml", b"<x"), "save it as .xlsx"),
        (plain, "no sheet has the hidden row"),
    ):
        with pytest.raises(SheetError, match=said) as caught:
            read_sheet(path)
        assert "\n" not in str(caught.value)
    monkeypatch.setattr(review_sheet, "UNPACKED", 1000)
    with pytest.raises(SheetError, match="unpacks to more than"):
        read_sheet(_zip(tmp_path / "c.xlsx", "x", b"0" * 2000))
    monkeypatch.setattr(review_sheet, "LARGEST", 10)
    with pytest.raises(SheetError, match="larger than"):
        read_sheet(plain)


def test_a_sheet_filled_by_an_automated_reader_is_taken_as_far_as_it_fits(
    tmp_path: Path, content: object
) -> None:
    """The kept sheet of anakinra says that a program filled it in; each marked row is accounted for."""
    sheet = read_sheet(REVIEWED)
    assert (sheet.role, sheet.name) == ("automated reader", "")
    from tests.shipped import shipped

    held = shipped()
    result = take(sheet, held.catalogue, held.version, TODAY.replace(month=12))
    marked = [row for row in sheet.rows if row.mark or row.why]
    assert marked
    assert len(marks(result)) + len(result.left_out) == len(marked)
    assert result.unmarked == len(sheet.rows) - len(marked)
    if result.record is not None:
        assert not result.record.role.is_clinician
