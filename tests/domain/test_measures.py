"""Where cells side by side state different measures, whatever is drawn of them says so."""

import re
from pathlib import Path

from explorer.content.load import load
from explorer.domain.catalogue import Age, Catalogue, CellKind, UseStatus
from explorer.domain.comparison import Difference, compare, use_phrase
from tests.builders import edit, small_folder
from tests.shipped import shipped

DEFINITION = """
definition = { first = "x", otherwise = "another mark", measures = [
  { id = "start", label = "first change" }, { id = "end", label = "full effect" } ] }
"""


def measured(target: Path, alpha: str, beta: str) -> Catalogue:
    """Load the small folder with a measure in both cells of one main line."""
    folder = small_folder(target)
    edit(folder, "rows.toml", "main = 1\n", "main = 1\n" + DEFINITION.lstrip("\n"))
    for file, text, measure in (
        ("alpha", "One shot every day.", alpha),
        ("beta", "One shot every week.", beta),
    ):
        new = f'text = "{text}"\nmeasure = "{measure}"'
        edit(folder, f"medicines/{file}.toml", f'text = "{text}"', new)
    return load(folder).catalogue


def test_a_main_difference_names_measures_that_differ(tmp_path: Path) -> None:
    """Each part carries the words of its own measure."""
    made = compare(measured(tmp_path, "start", "end"), "ra", ("alpha", "beta"))
    (line,) = [item for item in made.main if item.row == "how-often"]
    assert [part.sentence for part in line.parts] == [
        "Alpha (Alphabrand): every day (first change).",
        "Beta (Betabrand): every week (full effect).",
    ]


def test_one_measure_for_all_is_not_repeated(tmp_path: Path) -> None:
    """Where all state the same measure, the main difference is as short as before."""
    made = compare(measured(tmp_path, "start", "start"), "ra", ("alpha", "beta"))
    (line,) = [item for item in made.main if item.row == "how-often"]
    assert "(" not in line.parts[0].sentence.removeprefix("Alpha (Alphabrand)")


def test_equal_values_of_different_measures_are_not_the_same(tmp_path: Path) -> None:
    """Two weeks to a first change and two weeks to the full effect are no equal answers."""
    folder = small_folder(tmp_path)
    edit(folder, "rows.toml", "main = 1\n", "main = 1\n" + DEFINITION.lstrip("\n"))
    edit(folder, "medicines/alpha.toml", '"One shot every day."', '"x"\nmeasure = "start"')
    edit(folder, "medicines/beta.toml", '"One shot every week."', '"x"\nmeasure = "end"')
    edit(folder, "medicines/beta.toml", 'every = 1, unit = "week"', 'every = 1, unit = "day"')
    made = compare(load(folder).catalogue, "ra", ("alpha", "beta"))
    (row,) = [line for line in made.rows if line.row.id == "how-often"]
    assert row.difference is Difference.DIFFERENT


def test_all_medicines_of_ra_state_the_first_change() -> None:
    """The line on time in RA is by one measure, so that none looks slow by its words.

    Where the time was not found, the cell says so and types no other day in its place.
    """
    found = {
        cell.measure
        for medicine in shipped().catalogue.published
        if medicine.is_used_in("ra") and (cells := medicine.cells_of("time-to-work"))
        for cell in [cells.resolve("ra", Age.ADULT)]
        if cell.kind is not CellKind.NOT_FOUND
    }
    assert found == {"first-notice"}


def test_an_approval_for_children_is_not_told_of_adults() -> None:
    """Of tocilizumab in Still's disease the US approval, dose and plan are the child's alone."""
    medicine = shipped().catalogue.medicine("tocilizumab")
    uses = {use.subtype: use for use in medicine.uses_in("stills")}
    assert uses["sjia"].status is UseStatus.APPROVED_PART
    assert uses["aosd"].status is UseStatus.OFF_LABEL
    stills = shipped().catalogue.condition("stills")
    phrase = use_phrase(shipped().catalogue, medicine, stills)
    assert "children" in phrase
    assert "adults" not in phrase
    assert use_phrase(shipped().catalogue, medicine, stills, Age.ADULT).startswith("Used off-label")
    for row in ("dose", "how-often", "tests-how-often", "days-a-year"):
        cells = medicine.cells_of(row)
        assert cells is not None
        assert re.search("your team sets", cells.resolve("stills", Age.ADULT).text, re.IGNORECASE)
        assert "SJIA" in cells.resolve("stills", Age.CHILD).text


def test_the_head_of_a_column_is_of_the_age_that_is_shown() -> None:
    """An adult's head shows the adult form and no approval of the child's; a child's is approved.

    Forms without an age stay parts: NOMID alone is approved for anakinra, whatever the age.
    """
    catalogue = shipped().catalogue
    heads = {
        age: compare(catalogue, "stills", ("tocilizumab", "anakinra"), age=age).columns[0]
        for age in Age
    }
    assert heads[Age.ADULT].status is UseStatus.OFF_LABEL
    assert heads[Age.CHILD].status is UseStatus.APPROVED
    assert ["adults" in use.subtype for use in heads[Age.ADULT].uses] == [True]
    assert ["children" in use.subtype for use in heads[Age.CHILD].uses] == [True]
    caps = compare(catalogue, "caps", ("anakinra", "canakinumab"), age=Age.CHILD).columns[0]
    assert caps.status is UseStatus.APPROVED_PART


def test_off_label_uses_draw_no_plan_of_the_label() -> None:
    """In Still's disease no blood test of anakinra is drawn; the line says that the team sets it."""
    made = compare(shipped().catalogue, "stills", ("anakinra", "canakinumab"))
    tests = [item.line for item in made.weeks[0].lines if item.line.kind == "test"]
    assert [line.strip for line in tests] == [None]
    assert "your team sets it" in tests[0].text


def test_every_used_medicine_has_a_picture_or_a_reason_for_each_line() -> None:
    """In every condition, each option with a medicine is accounted for, benefit and harm."""
    for condition in shipped().catalogue.conditions:
        used = [item.id for item in shipped().catalogue.published if item.is_used_in(condition.id)]
        for option in used:
            benefit, harm = compare(shipped().catalogue, condition.id, (option, "stay")).figures
            assert benefit.shown or benefit.without
            assert harm.shown or harm.without
