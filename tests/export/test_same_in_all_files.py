"""One comparison, many outputs: none says less than another, and all number alike."""

import csv
import io
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from openpyxl import load_workbook

from explorer.domain.catalogue import Age, Catalogue, Medicine, NoNewMedicine
from explorer.domain.comparison import PAGE_LIMITS, Comparison, compare, options_in
from explorer.domain.figures import drawn_of
from explorer.domain.numbers import Effect
from explorer.export import (
    comparison_csv,
    comparison_html,
    comparison_pdf,
    comparison_screen,
    comparison_xlsx,
)
from explorer.export.comparison_document import document_of
from explorer.export.document import texts_of
from explorer.export.environment import cited
from explorer.export.printable import printable
from explorer.export.result_words import result_in_words
from tests.paper import sheets
from tests.shipped import shipped

pytestmark = pytest.mark.slow

MOST = PAGE_LIMITS[1]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return shipped().catalogue


def chosen() -> Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Give comparisons in which every condition, every medicine and plans are met.

    Each condition's preselection stands first, with others of its options that no comparison has.
    """
    yield "ra", ("stay", "add-anakinra", "adalimumab"), ("methotrexate",)
    offered = {
        condition.id: [item.id for item in options_in(catalogue(), condition.id) if item.is_offered]
        for condition in reversed(catalogue().conditions)
    }
    met = set[str]()
    for condition in reversed(catalogue().conditions):  # those with few options first
        first = condition.preselect.options
        new = [item for item in offered[condition.id] if item not in {*met, *first}]
        options = tuple(dict.fromkeys((*first, *new, "stay")))[:MOST]
        met.update(options)
        yield condition.id, options, ()
    for condition, options in offered.items():
        while new := [item for item in options if item not in met][:MOST]:
            met.update(new)
            yield condition, tuple(dict.fromkeys((*new, "stay", options[0])))[:MOST], ()


@pytest.fixture(scope="module", params=chosen(), ids=lambda item: f"{item[0]}:{'+'.join(item[1])}")
def comparison(request: pytest.FixtureRequest) -> Comparison:
    condition, options, now = request.param
    return compare(catalogue(), condition, options, now=now)


@pytest.fixture(scope="module")
def pages(comparison: Comparison) -> list[str]:
    """Give the text of each page of the PDF."""
    return sheets(comparison_pdf.write(comparison, catalogue(), "v"))


@pytest.fixture(scope="module")
def table(comparison: Comparison) -> str:
    """Give the plain table of the comparison."""
    return comparison_csv.write(comparison, catalogue(), "v").decode("utf-8-sig")


def written(comparison: Comparison, pages: list[str], table: str) -> dict[str, str]:
    """Give the text of every output, without white space: lines break where there is room."""
    content = catalogue()
    made = io.BytesIO(comparison_xlsx.write(comparison, content, "v"))
    sheets_of = {sheet.title: sheet for sheet in load_workbook(made, read_only=True)}
    flat = sheets_of.pop("As a list")  # those that stand side by side say it all by themselves
    return {
        "screen": bare(text_of(" ".join(comparison_screen.pieces(comparison, content).values()))),
        "html": bare(text_of(comparison_html.write(comparison, content, "v").decode())),
        "pdf": bare(pdf_text(pages)),
        "csv": bare(table).replace('""', '"'),
        "xlsx": bare(" ".join(cells_of(sheets_of.values()))),
        "xlsx list": bare(" ".join(cells_of([flat]))),
    }


outputs = pytest.fixture(scope="module", name="outputs")(written)


def text_of(html: str) -> str:
    """Give the text of a page without what is only shown after a press."""
    html = re.sub(r'<details class="ax-words">.*?</details>', "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", html))


def pdf_text(pages: list[str]) -> str:
    """Give the text of all pages, without their feet."""
    return re.sub(r"Anakinra Explorer\. Content version v, [\d-]+\.", "", " ".join(pages))


def is_divided(pages: list[str], item: str) -> bool:
    """Say whether a page ends within a text, whose line of the table goes on beside it."""
    return any(
        item[:end] in page and item[end:] in after
        for page, after in pairwise(pages)
        for end in range(1, len(item))
    )


def cells_of(book: Iterable[Any]) -> Iterable[str]:
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value or "") for value in row)


def bare(text: str) -> str:
    """Take out white space, and letters that the fonts of a PDF write in another way."""
    return re.sub(r"\s|\u200b|Page\d+of\d+", "", printable(text)[0])


@lru_cache(maxsize=1)
def universe() -> dict[str, frozenset[str]]:
    """Give all cautions, certainties and searched texts of all cells there are, in bare words."""
    content = catalogue()
    words = content.words
    options: list[Medicine | NoNewMedicine] = [*content.published]
    options += [item for condition in content.conditions for item in condition.no_new_medicine]
    cells = [c for option in options for row in option.cells for c in (row.default, *row.variants)]
    texts = {
        "caution": frozenset(words("compare.note", note=c.note) for c in cells if c.note),
        "certainty": frozenset(
            words(
                "compare.evidence", level=words(f"evidence.{c.evidence}"), why=c.evidence_why
            ).strip()
            for c in cells
            if c.evidence
        ),
        "searched": frozenset(
            words("compare.searched", searched=c.searched) for c in cells if c.searched
        ),
        "caution of a figure": frozenset(
            words("figures.caution", caution=result.caution)
            for numbers in content.numbers
            for result in numbers.results
            if result.caution
        ),
        "no picture": frozenset(
            said
            for condition in content.conditions
            for effect in Effect
            for said in drawn_of(
                content, condition, [item.id for item in content.published], effect
            ).without
        ),
        "groups unlike in size": frozenset({words("figures.unequal")}),
        "pictures of a thousand": frozenset({words("figures.thousand")}),
    }
    return {kind: frozenset(map(bare, found)) for kind, found in texts.items()}


def expected(comparison: Comparison, kind: str) -> set[str]:
    """Give what a comparison must say of a kind, from its own values and the interface words."""
    words = catalogue().words
    cells = [cell for row in comparison.rows for cell in row.cells]
    if kind == "caution":
        return {words("compare.note", note=cell.note) for cell in cells if cell.note}
    if kind == "certainty":
        return {
            words(
                "compare.evidence", level=words(f"evidence.{cell.evidence}"), why=cell.evidence_why
            ).strip()
            for cell in cells
            if cell.evidence
        }
    if kind == "searched":
        return {
            words("compare.searched", searched=cell.searched) for cell in cells if cell.searched
        }
    if kind == "no picture":
        return {said for part in comparison.figures for said in part.without}
    results = comparison.side_by_side.results
    if kind == "groups unlike in size":
        unlike = any(result.drug.of != result.without.of for result in results)
        return {words("figures.unequal")} if unlike else set()
    if kind == "pictures of a thousand":
        large = any(result.drug.of == 1000 for result in results)
        return {words("figures.thousand")} if large else set()
    return {
        words("figures.caution", caution=result.caution) for result in results if result.caution
    }


KINDS = (
    "caution",
    "certainty",
    "searched",
    "caution of a figure",
    "no picture",
    "groups unlike in size",
    "pictures of a thousand",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_output_has_the_same_cautions(
    comparison: Comparison, outputs: dict[str, str], pages: list[str], kind: str
) -> None:
    """Cautions, certainties, what was searched and not drawn: each output has all, and no other."""
    wanted = {bare(text) for text in expected(comparison, kind)}
    contained = {text for text in universe()[kind] if any(text in w for w in wanted)}
    for name, text in outputs.items():
        found = {item for item in universe()[kind] if item in text}
        if name == "pdf":
            on_pages = [bare(page) for page in pages] if contained - found else []
            found |= {item for item in contained - found if is_divided(on_pages, item)}
        assert found == contained, name


def test_details_are_in_every_output_but_on_paper(
    comparison: Comparison, outputs: dict[str, str]
) -> None:
    """What is opened on the screen is in the tables too; a PDF names the places to read instead."""
    details = {bare(c.detail) for row in comparison.rows for c in row.cells if c.detail}
    assert details
    for name in ("screen", "html", "csv", "xlsx list"):
        assert {text for text in details if text not in outputs[name]} == set(), name


@pytest.fixture(scope="module")
def parts(comparison: Comparison) -> dict[str, str]:
    """Give the parts of the page with numbered sources."""
    return comparison_html.pieces(comparison, catalogue())


def test_every_output_lists_the_same_sources(
    comparison: Comparison, outputs: dict[str, str], parts: dict[str, str]
) -> None:
    """Each output lists exactly the numbered sources, each with the same words."""
    document = document_of(comparison, catalogue(), "v")
    numbers = [item.number for item in document.sources.items]
    in_parts = {bare(part) for item in document.sources.items for part in (item.title, item.place)}
    whole = {bare(item.text) for item in document.sources.items}
    for name, text in outputs.items():
        said = in_parts if name in ("xlsx", "screen") else whole
        assert {part for part in said if part not in text} == set(), name
        assert f"[{len(numbers) + 1}]" not in text, name
    assert [int(n) for n in re.findall(r'<li id="ref-(\d+)"', parts["references"])] == numbers


def test_numbers_follow_the_order_of_reading(comparison: Comparison, parts: dict[str, str]) -> None:
    """Each new number is the next one, from the top of the page, row by row, left to right."""
    order = ("together", "main_box", "table", "weeks", "figures", "others")
    page = "".join(parts[name] for name in order)
    met = list(dict.fromkeys(map(int, cited(page))))
    assert met == [reference.number for reference in comparison.references]


def test_numbers_of_the_plain_table_follow_it_too(comparison: Comparison, table: str) -> None:
    """The records of the CSV are in the order of the page, so their numbers are."""
    lines = csv.DictReader(io.StringIO(table))
    said = "".join(line["Numbers of the sources"] for line in lines)
    met = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", said)))
    assert met == [reference.number for reference in comparison.references]


def test_whoever_cannot_be_reached_is_told_in_every_output(
    comparison: Comparison, outputs: dict[str, str]
) -> None:
    """Where signs call for a call the same day, what to do if nobody answers stands with them."""
    calls = any(flag.urgency == "same-day" for c in comparison.columns for flag in c.red_flags)
    for name, text in outputs.items():
        assert (bare(comparison.nobody_answers) in text) == calls, name


def test_a_figure_says_both_framings_in_one_sentence() -> None:
    """Those it happened to and the rest stand in one sentence."""
    comparison = compare(catalogue(), "ra", ("anakinra", "methotrexate"))
    item = next(i for part in comparison.figures for i in part.shown if i.result.id == "n1a")
    result = item.result
    said = result_in_words(item, catalogue().words)
    assert said.groups[0].sentence == (
        f"On {result.on}: {result.drug.count} of {result.drug.of} {result.happened}, "
        f"{result.drug.rest} {result.other}."
    )


def test_a_child_gets_the_same_in_every_output() -> None:
    """What holds for another age is resolved once, for all outputs."""
    child = compare(catalogue(), "stills", ("anakinra", "canakinumab"), age=Age.CHILD)
    wanted = {bare(text) for text in expected(child, "caution")}
    assert wanted
    pages = sheets(comparison_pdf.write(child, catalogue(), "v"))
    table = comparison_csv.write(child, catalogue(), "v").decode("utf-8-sig")
    for name, text in written(child, pages, table).items():
        assert {item for item in wanted if item not in text} == set(), name


def test_groups_unlike_in_size_are_named_beside_their_own_result() -> None:
    """The sentence stands in the row of a result with unlike groups, and in no other row."""
    made = compare(catalogue(), "ra", ("certolizumab", "etanercept", "golimumab"))
    table = document_of(made, catalogue(), "v").figures
    assert table is not None
    warned = [catalogue().words("figures.unequal") in texts_of(row) for row in table.rows]
    results = [item.result for part in made.figures for item in part.shown]
    assert warned == [result.drug.of != result.without.of for result in results]
    assert set(warned) == {True, False}


def test_where_nothing_is_drawn_the_files_hold_no_empty_table() -> None:
    """The reasons stand in files under the title of the numbers, without heads of no rows."""
    made = compare(catalogue(), "dira", ("anakinra", "rilonacept"))
    table = document_of(made, catalogue(), "v").figures
    assert table is not None
    assert table.rows == ()
    book = load_workbook(io.BytesIO(comparison_xlsx.write(made, catalogue(), "v")))
    lines = [str(row[0].value) for row in book["Numbers"].iter_rows() if row[0].value]
    assert lines[-len(table.remarks) - 1 :] == [table.title, *(r.plain for r in table.remarks)]


def test_each_table_reaches_the_pdf_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text of the weeks, the figures or the first cell is handed to the engine twice."""
    given: dict[str, object] = {}

    def keep(_: str, data: dict[str, object], **__: object) -> bytes:
        given.update(data)
        return b""

    monkeypatch.setattr(comparison_pdf.pdf, "render", keep)
    made = compare(catalogue(), "ra", ("anakinra", "adalimumab"))
    comparison_pdf.write(made, catalogue(), "v")
    handed = json.dumps(given, ensure_ascii=False)
    document = document_of(made, catalogue(), "v")
    for table in document.further:
        assert handed.count(json.dumps(table.title, ensure_ascii=False)) == 1
    assert handed.count(json.dumps(document.table.title, ensure_ascii=False)) == 2  # and caption
