"""The comparison as CSV, XLSX and HTML, read back by other parsers."""

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explorer.content.load import load
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Comparison, compare
from explorer.export import comparison_csv, comparison_html, comparison_xlsx
from explorer.export.environment import web_address
from explorer.export.tables import Separator
from tests.builders import edit, small_folder

WRITERS = (comparison_csv.write, comparison_html.write, comparison_xlsx.write)
EVIL = '=HYPERLINK("http://x")'


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    folder = small_folder(tmp_path)
    edit(folder, "medicines/alpha.toml", '"Alpha, sold as Alphabrand."', f"'{EVIL}'")
    edit(folder, "medicines/beta.toml", '"Beta, sold as Betabrand."', "'5 < 6 & \"so\"'")
    return load(folder).catalogue


@pytest.fixture
def comparison(catalogue: Catalogue) -> Comparison:
    return compare(catalogue, "ra", ["alpha", "beta", "stay"])


@pytest.mark.parametrize("write", [comparison_csv.write, comparison_html.write])
def test_an_option_without_a_medicine_shows_both_its_words_and_the_signs(
    catalogue: Catalogue, write: Callable[[Comparison, Catalogue, str], bytes]
) -> None:
    """Signs of the illness stand beside what the option says for itself, in no one's place."""
    text = write(compare(catalogue, "gout", ["alpha", "stay"]), catalogue, "abc").decode()
    assert "Your present medicine has its own signs." in text
    assert text.count("A hot joint with fever and confusion.") == 2


@pytest.mark.parametrize("write", WRITERS)
def test_same_input_gives_same_bytes(
    comparison: Comparison, catalogue: Catalogue, write: object
) -> None:
    """Two calls give equal files, whatever the clock says."""
    assert callable(write)
    assert write(comparison, catalogue, "abc") == write(comparison, catalogue, "abc")


def table_of(made: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """Read a CSV file as one plain table."""
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig")), delimiter=delimiter))


def test_csv_is_one_plain_table(comparison: Comparison, catalogue: Catalogue) -> None:
    """The header stands in line 1, each line has its width, and each cell is a record."""
    made = comparison_csv.write(comparison, catalogue, "abc")
    lines = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Part", "Group", "Question", "Option"]
    assert {len(line) for line in lines} == {len(lines[0])}
    cells = [line for line in table_of(made) if line["Part"] == "Comparison"]
    titles = [column.title for column in comparison.columns]
    assert [line["Option"] for line in cells] == titles * (len(comparison.rows) + 3)
    questions = list(dict.fromkeys(line["Question"] for line in cells))[3:]
    expected = [row.row.question for row in comparison.rows]
    assert [said.split(" (")[0] for said in questions] == expected


def test_csv_takes_another_separator(comparison: Comparison, catalogue: Catalogue) -> None:
    """With semicolons it holds the same records, for spreadsheets that expect them."""
    comma = comparison_csv.write(comparison, catalogue, "abc")
    other = comparison_csv.write(comparison, catalogue, "abc", separator=Separator.SEMICOLON)
    assert table_of(other, ";") == table_of(comma)
    assert other.decode("utf-8-sig").startswith("Part;Group;Question;Option;")


def test_csv_never_starts_a_formula(comparison: Comparison, catalogue: Catalogue) -> None:
    """A cell that starts like a formula is made harmless, and its text stays readable."""
    text = comparison_csv.write(comparison, catalogue, "abc").decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line if cell]
    assert [cell for cell in cells if cell[0] in "=+-@\t\r"] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_xlsx_holds_text_only(comparison: Comparison, catalogue: Catalogue) -> None:
    """Another library reads the same texts back, none of them as a formula or a link."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(comparison_xlsx.write(comparison, catalogue, "abc")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(str(cell.value).startswith(EVIL) for cell in cells)
    assert book.sheetnames == ["Comparison", "Numbers", "Sources", "As a list"]
    assert book["Sources"].max_row == len(comparison.references) + 1


class _Reader(HTMLParser):
    """Collects tags, ids and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found.get("href")))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_escapes_and_its_links_lead_somewhere(
    comparison: Comparison, catalogue: Catalogue
) -> None:
    """Content is text in the page, ids are unique, and every link inside it has its place."""
    reader = _Reader()
    reader.feed(comparison_html.write(comparison, catalogue, "abc").decode())
    assert '5 < 6 & "so"' in reader.text
    assert "script" not in reader.tags
    assert len(reader.ids) == len(set(reader.ids))
    inside = {link[1:] for link in reader.links if link.startswith("#")}
    assert inside <= set(reader.ids)


def test_every_format_has_exactly_the_references_of_the_object(
    comparison: Comparison, catalogue: Catalogue
) -> None:
    """Reference numbers are the same in CSV, XLSX and HTML."""
    from openpyxl import load_workbook

    expected = [reference.number for reference in comparison.references]
    html = comparison_html.write(comparison, catalogue, "abc").decode()
    assert [int(number) for number in re.findall(r'<li id="ref-(\d+)"', html)] == expected
    sheet = load_workbook(io.BytesIO(comparison_xlsx.write(comparison, catalogue, "a")))["Sources"]
    assert [int(str(row[0].value)) for row in list(sheet.iter_rows())[1:]] == expected


def test_gaps_are_named_in_files(comparison: Comparison, catalogue: Catalogue) -> None:
    """A cell that is not found says so in the file; it is never empty and never a "no"."""
    from openpyxl import load_workbook

    gaps = [
        line["If not stated: what it is"]
        for line in table_of(comparison_csv.write(comparison, catalogue, "abc"))
        if line["Text"] == "We found no study."
    ]
    assert set(gaps) == {"Not found"}
    sheet = load_workbook(io.BytesIO(comparison_xlsx.write(comparison, catalogue, "a")))
    cells = [str(cell.value) for row in sheet["Comparison"].iter_rows() for cell in row]
    assert any(cell.startswith("(Not found) We found no study.") for cell in cells)


def test_other_schemes_are_no_links() -> None:
    """An address that is not a web address becomes a dead link, never a script."""
    assert web_address("javascript:alert(1)") == "#"
    assert web_address("https://example.org/a ; https://b") == "https://example.org/a"


def test_the_sources_of_the_file_are_open(comparison: Comparison, catalogue: Catalogue) -> None:
    """On paper nothing can be opened, so the list stands open; no tag is shown as text."""
    html = comparison_html.write(comparison, catalogue, "abc").decode()
    assert '<details class="ax-more ax-source-list" open>' in html
    assert "&lt;details" not in html
