"""The comparison object: resolution, numbering, differences, and what it never does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.content.load import load
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue, CellKind, UnknownId, UseStatus
from explorer.domain.comparison import (
    Comparison,
    Difference,
    NotAnOption,
    compare,
    has_child_facts,
    options_in,
)
from tests.builders import edit, small_catalogue, small_folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(tmp_path_factory.mktemp("small"))


def differences(comparison: Comparison) -> dict[str, Difference]:
    return {row.row.id: row.difference for row in comparison.rows}


def test_condition_picks_the_variant(small: Catalogue) -> None:
    """A cell is resolved for the condition: daily in one, one dose in the other."""
    said = {
        condition: compare(small, condition, ["alpha"], ["how-often"]).rows[0].cells[0].text
        for condition in ("ra", "gout")
    }
    assert said == {
        "ra": "One shot every day.",
        "gout": "One shot for a flare of gout. Another one after 12 weeks.",
    }


def test_age_picks_the_variant(small: Catalogue) -> None:
    """For a child the child's variant counts, and its id says so."""
    cell = compare(small, "gout", ["alpha"], ["how-often"], age=Age.CHILD).rows[0].cells[0]
    assert (cell.kind, cell.id) == (CellKind.NOT_STUDIED, "alpha/how-often/gout/child")


def test_references_are_numbered_in_reading_order(small: Catalogue) -> None:
    """Each new number is the next one, a row from left to right; each citation has one number."""
    comparison = compare(small, "ra", ["alpha", "beta"])
    numbers = [reference.number for reference in comparison.references]
    met = [number for item in comparison.in_reading_order() for number in item.references]
    assert list(dict.fromkeys(met)) == numbers == list(range(1, len(numbers) + 1))
    assert len({reference.citation for reference in comparison.references}) == len(numbers)
    assert comparison.not_together[0].references == (1,)
    use = [column.uses[0].references for column in comparison.columns]
    mistakes = [column.mistake.references for column in comparison.columns if column.mistake]
    assert max(use[0]) < max(use[1])
    assert max(use[1]) < min(mistakes[0]) or set(mistakes[0]) & {*use[0], *use[1]}


def test_every_reference_is_used_and_every_number_leads_somewhere(small: Catalogue) -> None:
    """The list of references holds exactly the numbers that stand in the comparison."""
    comparison = compare(small, "ra", ["alpha", "beta", "stay"])
    used = {number for row in comparison.rows for cell in row.cells for number in cell.references}
    used |= {
        number for item in comparison.main for part in item.parts for number in part.references
    }
    used |= {number for item in comparison.not_compared for number in item.references}
    used |= {number for pair in comparison.not_together for number in pair.references}
    for column in comparison.columns:
        used |= set(column.mistake.references) if column.mistake else set()
        used |= {number for use in column.uses for number in use.references}
        used |= {number for flag in column.red_flags for number in flag.references}
    assert used == {reference.number for reference in comparison.references}


def test_stated_cells_carry_a_source(small: Catalogue) -> None:
    """There is no stated cell without a reference number."""
    comparison = compare(small, "ra", ["alpha", "beta"])
    stated = [c for row in comparison.rows for c in row.cells if c.kind is CellKind.STATED]
    assert all(cell.references for cell in stated)


def test_differences_rest_on_answers(small: Catalogue) -> None:
    """Same answers are the same whatever the words; rows of words are not compared."""
    assert differences(compare(small, "ra", ["alpha", "beta"])) == {
        "names": Difference.WORDS,
        "how-often": Difference.DIFFERENT,
        "route": Difference.SAME,
        "how-well": Difference.WORDS,
        "boxed-warning": Difference.DIFFERENT,
    }


def test_prose_alone_never_makes_a_difference(tmp_path: Path) -> None:
    """Other words with the same answer do not count as a difference."""
    folder = small_folder(tmp_path)
    edit(folder, "medicines/beta.toml", "A shot under the skin.", "It goes under your skin.")
    from explorer.content.load import load

    comparison = compare(load(folder).catalogue, "ra", ["alpha", "beta"])
    assert differences(comparison)["route"] is Difference.SAME


def test_unknown_is_not_no(tmp_path: Path) -> None:
    """A gap beside a known answer is unclear, neither same nor different."""
    folder = small_folder(tmp_path)
    edit(
        folder,
        "medicines/beta.toml",
        'kind = "stated"\ntext = "Yes, on infections."\nanswer = { kind = "yes-no", value = "yes" }'
        '\ncitations = [ { source = "label-two", place = "Boxed warning", read_in = "label" } ]',
        'kind = "not-found"\ntext = "Not found."\nsearched = "The label."',
    )
    from explorer.content.load import load

    catalogue = load(folder).catalogue
    comparison = compare(catalogue, "ra", ["alpha", "beta"], differences_only=True)
    assert differences(comparison)["boxed-warning"] is Difference.UNCLEAR
    assert "boxed-warning" not in {item.row for item in comparison.main}


def test_differences_only_says_what_it_hides(small: Catalogue) -> None:
    """Lines that are the same are left out and counted; lines of words stay to be read."""
    comparison = compare(small, "ra", ["alpha", "beta"], differences_only=True)
    assert [row.row.id for row in comparison.rows] == [
        "names",
        "how-often",
        "how-well",
        "boxed-warning",
    ]
    assert comparison.hidden_same == 1


def test_a_firm_no_differs_from_it_depends(tmp_path: Path) -> None:
    """A "no" beside "it depends" is a difference; two that depend cannot be told apart."""
    from explorer.content.load import load

    folder = small_folder(tmp_path)
    depends = '{ kind = "yes-no", value = "depends", why = "on age" }'
    edit(folder, "medicines/beta.toml", '{ kind = "yes-no", value = "yes" }', depends)
    one = compare(load(folder).catalogue, "ra", ["alpha", "beta"])
    edit(folder, "medicines/alpha.toml", '{ kind = "yes-no", value = "no" }', depends)
    both = compare(load(folder).catalogue, "ra", ["alpha", "beta"])
    assert differences(one)["boxed-warning"] is Difference.DIFFERENT
    assert differences(both)["boxed-warning"] is Difference.UNCLEAR


def test_approval_is_a_main_difference_where_it_differs(tmp_path: Path) -> None:
    """Where one is approved and the other off-label, that comes first, with the forms named."""
    from explorer.content.load import load

    folder = small_folder(tmp_path)
    edit(
        folder,
        "medicines/beta.toml",
        'condition = "gout"\nus = "not-found"',
        'condition = "gout"\nsubtype = "severe"\nus = "approved"',
    )
    edit(
        folder,
        "medicines/beta.toml",
        'searched = "The label."\n\n[cells.names]',
        'citations = [ { source = "label-two", place = "1", read_in = "label" } ]\n\n[cells.names]',
    )
    first = compare(load(folder).catalogue, "gout", ["alpha", "beta"]).main[0]
    assert [part.sentence for part in first.parts] == [
        "Alpha (Alphabrand): Used off-label in the US: not on the label for this.",
        "Beta (Betabrand): Approved in the US for part of this: Severe gout.",
    ]


def test_same_approval_is_no_main_difference(small: Catalogue) -> None:
    """Where the approvals are the same, they are not among the main differences."""
    assert "use" not in {item.row for item in compare(small, "ra", ["alpha", "beta"]).main}


def test_staying_warns_of_the_present_medicine(small: Catalogue) -> None:
    """The column without a new medicine never reads as if nothing could go wrong."""
    column = compare(small, "ra", ["alpha", "stay"]).columns[1]
    assert "once a WEEK, never daily" in column.without_mistake
    assert "Call 911" in column.without_flags


def test_a_danger_of_the_illness_stands_with_every_option(small: Catalogue) -> None:
    """Staying and a medicine that says nothing of its own both show the signs of the illness."""
    medicine, stay = compare(small, "gout", ["alpha", "stay"]).columns
    sign = "A hot joint with fever and confusion."
    assert [flag.sign for flag in stay.red_flags] == [sign]
    assert stay.red_flags[0].references
    assert "Call 911" in stay.without_flags
    assert sign in {flag.sign for flag in medicine.red_flags}


def test_a_danger_of_another_illness_does_not_stand(small: Catalogue) -> None:
    """A condition without signs of its own leaves the option without a medicine with its words."""
    medicine, stay = compare(small, "ra", ["alpha", "stay"]).columns
    assert stay.red_flags == ()
    assert "A hot joint with fever and confusion." not in {f.sign for f in medicine.red_flags}


@pytest.mark.parametrize(("sign", "is_hidden"), [("infection", False), ("confusion", True)])
def test_a_sign_of_the_illness_gives_way_to_the_same_sign_only(
    tmp_path: Path, sign: str, is_hidden: bool
) -> None:
    """A medicine that words that very sign itself does not say it twice; another sign hides none."""
    folder = small_folder(tmp_path)
    edit(
        folder,
        "medicines/alpha.toml",
        'id = "alpha-flag-infection"\nsigns = ["infection"]',
        f'id = "alpha-flag-infection"\ncondition = "gout"\nsigns = ["{sign}"]',
    )
    column = compare(load(folder).catalogue, "gout", ["alpha", "stay"]).columns[0]
    said = {flag.sign for flag in column.red_flags}
    assert "Fever or chills." in said
    assert ("A hot joint with fever and confusion." not in said) is is_hidden


def test_main_differences_keep_their_order_and_say_every_option(small: Catalogue) -> None:
    """Main differences come in the content's order with a sentence for each option."""
    comparison = compare(small, "ra", ["alpha", "beta"])
    assert [item.row for item in comparison.main] == ["how-often", "boxed-warning"]
    assert [part.sentence for part in comparison.main[0].parts] == [
        "Alpha (Alphabrand): every day.",
        "Beta (Betabrand): every week.",
    ]


def test_find_keeps_lines_that_hold_the_word(small: Catalogue) -> None:
    """A word is found in questions, cells and details, whatever its case."""
    found = compare(small, "ra", ["alpha", "beta"], find="SAME TIME").rows
    assert [row.row.id for row in found] == ["how-often"]
    assert compare(small, "ra", ["alpha"], find="zebra").rows == ()


def test_alternatives_are_marked_in_either_order(small: Catalogue) -> None:
    """Two that must not be combined carry the line, though only one of them names it."""
    for order in (["alpha", "beta"], ["beta", "alpha"]):
        pair = compare(small, "ra", order).not_together[0]
        said = f"{pair.first} {pair.second}".lower()
        assert "alpha (alphabrand)" in said
        assert "beta (betabrand)" in said
        assert pair.references


def test_no_line_about_combining_one_option(small: Catalogue) -> None:
    """A single medicine carries no such line."""
    assert compare(small, "ra", ["alpha", "stay"]).not_together == ()


def test_option_without_use_is_refused(small: Catalogue) -> None:
    """A medicine without a stated use in the condition cannot be compared there."""
    with pytest.raises(NotAnOption, match="We found no use of beta in Gout flares"):
        compare(small, "gout", ["alpha", "beta"])


@pytest.mark.parametrize(
    ("condition", "options", "rows", "message"),
    [
        ("flu", ["alpha"], None, "There is no condition 'flu'"),
        ("ra", ["omega"], None, "There is no medicine 'omega'"),
        ("ra", ["alpha"], ["colour"], "There is no row 'colour'"),
        ("ra", [], None, "Name at least one option"),
    ],
)
def test_unknown_ids_are_named(
    small: Catalogue, condition: str, options: list[str], rows: list[str] | None, message: str
) -> None:
    """An unknown id is a human message that names it."""
    with pytest.raises(UnknownId, match=message):
        compare(small, condition, options, rows)


def test_options_of_a_condition_show_their_status(small: Catalogue) -> None:
    """Every option is listed; those without a use say so and are not offered."""
    listed = {option.id: (option.status, option.is_offered) for option in options_in(small, "gout")}
    assert listed == {
        "alpha": (UseStatus.OFF_LABEL, True),
        "beta": (UseStatus.NONE_FOUND, False),
        "stay": (None, True),
        "no-new-medicine": (None, True),
    }


def test_no_new_medicine_is_an_option_with_a_cell_for_every_row(small: Catalogue) -> None:
    """Staying as one is has a column: what is known, and 'does not apply' elsewhere."""
    kinds = {row.row.id: row.cells[1].kind for row in compare(small, "ra", ["alpha", "stay"]).rows}
    assert kinds["how-well"] is CellKind.NOT_FOUND
    assert kinds["route"] is CellKind.NOT_APPLICABLE


def test_child_facts_are_announced_only_where_they_are(small: Catalogue) -> None:
    """The age choice is offered where a cell differs for children."""
    assert has_child_facts(small, "gout", ["alpha"])
    assert not has_child_facts(small, "ra", ["alpha", "beta"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["alpha", "beta", "stay", "no-new-medicine"]), count=st.integers(1, 4))
def test_order_of_options_changes_order_only(
    small: Catalogue, order: list[str], count: int
) -> None:
    """Whatever the order, the same rows, kinds of cell and differences come out."""
    chosen = order[:count]
    one = compare(small, "ra", chosen)
    other = compare(small, "ra", sorted(chosen))
    assert [column.id for column in one.columns] == chosen
    assert differences(one) == differences(other)
    assert {c.id: c.text for r in one.rows for c in r.cells} == {
        c.id: c.text for r in other.rows for c in r.cells
    }


def models_in(annotation: Any) -> Iterator[type[Frozen]]:
    """Yield the models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
    for inside in get_args(annotation):
        yield from models_in(inside)


def fields_of(model: type[Frozen]) -> Iterator[str]:
    """Yield the names of all fields of a model and of the models in them."""
    for name, field in model.model_fields.items():
        yield name
        for inside in models_in(field.annotation):
            yield from fields_of(inside)


def test_the_object_has_no_score() -> None:
    """No field of the comparison, however deep, is a score, rank, total or winner."""
    names = set(fields_of(Comparison))
    assert {"uses", "sentence", "evidence"} <= names  # fields of values inside it
    words = ("score", "rank", "best", "total", "winner")
    assert not {name for name in names if any(word in name for word in words)}
