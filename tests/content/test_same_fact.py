"""One fact is said alike: typed figures, statements that tell a fact again, and the last release."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.content.check import check_folder
from explorer.content.figures import figures
from explorer.content.findings import Finding
from explorer.content.kept import written
from explorer.content.load import load
from explorer.content.rules.same_fact import by_unit
from explorer.domain.cells import Cell
from tests.builders import TODAY, check, edit, question_folder, small_folder
from tests.content.test_signs_rules import guide

ALPHA = "medicines/alpha.toml"


def found(folder: Path, rule: str) -> list[Finding]:
    return [item for item in check(folder).findings if item.rule == rule]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Keep it at 36 to 46 °F.", {("36", "°f"), ("46", "°f")}),
        ("After weeks 2 to 4.", {("2", "week"), ("4", "week")}),
        ("Doses come at weeks 0, 2 and 6.", {("0", "week"), ("2", "week"), ("6", "week")}),
        ("One every 2 or every 4 weeks.", {("2", "week"), ("4", "week")}),
        ("71 of 100 on it, 38 and 22 of 100 else.", {("71", "of 100"), ("38", "of 100"), ("22", "of 100")}),
        ("Two shots.", set()),
    ],
)  # fmt: skip
def test_figures_are_read_with_their_units(text: str, amounts: set[tuple[str, str]]) -> None:
    """Units before and behind a number count, and so do counts of people."""
    assert figures(text) == {(Decimal(number), unit) for number, unit in amounts}


@pytest.mark.parametrize(
    ("text", "answer", "says"),
    [
        ("Keep it at 36 to 46 °F (2 to 8 °C).", "high_f = 46", ""),
        ("Keep it at 36 to 44 °F (2 to 8 °C).", "high_f = 46", "the answer says 46 °f"),
        ("Keep it at 36 to 46 °F.", "high_f = 46", "the answer says 2 °c"),
    ],
)
def test_a_typed_answer_says_what_its_text_says(
    tmp_path: Path, text: str, answer: str, says: str
) -> None:
    """A fridge of 36 to 44 °F beside a typed 46 is found, so is one without °C; a true one is not."""
    folder = small_folder(tmp_path)
    edit(folder, "rows.toml", 'answer = "words"', 'answer = "storage"')
    kept = f'answer = {{ kind = "storage", place = "fridge", low_f = 36, {answer}, out = "not-found" }}'
    edit(folder, ALPHA, 'text = "Alpha, sold as Alphabrand."', f'text = "{text}"\n{kept}')
    reasons = [item.reason for item in found(folder, "answer-figure") if item.file == ALPHA]
    assert (reasons == []) if not says else reasons[0].startswith(says)


@pytest.mark.parametrize(
    ("text", "typed", "says"),
    [
        ("It may work within hours.", 'kind = "within", unit = "hour"', ""),
        ("It may work within several days.", 'kind = "within", unit = "day"', ""),
        ("It may work within days.", 'kind = "within", unit = "hour"', "the answer says within hours"),
        ("It may work within hours.", 'kind = "unknown"', "the text begins with 'within hours'"),
        ("It may work soon.", 'kind = "unknown"', ""),
    ],
)  # fmt: skip
def test_a_time_by_its_unit_alone_is_typed_as_it_is_told(text: str, typed: str, says: str) -> None:
    """ "Within hours" beside "not clear" or beside days is found, and the same in both is not."""
    cell = Cell.model_validate(
        {"kind": "stated", "text": text, "measure": "first-notice", "condition": "gout"}
        | {"answer": tomllib.loads(f"answer = {{ {typed} }}")["answer"], "citations": []}
    )
    reasons = [item.reason for item in by_unit(ALPHA, "cells.time", cell)]
    assert (reasons == []) if not says else reasons[0].startswith(says)


def test_a_year_is_twelve_months(tmp_path: Path) -> None:
    """The same length of time in another unit is no contradiction."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "Another one after 12 weeks.", "Another one after 84 days.")
    assert found(folder, "answer-figure") == []


def test_a_changed_fact_names_each_place_that_tells_it_again(tmp_path: Path) -> None:
    """Two statements say a figure that the fact has no more: one cause, both places."""
    folder = guide(small_folder(tmp_path), "Each day", "A second one comes after 12 weeks.")
    path = folder / "guide/ill.toml"
    once = path.read_text(encoding="utf-8").replace(
        "signs = ", 'says = ["alpha/how-often/gout"]\nsigns = '
    )
    again = once.replace("ill-sign", "ill-again").split("[[blocks.statements]]")[1]
    path.write_text(f"{once}[[blocks.statements]]{again}", encoding="utf-8")
    assert found(folder, "says") == []
    edit(folder, ALPHA, "Another one after 12 weeks.", "Another one after 16 weeks.")
    report = check(folder).merged()
    (finding,) = [item for item in report.findings if item.rule == "says"]
    assert "'12 week' does not stand in alpha/how-often/gout" in finding.reason
    assert len(finding.places) == 1
    assert "(2 places; also guide/ill.toml: ill-sign)" in str(finding)


def released(folder: Path) -> None:
    """Keep the folder as it is as a release of the day before yesterday."""
    text = written(load(folder).catalogue, date(2026, 11, 21))
    (folder / "facts.toml").write_text(text, encoding="utf-8")


def test_a_change_without_its_line_is_found_and_names_what_rests_on_it(tmp_path: Path) -> None:
    """The fact is named with the question that rests on it; a line in the log answers it."""
    folder = question_folder(tmp_path)
    released(folder)
    assert found(folder, "change-missing") == []
    edit(folder, ALPHA, 'detail = "At the same time of day."', 'detail = "In the morning."')
    (finding,) = found(folder, "change-missing")
    assert finding.key == "alpha/how-often"
    assert "questions/infections.toml: infection-2" in finding.reason
    (folder / "changes.toml").write_text(
        '[[changes]]\non = 2026-11-22\nref = "alpha/how-often"\nwhat = "We said at the same time."\n'
        'why = "The label says otherwise."\n',
        encoding="utf-8",
    )
    assert found(folder, "change-missing") == []


def test_a_fact_that_is_gone_is_a_change_too(tmp_path: Path) -> None:
    """Taking a statement out asks for a line as well."""
    folder = small_folder(tmp_path)
    released(folder)
    edit(folder, ALPHA, "alpha-flag-infection", "alpha-flag-other")
    assert [item.key for item in found(folder, "change-missing")] == [
        "alpha/flags/alpha-flag-infection"
    ]


def test_a_fact_of_one_age_is_named_as_the_log_takes_it(tmp_path: Path) -> None:
    """The address that is asked for is one that the log may hold, without the age."""
    folder = small_folder(tmp_path)
    released(folder)
    edit(folder, ALPHA, "No one has studied it in children.", "Nobody has studied it in children.")
    (finding,) = found(folder, "change-missing")
    assert '(ref = "alpha/how-often/gout")' in finding.reason
    line = '[[changes]]\non = 2026-11-22\nref = "alpha/how-often/gout"\nwhat = "a"\nwhy = "b"\n'
    (folder / "changes.toml").write_text(line, encoding="utf-8")
    assert found(folder, "change-missing") == []


def test_what_belongs_to_no_medicine_is_a_fact_too(tmp_path: Path) -> None:
    """A sign at another urgency and a changed option ask for a line; the condition's own will do."""
    folder = small_folder(tmp_path)
    released(folder)
    edit(folder, "signs.toml", 'urgency = "same-day"', 'urgency = "emergency"')
    path = folder / "conditions.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("You add nothing.", "You go on.", 1), encoding="utf-8")
    keys = [item.key for item in found(folder, "change-missing")]
    assert keys == ["options/ra/no-new-medicine", "signs/infection"]
    line = '[[changes]]\non = 2026-11-22\nref = "ra"\nwhat = "a"\nwhy = "b"\n'
    (folder / "changes.toml").write_text(line, encoding="utf-8")
    assert [item.key for item in found(folder, "change-missing")] == ["signs/infection"]


def test_a_folder_without_a_release_asks_for_nothing(tmp_path: Path) -> None:
    """Whoever keeps no ``facts.toml`` has no such finding."""
    assert found(small_folder(tmp_path), "change-missing") == []


def test_an_old_revision_is_one_finding_with_its_count(tmp_path: Path) -> None:
    """All that rests on it is counted, with the command that walks through it."""
    folder = small_folder(tmp_path)
    edit(
        folder, "sources.toml", 'kind = "label"\n', 'kind = "label"\nsuperseded_by = "label-two"\n'
    )
    (finding,) = found(folder, "superseded")
    assert "places still rest on this source" in finding.reason
    assert finding.reason.endswith("anakinra-explorer recite label-one label-two")


def test_a_successor_has_to_exist(tmp_path: Path) -> None:
    """A misspelt successor is an error."""
    folder = small_folder(tmp_path)
    edit(folder, "sources.toml", 'kind = "label"\n', 'kind = "label"\nsuperseded_by = "label-3"\n')
    assert any("no other source 'label-3'" in item.reason for item in found(folder, "unknown-id"))


def test_one_missing_source_is_one_finding(tmp_path: Path) -> None:
    """However many facts cite it, the cause is said once, with the number of places."""
    folder = small_folder(tmp_path)
    path = folder / "sources.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[label-two]", "[label-2]"), encoding="utf-8"
    )
    report = check_folder(folder, TODAY, measure=False)
    many = [item for item in report.findings if item.rule == "unknown-source"]
    (one,) = [item for item in report.merged().findings if item.rule == "unknown-source"]
    assert len(many) == len(one.places) + 1 > 5
    assert f"({len(many)} places; also " in str(one)


def placed(target: Path, place: str) -> Path:
    """Let the schedule of alpha, which says 12 weeks, rest on a place with a figure."""
    folder = small_folder(target)
    path = folder / ALPHA
    text = path.read_text(encoding="utf-8")
    start = text.index("Another one after 12 weeks.")
    begin = text.index('place = "', start)
    end = text.index('"', begin + 9)
    path.write_text(f'{text[:begin]}place = "{place}{text[end:]}', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("place", "count"), [("Section 2 (12 weeks)", 0), ("5.1.3 and 16", 0), ("Part 2 (16 weeks)", 1)]
)
def test_a_place_that_keeps_an_old_figure_is_named(tmp_path: Path, place: str, count: int) -> None:
    """The figure of a place is that of the text; sections and pages are no figures."""
    said = found(placed(tmp_path, place), "place-figure")
    assert len(said) == count
    assert all("says 16 week, and the text has another figure" in item.reason for item in said)


def test_a_figure_of_the_story_is_no_fact(tmp_path: Path) -> None:
    """A stem may have a figure of its own where it is named as one."""
    folder = question_folder(tmp_path)
    stem = 'stem = "Ana wakes up with chills. What should she do now?"'
    story = 'stem = "Ana has had chills for 3 hours. What should she do now?"\nstory = ["3 hours"]'
    edit(folder, "questions/infections.toml", stem, story)
    assert found(folder, "q21-stem") == []


def test_after_a_rename_each_text_with_the_old_name_is_found(tmp_path: Path) -> None:
    """The id stays and is the old name; texts in capitals count, records of changes do not."""
    folder = small_folder(tmp_path)
    assert found(folder, "former-name") == []
    edit(folder, ALPHA, 'name = "alpha"', 'name = "omega"')
    said = found(folder, "former-name")
    assert (ALPHA, "'alpha' is now called 'omega (Alphabrand)'; write the new name") in {
        (item.file, item.reason) for item in said
    }
    assert "changes.toml" not in {item.file for item in said}


def test_a_brand_that_was_renamed_is_one_cause(tmp_path: Path) -> None:
    """The old brand is told once for each text, with the name and the brand that it has now."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "At the same time of day.", "Alpha (Alphabrand) at the same time.")
    edit(folder, ALPHA, 'brands = [ { name = "Alphabrand"', 'brands = [ { name = "Newbrand"')
    new = 'brands_shown = ["Newbrand"]\nformerly = ["Alphabrand"]'
    edit(folder, ALPHA, 'brands_shown = ["Alphabrand"]', new)
    assert found(folder, "name-by-hand") == []
    reasons = {item.reason for item in found(folder, "former-name")}
    assert reasons == {"'alphabrand' is now called 'alpha (Newbrand)'; write the new name"}
