"""The comparison on the screen: sources in place, nothing twice, the glance whole."""

import re
from functools import lru_cache
from html import unescape

import pytest

from explorer.domain.comparison import Comparison, compare
from explorer.domain.who import Who
from explorer.export import comparison_screen, glance_icons
from explorer.export.comparison_document import document_of
from explorer.export.environment import web_address
from tests.shipped import conditions, shipped

PARTS = (*comparison_screen.GLANCE, *comparison_screen.FACTS)


@lru_cache(maxsize=16)
def made(condition: str, *options: str) -> tuple[Comparison, dict[str, str]]:
    """Compare and render; the preselected options where none is named."""
    catalogue = shipped().catalogue
    chosen = options or catalogue.condition(condition).preselect.options
    comparison = compare(catalogue, condition, chosen)
    return comparison, comparison_screen.pieces(comparison, catalogue)


@pytest.mark.parametrize("condition", conditions())
def test_every_id_stands_once(condition: str) -> None:
    """A link or a button leads to one place."""
    _, html = made(condition)
    ids = re.findall(r'\bid="([^"]+)"', re.sub(r'src="[^"]*"', "", "".join(html.values())))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("condition", conditions())
def test_an_opened_row_holds_the_sources_of_its_cells(condition: str) -> None:
    """Each source of a cell is linked in the row that opens, with its place, and has no number."""
    comparison, html = made(condition)
    sources = {item.number: item for item in comparison.references}
    rows = {row.row.id: row for row in comparison.rows}
    for body in html["glance"].split("<tbody")[1:]:
        found = re.search(r'id="glance-([a-z-]+)"', body)
        assert found is not None
        if found[1] not in rows:
            continue
        text = unescape(body)
        for cell in rows[found[1]].cells:
            for number in cell.references:
                assert web_address(sources[number].source.address) in text
                assert sources[number].citation.place in text
    assert "ax-refs" not in "".join(html.values())


def printed(numbers: str) -> set[int]:
    """Read the numbers that are printed beside a text, such as ``1, 4-6``."""
    found = set[int]()
    for part in numbers.split(", "):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize("condition", conditions())
def test_paper_has_the_numbers_of_a_text_beside_it(condition: str) -> None:
    """Each cell, sign and picture with sources has them, and each number stands in the list."""
    comparison, html = made(condition)
    listed = [unescape(item) for item in re.findall(r"<li>(.*?)</li>", html["words"])]
    sources = {item.number: item.source for item in comparison.references}
    seen = re.findall(r'<(td|li|span|p|b)[^>]* data-n="([^"]+)"', "".join(html.values()))
    assert {tag for tag, _ in seen} >= {"td", "li", "b"}
    assert all(printed(numbers) <= set(range(1, len(listed) + 1)) for _, numbers in seen)
    table = html["facts"]
    for row in comparison.rows:
        body = table.partition(f' id="row-{row.row.id}"')[2].partition("</tr>")[0]
        beside = re.findall(r'<td role="cell"[^>]* data-n="([^"]+)"', body)
        cited = [cell for cell in row.cells if cell.references]
        if not body:
            continue
        assert len(beside) == len(cited), row.row.id
        for cell, numbers in zip(cited, beside, strict=True):
            titles = {sources[number].title for number in cell.references}
            named = {listed[number - 1] for number in printed(numbers)}
            assert all(any(line.startswith(title) for line in named) for title in titles)


def test_lines_that_a_reader_chose_leave_the_glance_whole() -> None:
    """Chosen lines shorten the facts; the glance and the signs are the same to the letter."""
    catalogue = shipped().catalogue
    comparison, whole = made("ra", "anakinra", "methotrexate")
    part = comparison_screen.pieces(comparison, catalogue, rows=("route",), differences_only=True)
    assert [part[name] for name in comparison_screen.GLANCE] == [
        whole[name] for name in comparison_screen.GLANCE
    ]
    assert re.findall(r'<tr role="row" id="row-([a-z-]+)"', part["facts"]) == ["route"]


def test_what_differs_is_shown_and_nothing_is_lost() -> None:
    """With the switch every line is shown, named as the same, or folded, each in one way."""
    catalogue = shipped().catalogue
    comparison, whole = made("ra", "anakinra", "methotrexate")
    part = comparison_screen.pieces(comparison, catalogue, differences_only=True)["facts"]
    rows = re.findall(r'<tr role="row" id="row-([a-z-]+)"', part)
    everything = re.findall(r'<tr role="row" id="row-([a-z-]+)"', whole["facts"])
    same = [row.row for row in comparison.rows if row.difference == "same"]
    assert set(rows) | {row.id for row in same} == set(everything)
    assert len(rows) == len(set(rows))
    assert all(row.short in part for row in same)


def test_signs_stand_once_with_what_holds_without_a_medicine() -> None:
    """The facts hold no signs; the part of the signs says what to do for "stay", and if nobody answers."""
    comparison, html = made("ra", "anakinra", "stay")
    assert "row-red-flags" not in html["facts"]
    assert html["signs"].count(comparison.nobody_answers) == 1
    stay = next(column for column in comparison.columns if column.id == "stay")
    shown = re.sub(r'<span class="ax-gloss">.*?</span>|<[^>]+>', "", html["signs"])
    assert stay.without_flags in shown


def test_where_nothing_is_drawn_the_picture_says_why() -> None:
    """The reason stands in the place of a picture, and of a harm that it does not mean none."""
    _, html = made("gout-flares", "anakinra", "canakinumab")
    assert "<img" not in html["pictures"]
    assert html["pictures"].count("No picture.") == 4
    assert html["pictures"].count("This does not mean no harm.") == 2
    assert "The text gives averages" in html["pictures"]


def test_each_picture_stands_beside_its_own_comparison_group() -> None:
    """Two groups a picture, each with its number and what it took, and the difference in words."""
    _, html = made("ra", "anakinra", "methotrexate")
    first = html["pictures"].partition('class="gl-pic"')[2].partition('class="ax-more"')[0]
    assert first.count("<img") == 2
    assert "<b>17 of 100</b> on anakinra with methotrexate" in first
    assert "<b>8 of 100</b> on a dummy medicine (placebo) with methotrexate" in first
    assert "9 more of 100 with it." in first


def test_a_caution_stands_before_the_dots() -> None:
    """Who sees the pictures of a harm has read before that too few cases were counted."""
    _, html = made("ra", "anakinra", "methotrexate")
    harm = html["pictures"].partition('id="picture-serious-infection"')[2]
    assert harm.index("Too few cases to be sure.") < harm.index("<img")


def test_the_heading_of_a_plan_is_short_and_its_opened_rows_name_it_whole() -> None:
    """What stays on screen says what is new; the row that opens says what is kept, too."""
    catalogue = shipped().catalogue
    comparison = compare(
        catalogue, "ra", ["stay", "add-anakinra"], who=Who.ADULT, now=["methotrexate"]
    )
    glance = comparison_screen.pieces(comparison, catalogue)["glance"]
    assert re.findall(r"<b lang=\"en\">([^<]*)</b>", glance) == [
        "Stay on methotrexate",
        "Add anakinra",
    ]
    assert '<b class="gl-whose">Methotrexate plus anakinra (Kineret)</b>' in glance


def test_what_differs_is_said_above_the_glance() -> None:
    """One sentence names the lines whose answers differ, and none that are the same for all."""
    _, html = made("ra", "anakinra", "methotrexate")
    said = re.search(r"They differ in: ([^<]*)", html["glance"])
    assert said is not None
    assert said[1].startswith("needle, tablet or drip; how often;")
    assert "vaccine" not in said[1]


def test_on_paper_each_document_has_one_number_in_the_order_of_reading() -> None:
    """The numbers beside the texts count up as they are met, and one list says what they are."""
    catalogue = shipped().catalogue
    parts = comparison_screen.pieces(
        compare(catalogue, "ra", ["anakinra", "methotrexate"], who=Who.ADULT), catalogue
    )
    names = (*comparison_screen.GLANCE, *comparison_screen.FACTS)
    page = "".join(parts[name] for name in names)
    met = dict.fromkeys(int(n) for n in re.findall(r'<i class="gl-n"[^>]*>(\d+)</i>', page))
    assert list(met) == list(range(1, len(met) + 1))
    listed = parts["words"].partition("</ol>")[0]
    assert listed.count("<li>") == len(met)
    assert 'class="gl-refs"' in listed


def test_of_three_that_do_not_go_together_one_sentence_speaks() -> None:
    """Three alternatives beside a fourth option are named in one sentence, two of them in one."""
    comparison, html = made("ra", "adalimumab", "anakinra", "methotrexate", "tocilizumab")
    catalogue = shipped().catalogue
    assert len(comparison.not_together) == 3
    (said,) = document_of(comparison, catalogue, "1").together.items
    assert said.text in unescape(re.sub(r"<[^>]+>", "", html["together"]))
    for name in ("Adalimumab", "anakinra", "tocilizumab"):
        assert name in said.text
    assert {number for pair in comparison.not_together for number in pair.references} == set(
        said.references
    )
    two, _ = made("ra", "adalimumab", "anakinra", "methotrexate")
    (pair,) = document_of(two, catalogue, "1").together.items
    assert said.text.endswith("never two of them together.")
    assert pair.text.endswith("never both together.")


def row(html: dict[str, str], name: str) -> str:
    """Return what stands in a row of the glance before it is opened."""
    body = html["glance"].partition(f'id="glance-{name}"')[2]
    return body.partition('class="gl-v">')[2].partition("</tr>")[0]


def plans() -> dict[str, str]:
    """Render three plans of one who takes methotrexate."""
    catalogue = shipped().catalogue
    chosen = ["stay", "add-adalimumab", "add-anakinra"]
    made = compare(catalogue, "ra", chosen, who=Who.ADULT, now=["methotrexate"])
    return comparison_screen.pieces(made, catalogue)


def test_what_all_options_say_spans_their_columns_and_says_so() -> None:
    """One cell over all columns begins with "All options:", for the eye and heard alone."""
    told = row(plans(), "live-vaccines")
    assert told.count("<td") == 1
    assert 'colspan="3"><div class="gl-band">' in told
    assert re.sub(r"<[^>]+>", "", told) == "All options: No"
    assert "ax-hidden" not in told
    assert "All options" not in row(plans(), "pregnancy")


def test_each_answer_of_a_plan_has_its_own_icon() -> None:
    """No "no" sign stands over "ask first": the sign is that of the medicine whose answer it is."""
    cells = row(plans(), "pregnancy").split("<td")[1:]
    signs = [re.findall(r"gl-i gl-([a-z-]+)", cell) for cell in cells]
    assert signs == [["no"], ["depends", "no"], ["depends", "no"]]
    assert cells[1].index("Adalimumab:") < cells[1].index("gl-depends") < cells[1].index("gl-no")


def test_a_figure_has_no_dots_that_do_not_match_it() -> None:
    """Beside "29 more of 100" stand people, who are not counted; the picture below counts."""
    told = row(plans(), "how-well")
    assert "29 more of 100" in told
    assert "9 more of 100" in told
    people = glance_icons.drawn()["people"]
    assert "people" in told
    assert people.count("<circle") < 3
    assert 'stroke="none"' not in people


def test_a_tablet_is_no_forbidden_sign() -> None:
    """A circle with a bar means "no", and only the sign for it has one."""
    icons = glance_icons.drawn()
    assert "<circle" not in icons["tablet"]
    assert "<circle" in icons["no"]


def test_the_strips_have_a_key_before_the_first() -> None:
    """What a box and a dot mean is said in sight, before the boxes; no strip, no key."""
    weeks = plans()["weeks"]
    assert "Box: one week. Dot: one dose." in weeks
    assert weeks.index("Box: one week") < weeks.index("<img")
    catalogue = shipped().catalogue
    none = compare(catalogue, "ra", ["stay", "no-new-medicine"], who=Who.ADULT)
    assert "Box:" not in comparison_screen.pieces(none, catalogue)["weeks"]
