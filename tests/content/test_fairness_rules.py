"""The rules on plans off label, on the firmness of guidelines, and on what is not drawn."""

from pathlib import Path

import pytest

from tests.builders import check, edit, small_folder
from tests.content.test_measure_rules import PICTURE, told

ALPHA = "medicines/alpha.toml"
BETA = "medicines/beta.toml"
ROWS = "rows.toml"

GUIDELINE = """
[guide-one]
title = "A guideline"
publisher = "A society"
kind = "guideline"
jurisdiction = "us"
revision_read = "2026"
address = "https://example.org/guideline"
accessed = 2026-11-01
"""


def append(folder: Path, file: str, text: str) -> None:
    """Add text at the end of a file."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def planned(target: Path) -> Path:
    """Copy the small folder, in which how often a dose is taken is a plan of the label."""
    folder = small_folder(target)
    edit(folder, ROWS, 'answer = "schedule"\n', 'answer = "schedule"\nplan = true\n')
    return folder


def test_a_label_gives_no_plan_off_label(tmp_path: Path) -> None:
    """An off-label use whose plan rests on the US label alone is an error."""
    folder = planned(tmp_path)
    (line,) = told(folder, "off-label-plan")
    assert line.startswith("medicines/alpha.toml: cells.how-often.gout.answer: error")
    assert "needs a source for this use" in line


def test_a_source_of_the_use_may_give_its_plan(tmp_path: Path) -> None:
    """A guideline, a study or another country's text can give the plan."""
    folder = planned(tmp_path)
    append(folder, "sources.toml", GUIDELINE)
    old = '{ source = "label-one", place = "2.3", read_in = "label" }'
    edit(folder, ALPHA, old, old + ', { source = "guide-one", place = "3", read_in = "guideline" }')
    assert told(folder, "off-label-plan") == []


def test_the_general_plan_is_not_drawn_off_label(tmp_path: Path) -> None:
    """Without a cell of its own, an off-label use would draw the label's plan."""
    folder = planned(tmp_path)
    edit(folder, ALPHA, 'condition = "gout"\nkind = "stated"', 'age = "child"\nkind = "stated"')
    lines = told(folder, "off-label-plan")
    assert any("cells.how-often.answer" in line and "your team sets it" in line for line in lines)


def test_the_team_s_own_plan_is_always_right(tmp_path: Path) -> None:
    """An answer that leaves the plan to the team needs no source for it."""
    folder = planned(tmp_path)
    old = '{ kind = "once", again_after = { value = 12, unit = "week" } }'
    edit(folder, ALPHA, old, '{ kind = "as-advised" }')
    assert told(folder, "off-label-plan") == []


@pytest.mark.parametrize(("plan", "refused"), [(True, False), (False, True)])
def test_a_plan_that_is_a_choice_may_be_left_to_the_team(
    tmp_path: Path, *, plan: bool, refused: bool
) -> None:
    """How a dose is set can be left to the team; a line that holds no plan names its values."""
    folder = small_folder(tmp_path)
    old = 'answer = "choices"\n'
    edit(folder, ROWS, old, old + ("plan = true\n" if plan else ""))
    edit(folder, ALPHA, '{ kind = "choices", values = ["under-skin"] }', '{ kind = "as-advised" }')
    line = "'as-advised' is not an answer of a 'choices' row"
    assert any(line in item for item in told(folder, "answer")) is refused


def guided(target: Path, text: str, strength: str = "strongly-for") -> Path:
    """Let a cell cite a guideline, with a text and a typed strength."""
    folder = small_folder(target)
    append(folder, "sources.toml", GUIDELINE)
    edit(folder, ROWS, "main = 3\n", "main = 3\nguided = true\n")
    append(folder, ROWS, '\n[guidelines.guide-one]\nname = "US guideline"\n')
    edit(folder, BETA, "Yes, on infections.", f"Yes. {text}")
    old = '{ source = "label-two", place = "Boxed warning", read_in = "label" } ]'
    typed = f'\nguidelines = [ {{ source = "guide-one", strength = "{strength}" }} ]'
    cited = old[:-2] + ', { source = "guide-one", place = "1", read_in = "guideline" } ]'
    edit(folder, BETA, old, cited + (typed if strength else ""))
    return folder


def test_a_guideline_speaks_in_the_words_of_its_strength(tmp_path: Path) -> None:
    """The typed strength and its one set of words go together."""
    folder = guided(tmp_path, "The US guideline strongly supports it.")
    assert told(folder, "guideline-word") == []


@pytest.mark.parametrize(
    ("text", "strength", "line"),
    [
        ("The US guideline allows it.", "strongly-for", "say 'strongly supports' beside it"),
        ("The US guideline strongly supports it.", "allows", "says 'strongly supports'"),
        ("The US guideline allows it.", "", "type how firmly it speaks"),
        (
            "The US guideline strongly advises against it.",
            "against",
            "'strongly-against' is not typed",
        ),
    ],
)
def test_other_words_than_the_strength_s_are_named(
    tmp_path: Path, text: str, strength: str, line: str
) -> None:
    """Words of another strength, or a strength without its words, are an error."""
    lines = told(guided(tmp_path, text, strength), "guideline-word")
    assert any(line in item for item in lines), lines
    assert all("beta.toml: cells.boxed-warning" in item for item in lines)


def test_the_words_of_a_longer_strength_do_not_count_twice(tmp_path: Path) -> None:
    """ "Strongly advises against" holds "advises against" and is still one strength."""
    folder = guided(tmp_path, "The US guideline strongly advises against it.", "strongly-against")
    assert told(folder, "guideline-word") == []


def drawn(target: Path, gap: str = "") -> Path:
    """Draw a picture for one of two medicines, and say of the other what is given."""
    folder = small_folder(target)
    (folder / "numbers").mkdir()
    picture = PICTURE.format(id="b1", measure="x", caution="Small.").replace('measure = "x"\n', "")
    (folder / "numbers/beta.toml").write_text(picture, encoding="utf-8")
    alpha = "".join(
        f'{{ condition = "{condition}", row = "how-well", effect = "benefit", reason = "{gap}" }},'
        for condition in ("ra", "gout")
    )
    if gap:
        (folder / "numbers/alpha.toml").write_text(f"not_drawn = [ {alpha} ]\n", encoding="utf-8")
    return folder


def test_what_is_drawn_for_one_is_drawn_or_explained_for_all(tmp_path: Path) -> None:
    """A medicine without the picture says why, in every condition where it is used."""
    lines = told(drawn(tmp_path), "no-picture")
    assert [line.split(":")[1].strip() for line in lines] == ["gout.how-well", "ra.how-well"]
    assert all("say why not under 'not_drawn'" in line for line in lines)


def test_a_true_reason_is_enough(tmp_path: Path) -> None:
    """ "No figure was found" may stand where the cell holds none."""
    assert told(drawn(tmp_path, "none-found"), "no-picture") == []


def test_no_figure_may_not_be_said_of_a_cell_that_holds_one(tmp_path: Path) -> None:
    """The reason is compared with the cell that it speaks of."""
    folder = drawn(tmp_path, "none-found")
    edit(
        folder,
        ALPHA,
        'kind = "not-found"\ntext = "We found no study."\nsearched = "The label."\n',
        'kind = "stated"\ntext = "In one study, 30 of 100 got better on it."\n'
        'evidence = "low"\nevidence_why = "One."\n'
        'citations = [ { source = "label-one", place = "14", read_in = "label" } ]\n',
    )
    lines = told(folder, "no-picture")
    assert len(lines) == 2
    assert all("medicines/alpha.toml cells.how-well holds a figure" in line for line in lines)


@pytest.mark.parametrize("reason", ["per-year", "difference-only"])
def test_a_reason_that_the_cell_does_not_bear_out_is_refused(tmp_path: Path, reason: str) -> None:
    """A rate a year, or a difference, must stand in the cell that is said to hold only that."""
    lines = told(drawn(tmp_path, reason), "no-picture")
    assert len(lines) == 2
    assert all("give the real reason" in line for line in lines)


def test_a_line_that_is_drawn_has_no_reason(tmp_path: Path) -> None:
    """A reason beside its own picture is a leftover."""
    folder = drawn(tmp_path, "none-found")
    gap = '{ condition = "ra", row = "how-well", effect = "benefit", reason = "none-found" }'
    text = (folder / "numbers/beta.toml").read_text(encoding="utf-8")
    (folder / "numbers/beta.toml").write_text(f"not_drawn = [ {gap} ]\n{text}", encoding="utf-8")
    (line,) = told(folder, "no-picture")
    assert "this line is drawn; take it out" in line


def test_a_certainty_is_never_our_own(tmp_path: Path) -> None:
    """How sure a result is comes from its source; "as we judge it" is refused."""
    folder = drawn(tmp_path, "none-found")
    assert told(folder, "own-grade") == []
    edit(folder, "numbers/beta.toml", '"One trial."', '"One trial. Low, as we judge it."')
    (line,) = told(folder, "own-grade")
    assert "'we' makes this our own grade" in line


def test_a_use_that_is_advised_against_says_so_in_its_value(tmp_path: Path) -> None:
    """The words and the value of a use agree, for a guideline and for a label."""
    folder = small_folder(tmp_path)
    edit(
        folder,
        BETA,
        'searched = "The label."',
        'searched = "x"\nlimits = "The label advises against it."',
    )
    (line,) = told(folder, "advice")
    assert line.startswith("medicines/beta.toml: uses.gout: error")
    edit(folder, BETA, 'us = "not-found"', 'advice = "label-against"\nus = "not-found"')
    assert told(folder, "advice") == []
    assert check(folder).errors == 0


@pytest.mark.parametrize(
    ("old", "new", "rule", "reason"),
    [
        ('"One trial."', '"Low, says the label."', "figure-says", "figures.says-one"),
        (
            "drug = { count = 40, of = 100 }\nwithout = { count = 20, of = 100 }",
            "drug = { count = 4, of = 11 }\nwithout = { count = 2, of = 10 }",
            "figure-says",
            "figures.says-dots",
        ),
        (
            'design = "trial"',
            'design = "withdrawal"',
            "figure-says",
            "figures.says-improved",
        ),
    ],
)
def test_a_result_names_its_design_in_words(
    tmp_path: Path, old: str, new: str, rule: str, reason: str
) -> None:
    """One trial, people drawn as dots, and people who had improved before are told as such."""
    folder = drawn(tmp_path, "none-found")
    edit(folder, "numbers/beta.toml", old, new)
    (line,) = told(folder, rule)
    assert line.startswith("numbers/beta.toml: b1.")
    assert reason in line


@pytest.mark.parametrize(
    "changes",
    [
        [('design = "trial"', 'design = "review"'), ('"One trial."', '"Low, says the label."')],
        [
            ('design = "trial"', 'design = "withdrawal"'),
            ('"Adults"', '"Adults who had already improved"'),
        ],
        [
            ("count = 40, of = 100", "count = 4, of = 11"),
            ("count = 20, of = 100", "count = 2, of = 10"),
            ('"One trial."', '"One trial. Each person is one dot."'),
        ],
    ],
)
def test_a_result_that_names_its_design_is_fine(
    tmp_path: Path, changes: list[tuple[str, str]]
) -> None:
    """A review needs no such words; the others have them."""
    folder = drawn(tmp_path, "none-found")
    for old, new in changes:
        edit(folder, "numbers/beta.toml", old, new)
    assert told(folder, "figure-says") == []
