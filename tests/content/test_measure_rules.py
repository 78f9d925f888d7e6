"""The rules on lines: one measure in a line or words that say so, and values that fit the words."""

from pathlib import Path

from tests.builders import check, edit, small_folder

ALPHA = "medicines/alpha.toml"
BETA = "medicines/beta.toml"
ROWS = "rows.toml"

MEASURES = """
[rows.how-well.definition]
first = "How many got half better."
otherwise = "another mark"
measures = [ { id = "half", label = "half better" }, { id = "fifth", label = "a fifth better" } ]
"""

STATED = """kind = "stated"
text = "In one study, 30 of 100 got better on alpha and 20 of 100 on a dummy."
evidence = "low"
evidence_why = "One small study."
measure = "fifth"
citations = [ { source = "label-one", place = "14", read_in = "label" } ]
"""

PICTURE = """
[[results]]
id = "{id}"
condition = "ra"
row = "how-well"
effect = "benefit"
design = "trial"
grade = "B"
measure = "{measure}"
primary = "yes"
outcome = "Better"
happened = "got better"
other = "did not"
people = "Adults"
on = "it"
comparator = "a dummy"
time = "24 weeks"
drug = {{ count = 40, of = 100 }}
without = {{ count = 20, of = 100 }}
certainty = "One trial."
caution = "{caution}"
citations = [ {{ source = "label-two", place = "14", read_in = "label" }} ]
"""


def told(folder: Path, rule: str) -> list[str]:
    """Give the lines of one rule."""
    return [str(item) for item in check(folder).findings if item.rule == rule]


def measured(target: Path) -> Path:
    """Copy the small folder, with measures for one line and a measure in its one stated cell."""
    folder = small_folder(target)
    path = folder / ROWS
    path.write_text(path.read_text(encoding="utf-8") + MEASURES, encoding="utf-8")
    edit(folder, BETA, 'evidence = "low"', 'measure = "half"\nevidence = "low"')
    return folder


def differing(target: Path) -> Path:
    """Let two medicines of one condition state different measures in the line."""
    folder = measured(target)
    old = 'kind = "not-found"\ntext = "We found no study."\nsearched = "The label."\n'
    edit(folder, ALPHA, old, STATED)
    return folder


def test_a_cell_names_its_measure(tmp_path: Path) -> None:
    """A stated cell of a line with measures names one of them."""
    folder = measured(tmp_path)
    assert told(folder, "measure") == []
    edit(folder, BETA, 'measure = "half"\n', "")
    (line,) = told(folder, "measure")
    assert line.startswith("medicines/beta.toml: cells.how-well.measure: error: say which measure")
    assert "half, fifth" in line


def test_a_measure_that_the_line_does_not_have_is_refused(tmp_path: Path) -> None:
    """A slip in the id of a measure is named, with the ids that exist."""
    folder = measured(tmp_path)
    edit(folder, BETA, 'measure = "half"', 'measure = "halve"')
    (line,) = told(folder, "measure")
    assert "has no measure 'halve' in rows.toml; it has: half, fifth" in line


def test_another_measure_says_that_it_is_one(tmp_path: Path) -> None:
    """Beside a cell with the line's own measure, another one is named in the words."""
    folder = differing(tmp_path)
    (line,) = told(folder, "measure-differs")
    assert line.startswith("medicines/alpha.toml: cells.how-well: error")
    assert "beta (cells.how-well)" in line
    assert "'another mark'" in line
    edit(folder, ALPHA, "In one study, 30", "Another mark: in one study, 30")
    assert told(folder, "measure-differs") == []


def test_one_measure_for_all_needs_no_words(tmp_path: Path) -> None:
    """Cells that state the same measure, also another than the line's own, are fair."""
    folder = differing(tmp_path)
    edit(folder, BETA, 'measure = "half"', 'measure = "fifth"')
    assert told(folder, "measure-differs") == []


def test_a_picture_by_another_measure_says_so(tmp_path: Path) -> None:
    """Beside a picture of the line's own measure, one by another measure has it in its caution."""
    folder = measured(tmp_path)
    numbers = folder / "numbers"
    numbers.mkdir()
    (numbers / "beta.toml").write_text(
        PICTURE.format(id="b1", measure="half", caution="Small."), encoding="utf-8"
    )
    alone = PICTURE.format(id="a1", measure="fifth", caution="Small.")
    (numbers / "alpha.toml").write_text(alone, encoding="utf-8")
    (line,) = told(folder, "measure-differs")
    assert line.startswith("numbers/alpha.toml: a1: error: others in ra are drawn by 'half'")
    edit(folder, "numbers/alpha.toml", "Small.", "Another mark: a fifth better.")
    assert told(folder, "measure-differs") == []


def test_a_picture_names_its_measure(tmp_path: Path) -> None:
    """A picture of a line with measures names one."""
    folder = measured(tmp_path)
    (folder / "numbers").mkdir()
    text = PICTURE.format(id="b1", measure="half", caution="Small.")
    (folder / "numbers/beta.toml").write_text(text.replace('measure = "half"\n', ""), "utf-8")
    (line,) = told(folder, "measure")
    assert line.startswith("numbers/beta.toml: b1.measure: error: say which measure")


def test_what_is_told_of_one_is_looked_for_in_all(tmp_path: Path) -> None:
    """A line may ask that each stated cell says one of some words."""
    folder = small_folder(tmp_path)
    path = folder / ROWS
    added = (
        '\n[rows.boxed-warning.definition]\nfirst = "Yes or no."\n'
        'also = ["infection", "no .* warning"]\nalso_why = "say what it is about"\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert told(folder, "row-says") == []
    edit(folder, BETA, "Yes, on infections.", "Yes.")
    assert told(folder, "row-says") == [
        "medicines/beta.toml: cells.boxed-warning: error: say what it is about"
    ]


def test_yes_and_no_are_the_value(tmp_path: Path) -> None:
    """A text that begins with "No" cannot have the value "yes"."""
    folder = small_folder(tmp_path)
    assert told(folder, "answer-words") == []
    edit(folder, BETA, "Yes, on infections.", "No, only on infections.")
    (line,) = told(folder, "answer-words")
    assert "cells.boxed-warning.answer: error: the text begins with 'No'" in line


def test_words_on_a_condition_settle_the_value_there(tmp_path: Path) -> None:
    """A general cell that says "RA: adults only" may not leave the value open in RA."""
    folder = small_folder(tmp_path)
    path = folder / ROWS
    added = (
        '\n[rows.boxed-warning.definition]\nfirst = "Yes or no."\n'
        'settled = [ { words = "{condition}: adults only", value = "no" } ]\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert told(folder, "answer-words") == []
    edit(folder, BETA, "Yes, on infections.", "It is so. RA: adults only.")
    (line,) = set(told(folder, "answer-words"))
    assert "for ra it says 'RA: adults only', which means 'no'" in line
    assert "add a variant for ra" in line


def test_a_set_of_values_is_what_the_words_tell(tmp_path: Path) -> None:
    """A value that no word tells, and a word that is no value, are both named."""
    folder = small_folder(tmp_path)
    edit(
        folder,
        ROWS,
        '{ id = "mouth", label = "by mouth",',
        '{ id = "mouth", label = "by mouth", told = ["mouth"],',
    )
    assert told(folder, "answer-words") == []
    edit(folder, ALPHA, "A shot under the skin.", "A shot, or by mouth.")
    (line,) = told(folder, "answer-words")
    assert "the text tells 'mouth' (by mouth), the typed value leaves it out" in line
    edit(folder, ALPHA, "A shot, or by mouth.", "A shot.")
    edit(folder, ALPHA, 'values = ["under-skin"]', 'values = ["under-skin", "mouth"]')
    (line,) = told(folder, "answer-words")
    assert "'mouth' is in the typed value, but no word of the cell tells it" in line


def test_measures_come_with_the_words_for_another_one(tmp_path: Path) -> None:
    """Measures without the words that mark another one are refused."""
    folder = measured(tmp_path)
    edit(folder, ROWS, 'otherwise = "another mark"\n', "")
    (line,) = told(folder, "model")
    assert "'measures' and 'otherwise' belong together" in line


def test_a_general_yes_is_no_answer_in_another_condition(tmp_path: Path) -> None:
    """ "Yes, in gout" in a general cell is not shown as a yes for RA."""
    folder = small_folder(tmp_path)
    edit(folder, BETA, "Yes, on infections.", "Yes. In gout it has one.")
    (line,) = set(told(folder, "answer-words"))
    assert line.startswith("medicines/beta.toml: cells.boxed-warning: error")
    assert "the value is shown for ra, and the text speaks of gout" in line
    edit(folder, BETA, "Yes. In gout it has one.", "Yes. In gout and RA it has one.")
    assert told(folder, "answer-words") == []
