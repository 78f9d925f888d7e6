"""A harm of one medicine is looked for in all of its kind, and cells say what the table says."""

import csv
import io
from pathlib import Path

import pytest

from explorer.content.harms_table import as_csv, as_text
from explorer.content.load import load
from tests.builders import check, edit, small_folder
from tests.shipped import shipped

TABLE = "harms.toml"
ALPHA = "medicines/alpha.toml"
BETA = "medicines/beta.toml"
READ = 'citations = [ { source = "label-two", place = "5", read_in = "label" } ] }\n'
GERMS = """
[germs]
words = "Infections"
row = "boxed-warning"
spotted_by = ['infections']
[germs.medicines]
"""


def found(folder: Path) -> list[str]:
    """Give the lines on harms that a check prints."""
    return [str(item) for item in check(folder).findings if item.rule.startswith("harm-")]


def add(folder: Path, text: str) -> Path:
    """Write more into the table."""
    path = folder / TABLE
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return folder


def one_kind(target: Path) -> Path:
    """Make alpha and beta of one kind."""
    folder = small_folder(target)
    edit(folder, BETA, 'kind = "tnf-blocker"', 'kind = "il1-blocker"')
    return folder


def test_the_small_folder_obeys(tmp_path: Path) -> None:
    """A harm that its cell tells gives no finding, and none of the other kind has to answer."""
    assert found(small_folder(tmp_path)) == []


def test_a_harm_of_one_is_asked_of_its_kind(tmp_path: Path) -> None:
    """A medicine of the same kind without an answer is named, with what to do."""
    assert found(one_kind(tmp_path)) == [
        (
            "harms.toml: sting.medicines: error: alpha has it, and beta is of the same kind "
            "(il1-blocker); look for it in its label and add told = 'yes', 'no' or 'not-in-label', "
            "with the text that was read"
        )
    ]


def test_an_answer_for_the_kind_ends_the_search(tmp_path: Path) -> None:
    """Yes, where the cell tells it, is an answer."""
    assert found(add(one_kind(tmp_path), f'beta = {{ told = "yes", {READ}')) == []


def test_a_harm_that_nobody_has_is_asked_of_nobody(tmp_path: Path) -> None:
    """Where no medicine of a kind says yes, its others need no answer."""
    folder = add(one_kind(tmp_path), f'beta = {{ told = "yes", {READ}')
    assert found(add(folder, GERMS + f'alpha = {{ told = "not-in-label", {READ}')) == []


@pytest.mark.parametrize("told", ["no", "not-in-label"])
def test_a_cell_may_not_tell_what_the_table_denies(tmp_path: Path, told: str) -> None:
    """A value in the cell beside another word in the table is refused."""
    folder = add(small_folder(tmp_path), f'beta = {{ told = "{told}", {READ}')
    assert found(folder) == [
        (
            f"medicines/beta.toml: cells.route: error: it tells 'sting', and harms.toml "
            f"sting.medicines.beta says '{told}'; make them agree"
        )
    ]


def test_a_cell_may_not_be_silent(tmp_path: Path) -> None:
    """A yes whose cell has not the value is refused at that cell."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, 'values = ["under-skin"]', 'values = ["mouth"]')
    assert len(found(folder)) == 1
    assert found(folder)[0].startswith("medicines/alpha.toml: cells.route: error: harms.toml sting")
    assert "'under-skin' is not in its value" in found(folder)[0]


def test_words_tell_where_there_is_no_value(tmp_path: Path) -> None:
    """A harm without a value is looked for by its words, in every cell that is shown."""
    folder = add(small_folder(tmp_path), GERMS + f'beta = {{ told = "yes", {READ}')
    assert found(folder) == []
    edit(folder, BETA, "Yes, on infections.", "Yes.")
    assert "no word of it tells it" in found(folder)[0]


def test_a_variant_tells_it_too(tmp_path: Path) -> None:
    """A cell of one condition that leaves a harm out is refused, unless it holds elsewhere only."""
    folder = add(small_folder(tmp_path), GERMS + f'beta = {{ told = "yes", {READ}')
    path = folder / BETA
    cell = (
        '\n[[cells.boxed-warning.variants]]\ncondition = "ra"\nkind = "stated"\ntext = "Yes."\n'
        'answer = { kind = "yes-no", value = "yes" }\n'
        'citations = [ { source = "label-two", place = "5", read_in = "label" } ]\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + cell, encoding="utf-8")
    assert [line.split(": error")[0] for line in found(folder)] == [
        "medicines/beta.toml: cells.boxed-warning.ra"
    ]
    edit(
        folder,
        TABLE,
        f'beta = {{ told = "yes", {READ}',
        f'beta = {{ told = "yes", conditions = ["gout"], {READ}',
    )
    assert found(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('row = "route"', 'row = "rout"', "sting.row: error: there is no line 'rout' in rows.toml"),
        ('value = "under-skin"', 'value = "skin"', "sting.value: error: the line 'route' has no"),
        ("alpha =", "gamma =", "sting.medicines.gamma: error: there is no medicine 'gamma'"),
        (
            'told = "yes",',
            'told = "yes", conditions = ["flu"],',
            "sting.medicines.alpha.conditions: error: there is no condition 'flu'",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    """Each name in the table that does not exist is found at its place."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, old, new)
    assert any(line in item for item in found(folder))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('value = "under-skin"\n', "", "give either value or spotted_by"),
        ('value = "under-skin"', "spotted_by = ['(']", "spotted_by is no regular expression"),
        ('told = "yes"', 'told = "maybe"', "sting.medicines.alpha.told"),
    ],
)
def test_a_harm_that_cannot_be_checked_is_refused(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    """A harm without a way to see it, a broken pattern and an unknown answer do not load."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, old, new)
    assert any(reason in str(item) for item in check(folder).findings)


def test_a_serious_harm_must_stand_in_the_table(tmp_path: Path) -> None:
    """A value of the line of serious harms that the table lacks for this medicine is refused."""
    folder = small_folder(tmp_path)
    edit(folder, "rows.toml", 'serious-harm = ""', 'serious-harm = "route"')
    assert found(folder) == [
        (
            "medicines/beta.toml: cells.route.answer: error: 'under-skin' stands in no harm of "
            "harms.toml for beta; add it there, and look for it in the others of its kind"
        )
    ]


def test_the_printed_table_has_each_medicine_under_its_harm(tmp_path: Path) -> None:
    """Text and file say the same: harm, kind, medicine, answer and what was read."""
    folder = add(small_folder(tmp_path), f'beta = {{ told = "no", conditions = ["ra"], {READ}')
    catalogue = load(folder).catalogue
    assert as_text(catalogue).splitlines() == [
        "sting (route): A sore place",
        "  tnf-blocker | beta | no (ra) | label-two: 5",
        "  il1-blocker | alpha | yes | label-one: 6.1",
    ]
    rows = list(csv.DictReader(io.StringIO(as_csv(catalogue))))
    assert [(row["medicine"], row["told"], row["read"]) for row in rows] == [
        ("beta", "no", "label-two: 5"),
        ("alpha", "yes", "label-one: 6.1"),
    ]


@pytest.mark.parametrize(
    "harm", ["liver-spleen-lymphoma", "sharps", "hepatitis-b-test", "red-cells", "lung"]
)
def test_shipped_harms_are_answered_for_every_kind_that_has_them(harm: str) -> None:
    """The harms by which one medicine once looked safer than its neighbor are in the table."""
    catalogue = shipped().catalogue
    item = next(entry for entry in catalogue.harms if entry.id == harm)
    kinds = {
        medicine.kind
        for medicine in catalogue.published
        if (answer := item.of(medicine.id)) is not None and answer.told == "yes"
    }
    assert kinds
    for medicine in catalogue.published:
        assert medicine.kind not in kinds or item.of(medicine.id) is not None
