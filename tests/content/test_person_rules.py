"""Texts fit the person who reads, and the condition they stand in."""

from pathlib import Path

import pytest

from tests.builders import edit, small_folder
from tests.content.test_measure_rules import told


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("prompts.toml", 'parent = "What should it do for my child?"\n', "", "do for me"),
        ("prompts.toml", "What should it do for me?", "What of my child?", "to somebody who reads"),
        ("rows.toml", "How often is it taken?", "How often do I give it?", "speaks of the reader"),
        ("concerns.toml", "How often it is taken", "Alcohol", "under 12"),
    ],
)
def test_a_text_in_the_wrong_person_is_refused(
    tmp_path: Path, file: str, old: str, new: str, named: str
) -> None:
    """A parent reads no 'my' of the patient, nobody else of 'my child', and no child drinks."""
    folder = small_folder(tmp_path)
    edit(folder, file, old, new)
    (line,) = told(folder, "person-text")
    assert named in line
    assert line.startswith(file)


def test_a_subject_for_older_persons_passes_where_they_are_named(tmp_path: Path) -> None:
    """Alcohol may matter to an adult."""
    folder = small_folder(tmp_path)
    edit(folder, "concerns.toml", 'label = "', 'who = ["adult"]\nlabel = "Alcohol and ')
    assert told(folder, "person-text") == []


def test_off_label_words_pass_where_the_use_is_off_label(tmp_path: Path) -> None:
    """A variant for another condition may speak of it; the default of an approved use may not."""
    folder = small_folder(tmp_path)
    edit(folder, "medicines/beta.toml", "One shot every week.", "Every week, off-label too.")
    (line,) = told(folder, "other-condition")
    assert "cells.how-often" in line
    edit(
        folder,
        "medicines/beta.toml",
        "[cells.route]",
        '[[cells.how-often.variants]]\ncondition = "ra"\nkind = "stated"\ntext = "Every week."\n'
        'answer = { kind = "schedule", phases = [ { every = 1, unit = "week" } ] }\n'
        'citations = [ { source = "label-two", place = "2.1", read_in = "label" } ]\n[cells.route]',
    )
    assert told(folder, "other-condition") == []


SAID = "You feel very ill: take no more alpha for 2 days, and call {emergency}."
PARENT = "Your child seems very ill: give no more alpha for 2 days, and call {emergency}."
PARENT_RULES = ("parent-missing", "parent-sentence", "parent-same", "parent-voice")


def _for_parents(target: Path, parent: str = PARENT, said: str = SAID) -> Path:
    """Copy the small folder with a sign that speaks to the patient, and a sentence for parents."""
    folder = small_folder(target)
    edit(folder, "medicines/alpha.toml", 'sign = "Fever or chills."', f'sign = "{SAID}"')
    edit(folder, "signs.toml", "stop = ['take no more']", "stop = ['(take|give) no more']")
    (folder / "parents.toml").write_text(
        f'[[sentences]]\nsaid = "{said}"\nparent = "{parent}"\n', encoding="utf-8"
    )
    return folder


def test_a_sign_with_words_for_a_parent_passes(tmp_path: Path) -> None:
    """The same figures, call and word on the medicine, said of the child, are what is asked for."""
    folder = _for_parents(tmp_path)
    assert [line for rule in PARENT_RULES for line in told(folder, rule)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("2 days", "3 days", "the figures differ"),
        (", and call {emergency}", "", "how fast to act differ"),
        ("give no more", "go on with", "what happens to the medicine differ"),
        ("very ill", "very ill with a fever", "the signs differ"),
        ("Your child seems", "Your child seems, or you feel,", "still speaks of the reader"),
    ],
)
def test_a_sentence_for_a_parent_that_says_something_else_is_refused(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    """A sentence for parents may change who is meant, and nothing else."""
    folder = _for_parents(tmp_path, PARENT.replace(old, new))
    lines = [line for rule in PARENT_RULES for line in told(folder, rule)]
    assert any(named in line for line in lines), lines
    assert {line.partition(": error")[0] for line in lines} == {"parents.toml: sentences.0"}


def test_an_entry_that_no_text_says_and_a_sign_without_one_are_named(tmp_path: Path) -> None:
    """After a change of a sign both ends are found: the old entry, and the sign without one."""
    folder = _for_parents(tmp_path, said=SAID.replace("very ill", "quite ill"))
    (stale,) = told(folder, "parent-sentence")
    assert "no text says" in stale
    (missing,) = told(folder, "parent-missing")
    assert missing.startswith("medicines/alpha.toml: red_flags.alpha-flag-infection")


def test_a_folder_without_sentences_for_parents_is_no_mistake(tmp_path: Path) -> None:
    """Where nobody wrote for parents, everybody reads the same."""
    folder = _for_parents(tmp_path)
    (folder / "parents.toml").unlink()
    assert told(folder, "parent-missing") == []
